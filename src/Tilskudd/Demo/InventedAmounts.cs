using System.Collections.Immutable;
using Tilskudd.Cycle.Year;
using Tilskudd.Year.Sources;

namespace Tilskudd.Demo;

/// <summary>Money for one tiltak, or for an activity beside the tiltak, from one ministry. Made up: no source gives it.</summary>
/// <param name="TiltakId">The tiltak's id in the source, or null for <see cref="InventedAmounts.Evaluation"/>.</param>
/// <param name="Ministry">The ministry's code.</param>
/// <param name="Amount">Whole thousands of kroner.</param>
internal sealed record InventedLine(string? TiltakId, string Ministry, Money Amount);

/// <summary>
/// Made-up budgets. The sources give Strømsø's money for 2025 per ministry and its eighteen tiltak, but no amount per tiltak (D-19);
/// these are shown as made up wherever they are shown, and add up to the real frames to the øre.
/// </summary>
internal static class InventedAmounts
{
    /// <summary>The programme activity beside the tiltak that has money of its own.</summary>
    public const string Evaluation = "Midtveisevaluering 2025";

    // Thousands of kroner from KDD and from AID. AID's money goes to work, learning and early years only, where it can support the
    // integration strategy. The pilot under two themes (D-16) has each theme's part of its money once. The course that ends has none.
    private static readonly (string? Tiltak, int Kdd, int Aid)[] Stromso =
    [
        ("STR25-01", 500, 200),
        ("STR25-02", 500, 300),
        ("STR25-03", 600, 0),
        ("STR25-04", 500, 0),
        ("STR25-05", 800, 300),
        ("STR25-06", 0, 0),
        ("STR25-07", 1_000, 0),
        ("STR25-08", 700, 0),
        ("STR25-09", 300, 0),
        ("STR25-10", 500, 0),
        ("STR25-11", 1_400, 300),
        ("STR25-12", 800, 0),
        ("STR25-13", 400, 0),
        ("STR25-14", 500, 0),
        ("STR25-15", 700, 0),
        ("STR25-16", 1_300, 0),
        ("STR25-17", 200, 0),
        ("STR25-18", 300, 0),
        (null, 500, 0),
    ];

    /// <summary>Strømsø's budget for 2025, line by line; an amount of nought has no line.</summary>
    /// <exception cref="InvalidOperationException">The lines do not add up to the frames, or a tiltak is not in the source.</exception>
    public static IReadOnlyList<InventedLine> ForStromso(RealWorld world)
    {
        var lines = Stromso
            .SelectMany(row => new InventedLine[]
            {
                new(row.Tiltak, "KDD", Thousands(row.Kdd)),
                new(row.Tiltak, "AID", Thousands(row.Aid)),
            })
            .Where(line => line.Amount != Money.Zero)
            .ToList();
        foreach (var source in world.StromsoFunding.Rows)
        {
            var sum = lines.Where(line => line.Ministry == source.Ministry).Aggregate(Money.Zero, (total, line) => total + line.Amount);
            if (sum != source.Amount.Amount)
            {
                throw new InvalidOperationException(
                    $"The made-up lines from {source.Ministry} are {sum}, the frame is {source.Amount.Verbatim}.");
            }
        }

        var known = world.StromsoTiltak.Tiltak.Select(tiltak => tiltak.Id).Append(null);
        return Stromso.Select(row => row.Tiltak).SequenceEqual(known)
            ? lines
            : throw new InvalidOperationException("The made-up lines are not for the same tiltak as the source's list.");
    }

    /// <summary>
    /// Splits a frame into uneven parts of whole thousands; what is left of the frame goes to the last part, so that they add up to the øre.
    /// </summary>
    /// <param name="frame">The frame, not negative.</param>
    /// <param name="parts">How many parts, at least one.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    public static ImmutableArray<Money> Split(Money frame, int parts, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(frame.Ore);
        var random = new Bogus.Randomizer(seed);
        var weights = Enumerable.Range(0, parts).Select(_ => (Int128)random.Int(50, 150)).ToList();
        var all = weights.Aggregate((total, weight) => total + weight);
        var thousand = Thousands(1).Ore;
        var split = weights.SkipLast(1).Select(weight => new Money((long)(frame.Ore * weight / all / thousand) * thousand)).ToList();
        return [.. split, split.Aggregate(frame, (left, part) => left - part)];
    }

    private static Money Thousands(int thousands) => Money.FromKroner(thousands * 1_000L);
}
