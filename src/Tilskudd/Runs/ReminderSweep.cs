using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Clockwork;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Runs;

/// <summary>
/// Takes the rungs of deadlines that have come due, and queues a notice to each person concerned if the matter still waits. A rung is
/// marked as taken in the same story, so a crash takes it again or not at all; the notice's own occasion makes a second one impossible.
/// </summary>
internal sealed partial class ReminderSweep(IDbContextFactory<TilskuddDb> databases, Door door, Reminding reminding, ILogger<ReminderSweep> log) : ISweep
{
    /// <summary>Deadlines taken in one story.</summary>
    internal const int Batch = 200;

    /// <summary>More than any ladder has.</summary>
    private const int MostRungs = 20;

    // Left alone until the next start, so that one bad row does not hold up all the others.
    private readonly HashSet<DeadlineId> _poison = [];

    public string Name => "reminders";

    public IQueryable<string> Due(TilskuddDb db, DateTimeOffset now) => ISweep.OnceIfAny(db, Name, Come(db, now));

    /// <summary>So many batches are queued before the mails get their turn: a morning's reminders are all in the outbox before any waits for a mail server.</summary>
    private const int MostBatches = 100;

    /// <returns>How many rungs were taken.</returns>
    public async Task<int> Run(DateTimeOffset now, CancellationToken ct)
    {
        var taken = 0;
        for (var batch = 0; batch < MostBatches; batch++)
        {
            if (await TakeBatch(now, ct) is not (> 0 and var more))
            {
                break;
            }

            taken += more;
        }

        return taken;
    }

    private async Task<int> TakeBatch(DateTimeOffset now, CancellationToken ct)
    {
        var due = await Due(now, ct);
        if (due.Count == 0)
        {
            return 0;
        }

        try
        {
            return await Take(due, ct);
        }
        catch (Exception failure) when (IsOfOne(failure))
        {
            return await TakeEach(due, ct);
        }
    }

    private static IQueryable<DeadlineRung> Come(TilskuddDb db, DateTimeOffset now) => db.Set<DeadlineRung>().Where(rung => rung.HandledAt == null && rung.At <= now);

    private async Task<List<DeadlineId>> Due(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var rungs = await Come(db, now).OrderBy(rung => rung.At)
            .Select(rung => EF.Property<DeadlineId>(rung, "DeadlineId"))
            .Take(Batch + (_poison.Count * MostRungs)).ToListAsync(ct);
        return [.. rungs.Distinct().Where(id => !_poison.Contains(id)).Take(Batch)];
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "One deadline that fails must not hold up the others; it is logged and left until the next start.")]
    private async Task<int> TakeEach(IReadOnlyList<DeadlineId> due, CancellationToken ct)
    {
        var taken = 0;
        foreach (var id in due)
        {
            try
            {
                taken += await Take([id], ct);
            }
            catch (Exception failure) when (IsOfOne(failure))
            {
                LogPoison(failure, id);
                _poison.Add(id);
            }
        }

        return taken;
    }

    private async Task<int> Take(IReadOnlyList<DeadlineId> due, CancellationToken ct)
    {
        var taken = 0;
        var refusal = await door.Write(async w =>
        {
            var deadlines = await w.Db.Deadlines.Where(deadline => due.Contains(deadline.Id)).OrderBy(deadline => deadline.DueAt).ThenBy(deadline => deadline.Id).ToListAsync(ct);
            var waiting = await Waiting(w.Db, due, ct);
            var facts = waiting.Count == 0 ? null : await Facts(w, waiting.Values, ct);
            taken = 0;
            foreach (var deadline in deadlines)
            {
                taken += await Take(w, deadline, waiting.GetValueOrDefault(deadline.Id), facts);
            }

            return null;
        }, ct);

        // Somebody moved a deadline meanwhile: the next turn sees how it is now.
        return refusal is null ? taken : 0;
    }

    /// <summary>The runs that wait on these deadlines now; a deadline that was met or moved has none.</summary>
    private static async Task<Dictionary<DeadlineId, Run>> Waiting(TilskuddDb db, IReadOnlyList<DeadlineId> due, CancellationToken ct)
    {
        var visits = db.Set<Visit>().Where(visit => visit.LeftAt == null && visit.DeadlineId != null && due.Contains(visit.DeadlineId.Value)).Select(visit => EF.Property<RunId>(visit, "RunId"));

        // Asked for the open ones of these, SQLite would look through all that are open.
        var runs = await db.Set<Run>().Where(run => visits.Contains(run.Id)).ToListAsync(ct);
        return runs.Where(run => run.IsOpen && run.Waiting.DeadlineId is not null).ToDictionary(run => run.Waiting.DeadlineId!.Value);
    }

    /// <summary>All that is asked of the database about the runs of a batch; what the trail says of each is at hand afterwards too.</summary>
    private static async Task<ReminderFacts> Facts(Writing w, IReadOnlyCollection<Run> runs, CancellationToken ct)
    {
        var (programmes, units) = (runs.Select(run => run.ProgrammeId).Distinct().ToList(), runs.Select(run => run.PlanUnitId).Distinct().ToList());
        await w.Db.Programmes.Where(programme => programmes.Contains(programme.Id)).LoadAsync(ct);
        await w.Db.PlanUnits.Where(unit => units.Contains(unit.Id)).LoadAsync(ct);
        return await ReminderFacts.Of(w, runs, ct);
    }

    // Taken even when nobody needs it: what was due once is not due again.
    private async Task<int> Take(Writing w, Deadline deadline, Run? run, ReminderFacts? facts)
    {
        var taken = 0;
        foreach (var rung in deadline.Rungs.Where(rung => rung.HandledAt is null && rung.At <= w.Now).OrderBy(rung => rung.At))
        {
            rung.Handle(w.Now);
            taken++;
            if (run is not null && facts is not null && deadline.IsOpen)
            {
                await Tell(w, facts, deadline, rung, run);
            }
        }

        return taken;
    }

    private async Task Tell(Writing w, ReminderFacts facts, Deadline deadline, DeadlineRung rung, Run run)
    {
        var occasion = ReminderOccasion.Of(deadline.Id, rung.Number);
        var (happening, told) = rung.Kind switch
        {
            RungKind.Reminder => ("deadline-reminded", reminding.Remind(w, facts, run, occasion, rung.Days)),
            RungKind.Escalation => ("deadline-escalated", reminding.Escalate(w, facts, run, occasion, rung.Days)),
        };
        if (told > 0)
        {
            await RunTrail.Record(
                w, run, Actor.System, happening, "deadline", deadline.Id.Value, $"{deadline.Revision}", new JsonObject { ["key"] = deadline.Key, ["days"] = rung.Days, ["people"] = told });
        }
    }

    private static bool IsOfOne(Exception failure) => failure is not (OperationCanceledException or DoorClosed);

    [LoggerMessage(LogLevel.Error, "The rungs of deadline {Deadline} could not be taken and rest until the next start")]
    private partial void LogPoison(Exception failure, DeadlineId deadline);
}
