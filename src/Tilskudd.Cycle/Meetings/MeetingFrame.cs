using NodaTime;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Meetings;

/// <summary>When and where a body meets.</summary>
/// <param name="StartsAt">UTC, of the clock in Oslo as it was typed.</param>
/// <param name="EndsAt">Null where nothing is said of it.</param>
/// <param name="Link">An address that begins with https, for those who take part from elsewhere; may be empty where there is a place.</param>
public sealed record MeetingFrame(DateTimeOffset StartsAt, DateTimeOffset? EndsAt, string Place, string Link)
{
    /// <summary>Characters in the place.</summary>
    public const int LongestPlace = 200;

    /// <summary>Characters in the link.</summary>
    public const int LongestLink = 500;

    /// <summary>The day it is held, by the clock in Oslo.</summary>
    public LocalDate On => OsloTime.On(StartsAt).Date;

    /// <summary>Reads what was typed as the clock in Oslo shows it; an hour that comes twice is taken the first time.</summary>
    /// <returns>The frame, or everything that must be put right first.</returns>
    public static (MeetingFrame? Frame, IReadOnlyList<MeetingRefusal> Faults) Of(LocalDate on, LocalTime from, LocalTime? to, string place, string link, DateTimeOffset now)
    {
        var faults = new List<MeetingRefusal>();
        var starts = OsloTime.At(on, from);
        if (OsloTime.Skips(on, from) || (to is { } end && OsloTime.Skips(on, end)))
        {
            faults.Add(new MeetingRefusal.NoSuchTime());
        }
        else if (starts <= now)
        {
            faults.Add(new MeetingRefusal.HasPassed());
        }

        if (to <= from)
        {
            faults.Add(new MeetingRefusal.EndsBeforeStart());
        }

        if (Prose.IsBlank(place) && link.Length == 0)
        {
            faults.Add(new MeetingRefusal.NowhereToMeet());
        }

        if (link.Length > 0 && !IsSafe(link))
        {
            faults.Add(new MeetingRefusal.BadLink());
        }

        return faults.Count == 0 ? (new MeetingFrame(starts, to is { } ends ? OsloTime.At(on, ends) : null, place, link), faults) : (null, faults);
    }

    // A user's name in an address is how one host is made to look like another.
    private static bool IsSafe(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.Host.Contains('.') && address.UserInfo.Length == 0 && !link.Any(char.IsWhiteSpace);
}
