using Tilskudd.Cycle.People;
using Tilskudd.Notices;

namespace Tilskudd.SignIn;

/// <summary>What is kept of a mailed sign-in link: ten minutes, one use. The demonstration's printed links are the exception, in Development only.</summary>
internal sealed class SignInTicket
{
    private SignInTicket() { }

    public SignInTicket(string hash, PersonId person, NoticeId? notice, string returnTo, DateTimeOffset at, DateTimeOffset until, bool isReusable) =>
        (Hash, PersonId, NoticeId, ReturnTo, CreatedAt, ExpiresAt, IsReusable) = (hash, person, notice, returnTo, at, until, isReusable);

    /// <summary>SHA-256 of the token in the link.</summary>
    public string Hash { get; private set; } = "";

    public PersonId PersonId { get; private set; }

    public NoticeId? NoticeId { get; private set; }

    /// <summary>The page the person was on the way to; a path of this site.</summary>
    public string ReturnTo { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public bool IsReusable { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    public TicketState At(DateTimeOffset now, bool isDevelopment) =>
        IsReusable ? isDevelopment ? TicketState.Valid : TicketState.Expired
        : UsedAt is not null ? TicketState.Used
        : now >= ExpiresAt ? TicketState.Expired
        : TicketState.Valid;

    public void Use(DateTimeOffset at) => UsedAt = at;
}

internal enum TicketState
{
    Valid,
    Used,
    Expired,
}

/// <summary>A wish to sign in, as it was posted. Kept for known and unknown addresses alike, so that the answer and its time are the same (B01); gone once it is dealt with.</summary>
internal sealed class SignInWish
{
    private SignInWish() { }

    public SignInWish(Guid id, string address, string returnTo, DateTimeOffset at) => (Id, Address, ReturnTo, At) = (id, address, returnTo, at);

    public Guid Id { get; private set; }

    public string Address { get; private set; } = "";

    public string ReturnTo { get; private set; } = "";

    public DateTimeOffset At { get; private set; }
}

/// <summary>A signed-in browser: what is kept of its cookie.</summary>
internal sealed class Session
{
    private Session() { }

    public Session(string hash, PersonId person, bool isElectronic, DateTimeOffset at, DateTimeOffset until) =>
        (Hash, PersonId, IsElectronic, StartedAt, ExpiresAt) = (hash, person, isElectronic, at, until);

    /// <summary>SHA-256 of the cookie's value.</summary>
    public string Hash { get; private set; } = "";

    public PersonId PersonId { get; private set; }

    /// <summary>Signed in through an identity provider, and not by a mailed link.</summary>
    public bool IsElectronic { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>However busy the person is, the session ends here.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public void End(DateTimeOffset at) => EndedAt ??= at;
}
