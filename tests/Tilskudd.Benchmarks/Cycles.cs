using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;

namespace Tilskudd.Benchmarks;

/// <summary>
/// Whole years of plan units: an act of a person is a commit, with its facts, the run's position, the trail and the notices. Beside the application
/// stand a bare EF Core loop and a bare ADO one, which write the very same rows in the same commits; in the end the three databases are compared
/// row by row.
/// </summary>
internal static class Cycles
{
    private const int Rounds = 9;

    /// <summary>Units before the first that counts: by then the code is compiled.</summary>
    private const int Before = 20;

    /// <summary>Units between two words of how far it has come: ten thousand take an hour and more.</summary>
    private const int Told = 500;

    private static readonly GrantYear Year = new(2025);

    public static async Task Run(IReadOnlyList<int> sizes)
    {
        var table = new Table("Database", "Units", "Application, commits/s", "EF Core, commits/s", "ADO, commits/s", "Application ÷ EF Core", "Application ÷ ADO", "ms a unit");
        foreach (var kind in Ground.Kinds)
        {
            await Run(kind, sizes, table);
        }

        table.Print("Full cycles; a ratio of 1.00 is as fast");
    }

    private static async Task Run(DatabaseProvider kind, IReadOnlyList<int> sizes, Table table)
    {
        var recorder = new Recorder();
        await using var ground = await Ground.Create(kind, recorder);
        await using var second = await ground.Copy();
        await using var third = await ground.Copy();
        var (years, bare) = (new PlayYears(ground), new BareEf(second));
        await using var raw = await RawLoop.On(third);
        await using var laying = await RawLoop.On(second);
        recorder.Take();
        await years.Begin();
        await Follow();

        // The loops write what the application wrote the unit before, so that any of the three can be the first.
        var times = new Times([], [], []);
        IReadOnlyList<SavedCommit> written = [];
        var commits = 0;
        var units = Before + sizes[^1];
        for (var unit = 0; unit <= units; unit++)
        {
            IReadOnlyList<SavedCommit> now = [];
            var laid = unit < units ? await years.Lay(unit + 1, [Year]) : null;
            await Follow();
            Func<Task>[] cases =
            [
                async () =>
                {
                    if (laid is not null)
                    {
                        var all = await Harness.Time(() => years.Whole(laid, laid.In(Year)));
                        times.Application.Add((all - recorder.Spent).TotalSeconds);
                        now = recorder.Take();
                    }
                },
                async () => times.Bare.Add((await bare.Write(written)).TotalSeconds),
                async () => times.Raw.Add((await raw.Write(written)).TotalSeconds),
            ];
            foreach (var one in Harness.Turned(cases, unit))
            {
                await one();
            }

            (written, commits) = (now, now.Count > 0 ? now.Count : commits);
            if (unit > 0 && unit % Told == 0)
            {
                Console.WriteLine($"{kind}: {unit:#,0} of {units:#,0} units. The last {Told}: application ÷ EF Core {times.Bare.TakeLast(Told).Sum() / times.Application.TakeLast(Told).Sum():0.00}, ÷ ADO {times.Raw.TakeLast(Told).Sum() / times.Application.TakeLast(Told).Sum():0.00}.");
            }
        }

        // The loops are a unit behind, and had nothing to write before the first.
        times.Application.RemoveRange(0, Before);
        times.Bare.RemoveRange(0, Before + 1);
        times.Raw.RemoveRange(0, Before + 1);
        await Verify(ground, units, second, third);
        Report(kind, sizes, times, commits, table);

        async Task Follow()
        {
            var laid = recorder.Take();
            await laying.Write(laid);
            await raw.Write(laid);
        }
    }

    private static async Task Verify(Ground ground, int units, Ground second, Ground third)
    {
        await using (var db = await ground.Databases.CreateDbContextAsync())
        {
            var closed = await db.Set<Run>().CountAsync(run => run.ClosedAt != null && run.Incident == "");
            Ground.Demand(closed == 3 * units && closed == await db.Set<Run>().CountAsync(), $"{closed} of {3 * units} runs were closed.");
        }

        await ground.DemandTrail();
        await ground.DemandSame(second);
        await ground.DemandSame(third);
    }

    private static void Report(DatabaseProvider kind, IReadOnlyList<int> sizes, Times times, int commits, Table table)
    {
        var (from, points) = (0, new List<(double, double)>());
        foreach (var size in sizes)
        {
            var rounds = Enumerable.Range(0, Rounds).Select(round => (From: from + ((size - from) * round / Rounds), To: from + ((size - from) * (round + 1) / Rounds))).ToList();
            List<double> In(List<double> seconds) => [.. rounds.Select(round => seconds[round.From..round.To].Sum() / (round.To - round.From))];
            var (application, bare, raw) = (In(times.Application), In(times.Bare), In(times.Raw));
            table.Add(
                $"{kind}", $"{size:#,0}", Rate(application), Rate(bare), Rate(raw),
                $"{Harness.Ratio(bare, application)}", $"{Harness.Ratio(raw, application)}", Spread.Write(1000 * Spread.Of(application).Median));
            points.Add(((from + size) / 2.0, Spread.Of(application).Median));
            from = size;
        }

        Console.WriteLine($"{kind}: {commits} commits a unit. All rows of the three databases are the same, and the trail is whole."
            + (points.Count > 1 ? $" Log-log slope of a unit's time over the units there are: {Harness.Slope(points):0.00}." : ""));

        string Rate(List<double> seconds) => Spread.Write(commits / Spread.Of(seconds).Median);
    }

    /// <summary>Seconds for each unit.</summary>
    private sealed record Times(List<double> Application, List<double> Bare, List<double> Raw);
}
