using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tilskudd.Clockwork;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Runs;

namespace Tilskudd.Benchmarks;

/// <summary>
/// A morning on which many reminders come due at once: each is claimed and put in the outbox durably, with its line in the trail. Beside the
/// application stand the two loops that write the same rows in the same commits.
/// </summary>
internal static class ReminderSweeps
{
    /// <summary>Units of one programme, whose leader is the one who is waited for.</summary>
    private const int UnitsEach = 25;

    private static readonly GrantYear Year = new(2025);

    // The frame is due on 15 October, and its first reminder five working days before.
    private static readonly DateTimeOffset Morning = OsloTime.At(new LocalDate(2024, 10, 8), new LocalTime(8, 0));

    public static async Task Run(int reminders, int rounds)
    {
        var table = new Table("Database", "Reminders", "Commits", "Application, /s", "EF Core, /s", "ADO, /s", "Application ÷ EF Core", "Application ÷ ADO");
        foreach (var kind in Ground.Kinds)
        {
            await using var ground = await Lay(kind, reminders);
            var written = await Record(ground, reminders);
            var seconds = await Harness.Rounds(
                rounds,
                new("Application", () => OnCopy(ground, written, copy => Harness.Time(() => Sweep(copy, reminders)))),
                new("EF Core", () => OnCopy(ground, written, copy => new BareEf(copy).Write(written))),
                new("ADO", () => OnCopy(ground, written, async copy =>
                {
                    await using var raw = await RawLoop.On(copy);
                    return await raw.Write(written);
                })));
            var (application, bare, raw) = (seconds["Application"], seconds["EF Core"], seconds["ADO"]);
            table.Add($"{kind}", $"{reminders:#,0}", $"{written.Count}", Rate(application), Rate(bare), Rate(raw), $"{Harness.Ratio(bare, application)}", $"{Harness.Ratio(raw, application)}");
        }

        table.Print("Due reminders to the outbox; a ratio of 1.00 is as fast");

        string Rate(IReadOnlyList<double> seconds) => Spread.Write(reminders / Spread.Of(seconds).Median);
    }

    /// <summary>A programme leader with many deadlines, on the morning their reminders come due.</summary>
    public static async Task<Ground> Lay(DatabaseProvider kind, int reminders)
    {
        var ground = await Ground.Create(kind);
        var years = new PlayYears(ground);
        await years.Begin();
        for (var programme = 1; programme <= reminders / UnitsEach; programme++)
        {
            await years.OpenAll(await years.Lay(programme, [Year], UnitsEach), Year);
        }

        ground.Clock.SetTo(Morning);
        return ground;
    }

    private static async Task<IReadOnlyList<SavedCommit>> Record(Ground ground, int reminders)
    {
        var recorder = new Recorder();
        await using var copy = await ground.Copy(recorder);
        await Sweep(copy, reminders);
        return recorder.Take();
    }

    /// <summary>Takes the reminders that are due, and puts a mail for each in the outbox.</summary>
    public static async Task Sweep(Ground ground, int reminders)
    {
        var taken = await ground.Services.GetServices<ISweep>().OfType<ReminderSweep>().Single().Run(ground.Clock.GetUtcNow(), CancellationToken.None);
        Ground.Demand(taken == reminders, $"{taken} of {reminders} reminders were taken.");
    }

    // The copy is made and looked through outside what is timed.
    private static async Task<TimeSpan> OnCopy(Ground ground, IReadOnlyList<SavedCommit> written, Func<Ground, Task<TimeSpan>> work)
    {
        await using var copy = await ground.Copy();
        var time = await work(copy);
        await using var db = await copy.Databases.CreateDbContextAsync();
        var rows = written.SelectMany(commit => commit.Rows).Where(row => row.State == EntityState.Added).ToLookup(row => row.Type.ClrType);
        var queued = await db.Set<Notice>().CountAsync(notice => notice.Kind == NoticeKind.DeadlineReminder);
        var left = await db.Deadlines.SelectMany(deadline => deadline.Rungs).CountAsync(rung => rung.HandledAt == null && rung.At <= Morning);
        Ground.Demand(queued == rows[typeof(Notice)].Count() && left == 0, $"{queued.ToString(CultureInfo.InvariantCulture)} notices, and {left} rungs left.");
        await copy.DemandTrail();
        return time;
    }
}
