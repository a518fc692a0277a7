using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Tilskudd.Storage;

/// <summary>Finds documents by their id, those added earlier in the same story too.</summary>
internal static class ExistingDocument
{
    /// <summary>The document, which must be there since another row points to it.</summary>
    public static async Task<T> Existing<T>(this TilskuddDb db, object id, CancellationToken ct = default) where T : class =>
        db.AtHand<T>().FindEntryUntyped([id])?.Entity ?? await ById<T>.For(id).In(db, id).SingleOrDefaultAsync(ct)
        ?? throw new InvalidOperationException($"{typeof(T).Name} {id} is pointed to, and does not exist.");

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

    private abstract class ById<T> where T : class
    {
        private static ById<T>? _only;

        // Every kind of document has ids of a type of its own, which the value alone tells.
        public static ById<T> For(object id) => _only ??= (ById<T>)Activator.CreateInstance(typeof(ById<,>).MakeGenericType(typeof(T), id.GetType()))!;

        public abstract IAsyncEnumerable<T> In(TilskuddDb db, object id);
    }

    private sealed class ById<T, TId> : ById<T> where T : class where TId : struct
    {
        private readonly Func<TilskuddDb, TId, IAsyncEnumerable<T>> _query = Compiled.Query((TilskuddDb db, TId id) => db.Set<T>().Where(row => EF.Property<TId>(row, "Id").Equals(id)));

        public override IAsyncEnumerable<T> In(TilskuddDb db, object id) => _query(db, (TId)id);
    }
}
