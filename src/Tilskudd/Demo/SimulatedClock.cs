using Tilskudd.Storage;

namespace Tilskudd.Demo;

/// <summary>A clock that stands still until told otherwise, for the demonstration, simulated years and tests. UTC, whole milliseconds.</summary>
internal sealed class SimulatedClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = Instants.ToMillisecond(start).UtcTicks;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>Puts the clock, forward or back.</summary>
    public void SetTo(DateTimeOffset at) => Interlocked.Exchange(ref _ticks, Instants.ToMillisecond(at).UtcTicks);

    public void Advance(TimeSpan by) => SetTo(GetUtcNow() + by);
}
