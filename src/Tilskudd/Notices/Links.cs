using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;

namespace Tilskudd.Notices;

/// <summary>A link, and the token it was found by: what is kept of it, and the token itself, which is kept nowhere.</summary>
/// <param name="End">Why it opens nothing any more: it is revoked, or its holder takes part no longer (reliability rule L11). Null while it does.</param>
internal sealed record FoundLink(Link Link, LinkToken Token, string Presented, LinkEnd? End);

/// <summary>What a mail needs to give its reader a way in. Lives in memory only, on its way into the mail.</summary>
internal sealed record Access(string Token, string Code);

/// <summary>What came of a code someone typed.</summary>
internal abstract record CodeVerdict
{
    public sealed record Right : CodeVerdict;

    public sealed record Wrong(int TriesLeft) : CodeVerdict;

    /// <summary>Too many wrong ones: a fresh code must be mailed.</summary>
    public sealed record Locked : CodeVerdict;
}

/// <summary>Personal links: opened when a mail needs one, found by what stands in the mail, revoked with their case.</summary>
internal sealed class Links(SecretSource secrets)
{
    public const int MostWrongCodes = 10;
    public const int CodeDigits = 4;
    public const int FreshCodeDigits = 6;

    public static readonly TimeSpan FreshCodeLife = TimeSpan.FromMinutes(10);

    private static readonly Func<TilskuddDb, string, IAsyncEnumerable<Held>> ByToken = Compiled.Query((TilskuddDb db, string hash) => db.Set<LinkToken>().Where(row => row.Hash == hash)
        .Join(db.Set<Link>(), row => row.LinkId, link => link.Id, (row, link) => new { row, link })
        .Join(db.People, both => both.link.PersonId, person => person.Id, (both, person) => new Held(both.row, both.link, person)));

    private static readonly Func<TilskuddDb, string, IAsyncEnumerable<LinkToken>> TokenByHash = Compiled.Query((TilskuddDb db, string hash) => db.Set<LinkToken>().Where(row => row.Hash == hash));

    private static readonly Func<TilskuddDb, LinkId, DateTimeOffset, IAsyncEnumerable<FreshCode>> FreshCodes = Compiled.Query((TilskuddDb db, LinkId link, DateTimeOffset now) => db.Set<FreshCode>()
        .Where(row => row.LinkId == link && row.ExpiresAt > now && row.UsedAt == null).OrderByDescending(row => row.CreatedAt).Take(1));

    /// <summary>Finds the link a token leads to; one that is revoked too, so that its holder can be told why. Writes nothing.</summary>
    /// <param name="token">As it stands in the address; what mail programs hang on its end is taken off.</param>
    public static async Task<FoundLink?> Find(TilskuddDb db, string? token, DateTimeOffset now, CancellationToken ct = default)
    {
        // A token of the wrong form is looked up all the same, so that the time tells nothing.
        var presented = SecretSource.Trimmed(token ?? "");
        var hash = SecretSource.Hash(presented);
        var found = await ByToken(db, hash).SingleOrDefaultAsync(ct);
        return found is not null && SecretSource.AreEqual(found.Token.Hash, hash)
            ? new FoundLink(found.Link, found.Token, presented, found.Link.RevokedWhy ?? (found.Person.TakesPartOn(OsloTime.On(now).Date) ? null : LinkEnd.PersonRemoved))
            : null;
    }

    /// <summary>Why a link found before the story began opens nothing in it; null while it does.</summary>
    public static async Task<LinkEnd?> EndOf(Writing writing, FoundLink found, CancellationToken ct) => (await writing.Db.Existing<Link>(found.Link.Id, ct)).RevokedWhy ?? found.End;

    /// <summary>The person's link to the case, opened if there is none.</summary>
    public static async Task<Link> Open(Writing writing, LinkPurpose purpose, PersonId person, RoundId? round, GrantId? grant, RapportId? rapport, CancellationToken ct = default)
    {
        // One opened earlier in the same story is not in the tables yet. Of two, which earlier versions could open, the first is as good.
        var known = writing.Db.AtHand<Link>().FirstOrDefault(link => link.IsFor(purpose, person, round, grant, rapport)) ?? await writing.Db.Set<Link>().OrderBy(link => link.Id).FirstOrDefaultAsync(
            link => link.Purpose == purpose && link.PersonId == person && link.RoundId == round && link.GrantId == grant && link.RapportId == rapport && link.RevokedAt == null, ct);
        return known ?? OpenFirst(writing, purpose, person, round, grant, rapport);
    }

    /// <summary>Those who have a link to a round, one opened in the same story too.</summary>
    public static async Task<HashSet<PersonId>> HoldersOf(Writing writing, RoundId round)
    {
        await writing.Db.Set<Link>().Where(link => link.Purpose == LinkPurpose.Approval && link.RoundId == round && link.RevokedAt == null).LoadAsync();
        return [.. writing.Db.AtHand<Link>().Where(link => link.Purpose == LinkPurpose.Approval && link.RoundId == round && link.RevokedAt == null).Select(link => link.PersonId)];
    }

    /// <summary>A link for a person known to have none to the case.</summary>
    public static Link OpenFirst(Writing writing, LinkPurpose purpose, PersonId person, RoundId? round, GrantId? grant, RapportId? rapport)
    {
        var opened = new Link(writing.Ids.Next<LinkId>(), purpose, person, round, grant, rapport, writing.Now);
        writing.Db.Add(opened);
        return opened;
    }

    /// <summary>A new token and code for a mail that is about to be sent; only their hashes are kept.</summary>
    public Access Issue(Writing writing, Link link, NoticeId notice)
    {
        var access = new Access(secrets.Token(), secrets.Code(CodeDigits));
        writing.Db.Add(new LinkToken(link.Id, SecretSource.Hash(access.Token), SecretSource.Hash(access.Token + access.Code), notice, writing.Now));
        return access;
    }

    /// <summary>A fresh code for a mail that is about to be sent; only its hash is kept.</summary>
    public async Task<string> IssueCode(Writing writing, Link link, NoticeId notice, CancellationToken ct = default)
    {
        var code = secrets.Code(FreshCodeDigits);
        var (hash, until) = (SecretSource.Hash(link.Id + code), writing.Now + FreshCodeLife);

        // A mail that was not taken at the first try is written anew, with a code of its own.
        if (await writing.Db.FindAsync<FreshCode>([notice], ct) is { } before)
        {
            before.Renew(hash, writing.Now, until);
        }
        else
        {
            writing.Db.Add(new FreshCode(link.Id, hash, notice, writing.Now, until));
        }

        return code;
    }

    /// <summary>
    /// Tries a code against the mail the token came in, and against the last code mailed on request. A wrong one is counted: the story
    /// must end without a refusal, else the count is lost with it.
    /// </summary>
    /// <param name="mustBeFresh">Only a code mailed on request will do (<see cref="Cycle.People.Assurance.LinkAndFreshCode"/>).</param>
    public static async Task<CodeVerdict> Try(Writing writing, FoundLink found, string code, bool mustBeFresh, CancellationToken ct = default)
    {
        var typed = string.Concat(code.Where(char.IsAsciiDigit));
        var fresh = await FreshCodes(writing.Db, found.Link.Id, writing.Now).SingleOrDefaultAsync(ct);
        if (fresh is { IsLocked: false } && SecretSource.AreEqual(fresh.Hash, SecretSource.Hash(found.Link.Id + typed)))
        {
            fresh.Use(writing.Now);
            return new CodeVerdict.Right();
        }

        var token = await TokenByHash(writing.Db, found.Token.Hash).SingleAsync(ct);
        if (!mustBeFresh && !token.IsLocked && SecretSource.AreEqual(token.CodeHash, SecretSource.Hash(found.Presented + typed)))
        {
            return new CodeVerdict.Right();
        }

        return CountWrong(token, fresh);
    }

    /// <summary>Closes every link to a round, in the story that ends it.</summary>
    public static async Task Revoke(Writing writing, RoundId round, LinkEnd why, CancellationToken ct = default)
    {
        foreach (var link in await writing.Db.Set<Link>().Where(link => link.RoundId == round && link.RevokedAt == null).ToListAsync(ct))
        {
            link.Revoke(why, writing.Now);
        }
    }

    /// <summary>Closes a person's links to one round.</summary>
    public static async Task Revoke(Writing writing, RoundId round, PersonId person, LinkEnd why, CancellationToken ct = default)
    {
        foreach (var link in await writing.Db.Set<Link>().Where(link => link.RoundId == round && link.PersonId == person && link.RevokedAt == null).ToListAsync(ct))
        {
            link.Revoke(why, writing.Now);
        }
    }

    /// <summary>Closes every link of a person, in the story that gives the person another address.</summary>
    public static async Task Revoke(Writing writing, PersonId person, LinkEnd why, CancellationToken ct = default)
    {
        foreach (var link in await writing.Db.Set<Link>().Where(link => link.PersonId == person && link.RevokedAt == null).ToListAsync(ct))
        {
            link.Revoke(why, writing.Now);
        }
    }

    private static CodeVerdict CountWrong(LinkToken token, FreshCode? fresh)
    {
        token.CountWrong();
        fresh?.CountWrong();
        var left = Math.Max(MostWrongCodes - token.WrongCodes, fresh is null ? 0 : MostWrongCodes - fresh.WrongCodes);
        return left > 0 ? new CodeVerdict.Wrong(left) : new CodeVerdict.Locked();
    }

    private sealed record Held(LinkToken Token, Link Link, Person Person);
}
