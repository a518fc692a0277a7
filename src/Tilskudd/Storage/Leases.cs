using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Tilskudd.Storage;

/// <summary>
/// Sees that a sweep runs on one node at a time. On PostgreSQL a node borrows the right to run it for a while of the database's own time, and
/// renews the loan while it runs; a node that stops to answer loses it to another. On SQLite there is one node.
/// </summary>
internal sealed partial class Leases(IDbContextFactory<TilskuddDb> databases, IDatabasePlace place, TimeProvider clock, ILogger<Leases> log)
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);

    // For whoever looks in the table; what counts is the number.
    private readonly string _holder = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}");

    /// <summary>Borrows the right to run a sweep.</summary>
    /// <returns>The lease, to be given back; null when another node has it.</returns>
    public async Task<Lease?> Take(string sweep, CancellationToken ct)
    {
        if (place is not PostgresServer)
        {
            return new Lease(sweep, 0, isTakenOver: false, () => Task.CompletedTask);
        }

        var taken = (await Ask(
            db => db.Database.SqlQuery<Taken>(
                $"""
                INSERT INTO "SweepLeases" AS held ("Name", "Holder", "Fence", "Until", "IsHeld", "IsTakenOver")
                VALUES ({sweep}, {_holder}, 1, now() + interval '45 seconds', true, false)
                ON CONFLICT ("Name") DO UPDATE SET "Holder" = excluded."Holder", "Fence" = held."Fence" + 1, "Until" = excluded."Until", "IsHeld" = true, "IsTakenOver" = held."IsHeld"
                WHERE NOT held."IsHeld" OR held."Until" < now()
                RETURNING "Fence", "IsTakenOver"
                """).ToListAsync(ct),
            ct)).SingleOrDefault();
        if (taken is null)
        {
            return null;
        }

        if (taken.IsTakenOver)
        {
            LogTakenOver(sweep);
        }

        var stop = new CancellationTokenSource();
        var renewing = Renew(sweep, taken.Fence, stop.Token);
        return new Lease(sweep, taken.Fence, taken.IsTakenOver, async () =>
        {
            await stop.CancelAsync();
            await renewing;
            stop.Dispose();
            await Ask(db => db.Database.ExecuteSqlAsync($"""UPDATE "SweepLeases" SET "IsHeld" = false WHERE "Name" = {sweep} AND "Fence" = {taken.Fence}""", CancellationToken.None), CancellationToken.None);
        });
    }

    private async Task Renew(string sweep, long fence, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Renewal, clock);
        try
        {
            var isHeld = true;
            while (isHeld && await timer.WaitForNextTickAsync(stop))
            {
                isHeld = await Extended(sweep, fence, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Given back.
        }
    }

    // A database that is away for a moment is asked again; where the lease runs out meanwhile, the next write of the sweep finds that out.
    private async Task<bool> Extended(string sweep, long fence, CancellationToken stop)
    {
        try
        {
            return await Ask(db => Lease.Extend(db, sweep, fence, stop), stop) > 0;
        }
        catch (Exception failure) when (DoorClosed.Because(failure) is not null)
        {
            LogNotRenewed(failure, sweep);
            return true;
        }
    }

    private async Task<T> Ask<T>(Func<TilskuddDb, Task<T>> question, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await question(db);
    }

    [LoggerMessage(LogLevel.Warning, "The node that ran the sweep {Sweep} no longer answers; this one goes on with it")]
    private partial void LogTakenOver(string sweep);

    [LoggerMessage(LogLevel.Warning, "The lease of the sweep {Sweep} could not be renewed")]
    private partial void LogNotRenewed(Exception failure, string sweep);

    private sealed record Taken(long Fence, bool IsTakenOver);
}
