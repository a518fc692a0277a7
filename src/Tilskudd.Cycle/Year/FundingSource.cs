using NodaTime;

namespace Tilskudd.Cycle.Year;

/// <summary>The state body that gives a grant and receives the report: a ministry or Husbanken.</summary>
public sealed class Grantor : ILasting
{
    private Grantor() { }

    public Grantor(GrantorId id, string code, string name) => (Id, Code, Name) = (id, code, name);

    public GrantorId Id { get; private set; }

    /// <summary>The short name people use, for example <c>KDD</c>.</summary>
    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>Last day new sources were made with it; null while it lasts.</summary>
    public LocalDate? ToOn { get; private set; }

    public void Change(string code, string name) => (Code, Name) = (code, name);

    public void End(LocalDate? lastDay) => ToOn = lastDay;
}

/// <summary>What an amount is, on its way from the budget proposal to the closed accounts.</summary>
public enum AmountState
{
    /// <summary>In the government's proposal (Prop. 1 S), with reservation for the Storting's vote.</summary>
    Proposed,

    /// <summary>Voted by the Storting.</summary>
    Voted,

    /// <summary>Granted in the tilskuddsbrev.</summary>
    Granted,

    /// <summary>Changed by the revised budget or a new letter.</summary>
    Revised,

    /// <summary>Carried over from the year to the next, with the grantor's consent.</summary>
    CarriedOver,

    Spent,
    Repaid,

    /// <summary>Carried over from the same source the year before, and to be used beside what is granted for the year.</summary>
    CarriedIn,
}

/// <summary>An amount as it stood from an instant on; earlier ones are kept.</summary>
public sealed class FundingAmount
{
    private FundingAmount() { }

    internal FundingAmount(int number, AmountState state, PlanUnitId? unit, Money amount, DateTimeOffset at, string basis) =>
        (Number, State, PlanUnitId, Amount, At, Basis) = (number, state, unit, amount, at, basis);

    public int Number { get; private set; }

    public AmountState State { get; private set; }

    /// <summary>The plan unit whose part of the source it is; null for the whole source, as in the state budget's table.</summary>
    public PlanUnitId? PlanUnitId { get; private set; }

    public Money Amount { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>Where the figure comes from, in the words of the paper.</summary>
    public string Basis { get; private set; } = "";
}

/// <summary>Money for one programme and year from one place: chapter and post of the state budget, or the municipality's own share.</summary>
public sealed class FundingSource : ILasting
{
    private readonly List<FundingAmount> _amounts = [];

    private FundingSource() { }

    public FundingSource(
        FundingSourceId id, ProgrammeId programme, GrantYear year, int number, GrantorId? grantor, string code,
        int? chapter, int? post, string asReceived, string condition, IEnumerable<string>? remarks = null) =>
        (Id, ProgrammeId, Year, Number, GrantorId, Code, Chapter, Post, AsReceived, Condition, Remarks) =
        (id, programme, year, number, grantor, code, chapter, post, asReceived, condition, [.. remarks ?? []]);

    public FundingSourceId Id { get; private set; }

    public ProgrammeId ProgrammeId { get; private set; }

    public GrantYear Year { get; private set; }

    /// <summary>The order it is shown in.</summary>
    public int Number { get; private set; }

    /// <summary>Who gives the money; null for the municipality's own share.</summary>
    public GrantorId? GrantorId { get; private set; }

    /// <summary>Short name, for example <c>KDD</c> or <c>Egen</c>.</summary>
    public string Code { get; private set; } = "";

    /// <summary>Chapter of the state budget in this year; the numbering follows the ministries' changes (D-10).</summary>
    public int? Chapter { get; private set; }

    public int? Post { get; private set; }

    /// <summary>Chapter and post in the very words received (D-10, D-11).</summary>
    public string AsReceived { get; private set; } = "";

    /// <summary>The grantor's condition for what the money may be used on.</summary>
    public string Condition { get; private set; } = "";

    /// <summary>What was odd about it when it was received, and should be checked against the letter (D-09, D-10).</summary>
    public List<string> Remarks { get; private set; } = [];

    /// <summary>Set where the source is not carried on to the year after: the last day it counted.</summary>
    public LocalDate? ToOn { get; private set; }

    public IReadOnlyList<FundingAmount> Amounts => _amounts;

    public void Change(int? chapter, int? post, string asReceived, string condition) => (Chapter, Post, AsReceived, Condition) = (chapter, post, asReceived, condition);

    /// <summary>Its short name was mistyped, and nothing rests on the source yet.</summary>
    public void Recode(string code) => Code = code;

    public void End(LocalDate? lastDay) => ToOn = lastDay;

    public bool IsOwnShare => GrantorId is null;

    /// <summary>Whether it counts in its year: it does until its last day, also where that is in the year or after it.</summary>
    public bool IsInUse => ToOn is null || ToOn.Value.Year >= Year.Number;

    /// <summary>Whether the words of the grantor's condition end by announcing a list.</summary>
    public bool AnnouncesList => Condition.EndsWith(':');

    /// <summary>The list the grantor's condition announces, where its words end by announcing one: the programme's criteria that hold for money from anywhere.</summary>
    /// <param name="criteria">The programme's criteria, in order.</param>
    public IEnumerable<Criterion> Announced(IEnumerable<Criterion> criteria) => AnnouncesList ? criteria.Where(criterion => criterion.SourceCode.Length == 0) : [];

    /// <summary>Writes a figure down as it is known from now on; nothing earlier is changed.</summary>
    /// <param name="unit">
    /// The plan unit the figure is for: its part of the proposal, its letter, its accounts. Null only for a figure that is given for the
    /// whole source. Bergen's four areas share one post, and one area's letter must never become another's frame.
    /// </param>
    /// <param name="amount">Nought or more.</param>
    public void Record(AmountState state, PlanUnitId? unit, Money amount, DateTimeOffset at, string basis)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount.Ore, nameof(amount));
        _amounts.Add(new FundingAmount(_amounts.Count + 1, state, unit, amount, at, basis));
    }

    /// <summary>The figure for the whole source; where only its plan units have figures, what they come to together. Null when nothing is known.</summary>
    public Money? Latest(AmountState state)
    {
        if (LatestOf(null, state) is { } whole)
        {
            return whole;
        }

        var units = _amounts.Where(a => a.State == state).Select(a => a.PlanUnitId).Distinct().ToList();
        return units.Count == 0 ? null : units.Aggregate(Money.Zero, (sum, unit) => sum + LatestOf(unit, state)!.Value);
    }

    /// <summary>The figure for one plan unit alone, or with no unit the one for the whole source; null when there is none.</summary>
    public Money? LatestFor(PlanUnitId? unit, AmountState state) => LatestOf(unit, state);

    /// <summary>
    /// The whole source as it stands: each unit's revised, else granted, else voted, else proposed amount, and what no unit has been given yet.
    /// Null for the own share, which no one outside limits.
    /// </summary>
    /// <param name="units">The units that share the source.</param>
    public Money? Frame(IReadOnlyCollection<PlanUnitId> units) => IsOwnShare ? null : Divide(units).Sum;

    /// <summary>
    /// What a unit's plan may spend from this source: its own part by the same order; where it has no figure of its own, what the other units' figures
    /// leave of the whole source's, which is never below nought. Where one letter answers several units with more than was proposed for them, each has
    /// its share of that; with less, each keeps what was proposed, and together their plans must fit the letter.
    /// </summary>
    public Money? FrameFor(PlanUnitId unit)
    {
        if (IsOwnShare)
        {
            return null;
        }

        if (Now(unit) is { } own)
        {
            return Raised(unit, own);
        }

        // One answered alone has its figure beside the letter that answers the others together.
        var isAnswered = FurthestOf(null) > AmountState.Proposed;
        return Less(Now(null), Others(unit).Where(other => !isAnswered || FurthestOf(other) == AmountState.Proposed).Select(other => Now(other)));
    }

    /// <summary>What a unit's plan may spend from this source: its frame, and what was carried over to it from the year before. Null where the frame is unknown, and for the own share.</summary>
    public Money? RoomFor(PlanUnitId unit) => FrameFor(unit) + CarriedInFor(unit);

    /// <summary>What was carried over from the year before to a unit, or to all the units of a gathered letter together; nought where nothing was.</summary>
    public Money CarriedInFor(PlanUnitId? unit) => LatestOf(unit, AmountState.CarriedIn) ?? Money.Zero;

    /// <summary>Takes in what the same source carried over the year before, each unit's for itself.</summary>
    /// <param name="before">The source that this one goes on from.</param>
    public void CarryIn(FundingSource before, DateTimeOffset at)
    {
        foreach (var carried in before._amounts.Where(amount => amount.State == AmountState.CarriedOver).GroupBy(amount => amount.PlanUnitId).Select(unit => unit.MaxBy(amount => amount.Number)!))
        {
            if (LatestOf(carried.PlanUnitId, AmountState.CarriedIn) != carried.Amount)
            {
                Record(AmountState.CarriedIn, carried.PlanUnitId, carried.Amount, at, carried.Basis);
            }
        }
    }

    /// <summary>
    /// Which of last year's sources this one goes on from; null where it is new. The ministries change their names and codes more often than a post
    /// its place, so a post that has moved is found by its code, unless another source stands in its place: no money is carried into two.
    /// </summary>
    /// <param name="sources">The programme's sources of both years.</param>
    public FundingSource? GoesOnFrom(IReadOnlyCollection<FundingSource> sources) => sources
        .Where(source => source.Year.Number == Year.Number - 1 && (IsSamePost(source) || (source.Code == Code && !sources.Any(other => other.Year == Year && other.Id != Id && other.IsSamePost(source)))))
        .OrderByDescending(IsSamePost).ThenByDescending(source => source.Code == Code).ThenBy(source => source.Number)
        .FirstOrDefault();

    private bool IsSamePost(FundingSource before) => this is { Chapter: not null, Post: not null } && (before.GrantorId, before.Chapter, before.Post) == (GrantorId, Chapter, Post);

    /// <summary>What the proposal gives the whole source and no other unit: the most a unit can be given of it, never below nought. Null where nothing is proposed for the whole.</summary>
    public Money? ProposedLeftFor(PlanUnitId unit) => Less(LatestOf(null, AmountState.Proposed), Others(unit).Select(other => LatestOf(other, AmountState.Proposed)));

    /// <summary>
    /// How the source stands divided between plan units. What the proposal gives the whole source and no unit yet is the rest, so that parts and
    /// rest together are the source to the øre, also while some units have their letters and others wait.
    /// </summary>
    /// <param name="units">The units that share the source; where there is one, all of it is that unit's.</param>
    /// <param name="state">The figures of one state alone; null for what holds now, as in <see cref="FrameFor"/>.</param>
    public SourceDivision Divide(IReadOnlyCollection<PlanUnitId> units, AmountState? state = null)
    {
        Money? Of(PlanUnitId? unit) => state is { } one ? LatestOf(unit, one) : Now(unit);
        var whole = Of(null);
        var parts = units.Select(unit => (Unit: unit, Amount: Of(unit) ?? (units.Count == 1 ? whole : null))).Where(part => part.Amount is not null)
            .ToDictionary(part => part.Unit, part => part.Amount!.Value);
        if (parts.Count == 0 || units.Count == 1)
        {
            return new SourceDivision(parts, parts.Count == 0 ? whole : null);
        }

        // After the proposal a figure for the whole source is a letter that answers units together: it holds before what was proposed for them, and
        // a unit that has been answered alone has its figure beside it.
        var rest = (state ?? FurthestOf(null)) is > AmountState.Proposed && whole is not null
            ? whole - parts.Where(part => state is null && FurthestOf(part.Key) == AmountState.Proposed).Aggregate(Money.Zero, (sum, part) => sum + part.Value)
            : LeftOf(LatestOf(null, state ?? AmountState.Proposed), units, parts);
        return new SourceDivision(parts, rest is { } left && left != Money.Zero ? left : null);
    }

    // A unit that had no share of its own in what was proposed has its letter from it, as far as it goes.
    private Money? LeftOf(Money? whole, IReadOnlyCollection<PlanUnitId> units, Dictionary<PlanUnitId, Money> parts)
    {
        var left = whole - units.Aggregate(Money.Zero, (sum, unit) => sum + (LatestOf(unit, AmountState.Proposed) ?? Money.Zero));
        var since = units.Where(unit => LatestOf(unit, AmountState.Proposed) is null).Aggregate(Money.Zero, (sum, unit) => sum + parts.GetValueOrDefault(unit));
        return left is { IsNegative: false } some ? (since < some ? some - since : Money.Zero) : left;
    }

    /// <summary>The units that share the source: those that make a plan for its year, and any other that has a figure of its own in it.</summary>
    /// <param name="units">The programme's.</param>
    public IReadOnlyList<PlanUnitId> SharedBy(IEnumerable<PlanUnit> units) =>
        [.. units.Where(unit => unit.Makes(Year) || _amounts.Exists(amount => amount.PlanUnitId == unit.Id)).Select(unit => unit.Id)];

    /// <summary>What is proposed for each unit that has a figure of its own.</summary>
    public IReadOnlyDictionary<PlanUnitId, Money> ProposedParts() => _amounts.Where(amount => amount.State == AmountState.Proposed && amount.PlanUnitId is not null)
        .Select(amount => amount.PlanUnitId!.Value).Distinct().ToDictionary(unit => unit, unit => LatestOf(unit, AmountState.Proposed)!.Value);

    /// <summary>Whether the whole source still hangs on the Storting's vote (DOC-000:20). The own share never does.</summary>
    public bool IsReserved => !IsOwnShare && IsBeforeVote(Latest);

    /// <summary>Whether a unit's money from this source still hangs on the Storting's vote (DOC-000:20).</summary>
    public bool IsReservedFor(PlanUnitId unit) => !IsOwnShare && IsBeforeVote(state => LatestOf(unit, state)) && IsBeforeVote(state => LatestOf(null, state));

    private Money Raised(PlanUnitId unit, Money own)
    {
        if (FurthestOf(unit) != AmountState.Proposed || FurthestOf(null) is not (AmountState.Granted or AmountState.Revised) || Now(null) is not { } letter)
        {
            return own;
        }

        var proposed = Others(unit).Where(other => FurthestOf(other) == AmountState.Proposed).Aggregate(own, (sum, other) => sum + LatestOf(other, AmountState.Proposed)!.Value);

        // What was proposed for the whole and no unit is of the letter too.
        if (LatestOf(null, AmountState.Proposed) is { } all && all > proposed)
        {
            proposed = all;
        }

        return letter > proposed && proposed > Money.Zero ? new Money((long)((Int128)own.Ore * letter.Ore / proposed.Ore)) : own;
    }

    // What a unit was to have of the proposal is nought once the whole is refused, or nothing of it is voted.
    private Money? Now(PlanUnitId? unit) => FirstOf(state => LatestOf(unit, state)) is not { } own ? null
        : unit is not null && FurthestOf(unit) == AmountState.Proposed && FurthestOf(null) > AmountState.Proposed && FirstOf(state => LatestOf(null, state)) == Money.Zero ? Money.Zero
        : own;

    private IEnumerable<PlanUnitId> Others(PlanUnitId unit) => _amounts.Select(amount => amount.PlanUnitId).OfType<PlanUnitId>().Where(other => other != unit).Distinct();

    private static Money? Less(Money? whole, IEnumerable<Money?> parts) =>
        whole is not { } all ? null : all - parts.Aggregate(Money.Zero, (sum, part) => sum + (part ?? Money.Zero)) is { IsNegative: false } left ? left : Money.Zero;

    private AmountState? FurthestOf(PlanUnitId? unit) =>
        new[] { AmountState.Revised, AmountState.Granted, AmountState.Voted, AmountState.Proposed }.Where(state => LatestOf(unit, state) is not null).Cast<AmountState?>().FirstOrDefault();

    private static Money? FirstOf(Func<AmountState, Money?> latest) =>
        latest(AmountState.Revised) ?? latest(AmountState.Granted) ?? latest(AmountState.Voted) ?? latest(AmountState.Proposed);

    private static bool IsBeforeVote(Func<AmountState, Money?> latest) =>
        latest(AmountState.Voted) is null && latest(AmountState.Granted) is null && latest(AmountState.Revised) is null;

    private Money? LatestOf(PlanUnitId? unit, AmountState state) =>
        _amounts.Where(a => a.State == state && a.PlanUnitId == unit).MaxBy(a => a.Number)?.Amount;
}

/// <summary>A source divided between plan units.</summary>
/// <param name="Parts">The units with a figure; one without has none, which is not nought.</param>
/// <param name="Rest">What is given the source and no unit; null when nothing is.</param>
public sealed record SourceDivision(IReadOnlyDictionary<PlanUnitId, Money> Parts, Money? Rest)
{
    /// <summary>Parts and rest together; null when nothing is known.</summary>
    public Money? Sum => Parts.Count == 0 ? Rest : Parts.Values.Aggregate(Rest ?? Money.Zero, (sum, part) => sum + part);
}

/// <summary>How far a letter or a vote may differ before people must decide anew; settings <c>Limits:*</c>.</summary>
/// <param name="LetterPercent">A letter differs too much above this share of the source, in per cent.</param>
/// <param name="LetterAmount">… or above this amount.</param>
/// <param name="AuditorFrom">An auditor's statement is needed from this amount when the letter names none.</param>
public sealed record Limits(decimal LetterPercent, Money LetterAmount, Money AuditorFrom)
{
    /// <summary>Whether a difference is more than people may settle without deciding anew. Both limits must hold; exactly at a limit is within it.</summary>
    /// <param name="planned">What the difference is counted from; where that is nought, any difference is too much.</param>
    public bool AreCrossedBy(Money difference, Money planned)
    {
        var size = Math.Abs((decimal)difference.Ore);
        return size > LetterAmount.Ore || size * 100m > LetterPercent * planned.Ore;
    }

    /// <summary>The Storting's vote touches what was decided above this share of it, in per cent.</summary>
    public decimal VotePercent { get; init; } = 10m;

    /// <summary>Whether a vote is so far from what was decided that those who decided must know. Exactly at the limit is within it.</summary>
    /// <param name="planned">What the approved plans give money from the source; where that is nought, any vote is too far.</param>
    public bool IsTouchedBy(Money voted, Money planned) => Math.Abs((decimal)(voted - planned).Ore) * 100m > VotePercent * planned.Ore;

    public static Limits Default { get; } = new(5m, Money.FromKroner(100_000), Money.FromKroner(500_000));
}
