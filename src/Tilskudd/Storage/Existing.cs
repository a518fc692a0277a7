using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Tilskudd.Storage;

/// <summary>Finds documents by their id, those added earlier in the same story too.</summary>
internal static class ExistingDocument
{
    /// <summary>The document, which must be there since another row points to it.</summary>
    public static async Task<T> Existing<T>(this TilskuddDb db, object id, CancellationToken ct = default) where T : class =>
        await db.FindAsync<T>([id], ct) ?? throw new InvalidOperationException($"{typeof(T).Name} {id} is pointed to, and does not exist.");

    /// <summary>What the story has read or added of a kind so far.</summary>
    public static LocalView<T> AtHand<T>(this TilskuddDb db) where T : class
    {
        // Asked for plainly, EF Core first looks for changes in all that has been read: with a sweep's hundreds of deadlines that is most of its time.
        var tracker = db.ChangeTracker;
        var looks = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false;
        try
        {
            return db.Set<T>().Local;
        }
        finally
        {
            tracker.AutoDetectChangesEnabled = looks;
        }
    }
}
