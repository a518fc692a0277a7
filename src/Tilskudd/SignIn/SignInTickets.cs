using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.People;
using Tilskudd.Notices;
using Tilskudd.Storage;

namespace Tilskudd.SignIn;

/// <summary>Makes and finds sign-in links.</summary>
internal sealed class SignInTickets(SecretSource secrets)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan DemoLife = TimeSpan.FromDays(365);

    /// <summary>A link for a mail that is about to be sent.</summary>
    /// <returns>The token, which is kept nowhere.</returns>
    public string Issue(Writing writing, PersonId person, NoticeId notice, string returnTo)
    {
        var token = secrets.Token();
        writing.Db.Add(new SignInTicket(SecretSource.Hash(token), person, notice, returnTo, writing.Now, writing.Now + Life, isReusable: false));
        return token;
    }

    /// <summary>A link the demonstration prints: works many times and in any browser, but only in Development.</summary>
    public string IssueReusable(Writing writing, PersonId person)
    {
        var token = secrets.Token();
        writing.Db.Add(new SignInTicket(SecretSource.Hash(token), person, null, "/", writing.Now, writing.Now + DemoLife, isReusable: true));
        return token;
    }

    public static async Task<SignInTicket?> Find(TilskuddDb db, string? token, CancellationToken ct = default)
    {
        var hash = SecretSource.Hash(SecretSource.Trimmed(token ?? ""));
        var ticket = await db.Set<SignInTicket>().SingleOrDefaultAsync(ticket => ticket.Hash == hash, ct);
        return ticket is not null && SecretSource.AreEqual(ticket.Hash, hash) ? ticket : null;
    }
}
