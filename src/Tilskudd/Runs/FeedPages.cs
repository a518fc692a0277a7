using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Runs;

/// <summary>The page where a person makes and ends the address a calendar program reads, and that address.</summary>
internal static class FeedPages
{
    public const string Path = "/frister/kalender";

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, Show).RequireSignIn();
        app.MapPost(Path, Make).RequireSignIn();
        app.MapPost(Path + "/slutt", End).RequireSignIn();
        app.MapGet("/frister/{feedKey}.ics", Read);
    }

    private static async Task<IResult> Show(SignedIn me, TilskuddDb db, CancellationToken ct) => Page(await Current(db, me).Select(key => (DateTimeOffset?)key.MadeAt).FirstOrDefaultAsync(ct), null);

    // The address is shown this once; what is kept of it cannot be turned back.
    private static async Task<IResult> Make(SignedIn me, Door door, SecretSource secrets, SiteAddress site, CancellationToken ct)
    {
        var secret = secrets.Token();
        var at = default(DateTimeOffset);
        var refusal = await door.Write(async writing =>
        {
            at = writing.Now;
            await EndCurrent(writing, me, ct);
            writing.Db.Add(new FeedKey(SecretSource.Hash(secret), me.Id, at));
            writing.Record(new TrailEvent(Actor.Of(me.Id), "feed-key-made", "person", me.Id));
            return null;
        }, ct);
        return refusal is null ? Page(at, site.Link($"/frister/{secret}.ics")) : Refused.Conflict(RefusalText.Of(refusal));
    }

    private static async Task<IResult> End(SignedIn me, Door door, CancellationToken ct)
    {
        var refusal = await door.Write(async writing =>
        {
            if (await EndCurrent(writing, me, ct))
            {
                writing.Record(new TrailEvent(Actor.Of(me.Id), "feed-key-ended", "person", me.Id));
            }

            return null;
        }, ct);
        return refusal is null ? new SeeOtherResult(Path) : Refused.Conflict(RefusalText.Of(refusal));
    }

    private static async Task<IResult> Read(string feedKey, HttpContext context, CalendarFeed feed, Misses misses)
    {
        return await feed.Of(feedKey, context.RequestAborted) is { } calendar
            ? TypedResults.Text(calendar, "text/calendar; charset=utf-8")
            : misses.AreTooManyWith(context) ?? Refused.NotFound;
    }

    private static IQueryable<FeedKey> Current(TilskuddDb db, SignedIn me) => db.Set<FeedKey>().Where(key => key.PersonId == me.Id && key.EndedAt == null);

    private static async Task<bool> EndCurrent(Writing writing, SignedIn me, CancellationToken ct)
    {
        var current = await Current(writing.Db, me).ToListAsync(ct);
        current.ForEach(key => key.End(writing.Now));
        return current.Count > 0;
    }

    private static RazorComponentResult<FeedPage> Page(DateTimeOffset? madeAt, string? address) => new(new Dictionary<string, object?>
    {
        [nameof(FeedPage.MadeAt)] = madeAt,
        [nameof(FeedPage.Address)] = address,
    });
}
