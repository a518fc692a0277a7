using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>Finds documents by their id, those added earlier in the same story too.</summary>
internal static class ExistingDocument
{
    /// <summary>The document, which must be there since another row points to it.</summary>
    public static async Task<T> Existing<T>(this TilskuddDb db, object id, CancellationToken ct = default) where T : class =>
        await db.FindAsync<T>([id], ct) ?? throw new InvalidOperationException($"{typeof(T).Name} {id} is pointed to, and does not exist.");
}
