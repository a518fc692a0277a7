using System.Diagnostics;
using System.Globalization;

namespace Tilskudd.Benchmarks;

/// <summary>One of those that are compared: a name, and a piece of work that is timed from outside.</summary>
/// <param name="Work">Does it once, and gives how long the part took that counts.</param>
internal sealed record Case(string Name, Func<Task<TimeSpan>> Work);

/// <summary>The middle of some figures, and the least and the most of them.</summary>
internal sealed record Spread(double Median, double Least, double Most)
{
    public static Spread Of(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        var half = sorted.Count / 2;
        return new(sorted.Count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>The middle with the least and the most behind it.</summary>
    public override string ToString() => $"{Write(Median)} ({Write(Least)}–{Write(Most)})";

    /// <summary>A figure with as many digits as it is worth.</summary>
    public static string Write(double figure) => Math.Abs(figure) switch
    {
        >= 100 => figure.ToString("#,0", English),
        >= 10 => figure.ToString("0.0", English),
        _ => figure.ToString("0.00", English),
    };

    private static readonly NumberFormatInfo English = CultureInfo.InvariantCulture.NumberFormat;
}

/// <summary>
/// Measures on a machine that does other things too: every case once a round, in an order that turns from round to round, and a ratio for each
/// round. A disk or a neighbour that is slow for a while is slow for all the cases of a round, so that the ratio holds where the times do not.
/// </summary>
internal static class Harness
{
    /// <summary>Runs the cases.</summary>
    /// <returns>The seconds of each case in each round.</returns>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<double>>> Rounds(int rounds, params IReadOnlyList<Case> cases)
    {
        var seconds = cases.ToDictionary(one => one.Name, _ => new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var one in Turned(cases, round))
            {
                seconds[one.Name].Add((await one.Work()).TotalSeconds);
            }
        }

        return seconds.ToDictionary(one => one.Key, one => (IReadOnlyList<double>)one.Value);
    }

    /// <summary>The cases, beginning with another each round.</summary>
    public static IEnumerable<T> Turned<T>(IReadOnlyList<T> cases, int round) => Enumerable.Range(0, cases.Count).Select(place => cases[(place + round) % cases.Count]);

    /// <summary>How many times as large the first is as the second, round by round.</summary>
    public static Spread Ratio(IEnumerable<double> first, IEnumerable<double> second) => Spread.Of(first.Zip(second, (one, other) => one / other));

    /// <summary>The slope of a straight line through the logarithms: 0 where time does not grow with size, 1 where it doubles when size doubles.</summary>
    public static double Slope(IReadOnlyList<(double Size, double Time)> points)
    {
        var logs = points.Select(point => (X: Math.Log(point.Size), Y: Math.Log(point.Time))).ToList();
        var (x, y) = (logs.Average(log => log.X), logs.Average(log => log.Y));
        return logs.Sum(log => (log.X - x) * (log.Y - y)) / logs.Sum(log => (log.X - x) * (log.X - x));
    }

    /// <summary>The value below which so many of a hundred lie.</summary>
    public static double Percentile(IEnumerable<double> figures, double percent)
    {
        var sorted = figures.Order().ToList();
        return sorted[Math.Clamp((int)Math.Ceiling(sorted.Count * percent / 100) - 1, 0, sorted.Count - 1)];
    }

    public static async Task<TimeSpan> Time(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed;
    }
}

/// <summary>A table as the README has them.</summary>
internal sealed class Table(params IReadOnlyList<string> head)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    public void Add(params IReadOnlyList<string> row) => _rows.Add(row);

    public void Print(string title)
    {
        Console.WriteLine($"\n{title}\n");
        foreach (var row in new[] { head, [.. head.Select(_ => "---")] }.Concat(_rows))
        {
            Console.WriteLine($"| {string.Join(" | ", row)} |");
        }
    }
}
