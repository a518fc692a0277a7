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

    private async Task<List<RunId>> Due(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var due = await db.Set<Run>().Where(run => run.ClosedAt == null && run.DueAt <= now && run.StepKind == nameof(WaitUntil))
            .OrderBy(run => run.DueAt).ThenBy(run => run.Id)
            .Select(run => run.Id).Take(Batch + _poison.Count).ToListAsync(ct);
        return [.. due.Where(id => !_poison.Contains(id)).Take(Batch)];
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "One run that fails must not hold up the others; it is logged and left until the next start.")]
    private async Task<bool> MoveOn(RunId id, CancellationToken ct)
    {
        try
        {
            var moved = false;
            var refusal = await door.Write(async w =>
            {
                // Looked at anew inside the story: someone may have moved the date since.
                var run = await w.Db.Set<Run>().SingleAsync(run => run.Id == id, ct);
                if (!run.IsOpen || run.StepKind != nameof(WaitUntil) || run.DueAt is not { } due || due > w.Now)
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
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "Run {Run} could not be moved on when its date came, and rests until the next start")]
    private partial void LogPoison(Exception failure, RunId run);
}
