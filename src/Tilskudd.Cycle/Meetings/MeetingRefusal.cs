using NodaTime;
using Tilskudd.Cycle.People;

namespace Tilskudd.Cycle.Meetings;

/// <summary>Why a meeting, or what is written of it, cannot be as asked.</summary>
public abstract record MeetingRefusal(string Field = "") : Refusal(Field)
{
    public sealed record HasPassed() : MeetingRefusal("dato");

    /// <summary>The clock is put forward over this time.</summary>
    public sealed record NoSuchTime() : MeetingRefusal("kl");

    public sealed record EndsBeforeStart() : MeetingRefusal("slutt");

    /// <summary>Neither a place nor a link.</summary>
    public sealed record NowhereToMeet() : MeetingRefusal("sted");

    /// <summary>Not a whole address that begins with https.</summary>
    public sealed record BadLink() : MeetingRefusal("lenke");

    /// <summary>The body has another meeting at the same time.</summary>
    public sealed record AlreadyMeets() : MeetingRefusal("kl");

    /// <summary>The call goes later than the body's notice allows, and nobody has said why.</summary>
    public sealed record LateWithoutReason(LocalDate LastDay) : MeetingRefusal("grunn");

    public sealed record ReasonTooLong(string In, int Length, int Longest) : MeetingRefusal(In);

    /// <summary>It is not said why the meeting is called off.</summary>
    public sealed record CancelledWithoutReason() : MeetingRefusal("avlyst");

    public sealed record IsCancelled : MeetingRefusal;

    public sealed record IsSigned : MeetingRefusal;

    /// <summary>Attendance is taken, so what was called to stands.</summary>
    public sealed record IsUnderWay : MeetingRefusal;

    /// <summary>The meeting has begun by the clock, so nobody is called to it any more.</summary>
    public sealed record HasBegun : MeetingRefusal;

    /// <summary>The meeting is not today or before, so nobody can have met or voted.</summary>
    public sealed record NotYet(LocalDate On) : MeetingRefusal;

    public sealed record EmptyAgenda : MeetingRefusal;

    /// <summary>No seat has a person to call.</summary>
    public sealed record NobodyToCall : MeetingRefusal;

    public sealed record TooManyItems(int Most) : MeetingRefusal;

    /// <summary>No case was chosen, or one that is not before this body.</summary>
    public sealed record NoCase() : MeetingRefusal("sak");

    public sealed record AlreadyOnAgenda() : MeetingRefusal("sak");

    public sealed record TitleMissing() : MeetingRefusal("tittel");

    public sealed record TitleTooLong(int Length, int Longest) : MeetingRefusal("tittel");

    public sealed record TextTooLong(int Length, int Longest) : MeetingRefusal("tekst");

    /// <summary>It is not said on what ground the doors are closed.</summary>
    public sealed record GroundMissing() : MeetingRefusal("grunnlag");

    public sealed record GroundTooLong(int Length, int Longest) : MeetingRefusal("grunnlag");

    /// <summary>A case under a duty of secrecy, in a meeting some take part in over a link.</summary>
    public sealed record SecretOverLink(string In) : MeetingRefusal(In);

    /// <summary>Nobody who leads the body is there, and nobody was chosen to.</summary>
    public sealed record ChairMissing() : MeetingRefusal("leder");

    /// <summary>The one chosen to lead is not there, or has no vote.</summary>
    public sealed record ChairNotPresent() : MeetingRefusal("leder");

    /// <summary>Came and went at the same item.</summary>
    public sealed record CameAsLeft(string In) : MeetingRefusal(In);

    /// <summary>Who was there at an item that is decided, stands.</summary>
    public sealed record ItemIsDecided(int Item) : MeetingRefusal;

    public sealed record ProposalMissing() : MeetingRefusal("forslag");

    public sealed record ProposalTooLong(int Length, int Longest) : MeetingRefusal("forslag");

    public sealed record ProposerNotPresent() : MeetingRefusal("av");

    public sealed record TooManyProposals(int Most) : MeetingRefusal("forslag");

    /// <summary>No vote of those that can be given, or of a seat without one.</summary>
    public sealed record NoSuchVote(string In) : MeetingRefusal(In);

    /// <summary>The votes as they stand decide nothing.</summary>
    public sealed record NothingDecided : MeetingRefusal;

    /// <summary>Some who were there have no vote, and it is not confirmed that they did not vote.</summary>
    /// <param name="Names">Who they are; empty until somebody has looked it up.</param>
    public sealed record VotesMissing(IReadOnlyList<SeatId> Seats, string Names = "") : MeetingRefusal("ikke-stemt");

    /// <summary>The votes are others than the page showed.</summary>
    public sealed record OtherVotes : MeetingRefusal;

    /// <summary>The case has been decided elsewhere, or has a new version.</summary>
    public sealed record CaseElsewhere : MeetingRefusal;

    /// <summary>The votes in an item have decided it, and what they decided is not registered: once the protocol is signed, it cannot be.</summary>
    public sealed record DecisionMissing(int Item) : MeetingRefusal;

    /// <summary>Nobody led the meeting, so nobody can sign.</summary>
    public sealed record NotHeld : MeetingRefusal;
}
