namespace Tilskudd.Demo;

/// <summary>A clock that begins where the demonstration says, and runs on with the machine's.</summary>
internal sealed class RunningClock(DateTimeOffset start, TimeProvider machine) : TimeProvider
{
    private readonly TimeSpan _ahead = start - machine.GetUtcNow();

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + _ahead;
}
