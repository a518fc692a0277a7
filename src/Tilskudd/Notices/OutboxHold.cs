using Microsoft.EntityFrameworkCore;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Notices;

/// <summary>
/// After a restore nothing is mailed before the operator lets it go: the copy does not know which mails have gone since it was taken. That
/// it is held, and that it was let go, stands in the trail and nowhere else.
/// </summary>
internal static class OutboxHold
{
    private const string Kind = "outbox";
    private const string Id = "hold";
    private const string Held = "outbox-held";
    private const string Released = "outbox-released";

    /// <summary>When the mails were held, or null when they go out.</summary>
    public static async Task<DateTimeOffset?> Since(TilskuddDb db, CancellationToken ct)
    {
        var latest = await db.Trail.Where(entry => entry.Object == $"{Kind}/{Id}").OrderByDescending(entry => entry.Seq).Select(entry => new { entry.Event, entry.At }).FirstOrDefaultAsync(ct);
        return latest?.Event == Held ? latest.At : null;
    }

    public static void Begin(Writing writing) => writing.Record(new TrailEvent(Actor.System, Held, Kind, Id));

    public static void End(Writing writing) => writing.Record(new TrailEvent(Actor.System, Released, Kind, Id));
}
