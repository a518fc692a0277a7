using System.Globalization;
using NodaTime;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Runs;

/// <summary>
/// What makes a reminder one of a kind: the rung of the deadline that asked for it, or the day a person sent it. Where several boards or grantors are
/// reminded at once, each has its part of the occasion.
/// </summary>
internal static class ReminderOccasion
{
    private const string Deadline = "deadline/";
    private const string Person = "reminder/";

    /// <summary>The rung of a deadline.</summary>
    public static string Of(DeadlineId deadline, int rung) => $"{Deadline}{deadline}/{rung.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Sent by a person: at most one a day for each visit to a step.</summary>
    public static string Of(RunId run, int visit, LocalDate on) => $"{Person}{run}/{visit.ToString(CultureInfo.InvariantCulture)}/{IsoDate.Of(on)}";

    /// <summary>What one board or grantor is told of it.</summary>
    public static string Part(string occasion, Guid of) => $"{occasion}/{of}";

    /// <summary>The reminder an occasion is, or is a part of; null for what is no reminder.</summary>
    public static string? Whole(string occasion) =>
        occasion.StartsWith(Deadline, StringComparison.Ordinal) ? First(occasion, 3)
        : occasion.StartsWith(Person, StringComparison.Ordinal) ? First(occasion, 4)
        : null;

    private static string First(string occasion, int words) => string.Join('/', occasion.Split('/').Take(words));
}
