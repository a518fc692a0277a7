using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Api;

/// <summary>Whose view a request has.</summary>
/// <param name="Programmes">What the owner sees, with the slug of each.</param>
/// <param name="AtGrantor">The runs that wait for a grantor the owner answers for: of those the deadline is read, and nothing more.</param>
/// <param name="SeesAll">The owner is an administrator.</param>
internal sealed record ApiReader(TilskuddDb Db, IReadOnlyDictionary<ProgrammeId, string> Programmes, IReadOnlyList<RunId> AtGrantor, bool SeesAll, bool ReadsTrail);

/// <summary>Lets in who comes with a key that opens, so often a minute, and answers others with a problem (RFC 9457).</summary>
internal sealed class ApiAccess(IDbContextFactory<TilskuddDb> databases, Misses misses, TimeProvider clock)
{
    /// <summary>Requests a minute with one key.</summary>
    public const int MostPerMinute = 120;

    private const int MostCounted = 1_000;
    private const string Scheme = "Bearer ";

    // An address stands in logs and histories, so a key in it is never taken.
    private static readonly HashSet<string> InAddress = new(["access_token", "api_key", "apikey", "key", "token"], StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<(string Hash, long Minute), int> _counts = new();

    public async Task<IResult> Answer(HttpContext context, Func<ApiReader, Task<IResult>> read)
    {
        var (ct, now) = (context.RequestAborted, clock.GetUtcNow());
        var given = context.Request.Headers.Authorization.ToString();
        if (!given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return context.Request.Query.Keys.Any(InAddress.Contains) ? new Refused(StatusCodes.Status400BadRequest, Texts.Of<ApiWords>("InAddress")) : Unknown(context);
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var hash = SecretSource.Hash(given[Scheme.Length..].Trim());
        var found = await db.Set<ApiKey>().Where(key => key.Hash == hash && key.EndedAt == null).Join(db.People, key => key.OwnerId, person => person.Id, (key, person) => new { key.ReadsTrail, person }).SingleOrDefaultAsync(ct);
        var today = Dates.On(now);
        if (found?.person.TakesPartOn(today) != true)
        {
            return misses.AreTooManyWith(context) is null ? Unknown(context) : TooMany(context, now);
        }

        if (Count(hash, now) > MostPerMinute)
        {
            return TooMany(context, now);
        }

        var seen = (await Rights.Seen(db, found.person.Id, today, ct)).ToList();
        var programmes = await db.Programmes.Where(programme => seen.Contains(programme.Id)).ToDictionaryAsync(programme => programme.Id, programme => programme.Slug, ct);
        if (context.Request.Query["programme"] is [{ } asked, ..] && !programmes.ContainsValue(asked))
        {
            // There may be such a programme; one who does not see it is not told.
            return Refused.NotFound;
        }

        var owner = await SignedIn.ByKey(db, found.person, today, ct);
        return await read(new ApiReader(db, programmes, await PersonTasks.AtGrantor(db, owner, today, ct), owner.Has(Role.Administrator), found.ReadsTrail));
    }

    private int Count(string hash, DateTimeOffset now)
    {
        var minute = now.ToUnixTimeSeconds() / 60;
        if (_counts.Count >= MostCounted)
        {
            foreach (var old in _counts.Keys.Where(old => old.Minute < minute))
            {
                _counts.TryRemove(old, out _);
            }
        }

        return _counts.AddOrUpdate((hash, minute), 1, (_, count) => count + 1);
    }

    private static Refused Unknown(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return new Refused(StatusCodes.Status401Unauthorized, Texts.Of<ApiWords>("Unknown"));
    }

    private static Refused TooMany(HttpContext context, DateTimeOffset now)
    {
        context.Response.Headers.RetryAfter = $"{60 - (now.ToUnixTimeSeconds() % 60)}";
        return new Refused(StatusCodes.Status429TooManyRequests, Texts.Of<ApiWords>("TooMany", MostPerMinute));
    }
}

/// <summary>Names the words of this room: <c>ApiWords.resx</c>.</summary>
public sealed class ApiWords;
