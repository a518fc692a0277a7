using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Tilskudd.Cycle;
using Tilskudd.Trail;

namespace Tilskudd.Storage;

/// <summary>
/// The only way to write. A story's facts and its trail entries are saved in one transaction or not at all, and nothing is
/// acknowledged before it is on disk. On SQLite one story is told at a time; the others wait in line. On PostgreSQL stories are told side by
/// side as if one at a time: who was crossed by another tells his again, alone.
/// </summary>
internal sealed partial class Door(IDbContextFactory<TilskuddDb> databases, WriterLine line, TimeProvider clock, Ids ids, ILogger<Door> log)
{
    /// <summary>A story is told no more often than this: once side by side with others, and then alone.</summary>
    private const int MostTellings = 10;

    /// <summary>Tells a story of writing.</summary>
    /// <param name="story">Reads and changes documents in the database it is given, and records what happened. It saves nothing itself.</param>
    /// <returns>
    /// Null once all is saved; the story's own refusal, after which nothing is kept; or <see cref="DoorRefusal.ChangedMeanwhile"/>
    /// when somebody else wrote first.
    /// </returns>
    /// <exception cref="DoorClosed">The database cannot be written now; nothing was kept. Pages answer 503.</exception>
    public async Task<Refusal?> Write(Func<Writing, Task<Refusal?>> story, CancellationToken ct = default)
    {
        var leftOut = new HashSet<int>();
        var tellings = 0;
        while (true)
        {
            try
            {
                var (refusal, writing) = await Once(story, leftOut, isAlone: tellings > 0, ct);
                if (writing is not null)
                {
                    Hint(writing);
                }

                return refusal;
            }
            catch (AttemptFailed failed) when (leftOut.Add(failed.Number))
            {
                // Half of the attempt may be in the context, so all is forgotten, and the story told anew without it.
                LogAttemptFailed(failed.InnerException!);
            }
            catch (Crossed crossed)
            {
                // Alone he is crossed only by somebody who has let go of the head and is not quite done with his commit.
                if (++tellings == MostTellings)
                {
                    throw new DoorClosed(DoorFault.Busy, crossed);
                }
            }
        }
    }

    private async Task<(Refusal? Refusal, Writing? Done)> Once(Func<Writing, Task<Refusal?>> story, HashSet<int> leftOut, bool isAlone, CancellationToken ct)
    {
        using (await line.Enter(ct))
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            try
            {
                var writing = new Writing(db, Instants.ToMillisecond(clock.GetUtcNow()), ids, leftOut);
                return await Tell(story, writing, isAlone, ct) is { } refusal ? (refusal, null) : (null, writing);
            }
            catch (Exception crossing) when (ChainHead.IsShared(db) && (isAlone ? ChainHead.IsAborted(crossing) : ChainHead.IsCrossing(crossing)))
            {
                throw new Crossed(crossing);
            }
            catch (DbUpdateConcurrencyException)
            {
                return (new DoorRefusal.ChangedMeanwhile(), null);
            }
            catch (Exception failure) when (DoorClosed.Because(failure) is { } closed)
            {
                throw closed;
            }
        }
    }

    private async Task<Refusal?> Tell(Func<Writing, Task<Refusal?>> story, Writing writing, bool isAlone, CancellationToken ct)
    {
        var db = writing.Db;
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;

        // On SQLite this is BEGIN IMMEDIATE: what the story reads cannot change before it writes. PostgreSQL finds out where it did.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, ct);
        if (isAlone)
        {
            await ChainHead.Take(db, ct);
        }

        if (await story(writing) is { } refusal)
        {
            return refusal;
        }

        WriteCounts.Raise(db);
        await Append(writing, isAlone, ct);
        db.IsInsideDoor = true;

        // What the story changed was found when the writes were counted, and what came after it was added by name.
        db.ChangeTracker.AutoDetectChangesEnabled = false;

        // A story is kept whole or not at all, so there is nothing to go back to within it.
        db.Database.AutoSavepointsEnabled = false;
        try
        {
            await db.SaveChangesAsync(ct);
        }
        finally
        {
            // The database is used again by others, who may only read.
            db.IsInsideDoor = false;
            db.ChangeTracker.AutoDetectChangesEnabled = true;
            db.Database.AutoSavepointsEnabled = true;
        }

        // From here on the answer is the database's: a request that goes away must not leave it unknown.
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception lost) when (ChainHead.IsShared(db) && DoorClosed.Because(lost) is not null)
        {
            // The server may have done it before it went away, and then it is done.
            if (!await IsKept(writing, ct))
            {
                throw;
            }
        }

        return null;
    }

    // Last of all, so that on a database with parallel writers the head of the chain is held as briefly as can be.
    private async Task Append(Writing writing, bool isAlone, CancellationToken ct)
    {
        if (!isAlone)
        {
            await ChainHead.Take(writing.Db, ct);
        }

        if (Lease.Current is { } lease)
        {
            await lease.Demand(writing.Db, ct);
        }

        if (writing.Told.Count == 0)
        {
            return;
        }

        var head = await Head(writing.Db, isAlone, ct);
        foreach (var told in writing.Told)
        {
            var entry = TrailEntry.After(head, told, writing.Now);
            writing.Db.Trail.Add(entry);
            head = (entry.Seq, entry.Hash);
        }
    }

    private async Task<bool> IsKept(Writing writing, CancellationToken ct)
    {
        if (writing.Db.Trail.Local.LastOrDefault() is not { } last)
        {
            return false;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);

        // Once the head is free, the other end has made up its mind.
        await ChainHead.Take(db, ct);
        return await db.Trail.AnyAsync(entry => entry.Seq == last.Seq && entry.Hash == last.Hash, ct);
    }

    private async Task<(long Seq, string Hash)> Head(TilskuddDb db, bool isAlone, CancellationToken ct)
    {
        if (isAlone || !ChainHead.IsShared(db))
        {
            return await ChainHead.Read(db, ct);
        }

        // The story sees the database as it was when it began, and others may have written since.
        await using var latest = await databases.CreateDbContextAsync(ct);
        return await ChainHead.Read(latest, ct);
    }

    private void Hint(Writing writing)
    {
        foreach (var hint in writing.Hints)
        {
            try
            {
                hint();
            }
            catch (Exception failure)
            {
                // What is committed is done; a lost hint only means that the sweep finds the work a little later.
                LogHintLost(failure);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "A part of a story failed and is left out; the story was told again without it")]
    private partial void LogAttemptFailed(Exception failure);

    [LoggerMessage(LogLevel.Warning, "A hint after a commit was lost; the next sweep finds the work")]
    private partial void LogHintLost(Exception failure);
}

/// <summary>Somebody who wrote at the same time was first, so the story is to be told anew.</summary>
internal sealed class Crossed(Exception failure) : Exception("Two stories crossed.", failure);

/// <summary>A part of a story that may fail for itself has failed.</summary>
/// <param name="number">Which of the story's attempts it was, from 1.</param>
internal sealed class AttemptFailed(int number, Exception failure) : Exception("A part of a story failed.", failure)
{
    public int Number => number;
}

/// <summary>A story of writing, while it is told.</summary>
/// <param name="leftOut">The attempts that failed when the story was told before.</param>
internal sealed class Writing(TilskuddDb db, DateTimeOffset now, Ids ids, IReadOnlySet<int> leftOut)
{
    private int _attempts;

    private readonly List<TrailEvent> _told = [];
    private readonly List<Action> _hints = [];

    /// <summary>The database, inside the transaction; what is read here is tracked.</summary>
    public TilskuddDb Db => db;

    /// <summary>The instant of the whole story: UTC, whole milliseconds, asked for once.</summary>
    public DateTimeOffset Now => now;

    public Ids Ids => ids;

    internal IReadOnlyList<TrailEvent> Told => _told;

    internal IReadOnlyList<Action> Hints => _hints;

    /// <summary>Writes an event into the trail, after those recorded before it.</summary>
    public void Record(TrailEvent told) => _told.Add(told);

    /// <summary>
    /// Does a part of the story that may fail without taking the rest with it. When it throws, nothing of the story is kept so far: it is
    /// told again from the start, and this part is left out.
    /// </summary>
    /// <returns>False when the part has failed and is left out.</returns>
    public async Task<bool> Attempt(Func<Task> part)
    {
        var number = ++_attempts;
        if (leftOut.Contains(number))
        {
            return false;
        }

        try
        {
            await part();
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !ChainHead.IsCrossing(failure))
        {
            throw new AttemptFailed(number, failure);
        }
    }

    /// <summary>Something quick to do in memory once all is committed, such as waking a sweep. It may be lost: the database is the only queue.</summary>
    public void AfterCommit(Action hint) => _hints.Add(hint);
}

/// <summary>Why the door says no where no rule of the year does.</summary>
internal abstract record DoorRefusal : Refusal
{
    /// <summary>Somebody else wrote to the same document first; pages answer 409.</summary>
    public sealed record ChangedMeanwhile : DoorRefusal;
}

/// <summary>Counts the writes to each document, so that a second writer who began from the same state is found out.</summary>
internal static class WriteCounts
{
    public static void Raise(TilskuddDb db)
    {
        var changed = db.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        foreach (var whole in changed.Select(entry => Whole(db, entry)).Where(whole => whole.State is EntityState.Modified or EntityState.Unchanged).DistinctBy(whole => whole.Entity))
        {
            if (whole.Metadata.FindProperty(Mapping.Writes) is not null)
            {
                var writes = whole.Property(Mapping.Writes);
                writes.CurrentValue = (int)writes.OriginalValue! + 1;
            }
        }
    }

    // A part is deleted with its whole, and by that its table knows which document it belongs to.
    private static EntityEntry Whole(TilskuddDb db, EntityEntry entry)
    {
        while (entry.Metadata.GetForeignKeys().FirstOrDefault(key => key.DeleteBehavior == DeleteBehavior.Cascade) is { } key)
        {
            var values = key.Properties.Select(property => entry.Property(property.Name).CurrentValue).ToArray();
            var whole = db.Find(key.PrincipalEntityType.ClrType, values)
                ?? throw new InvalidOperationException($"A {entry.Metadata.ClrType.Name} was written without its {key.PrincipalEntityType.ClrType.Name}.");
            entry = db.Entry(whole);
        }

        return entry;
    }
}
