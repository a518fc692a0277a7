using Tilskudd.Cycle.People;

namespace Tilskudd.Cycle.Approval;

/// <summary>
/// A member's doubt about being impartial in a case, and what came of it. The member stands aside until others have decided: the body
/// itself without the member, and in line the leader (fvl. § 8). Why is restricted; that it was asked and what was decided is public.
/// </summary>
public sealed class Doubt
{
    private readonly List<SeatId> _votesFor = [];
    private readonly List<SeatId> _votesAgainst = [];

    private Doubt() { }

    internal Doubt(int number, RoundSeat seat, PersonId person, string reason, int answersBefore, Guid formKey, DateTimeOffset at) =>
        (Number, SeatId, PersonId, Reason, AnswersBefore, FormKey, RaisedAt) = (number, seat.SeatId, person, reason, answersBefore, formKey, at);

    /// <summary>An earlier round's doubt as it follows the case: what was decided stands, and how it was decided is told there.</summary>
    /// <param name="version">The version the earlier round was about.</param>
    internal static Doubt Follow(int number, SeatId seat, Doubt earlier, int version) => new()
    {
        Number = number, SeatId = seat, PersonId = earlier.PersonId, Reason = earlier.Reason, FormKey = earlier.FormKey, RaisedAt = earlier.RaisedAt,
        TakenUpBy = earlier.TakenUpBy, RaisedInVersion = earlier.RaisedInVersion ?? version,
        DecidedAt = earlier.DecidedAt, IsInhabil = earlier.IsInhabil, RegisteredBy = earlier.RegisteredBy, FoundInVersion = earlier.IsDecided ? earlier.FoundInVersion ?? version : null,
    };

    /// <summary>What a meeting found of a member, as other findings are told.</summary>
    internal static Doubt Of(MeetingFinding finding) => new() { PersonId = finding.Person, RaisedAt = finding.At, DecidedAt = finding.At, IsInhabil = true };

    /// <summary>A finding from an earlier version that is taken up anew.</summary>
    internal static Doubt Anew(int number, Doubt finding, PersonId by, int answersBefore, DateTimeOffset at) => new()
    {
        Number = number, SeatId = finding.SeatId, PersonId = finding.PersonId, Reason = finding.Reason, AnswersBefore = answersBefore, TakenUpBy = by, RaisedAt = at,
    };

    public int Number { get; private set; }

    public SeatId SeatId { get; private set; }

    public PersonId PersonId { get; private set; }

    /// <summary>Why, as the member wrote it: restricted to those who decide and those who lead the round.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>How many answers the round had: what the member had answered by then stands no longer, whatever is decided.</summary>
    public int AnswersBefore { get; private set; }

    /// <summary>The key of the posted form: the same form again is the same doubt.</summary>
    public Guid FormKey { get; private set; }

    public DateTimeOffset RaisedAt { get; private set; }

    /// <summary>The earlier version of the document it was raised in, where it has followed the case; null where it was raised in this round.</summary>
    public int? RaisedInVersion { get; private set; }

    /// <summary>The earlier version it was decided in, where what was decided stands; null where it is for this round to decide.</summary>
    public int? FoundInVersion { get; private set; }

    /// <summary>Who took up anew what was found in an earlier version; null where the member raised the doubt.</summary>
    public PersonId? TakenUpBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>What was decided; null until then.</summary>
    public bool? IsInhabil { get; private set; }

    /// <summary>Votes for that the member is inhabil; null where the body did not vote on it.</summary>
    public int? For { get; private set; }

    public int? Against { get; private set; }

    /// <summary>The votes were equal, and that of the chair decided (kommuneloven § 11-9).</summary>
    public bool CastingVote { get; private set; }

    /// <summary>Without those in doubt too few were left to decide, so that all who met took part (fvl. § 8).</summary>
    public bool AllTookPart { get; private set; }

    /// <summary>Who voted that the member is inhabil, where it was registered seat by seat.</summary>
    public IReadOnlyList<SeatId> VotesFor => _votesFor;

    public IReadOnlyList<SeatId> VotesAgainst => _votesAgainst;

    /// <summary>In line: the leader or the deputy leader who decided.</summary>
    public SeatId? DecidedBy { get; private set; }

    /// <summary>In line: the superior who decided, by name and office; empty where it was another.</summary>
    public string Superior { get; private set; } = "";

    /// <summary>Where it stands in the protocol of a meeting; may be empty.</summary>
    public string Reference { get; private set; } = "";

    public PersonId? RegisteredBy { get; private set; }

    public bool IsDecided => DecidedAt is not null;

    internal void Decide(bool isInhabil, PersonId by, DateTimeOffset at) => (IsInhabil, RegisteredBy, DecidedAt) = (isInhabil, by, at);

    internal void Count(CountResult count, DoubtVotes votes, bool allTookPart)
    {
        (For, Against, CastingVote, AllTookPart, Reference) = (count.For, count.Against, count.CastingVote, allTookPart, Prose.Line(votes.Reference).Trim());
        _votesFor.AddRange(votes.Of.Where(vote => vote.Value).Select(vote => vote.Key));
        _votesAgainst.AddRange(votes.Of.Where(vote => !vote.Value).Select(vote => vote.Key));
    }

    internal void Count(DoubtTally tally, bool castingVote, bool allTookPart) =>
        (For, Against, CastingVote, AllTookPart, Reference) = (tally.For, tally.Against, castingVote, allTookPart, Prose.Line(tally.Reference).Trim());

    internal void RuleInLine(DoubtRuling ruling) => (DecidedBy, Superior) = (ruling.Decider, Prose.Line(ruling.Superior).Trim());
}

/// <summary>That a meeting found a member inhabil in the case of a round.</summary>
/// <param name="At">When the meeting was.</param>
public sealed record MeetingFinding(RoundId Round, PersonId Person, DateTimeOffset At);

/// <summary>The votes on a doubt, seat by seat: true is that the member is inhabil.</summary>
/// <param name="Chair">Who led the meeting; null for the leader, or the deputy leader where the leader took no part.</param>
/// <param name="Reference">Where it stands in the meeting's protocol; may be empty.</param>
public sealed record DoubtVotes(IReadOnlyDictionary<SeatId, bool> Of, SeatId? Chair, string Reference);

/// <summary>The votes on a doubt as a meeting's protocol gives them, in numbers.</summary>
/// <param name="For">That the member is inhabil.</param>
public sealed record DoubtTally(bool IsInhabil, int For, int Against, string Reference);

/// <summary>What was decided in line.</summary>
/// <param name="Decider">The seat of the leader or the deputy leader; null where a superior decided.</param>
/// <param name="Superior">The superior's name and office; empty where another decided.</param>
public sealed record DoubtRuling(bool IsInhabil, SeatId? Decider, string Superior);

/// <summary>Why a decision on a member's doubt cannot be registered.</summary>
public abstract record DoubtRefusal(string Field = "") : Refusal(Field)
{
    /// <summary>Nobody has asked, or it is decided.</summary>
    public sealed record NothingToDecide : DoubtRefusal;

    /// <summary>Nobody was found inhabil in an earlier version there, or it is taken up already.</summary>
    public sealed record NothingToTakeUp : DoubtRefusal;

    /// <summary>Nobody decides on or registers his own.</summary>
    public sealed record OwnDoubt : DoubtRefusal;

    /// <summary>No vote and no numbers.</summary>
    public sealed record NoVotes() : DoubtRefusal("utfall");

    /// <summary>Votes by name and numbers at once: which of them holds cannot be known.</summary>
    public sealed record BothWays() : DoubtRefusal("utfall");

    /// <summary>Not a whole number of votes.</summary>
    public sealed record NoNumber(string In) : DoubtRefusal(In);

    /// <summary>It was not said what was decided.</summary>
    public sealed record NoOutcome() : DoubtRefusal("utfall");

    /// <summary>Someone voted who has no seat in the question.</summary>
    public sealed record NotThere(string Seat) : DoubtRefusal($"stemme-{Seat}");

    /// <summary>A member whose own habilitet is asked about in the same case voted, though the others were enough.</summary>
    public sealed record TakesNoPart(string Seat) : DoubtRefusal($"stemme-{Seat}");

    /// <summary>Too few took part for the body to decide.</summary>
    public sealed record TooFew(int Quorum, int Present) : DoubtRefusal("utfall");

    /// <summary>More votes than there are members who may take part.</summary>
    public sealed record TooMany(int Most) : DoubtRefusal("for");

    /// <summary>The votes were equal, and it is not known who led the meeting and how that one voted.</summary>
    public sealed record TieWithoutChair() : DoubtRefusal("moteleder");

    /// <summary>Who led the meeting has no seat in the question.</summary>
    public sealed record ChairNotThere() : DoubtRefusal("moteleder");

    /// <summary>The numbers give the other outcome.</summary>
    public sealed record DoesNotAddUp() : DoubtRefusal("utfall");

    /// <summary>Not the one who decides it in line.</summary>
    public sealed record WrongDecider() : DoubtRefusal("avgjort-av");

    public sealed record SuperiorMissing() : DoubtRefusal("overordnet");

    public sealed record TextTooLong(string In, int Length, int Longest) : DoubtRefusal(In);
}
