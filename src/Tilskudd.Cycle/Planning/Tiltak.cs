using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Planning;

/// <summary>Where a tiltak is in its life; going into ordinary operation is the success (domain: Strømsø's own words).</summary>
public enum TiltakStatus
{
    WorkingTitle,
    Starting,
    Running,
    Expanding,
    Developing,
    Evaluating,
    TowardsOrdinaryOperation,
    Ending,
    Merged,
}

/// <summary>How a tiltak differs from the year before.</summary>
public enum TiltakChange
{
    New,
    Continued,
    Increased,
    Reduced,
    Ending,
}

/// <summary>Money for one tiltak from one source, in one plan.</summary>
public sealed class BudgetLine
{
    private BudgetLine() { }

    internal BudgetLine(FundingSourceId source, Money amount, bool isInvented) => (SourceId, Amount, IsInvented) = (source, amount, isInvented);

    public FundingSourceId SourceId { get; private set; }

    public Money Amount { get; private set; }

    /// <summary>No source gives this figure; it is made up for the demonstration.</summary>
    public bool IsInvented { get; private set; }
}

/// <summary>What a coordinator writes about a tiltak on its page; any part may be missing while the plan is a draft.</summary>
/// <param name="HasNoBaseline">The coordinator says that where it stood before is not available. Not read where a baseline is written.</param>
public sealed record TiltakText(
    string Name,
    string Theme,
    string SubTheme,
    string Description,
    string Target,
    string Responsible,
    TiltakStatus Status,
    TiltakChange Change,
    IReadOnlyList<string> Criteria,
    IReadOnlyDictionary<FundingSourceId, Money> Budget,
    string Baseline,
    bool HasNoBaseline)
{
    /// <summary>The tiltak of the same plan it has become part of (D-17); read only where it is merged, and null where that is not said.</summary>
    public TiltakId? MergedInto { get; init; }

    internal TiltakText InOneForm() => this with
    {
        Name = Prose.Line(Name),
        Theme = Prose.Line(Theme),
        SubTheme = Prose.Line(SubTheme),
        Description = Prose.Of(Description),
        Target = Prose.Of(Target),
        Responsible = Prose.Line(Responsible),
        Baseline = Prose.Of(Baseline),
        HasNoBaseline = HasNoBaseline && Prose.IsBlank(Baseline),
    };
}

/// <summary>One measure in a year's plan. Its <see cref="TiltakId"/> is for life: next year's plan carries the same id on.</summary>
public sealed class Tiltak
{
    private readonly List<BudgetLine> _budget = [];

    private Tiltak() { }

    internal Tiltak(TiltakId id, int number, string verbatim) => (TiltakId, Number, Verbatim) = (id, number, verbatim);

    public TiltakId TiltakId { get; private set; }

    public int Number { get; private set; }

    public string Name { get; private set; } = "";

    public string Theme { get; private set; } = "";

    public string SubTheme { get; private set; } = "";

    /// <summary>What is to be done this year, as the steering group reads it.</summary>
    public string Description { get; private set; } = "";

    /// <summary>The year's target on an indicator: something that can be counted or measured, and how much of it.</summary>
    public string Target { get; private set; } = "";

    /// <summary>Where the indicator stood before, with its year: what the target is measured from.</summary>
    public string Baseline { get; private set; } = "";

    /// <summary>Nobody has measured where it stood before. Said aloud, so that an empty field is never taken for it.</summary>
    public bool HasNoBaseline { get; private set; }

    /// <summary>The part of the municipality that answers for it.</summary>
    public string Responsible { get; private set; } = "";

    public TiltakStatus Status { get; private set; }

    public TiltakChange Change { get; private set; }

    /// <summary>Ids of the programme's criteria (<see cref="Criterion"/>) it contributes to; at least one before approval (DOC-000:22).</summary>
    public List<string> Criteria { get; private set; } = [];

    /// <summary>The tiltak's text in the source document, where it comes from one.</summary>
    public string Verbatim { get; private set; } = "";

    /// <summary>The tiltak this one is merged into (D-17).</summary>
    public TiltakId? MergedInto { get; private set; }

    /// <summary>Details no source gives were made up for the demonstration.</summary>
    public bool HasInventedDetails { get; private set; }

    public IReadOnlyList<BudgetLine> Budget => _budget;

    /// <summary>Something of it, a detail or an amount, stands in no source.</summary>
    public bool HasInventions => HasInventedDetails || _budget.Any(line => line.IsInvented);

    /// <summary>Whether it has come to its end, alone or as part of another, so that next year's plan does not take it along.</summary>
    public bool IsEnding => Status is TiltakStatus.Ending or TiltakStatus.Merged;

    /// <summary>All its money, each source counted once whatever themes it belongs to (D-16).</summary>
    public Money Total => _budget.Aggregate(Money.Zero, (sum, line) => sum + line.Amount);

    public Money From(FundingSourceId source) => _budget.FirstOrDefault(line => line.SourceId == source)?.Amount ?? Money.Zero;

    /// <summary>Whether this is what stands already, so that saving it changes nothing.</summary>
    internal bool Says(TiltakText text) =>
        (Name, Theme, SubTheme, Description, Target, Baseline, HasNoBaseline, Responsible, Status, Change)
            == (text.Name, text.Theme, text.SubTheme, text.Description, text.Target, text.Baseline, text.HasNoBaseline, text.Responsible, text.Status, text.Change)
        && MergedInto == MergedIntoBy(text)
        && Criteria.ToHashSet().SetEquals(text.Criteria)
        && _budget.ToDictionary(line => line.SourceId, line => line.Amount).ToHashSet().SetEquals(text.Budget.Where(line => line.Value != Money.Zero));

    internal void Write(TiltakText text, bool isInvented)
    {
        (Name, Theme, SubTheme, Description, Target, Baseline, HasNoBaseline, Responsible) =
            (text.Name, text.Theme, text.SubTheme, text.Description, text.Target, text.Baseline, text.HasNoBaseline, text.Responsible);
        (Status, Change, Criteria, HasInventedDetails) = (text.Status, text.Change, [.. text.Criteria.Distinct()], isInvented);
        // One that is not merged after all is no part of another.
        MergedInto = MergedIntoBy(text);
        // A figure the coordinator leaves as it is stays marked as invented; one that is changed is hers.
        var before = _budget.ToDictionary(line => line.SourceId);
        _budget.Clear();
        foreach (var (source, amount) in text.Budget.Where(line => line.Value != Money.Zero))
        {
            var isStillInvented = isInvented || (before.TryGetValue(source, out var old) && old.IsInvented && old.Amount == amount);
            _budget.Add(new BudgetLine(source, amount, isStillInvented));
        }
    }

    /// <summary>The tiltak it was to become part of is in the plan no more.</summary>
    internal void Lose(TiltakId other) => MergedInto = MergedInto == other ? null : MergedInto;

    private static TiltakId? MergedIntoBy(TiltakText text) => text.Status == TiltakStatus.Merged ? text.MergedInto : null;

    internal void Restore(TiltakContent then)
    {
        var budget = then.BudgetOre.ToDictionary(line => new FundingSourceId(line.Key), line => new Money(line.Value));
        var text = new TiltakText(
            then.Name, then.Theme, then.SubTheme, then.Description, then.Target, then.Responsible, then.Status, then.Change, then.Criteria, budget, then.Baseline, then.HasNoBaseline)
        {
            MergedInto = then.MergedInto is { } other ? new TiltakId(other) : null,
        };

        // Which of its details are invented a version does not tell apart, so what was not touched keeps its own marks.
        if (!Says(text))
        {
            Write(text, then.HasInventedDetails);
        }
    }

    internal void MergeInto(TiltakId other) => (MergedInto, Status) = (other, TiltakStatus.Merged);
}
