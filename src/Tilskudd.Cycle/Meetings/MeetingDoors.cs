using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;

namespace Tilskudd.Cycle.Meetings;

/// <summary>Why the doors are closed while a case is dealt with (kommuneloven § 11-5).</summary>
public enum ClosedGround
{
    /// <summary>The case has what is under a duty of secrecy by law, such as forvaltningsloven § 13.</summary>
    Secrecy,

    /// <summary>It concerns an employee's position.</summary>
    Employment,

    /// <summary>Regard for personal privacy demands it.</summary>
    Privacy,

    /// <summary>Weighty public interests demand it.</summary>
    PublicInterest,

    /// <summary>What the body's own rules say, in words; for bodies that are not under kommuneloven.</summary>
    Own,
}

/// <summary>Which cases a meeting deals with behind closed doors, on what ground, and who then hears what is said.</summary>
public sealed partial class Meeting
{
    /// <summary>Characters in a ground of the body's own.</summary>
    public const int LongestGround = 300;

    /// <summary>The grounds kommuneloven gives.</summary>
    public static IReadOnlyList<ClosedGround> Statutory { get; } = [ClosedGround.Secrecy, ClosedGround.Employment, ClosedGround.Privacy, ClosedGround.PublicInterest];

    /// <summary>Notes that a case is dealt with behind closed doors, before the meeting or in it. The same once more changes nothing.</summary>
    /// <param name="ground">One of those in the law, for a body under kommuneloven; read for no other.</param>
    /// <param name="text">The ground in words, for the others; read for no body under kommuneloven.</param>
    public Refusal? Close(AgendaItem item, Body body, ClosedGround? ground, string text)
    {
        if (CannotChangeDoors is { } no)
        {
            return no;
        }

        var isByLaw = body.Regime == Regime.Kommuneloven;
        var told = isByLaw ? "" : Prose.Line(text).Trim();
        if (isByLaw ? ground is null or ClosedGround.Own : Prose.IsBlank(told))
        {
            return new MeetingRefusal.GroundMissing();
        }

        if (Prose.Length(told) > LongestGround)
        {
            return new MeetingRefusal.GroundTooLong(Prose.Length(told), LongestGround);
        }

        if (isByLaw && ground == ClosedGround.Secrecy && Link.Length > 0)
        {
            return new MeetingRefusal.SecretOverLink("grunnlag");
        }

        SetDoors(item, isByLaw ? ground : ClosedGround.Own, told);
        return null;
    }

    /// <summary>Takes it back: the doors stand open for the case.</summary>
    public Refusal? Open(AgendaItem item)
    {
        if (CannotChangeDoors is { } no)
        {
            return no;
        }

        SetDoors(item, null, "");
        return null;
    }

    /// <summary>
    /// Whether a person with a seat may know what is said of a case behind closed doors: those of the body, and deputies who are called or
    /// there; not those who are out of it, and not observers.
    /// </summary>
    /// <param name="round">The case's round; null where the body is only informed.</param>
    public bool MayHear(PersonId person, AgendaItem item, Round? round) =>
        !item.Inhabil.Contains(person) && round?.IsInhabil(person) != true
        && _seats.Any(seat => seat.PersonId == person && (seat.IsOfBody
            || (seat.Role == SeatRole.Deputy && (IsThere(seat, item) || _calls.Any(call => !call.IsOff && call.People.Contains(person))))));

    // Secrecy is not kept where some take part from elsewhere (§ 11-7).
    private bool IsSecretFrom(MeetingFrame frame) => frame.Link.Length > 0 && _items.Any(item => item.ClosedFor == ClosedGround.Secrecy);

    private MeetingRefusal? CannotChangeDoors => CancelledAt is not null ? new MeetingRefusal.IsCancelled() : SignedAt is not null ? new MeetingRefusal.IsSigned() : null;

    // Before the meeting the agenda is another than people were called to.
    private void SetDoors(AgendaItem item, ClosedGround? ground, string text)
    {
        if ((item.ClosedFor, item.ClosedText) != (ground, text))
        {
            item.SetDoors(ground, text);
            if (!IsUnderWay)
            {
                Touch();
            }
        }
    }
}
