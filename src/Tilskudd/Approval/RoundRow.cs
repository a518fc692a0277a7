using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Reporting;

namespace Tilskudd.Approval;

/// <summary>A round as one person meets it: what is to be decided, how far it has come, and the person's own part.</summary>
public sealed class RoundRow
{
    internal RoundRow(Round round, Visitor visitor, string bodyName, NamedDocument document, IReadOnlyDictionary<PersonId, Person> people) =>
        (Round, Visitor, BodyName, Document, People, Seat) = (round, visitor, bodyName, document, people, round.SeatOf(visitor.Person));

    internal Round Round { get; }

    /// <summary>Who is looking.</summary>
    internal Visitor Visitor { get; }

    internal string BodyName { get; }

    internal NamedDocument Document { get; }

    internal IReadOnlyDictionary<PersonId, Person> People { get; }

    internal DateTimeOffset? DueAt { get; init; }

    /// <summary>When the page is read.</summary>
    internal DateTimeOffset Now { get; init; }

    /// <summary>The meetings that are to decide the case.</summary>
    public IReadOnlyList<PlannedMeeting> Meetings { get; internal set; } = [];

    /// <summary>All the boards that were asked at the same time; none where the body is alone.</summary>
    internal IReadOnlyList<BoardRow> Boards { get; init; } = [];

    /// <summary>What is decided, where that is a plan.</summary>
    internal PlanSight? Plan { get; set; }

    /// <summary>What is decided, where that is a report.</summary>
    internal RapportContent? Rapport { get; set; }

    /// <summary>What the auditor has said of a report's accounts, and when; null where none has.</summary>
    internal Audited? Auditor { get; set; }

    /// <summary>Why the plan is changed during its year; null where it is not.</summary>
    internal string? Change { get; set; }

    /// <summary>What a letter, or a grantor's wish, asks of the plan, in the reader's language; null where none does.</summary>
    internal string? Fitted { get; set; }

    /// <summary>The programme leader has been through the case.</summary>
    internal bool IsReviewed { get; init; }

    /// <summary>What the person answered to the version before, where this one is not answered yet.</summary>
    internal EarlierAnswer? Earlier { get; set; }

    internal Person Person => People[Visitor.Person];

    /// <summary>The seat the person answers for now; null for who has none, such as one who is inhabil or absent.</summary>
    internal RoundSeat? Seat { get; }

    /// <summary>Who answers for the person, who is on leave, and until when; null for others.</summary>
    internal (string Name, NodaTime.LocalDate Until)? StandIn =>
        Seat is null && Round.StandInFor(Person.Id) is { PersonId: { } other, LeaveUntil: { } until } ? (People[other].Name, until) : null;

    /// <summary>The member on leave the person answers for, by name; null for who answers for himself.</summary>
    internal string? InsteadOf => Seat is not null && Round.InsteadOf(Seat) is { } member ? People[member].Name : null;

    internal RoundId Id => Round.Id;

    /// <summary>The person's last answer.</summary>
    internal RoundAnswer? Own => Round.LastOf(Person.Id);

    /// <summary>The person follows the case, and has no vote.</summary>
    internal bool IsObserver => Round.IsObserver(Person.Id);

    /// <summary>Another registered the person's answer, and it can be taken back.</summary>
    internal bool MayRetract => Round.IsOpen && Own?.RegisteredBy is not null;

    /// <summary>The person took back what another registered, and has not answered since.</summary>
    internal bool HasRetracted => Own is null && Round.Answers.Any(answer => answer.PersonId == Person.Id && answer.RetractedAt is not null);

    internal bool IsInhabil => Round.IsInhabil(Person.Id);

    /// <summary>The person was found inhabil, or waits for what is decided of it, and so does not answer.</summary>
    internal bool StandsAside => IsInhabil || Round.IsInDoubt(Person.Id);

    /// <summary>What was said of the person's habilitet, where it is asked about; the key of its text.</summary>
    internal string HabilitetText =>
        Round.IsInDoubt(Person.Id) ? (Round.Undecided.Last(doubt => doubt.PersonId == Person.Id) is { TakenUpBy: not null } ? "Own.Anew" : HasReported ? "Own.InDoubt" : "Own.Follows")
        : IsInhabil ? (Round.FoundInhabilIn(Person.Id) is null ? "Own.Inhabil" : "Own.Stands")
        : "Own.Habil";

    /// <summary>The person has reported doubt here, and not in an earlier version.</summary>
    internal bool HasReported => LastDoubt is { RaisedInVersion: null, TakenUpBy: null };

    /// <summary>The earlier version the person was found inhabil in, or reported doubt in; else this one.</summary>
    internal int AskedInVersion => Round.FoundInhabilIn(Person.Id) ?? LastDoubt?.RaisedInVersion ?? Round.Version;

    /// <summary>A deputy who has given the place back to the member: an answer given stands no longer.</summary>
    internal bool HasGivenBack => Round.IsOpen && Seat is null && !StandsAside && Own is not null;

    /// <summary>The person was found habil, and has not answered since.</summary>
    internal bool IsFoundHabil => !StandsAside && Own is null && Round.Doubts.Any(doubt => doubt.PersonId == Person.Id && doubt is { IsInhabil: false, FoundInVersion: null });

    private Doubt? LastDoubt => Round.Doubts.Where(doubt => doubt.PersonId == Person.Id).MaxBy(doubt => doubt.Number);

    /// <summary>There is something to give a receipt for.</summary>
    internal bool HasReceipt => Own is not null || StandsAside;

    /// <summary>Who has answered may see what the others have answered, and so may everyone when the round is over.</summary>
    internal bool SeesOthers => (Seat is not null && Own is not null) || !Round.IsOpen;

    internal bool MayAnswer => Round.IsOpen && Seat is not null && (Own is null || Round.MayChangeAnswer);

    /// <summary>The answer must be confirmed by a code from a mail.</summary>
    internal bool NeedsCode => Visitor.NeedsCode(Round.Assurance);

    /// <summary>The body asks for more than a mail can show, and the person must sign in with an electronic ID first.</summary>
    internal bool NeedsElectronicId => Visitor.NeedsElectronicId(Round.Assurance);

    /// <summary>Only a code mailed on request will do.</summary>
    internal bool NeedsFreshCode => NeedsCode && Round.Assurance == Assurance.LinkAndFreshCode;

    /// <summary>Where the code is. Who sits in several boards has a mail from each.</summary>
    internal string CodeHint => Texts.Of<ApprovalWords>(NeedsFreshCode ? "Code.Hint.Fresh" : Boards.Count > 1 ? "Code.Hint.Board" : "Code.Hint", BodyName);

    /// <summary>Why there is no more to do here, or null while there is.</summary>
    internal LinkEnd? End => Visitor.Found?.End ?? (Round.IsOpen ? null
        : Round.Outcome is not null ? LinkEnd.RoundClosed
        : Boards.Any(board => board.Result == JointOutcome.Returned) ? LinkEnd.OtherBoardReturned
        : LinkEnd.NewVersion);

    /// <summary>The receipt outlives the link when the round has come to its end, and only then.</summary>
    internal bool MaySeeReceipt => HasReceipt && End is null or LinkEnd.RoundClosed or LinkEnd.OtherBoardReturned;
}

/// <summary>What a person answered to an earlier version of the same, to the same body, and what that version said.</summary>
internal sealed record EarlierAnswer(int Version, RoundAnswer Answer, HandlingsplanContent? Plan, RapportContent? Rapport)
{
    public Reply Reply => Replies.Of(Answer.Kind);
}

/// <summary>A version of a plan beside the one the same body approved last, else the one approved the year before, if there is one.</summary>
/// <param name="Approved">The number of the version of the same year that <paramref name="Before"/> is; null where it is last year's, or there is none.</param>
public sealed record PlanSight(HandlingsplanContent Content, HandlingsplanContent? Before, int? Approved = null)
{
    /// <summary>What has changed since; from last year but for the proposal, which is a new one each year.</summary>
    public IReadOnlyList<Difference> Changes { get; } = Before is null
        ? []
        : [.. PlanDifference.Between(Before, Content).Where(change => change.Tiltak is not null || Approved is not null || change.Name != nameof(PlanSection.Proposal))];

    /// <summary>What it is held against: "versjon 1", or a year.</summary>
    internal string Since(Language language) =>
        Approved is { } version ? Texts.Of<ApprovalWords>(language, "Version.Name", version) : (Content.Year - 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The tiltak by theme, in the order the plan has them; those without a theme last.</summary>
    public IReadOnlyList<IGrouping<string, TiltakContent>> Themes { get; } =
        [.. Content.Tiltak.OrderBy(tiltak => tiltak.Number).GroupBy(tiltak => tiltak.Theme).OrderBy(theme => theme.Key.Length == 0)];

    public bool IsReserved => Content.Sources.Any(source => source.IsReserved && source.PlannedOre > 0);
}

/// <summary>A member of the body and what came of asking.</summary>
/// <param name="Answer">The standing answer; null where there is none, or it may not be seen.</param>
public sealed record MemberRow(Guid SeatId, string Name, bool IsInvented, SeatRole Role, MemberState State, AnswerKind? Answer, string Remark)
{
    /// <summary>How sure it is that the member gave the answer; null where there is none, or it may not be seen.</summary>
    public Assurance? Assurance { get; init; }

    public Guid? Person { get; init; }

    /// <summary>How the answer came, where another registered it.</summary>
    public AnswerChannel? Channel { get; init; }
}

public enum MemberState
{
    Answered,
    Waiting,

    /// <summary>The round has ended, and the member did not answer.</summary>
    Silent,

    /// <summary>Has a seat, and no say in the case: where another decides alone.</summary>
    NotAsked,
    Inhabil,

    /// <summary>The body has yet to decide whether the member is inhabil.</summary>
    InDoubt,
    Absent,

    /// <summary>Wrote what is to be decided, and so cannot decide it.</summary>
    Drafter,
    Vacant,

    /// <summary>Is told of the case, and has no vote.</summary>
    Observer,
}

internal static class Members
{
    /// <summary>The members in the order of the body's list, the deputies who have stepped in, and last those who follow without a vote.</summary>
    public static IReadOnlyList<MemberRow> Of(Round round, IReadOnlyDictionary<PersonId, Person> people)
    {
        var standing = round.Standing.ToDictionary(answer => answer.SeatId);
        var entitled = round.Entitled.Select(seat => seat.SeatId).ToHashSet();
        return [.. round.Seats
            .Where(seat => entitled.Contains(seat.SeatId) || seat.Role is SeatRole.Leader or SeatRole.DeputyLeader or SeatRole.Member || (seat.Role == SeatRole.Observer && seat.PersonId is not null))
            .OrderBy(seat => seat.Role == SeatRole.Observer).ThenBy(seat => seat.Number)
            .Select(seat => Row(round, seat, seat.PersonId is { } id ? people[id] : null, people, standing.GetValueOrDefault(seat.SeatId), entitled.Contains(seat.SeatId)))];
    }

    /// <inheritdoc cref="SeatNames.In"/>
    public static string Name(string counted, Round round, IReadOnlyDictionary<PersonId, Person> people) =>
        SeatNames.In(counted, round.Seats.Select(seat => ($"{seat.SeatId}", seat.PersonId is { } person ? people[person].Name : Texts.Of<ApprovalWords>("Vacant.Within"))));

    private static MemberRow Row(Round round, RoundSeat seat, Person? person, IReadOnlyDictionary<PersonId, Person> people, RoundAnswer? answer, bool isEntitled) =>
        new(seat.SeatId.Value, person is null ? "" : round.InsteadOf(seat) is { } member ? Texts.Of<ApprovalWords>("Substitute.InsteadOf", person.Name, people[member].Name) : person.Name, person?.IsInvented ?? false, seat.Role, State(round, seat, answer, isEntitled), answer?.Kind, answer?.Remark ?? "")
        {
            Assurance = answer?.Assurance,
            Channel = answer?.Channel,
            Person = person?.Id.Value,
        };

    private static MemberState State(Round round, RoundSeat seat, RoundAnswer? answer, bool isEntitled) =>
        seat.Role == SeatRole.Observer ? MemberState.Observer
        : seat.PersonId is not { } person ? MemberState.Vacant
        : round.IsInDoubt(person) ? MemberState.InDoubt
        : round.IsInhabil(person) ? MemberState.Inhabil
        : round.Seats.Any(other => other.PersonId == person && other.AbsentAt is not null) ? MemberState.Absent
        : round.Drafters.Contains(person) ? MemberState.Drafter
        : answer is not null ? MemberState.Answered
        : !isEntitled ? MemberState.NotAsked
        : round.IsOpen ? MemberState.Waiting
        : MemberState.Silent;
}
