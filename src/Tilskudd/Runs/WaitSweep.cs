using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Clockwork;
using Tilskudd.Cycle.Steps;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Runs;

/// <summary>Moves on the runs that only wait for a date, once the date has come. Each run is a story of its own: one that fails holds up no other.</summary>
internal sealed partial class WaitSweep(IDbContextFactory<TilskuddDb> databases, Door door, Flow flow, ILogger<WaitSweep> log) : ISweep
{
    private const int Batch = 100;

    /// <summary>The one outcome of <see cref="WaitUntil"/>.</summary>
    private const string Reached = "Reached";

    private readonly HashSet<RunId> _poison = [];

    public string Name => "waits";

    public IQueryable<string> Due(TilskuddDb db, DateTimeOffset now) => ISweep.OnceIfAny(db, Name, Waiting(db, now));

    /// <returns>How many runs were moved on.</returns>
    public async Task<int> Run(DateTimeOffset now, CancellationToken ct)
    {
        var moved = 0;
        foreach (var id in await Due(now, ct))
        {
            moved += await MoveOn(id, ct) ? 1 : 0;
        }

        return moved;
    }

    private static IQueryable<Run> Waiting(TilskuddDb db, DateTimeOffset now) =>
        db.Set<Run>().IgnoreAutoIncludes().Where(run => run.ClosedAt == null && run.DueAt <= now && run.StepKind == nameof(WaitUntil) && run.Incident == "");

    private async Task<List<RunId>> Due(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var due = await Waiting(db, now).OrderBy(run => run.DueAt).ThenBy(run => run.Id)
            .Select(run => run.Id).Take(Batch + _poison.Count).ToListAsync(ct);
        return [.. due.Where(id => !_poison.Contains(id)).Take(Batch)];
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "One run that fails must not hold up the others; it is logged, and kept with the run as an incident.")]
    private async Task<bool> MoveOn(RunId id, CancellationToken ct)
    {
        try
        {
            var moved = false;
            var refusal = await door.Write(async w =>
            {
                moved = false;

                // Looked at anew inside the story: someone may have moved the date since.
                var run = await w.Db.Existing<Run>(id, ct);
                if (!run.IsOpen || run.Incident.Length > 0 || run.StepKind != nameof(WaitUntil) || run.DueAt is not { } due || due > w.Now)
                {
                    return null;
                }

                moved = true;
                return await flow.Answer(w, run, run.VisitNumber, Reached, Actor.System);
            }, ct);
            return moved && refusal is null;
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or DoorClosed))
        {
            LogPoison(failure, id);
            _poison.Add(id);
            await Report(id, ct);
            return false;
        }
    }

    /// <summary>Keeps with the run that it could not go on. Whoever mends the cause tries again from the run's page.</summary>
    private async Task Report(RunId id, CancellationToken ct)
    {
        try
        {
            await door.Write(async w =>
            {
                var run = await w.Db.Existing<Run>(id, ct);
                await StepEntry.Report(w, run, Actor.System, "Datoen er kommet, men en feil i programmet hindret saken i å gå videre. Feilen står i loggen. Prøv på nytt når årsaken er rettet.");
                return null;
            }, ct);
            _poison.Remove(id);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or DoorClosed))
        {
            LogPoison(failure, id);
        }
    }

    [LoggerMessage(LogLevel.Error, "Run {Run} could not be moved on when its date came")]
    private partial void LogPoison(Exception failure, RunId run);
}
