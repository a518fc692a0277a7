using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Award;

/// <summary>How the difference between a letter and the plans is laid on the lines.</summary>
public enum SpreadRule
{
    /// <summary>Every line by its share of what was planned, to the øre by the largest remainder.</summary>
    Proportional,

    /// <summary>By the plan's own order: what is missing is taken from the last lines first, what is more goes to the first.</summary>
    ByPriority,

    /// <summary>The programme leader gives every line its amount.</summary>
    ByHand,
}

/// <summary>What a tiltak has from a letter after the difference was laid on the lines.</summary>
public sealed class LetterLine
{
    private LetterLine() { }

    internal LetterLine(TiltakId tiltak, Money planned, Money amount) => (TiltakId, Planned, Amount) = (tiltak, planned, amount);

    public TiltakId TiltakId { get; private set; }

    /// <summary>What the plan gave it then. A plan that gives it another amount since has taken the letter into account.</summary>
    public Money Planned { get; private set; }

    public Money Amount { get; private set; }
}

/// <summary>Lays a letter's amount on the lines it answers. The lines always come to the letter, to the øre.</summary>
/// <param name="Amounts">The lines' amounts; read only where they are given by hand.</param>
public sealed record LetterSpread(SpreadRule Rule, IReadOnlyDictionary<TiltakId, Money> Amounts)
{
    public static LetterSpread Proportional { get; } = new(SpreadRule.Proportional, new Dictionary<TiltakId, Money>());

    public static LetterSpread ByPriority { get; } = new(SpreadRule.ByPriority, new Dictionary<TiltakId, Money>());

    /// <summary>Every line's amount, in the order of the lines; or why they cannot be so.</summary>
    /// <param name="granted">What they must come to; above nought.</param>
    public (IReadOnlyList<Money> Lines, GrantRefusal? Refusal) Over(IReadOnlyList<PlannedLine> lines, Money granted) => Rule switch
    {
        SpreadRule.Proportional => (InProportion(lines, granted), null),
        SpreadRule.ByPriority => (InOrder(lines, granted), null),
        SpreadRule.ByHand => AsGiven(lines, granted),
    };

    // Nought has no shares.
    private static IReadOnlyList<Money> InProportion(IReadOnlyList<PlannedLine> lines, Money granted) =>
        lines.All(line => line.Amount == Money.Zero) ? InOrder(lines, granted) : granted.SharedBy([.. lines.Select(line => line.Amount)]);

    private static Money[] InOrder(IReadOnlyList<PlannedLine> lines, Money granted)
    {
        var amounts = lines.Select(line => line.Amount).ToArray();
        var difference = granted - Sum(amounts);
        if (!difference.IsNegative)
        {
            amounts[0] += difference;
            return amounts;
        }

        var missing = -difference;
        for (var at = amounts.Length - 1; at >= 0 && missing > Money.Zero; at--)
        {
            var taken = missing < amounts[at] ? missing : amounts[at];
            (amounts[at], missing) = (amounts[at] - taken, missing - taken);
        }

        return amounts;
    }

    private (IReadOnlyList<Money> Lines, GrantRefusal? Refusal) AsGiven(IReadOnlyList<PlannedLine> lines, Money granted)
    {
        if (lines.Any(line => !Amounts.TryGetValue(line.Tiltak, out var amount) || amount.IsNegative))
        {
            return ([], new GrantRefusal.LineMissing());
        }

        var given = lines.Select(line => Amounts[line.Tiltak]).ToList();
        if (!Money.TrySum(given, out var sum) || sum != granted)
        {
            return ([], new GrantRefusal.LinesNotTheLetter(granted, Sum(given)));
        }

        // Only the difference is laid; a line that gives or takes more than that is another plan, and the body's to decide.
        var difference = granted - Sum(lines.Select(line => line.Amount));
        var (least, most) = difference.IsNegative ? (difference, Money.Zero) : (Money.Zero, difference);
        var at = lines.Zip(given).TakeWhile(one => one.Second >= one.First.Amount + least && one.Second <= one.First.Amount + most).Count();
        return at == lines.Count ? (given, null)
            : ([], new GrantRefusal.LineBeyondDifference($"linje-{at + 1}", lines[at].Amount + least < Money.Zero ? Money.Zero : lines[at].Amount + least, lines[at].Amount + most));
    }

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);
}
