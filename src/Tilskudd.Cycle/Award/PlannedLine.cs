using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Award;

/// <summary>One tiltak's money from the source of a letter, as an approved plan has it. A letter may answer the lines of several plans.</summary>
/// <param name="Number">The tiltak's place in its plan.</param>
public sealed record PlannedLine(HandlingsplanId Plan, TiltakId Tiltak, int Number, string Name, Money Amount)
{
    /// <summary>When the plan was approved as it stands; null where nothing is asked of that.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>The lines of one approved plan, in the plan's own order. A line of nought is written, and is no blank.</summary>
    /// <param name="unit">The plan's unit, named before each line where several plans are read together; empty for one plan alone.</param>
    public static IEnumerable<PlannedLine> Of(HandlingsplanId plan, HandlingsplanContent approved, FundingSourceId source, string unit = "") => approved.Tiltak
        .Where(tiltak => tiltak.BudgetOre.ContainsKey(source.Value))
        .OrderBy(tiltak => tiltak.Number)
        .Select(tiltak => new PlannedLine(
            plan, new TiltakId(tiltak.Id), tiltak.Number, unit.Length == 0 ? tiltak.Name : $"{unit}: {tiltak.Name}", new Money(tiltak.BudgetOre[source.Value])));
}

/// <summary>How a letter stands beside the plans it answers.</summary>
/// <param name="Difference">Letter less plan: negative when less is granted than planned, but for what the plans use of money carried over.</param>
public sealed record LetterComparison(Money Planned, Money Granted, Money Difference, bool IsWithinLimit)
{
    /// <summary>What the lines come to when the difference is laid on them.</summary>
    public Money ToLay => Planned + Difference;

    /// <summary>The plans give no more than the letter, or so little more that it can be laid on the lines.</summary>
    public bool HasRoom => IsWithinLimit || !Difference.IsNegative;

    /// <summary>The plans stand, and the programme leader says which lines carry the difference. Beyond the limit the plan itself is made anew.</summary>
    public bool NeedsSpread => IsWithinLimit && Difference != Money.Zero;
}
