using NodaTime;
using NodaTime.TimeZones;

namespace Tilskudd.Cycle.Year;

/// <summary>The clock on the wall in Norway, and the instants it shows.</summary>
public static class OsloTime
{
    // Tilskudd carries its own rules for summer time (NodaTime's): the machine's zone and its zone files are never asked.
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Oslo"];

    private static readonly ZoneLocalMappingResolver FirstValid =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>When the day begins, in UTC.</summary>
    public static DateTimeOffset StartOf(LocalDate date) => Zone.AtStartOfDay(date).ToInstant().ToDateTimeOffset();

    /// <summary>
    /// When the clock shows this time on this date, in UTC. An hour that occurs twice gives its first occurrence; a time that the
    /// clock jumps over gives the first instant after the jump.
    /// </summary>
    public static DateTimeOffset At(LocalDate date, LocalTime time) =>
        Zone.ResolveLocal(date + time, FirstValid).ToInstant().ToDateTimeOffset();

    /// <summary>True where the clock jumps over this time on this date.</summary>
    public static bool Skips(LocalDate date, LocalTime time) => Zone.MapLocal(date + time).Count == 0;

    /// <summary>The date and time the clock shows at an instant.</summary>
    public static LocalDateTime On(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(Zone).LocalDateTime;
}
