using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;

namespace Tilskudd.Notices;

internal enum LinkPurpose
{
    /// <summary><c>/g/…</c>: a member answers in a round.</summary>
    Approval,

    /// <summary><c>/k/…</c>: a grantor's contact confirms receipt or asks for a correction.</summary>
    Grantor,
}

/// <summary>Why a link no longer opens.</summary>
internal enum LinkEnd
{
    NewVersion,
    RoundClosed,
    PersonRemoved,

    /// <summary>The person said that the mail was not meant for them, or had been forwarded.</summary>
    NotMe,

    /// <summary>The case was moved to another step, or to another version of its flow, and the round ended without a result.</summary>
    RunMoved,

    /// <summary>Another board that was asked at the same time sent the case back.</summary>
    OtherBoardReturned,

    /// <summary>The person has another address now, and what went to the old one may be read by somebody else.</summary>
    NewAddress,
}

/// <summary>One person's way to one case without signing in (reliability rule L2). Every mail about it carries a token of its own, and all of them lead here.</summary>
internal sealed class Link
{
    private Link() { }

    public Link(LinkId id, LinkPurpose purpose, PersonId person, RoundId? round, GrantId? grant, RapportId? rapport, DateTimeOffset at) =>
        (Id, Purpose, PersonId, RoundId, GrantId, RapportId, OpenedAt) = (id, purpose, person, round, grant, rapport, at);

    public LinkId Id { get; private set; }

    public LinkPurpose Purpose { get; private set; }

    public PersonId PersonId { get; private set; }

    public RoundId? RoundId { get; private set; }

    public GrantId? GrantId { get; private set; }

    public RapportId? RapportId { get; private set; }

    public DateTimeOffset OpenedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public LinkEnd? RevokedWhy { get; private set; }

    public bool IsRevoked => RevokedAt is not null;

    /// <summary>Whether it is the person's way in to the case now.</summary>
    public bool IsFor(LinkPurpose purpose, PersonId person, RoundId? round, GrantId? grant, RapportId? rapport) =>
        !IsRevoked && (Purpose, PersonId, RoundId, GrantId, RapportId) == (purpose, person, round, grant, rapport);

    /// <summary>Closes it; the first reason stays.</summary>
    public void Revoke(LinkEnd why, DateTimeOffset at) => (RevokedAt, RevokedWhy) = (RevokedAt ?? at, RevokedWhy ?? why);
}

/// <summary>What is kept of the token and the code in one mail.</summary>
internal sealed class LinkToken
{
    private LinkToken() { }

    public LinkToken(LinkId link, string hash, string codeHash, NoticeId notice, DateTimeOffset at) =>
        (LinkId, Hash, CodeHash, NoticeId, CreatedAt) = (link, hash, codeHash, notice, at);

    public LinkId LinkId { get; private set; }

    /// <summary>SHA-256 of the token.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>SHA-256 of the token and the code: without the token, the code cannot be found from it.</summary>
    public string CodeHash { get; private set; } = "";

    public NoticeId NoticeId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Wrong codes typed with this token; the link itself never dies of them (L10).</summary>
    public int WrongCodes { get; private set; }

    public bool IsLocked => WrongCodes >= Links.MostWrongCodes;

    public void CountWrong() => WrongCodes++;
}

/// <summary>What is kept of a code mailed on request, for a link.</summary>
internal sealed class FreshCode
{
    private FreshCode() { }

    public FreshCode(LinkId link, string hash, NoticeId notice, DateTimeOffset at, DateTimeOffset until) =>
        (LinkId, Hash, NoticeId, CreatedAt, ExpiresAt) = (link, hash, notice, at, until);

    public LinkId LinkId { get; private set; }

    /// <summary>SHA-256 of the link's id and the code. It lives ten minutes, ten tries and one use.</summary>
    public string Hash { get; private set; } = "";

    public NoticeId NoticeId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public int WrongCodes { get; private set; }

    public bool IsLocked => WrongCodes >= Links.MostWrongCodes;

    /// <summary>It counts once.</summary>
    public DateTimeOffset? UsedAt { get; private set; }

    public void CountWrong() => WrongCodes++;

    /// <summary>Another code takes its place, as its mail is written anew: the one before may never have arrived.</summary>
    public void Renew(string hash, DateTimeOffset at, DateTimeOffset until) => (Hash, CreatedAt, ExpiresAt, WrongCodes, UsedAt) = (hash, at, until, 0, null);

    public void Use(DateTimeOffset at) => UsedAt = at;
}
