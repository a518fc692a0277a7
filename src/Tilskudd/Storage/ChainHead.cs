using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tilskudd.Trail;

namespace Tilskudd.Storage;

/// <summary>
/// Where all writers meet: whoever is about to save holds the head of the trail until he has committed. On SQLite the transaction itself
/// is that, from its beginning; on PostgreSQL it is a lock on a table that is there for nothing else.
/// </summary>
internal static class ChainHead
{
    /// <summary>Longer than any story takes to save.</summary>
    private const string Hold = "SET LOCAL lock_timeout = '15s'; LOCK TABLE \"TrailHead\" IN EXCLUSIVE MODE";

    private static readonly Func<TilskuddDb, IAsyncEnumerable<Line>> Latest = Compiled.Query((TilskuddDb db) => db.Trail.OrderByDescending(entry => entry.Seq).Select(entry => new Line(entry.Seq, entry.Hash)).Take(1));

    /// <summary>Whether stories are told side by side in this database.</summary>
    public static bool IsShared(TilskuddDb db) => db.Database.IsNpgsql();

    /// <summary>Waits for the head and holds it to the end of the transaction. Taken before anything is read, what is read is the latest.</summary>
    public static async Task Take(TilskuddDb db, CancellationToken ct)
    {
        if (IsShared(db))
        {
            await db.Database.ExecuteSqlRawAsync(Hold, ct);
        }
    }

    /// <summary>The latest line as it stands now, read by who holds the head.</summary>
    public static async Task<(long Seq, string Hash)> Read(TilskuddDb db, CancellationToken ct)
    {
        var latest = await Latest(db).SingleOrDefaultAsync(ct);
        return latest is null ? (0, TrailEntry.Genesis) : (latest.Seq, latest.Hash);
    }

    /// <summary>Whether two stories that were told side by side got in each other's way, so that one of them has to be told anew.</summary>
    public static bool IsCrossing(Exception failure) => Causes(failure).Any(cause => cause is DbUpdateConcurrencyException || (cause is PostgresException postgres && IsCrossing(postgres.SqlState)));

    /// <summary>Whether the server broke the story off for another's sake. That is all that can happen to who holds the head: what he wrote is not wrong.</summary>
    public static bool IsAborted(Exception failure) => Causes(failure).Any(cause => cause is PostgresException postgres && IsAborted(postgres.SqlState));

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private sealed record Line(long Seq, string Hash);

    private static bool IsAborted(string state) => state is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    // What the other wrote may be the same key, or the end of what this one refers to.
    private static bool IsCrossing(string state) => IsAborted(state) || state is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation;
}
