using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tally = Tilskudd.Cycle.Approval.Count;

namespace Tilskudd.Cycle.Approval;

/// <summary>
/// A body's dealing with one version of one document: the seats as they were, the answers, and what the count made of them.
/// A new version is always a new round.
/// </summary>
public sealed partial class Round
{
    public const int LongestRemark = 4_000;

    private readonly List<RoundSeat> _seats = [];
    private readonly List<RoundAnswer> _answers = [];

    private Round() { }

    private Round(RoundId id, Body body, DocumentKind kind, Guid document, int version, string hash, DateTimeOffset at)
    {
        (Id, BodyId, DocumentKind, DocumentId, Version, Hash, OpenedAt) = (id, body.Id, kind, document, version, hash, at);
        (Regime, Mode, IsCompetent, Assurance) = (body.Regime, body.Mode, body.IsCompetent, body.Assurance);
        (QuorumNumerator, QuorumDenominator, Majority, Tie, MayAbstain, Written) = body.Mandate;
    }

    public RoundId Id { get; private set; }

    public BodyId BodyId { get; private set; }

    /// <summary>The first of the rounds that were opened together, one for each board; null for the first itself, and for a board that is alone.</summary>
    public RoundId? FirstId { get; private set; }

    /// <summary>What the rounds that were opened together have in common: the id of the first of them.</summary>
    public RoundId Lead => FirstId ?? Id;

    public DocumentKind DocumentKind { get; private set; }

    public Guid DocumentId { get; private set; }

    public int Version { get; private set; }

    public string Hash { get; private set; } = "";

    public Regime Regime { get; private set; }

    public Mode Mode { get; private set; }

    public bool IsCompetent { get; private set; }

    public Assurance Assurance { get; private set; }

    public long QuorumNumerator { get; private set; }

    public long QuorumDenominator { get; private set; }

    public Majority Majority { get; private set; }

    public TieRule Tie { get; private set; }

    public bool MayAbstain { get; private set; }

    public WrittenRule Written { get; private set; }

    /// <summary>Whether one who is against is enough for the case to go to a meeting: in writing under the law, and where the mandate has it so (<see cref="Count"/>, rule 7).</summary>
    public bool NeedsAll => Mode == Mode.Written && (Regime == Regime.Kommuneloven || (Regime == Regime.Mandat && Written == WrittenRule.Unanimous));

    public bool MayChangeAnswer { get; private set; }

    /// <summary>Those who drafted the document and so cannot decide on it.</summary>
    public List<PersonId> Drafters { get; private set; } = [];

    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>When answers are due; the round stays open until it is closed.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public CountOutcome? Outcome { get; private set; }

    /// <summary>What the body decided in the meeting the case was left to: approved or returned. Null until that is registered, and where there was none.</summary>
    public CountOutcome? DecidedAs { get; private set; }

    /// <summary>Who led the body in this round and has signed off its protocol; null until then.</summary>
    public PersonId? SignedBy { get; private set; }

    public DateTimeOffset? SignedAt { get; private set; }

    /// <summary>The hash of the protocol's text as it was signed.</summary>
    public string? SignedHash { get; private set; }

    public IReadOnlyList<RoundSeat> Seats => _seats;

    public IReadOnlyList<RoundAnswer> Answers => _answers;

    public bool IsOpen => ClosedAt is null;

    public Mandate Mandate => new(QuorumNumerator, QuorumDenominator, Majority, Tie, MayAbstain, Written);

    /// <summary>
    /// The last answer of each seat, in the order given. An answer from a seat that has gone out since, or a deputy who is called in no longer, one
    /// taken back, or one from before the member's habilitet was asked about, is kept, but stands no longer.
    /// </summary>
    public IEnumerable<RoundAnswer> Standing
    {
        get
        {
            if (_answers.Count == 0)
            {
                return [];
            }

            var entitled = Entitled.Select(seat => seat.SeatId).ToHashSet();
            return _answers
                .Where(answer => answer.RetractedAt is null && !IsFallen(answer) && entitled.Contains(answer.SeatId))
                .GroupBy(answer => answer.SeatId)
                .Select(given => given.MaxBy(answer => answer.Number)!)
                .OrderBy(answer => answer.Number);
        }
    }

    /// <summary>
    /// Whether answers given here only tell the others where a member stands: an elected body that meets votes in the meeting
    /// (kommuneloven § 11-9), and what the secretary registers from it is the decision.
    /// </summary>
    public bool TakesPositionsOnly => Regime switch
    {
        Regime.Kommuneloven => Mode != Mode.Written,
        Regime.Mandat or Regime.Administrativ => false,
    };

    /// <param name="beside">A round opened just before on the same, where several boards decide together.</param>
    public static Round Open(
        RoundId id, Body body, IEnumerable<Seat> seats, DocumentKind kind, Guid document, int version, string hash,
        IEnumerable<PersonId> drafters, bool mayChangeAnswer, DateTimeOffset? dueAt, DateTimeOffset at, Round? beside = null)
    {
        var round = new Round(id, body, kind, document, version, hash, at)
        {
            MayChangeAnswer = mayChangeAnswer, DueAt = dueAt, Drafters = [.. drafters.Distinct()], FirstId = beside?.Lead,
        };
        round._seats.AddRange(seats.Select(seat => new RoundSeat(seat)));
        return round;
    }

    /// <summary>The seat a person answers for now: one that counts as entitled, deputies who stepped in included. None while the person's habilitet is undecided.</summary>
    public RoundSeat? SeatOf(PersonId person) => IsInDoubt(person) ? null : Entitled.FirstOrDefault(seat => seat.PersonId == person);

    /// <summary>The seats that have a say now: those of the body that are not out, and deputies who have stepped in.</summary>
    public IReadOnlyList<RoundSeat> Entitled
    {
        get
        {
            var entitled = new CountSeating(ToTable(isClosed: false)).Entitled.Select(seat => seat.Seat).ToHashSet();
            return [.. _seats.Where(seat => entitled.Contains(seat.SeatId.ToString())).OrderBy(seat => seat.Number)];
        }
    }

    /// <summary>The seat that leads the body in this round: the leader's, or the deputy leader's where the leader is out; null where both are.</summary>
    public RoundSeat? Chair => Entitled.FirstOrDefault(seat => seat.Role == SeatRole.Leader) ?? Entitled.FirstOrDefault(seat => seat.Role == SeatRole.DeputyLeader);

    /// <summary>Those entitled who have not said where they stand; none once the count is final. Who is in doubt is not waited for: the body is.</summary>
    public IReadOnlyList<RoundSeat> Missing
    {
        get
        {
            var waitedFor = Count().WaitingFor.ToHashSet();
            var answered = Standing.Select(answer => answer.SeatId).ToHashSet();
            return [.. _seats.Where(seat => waitedFor.Contains(seat.SeatId.ToString()) && !answered.Contains(seat.SeatId) && !(seat.PersonId is { } person && IsInDoubt(person)))];
        }
    }

    /// <summary>How many have answered, of how many that could.</summary>
    public (int Answered, int Of) Turnout => Standing.Count() is var answered && IsOpen ? (answered, answered + Missing.Count + Undecided.Count(doubt => !IsInhabil(doubt.PersonId))) : (answered, Entitled.Count);

    /// <summary>The answer a form has given already, or null when it has not been posted before.</summary>
    public RoundAnswer? GivenBy(PersonId person, Guid formKey) => _answers.FirstOrDefault(answer => answer.FormKey == formKey && answer.PersonId == person);

    /// <summary>The person's last answer that is not taken back and was not given before the person's habilitet was asked about.</summary>
    public RoundAnswer? LastOf(PersonId person) => _answers.Where(answer => answer.PersonId == person && answer.RetractedAt is null && !IsFallen(answer)).MaxBy(answer => answer.Number);

    /// <summary>Whether the person has an answer to give, now or when a doubt is decided or a leave is over; what others have answered is kept from who has.</summary>
    public bool MayYetAnswer(PersonId person) => IsOpen && LastOf(person) is null && (SeatOf(person) is not null || IsInDoubt(person) || StandInFor(person) is not null);

    /// <summary>Whether the person follows the case in the body without a vote.</summary>
    public bool IsObserver(PersonId person) => Observers.Any(seat => seat.PersonId == person) && SeatOf(person) is null;

    /// <summary>Those who are told of the case and have no vote.</summary>
    public IEnumerable<RoundSeat> Observers => _seats.Where(seat => seat.Role == SeatRole.Observer && seat.PersonId is not null).OrderBy(seat => seat.Number);

    /// <summary>Takes a member's answer. The same form twice changes nothing the second time; the answer given is found by its form key.</summary>
    /// <param name="hash">The hash of what the page showed; another than the round's is refused.</param>
    public Refusal? Answer(RoundAnswerId id, PersonId person, AnswerKind kind, string remark, string hash, Assurance assurance, Guid formKey, DateTimeOffset at)
    {
        if (GivenBy(person, formKey) is not null)
        {
            return null;
        }

        if (Refuses(person, kind, remark, hash, at) is { } refusal)
        {
            return refusal;
        }

        if (LastOf(person) is { } given && !MayChangeAnswer)
        {
            return new RoundRefusal.AlreadyAnswered(given.Kind, given.At);
        }

        Take(id, person, kind, remark, hash, assurance, formKey, at);
        return null;
    }

    /// <summary>
    /// Takes a member's answer as another has it by phone or on paper. It counts like any other, until the member takes it back. Never over
    /// an answer there is. The same form twice changes nothing the second time.
    /// </summary>
    public Refusal? Register(RoundAnswerId id, PersonId person, AnswerKind kind, string remark, string hash, Registration how, Guid formKey, DateTimeOffset at)
    {
        if (GivenBy(person, formKey) is not null)
        {
            return null;
        }

        if (how.By == person)
        {
            return new RegistrationRefusal.OwnAnswer();
        }

        if (Refuses(person, kind, remark, hash, at) is { } refusal)
        {
            return refusal is RoundRefusal.NotEntitled ? new RegistrationRefusal.MayNotAnswer() : refusal;
        }

        if (LastOf(person) is { } given)
        {
            return new RegistrationRefusal.HasAnswered(given.Kind, given.At);
        }

        if (WrongDay(how.On, at) is { } wrong)
        {
            return wrong;
        }

        Take(id, person, kind, remark, hash, Assurance.RegisteredBySecretary, formKey, at).With(how);
        return null;
    }

    /// <summary>What is wrong with the day a member is said to have answered; null when nothing is.</summary>
    public RegistrationRefusal? WrongDay(LocalDate? on, DateTimeOffset now) =>
        on is not { } day ? new RegistrationRefusal.DateMissing()
        : day > OsloTime.On(now).Date ? new RegistrationRefusal.DateInFuture(day)
        : OsloTime.On(OpenedAt).Date is var opened && day < opened ? new RegistrationRefusal.DateBeforeOpening(opened)
        : null;

    /// <summary>The member says that an answer another registered is not theirs: it is kept, and stands no longer.</summary>
    public Refusal? Retract(PersonId person, DateTimeOffset at)
    {
        if (!IsOpen)
        {
            return new RoundRefusal.IsClosed(ClosedAt!.Value);
        }

        if (LastOf(person) is not { RegisteredBy: not null } answer)
        {
            return new RegistrationRefusal.NothingToRetract();
        }

        answer.Retract(at);
        return null;
    }

    /// <summary>A member cannot take part in this round: an answer already given stands no longer, and a deputy may step in.</summary>
    public Refusal? MarkAbsent(PersonId person, DateTimeOffset at)
    {
        if (!IsOpen)
        {
            return new RoundRefusal.IsClosed(ClosedAt!.Value);
        }

        if (SeatOf(person) is not { } seat)
        {
            return new RoundRefusal.NotEntitled();
        }

        seat.SetAbsent(at);
        return null;
    }

    /// <summary>A member who was noted as away takes part after all. Where a deputy has answered in the place, that answer stands.</summary>
    public Refusal? MarkPresent(PersonId person)
    {
        if (!IsOpen)
        {
            return new RoundRefusal.IsClosed(ClosedAt!.Value);
        }

        if (_seats.Find(seat => seat.PersonId == person && seat.AbsentAt is not null) is not { } seat)
        {
            return new RoundRefusal.NotEntitled();
        }

        if (HasDeputyAnswered(seat))
        {
            return new RoundRefusal.DeputyHasAnswered();
        }

        seat.SetPresent();
        return null;
    }

    private bool HasDeputyAnswered(RoundSeat seat)
    {
        var deputies = Count().StepsIn.Where(step => step.For == $"{seat.SeatId}").Select(step => step.Seat).ToList();
        return Standing.Any(answer => deputies.Contains($"{answer.SeatId}"));
    }

    /// <summary>The count of the standing answers; where they are positions only, none of them is counted.</summary>
    public CountResult Count() => Tally.Of(ToBallot(isClosed: !IsOpen));

    /// <summary>What this board has come to, beside others that were asked with it: what it decided in its meeting, where the case was left to one.</summary>
    public BoardResult Result() => new(DecidedAs ?? Outcome, IsCompetent);

    /// <summary>The case is left to a meeting of the body, and what it decides there is not registered.</summary>
    public bool WaitsForMeeting => DecidedAs is null && Outcome is CountOutcome.ToMeeting or CountOutcome.NotQuorate;

    /// <summary>What the count would be if the round were closed now.</summary>
    public CountResult CountIfClosed() => Tally.Of(ToBallot(isClosed: true));

    /// <summary>Whether a valid yes can still be reached, and whose answers it takes.</summary>
    public Feasibility Feasibility() => Approval.Feasibility.Of(ToBallot(isClosed: !IsOpen));

    /// <summary>
    /// The ballot as it would be if the seats did as supposed, to be counted without anything being answered. A seat that is not supposed to do
    /// anything stands as it is. An answer is taken as a vote, also where answers given here are positions only, and that of a seat without a say falls away.
    /// </summary>
    public Ballot Suppose(IReadOnlyCollection<SupposedPart> parts)
    {
        var people = parts.ToDictionary(part => part.Seat, part => _seats.Single(seat => seat.SeatId == part.Seat).PersonId?.ToString());
        var answers = Standing.Where(answer => !people.ContainsKey(answer.SeatId)).Select(answer => (Seat: answer.SeatId, answer.Kind))
            .Concat(parts.Where(part => part.Answer is not null).Select(part => (part.Seat, part.Answer!.Value)));
        var now = ToBallot(isClosed: false);
        var ballot = now with
        {
            Answers = [],
            Inhabil = Out(now.Inhabil, part => part.IsInhabil),
            Absent = Out(now.Absent, part => part.IsAbsent),
        };
        var entitled = new CountSeating(ballot).Entitled.Select(seat => seat.Seat).ToHashSet();
        return ballot with { Answers = [.. answers.Select(answer => new BallotAnswer(answer.Seat.ToString(), answer.Item2)).Where(answer => entitled.Contains(answer.Seat))] };

        IReadOnlyList<string> Out(IReadOnlyList<string> asItIs, Func<SupposedPart, bool> isOut) =>
            [.. asItIs.Where(person => !people.ContainsValue(person)), .. parts.Where(isOut).Select(part => people[part.Seat]).OfType<string>()];
    }

    /// <summary>Closes the round when the count is final; open rounds stay open otherwise.</summary>
    public bool CloseIfDecided(DateTimeOffset at)
    {
        var count = Count();
        if (!IsOpen || TakesPositionsOnly || Undecided.Count > 0 || !count.IsFinal || count.Outcome == CountOutcome.Refused)
        {
            return false;
        }

        (ClosedAt, Outcome) = (at, count.Outcome);
        return true;
    }

    /// <summary>Closes the round with the answers it has; only when they then decide something.</summary>
    public Refusal? Close(DateTimeOffset at)
    {
        if (!IsOpen)
        {
            return new RoundRefusal.IsClosed(ClosedAt!.Value);
        }

        if (Undecided.Count > 0)
        {
            return new RoundRefusal.DoubtUndecided();
        }

        var count = CountIfClosed();
        if (TakesPositionsOnly || !count.IsFinal || count.Outcome == CountOutcome.Refused)
        {
            return new RoundRefusal.DecidesNothing();
        }

        (ClosedAt, Outcome) = (at, count.Outcome);
        return null;
    }

    /// <summary>
    /// Ends a round whose body meets: the meeting takes it from here, and what is registered from the meeting is the decision. Answers given
    /// by link stand as positions.
    /// </summary>
    public Refusal? LeaveToMeeting(DateTimeOffset at)
    {
        if (!IsOpen)
        {
            return new RoundRefusal.IsClosed(ClosedAt!.Value);
        }

        if (Mode == Mode.Written)
        {
            return new RoundRefusal.DecidesNothing();
        }

        if (Undecided.Count > 0)
        {
            return new RoundRefusal.DoubtUndecided();
        }

        (ClosedAt, Outcome) = (at, CountOutcome.ToMeeting);
        return null;
    }

    /// <summary>Keeps what the body decided in the meeting the case was left to. The answers stay positions, and the round's protocol stands as it is.</summary>
    /// <exception cref="InvalidOperationException">The case is not left to a meeting, or is decided there already.</exception>
    public void DecideInMeeting(bool isApproved)
    {
        if (!WaitsForMeeting)
        {
            throw new InvalidOperationException($"Round {Id} does not wait for a meeting.");
        }

        DecidedAs = isApproved ? CountOutcome.Approved : CountOutcome.Returned;
    }

    /// <summary>Who led the body signs off the protocol of what it came to. Signing again changes nothing.</summary>
    /// <param name="hash">The hash of the protocol's text.</param>
    /// <param name="shown">The hash of what the page showed; another is refused.</param>
    public Refusal? SignProtocol(PersonId person, string hash, string shown, DateTimeOffset at)
    {
        if (Chair?.PersonId != person)
        {
            return new RoundRefusal.NotEntitled();
        }

        if (Outcome is null)
        {
            return new RoundRefusal.HasNoOutcome();
        }

        if (SignedAt is not null)
        {
            return null;
        }

        if (hash != shown)
        {
            return new RoundRefusal.OtherProtocol();
        }

        (SignedBy, SignedAt, SignedHash) = (person, at, hash);
        return null;
    }

    /// <summary>Answers are due at another time: the deadline was moved.</summary>
    public void SetDue(DateTimeOffset dueAt) => DueAt = dueAt;

    /// <summary>Ends the round without a result: a new version has come and with it a new round, or another board has sent it back.</summary>
    public void Withdraw(DateTimeOffset at) => ClosedAt ??= at;

    // What holds for every answer, whoever writes it down.
    private RoundRefusal? Refuses(PersonId person, AnswerKind kind, string remark, string hash, DateTimeOffset at) =>
        !IsOpen ? new RoundRefusal.IsClosed(ClosedAt!.Value)
        : hash != Hash ? new RoundRefusal.OtherVersion()
        : SeatOf(person) is not { } seat || IsOver(seat, person, at) ? new RoundRefusal.NotEntitled()
        : Wrong(kind, remark);

    private RoundAnswer Take(RoundAnswerId id, PersonId person, AnswerKind kind, string remark, string hash, Assurance assurance, Guid formKey, DateTimeOffset at)
    {
        var answer = new RoundAnswer(id, _answers.Count + 1, SeatOf(person)!, person, kind, Prose.Of(remark), hash, assurance, formKey, at);
        _answers.Add(answer);
        return answer;
    }

    private RoundRefusal? Wrong(AnswerKind kind, string remark)
    {
        if (TooLong(remark) is { } tooLong)
        {
            return tooLong;
        }

        return kind switch
        {
            AnswerKind.SendBack when Prose.IsBlank(remark) => new RoundRefusal.ReasonMissing(),
            AnswerKind.ApproveWithRemark when Prose.IsBlank(remark) => new RoundRefusal.RemarkMissing(),
            AnswerKind.Abstain when !AllowsAbstaining => new RoundRefusal.MayNotAbstain(),
            AnswerKind.ObjectToWritten when !AllowsObjecting => new RoundRefusal.NotWritten(),
            AnswerKind.Approve or AnswerKind.ApproveWithRemark or AnswerKind.SendBack or AnswerKind.Abstain or AnswerKind.ObjectToWritten => null,
        };
    }

    private static RoundRefusal.RemarkTooLong? TooLong(string typed) =>
        Prose.Length(Prose.Of(typed)) is var length && length > LongestRemark ? new RoundRefusal.RemarkTooLong(length, LongestRemark) : null;

    public bool AllowsAbstaining => Regime switch
    {
        Regime.Kommuneloven => false,
        Regime.Mandat => MayAbstain,
        Regime.Administrativ => true,
    };

    public bool AllowsObjecting => Mode == Mode.Written && Regime != Regime.Administrativ;

    private bool IsOut(RoundSeat seat) => seat.PersonId is not { } person || Drafters.Contains(person) || IsAway(person) || IsOnLeave(seat);

    private Ballot ToBallot(bool isClosed) => ToTable(isClosed) with { Answers = TakesPositionsOnly ? [] : [.. Standing.Select(answer => new BallotAnswer(answer.SeatId.ToString(), answer.Kind))] };

    // Who sits there, before anything is answered.
    private Ballot ToTable(bool isClosed) => new(
        Regime, Mandate, Mode,
        [.. _seats.OrderBy(seat => seat.Number).Select(seat => new BallotSeat(
            seat.SeatId.ToString(), seat.Role, seat.PersonId?.ToString(), seat.CalledFor is null ? seat.Order : int.MinValue, seat.Group, (seat.CalledFor ?? seat.StandsInFor)?.ToString(), seat.PersonId is null))],
        Chair: null,
        [.. Drafters.Select(person => person.ToString())],
        [.. _seats.Where(seat => seat.InhabilAt is not null && seat.PersonId is not null).Select(seat => seat.PersonId.ToString()!)],
        [.. _seats.Where(seat => (seat.AbsentAt is not null || IsOnLeave(seat)) && seat.PersonId is not null).Select(seat => seat.PersonId.ToString()!)],
        [],
        isClosed);
}
