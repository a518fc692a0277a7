using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>Who comes to a round: the one a personal link was mailed to, or someone signed in. What a form says about it is never read.</summary>
/// <param name="Found">The link, revoked ones too; null for who is signed in.</param>
/// <param name="IsElectronic">Signed in through an identity provider.</param>
internal sealed record Visitor(PersonId Person, FoundLink? Found, bool IsElectronic)
{
    /// <summary>How sure we are of who it is.</summary>
    /// <param name="asked">What the body asks of an answer by link.</param>
    public Assurance Assurance(Assurance asked) => Found is not null ? asked : IsElectronic ? Cycle.People.Assurance.OpenIdConnect : Cycle.People.Assurance.SignedIn;

    /// <summary>An answer must be confirmed by a code from a mail.</summary>
    /// <param name="asked">What the body asks of an answer by link.</param>
    public bool NeedsCode(Assurance asked) => Found is not null && !NeedsElectronicId(asked);

    /// <summary>The body asks for more than a mail can show, and the person must sign in with an electronic ID first.</summary>
    /// <inheritdoc cref="NeedsCode"/>
    public bool NeedsElectronicId(Assurance asked) => asked == Cycle.People.Assurance.OpenIdConnect && !IsElectronic;

    public static async Task<Visitor?> Of(HttpContext context, TilskuddDb db, SiteAddress site, RoundId round, DateTimeOffset now, CancellationToken ct)
    {
        if (RoundCookie.Read(context, site, round) is { Length: > 0 } token
            && await Links.Find(db, token, now, ct) is { Link.Purpose: LinkPurpose.Approval } found
            && found.Link.RoundId == round)
        {
            // Who came by the link and then signed in with an electronic ID, is the same person, known better.
            return context.SignedIn() is { IsElectronic: true } known && known.Id == found.Link.PersonId ? new Visitor(known.Id, null, true) : new Visitor(found.Link.PersonId, found, false);
        }

        return context.SignedIn() is { } person ? new Visitor(person.Id, null, person.IsElectronic) : null;
    }
}

/// <summary>The cookie that carries a link's token through the pages of its round, so that it stands in no address (reliability rule L6).</summary>
internal static class RoundCookie
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    public static string? Read(HttpContext context, SiteAddress site, RoundId round) => context.Request.Cookies[Name(site, round)];

    public static void Write(HttpContext context, SiteAddress site, RoundId round, string token) =>
        context.Response.Cookies.Append(Name(site, round), token, site.Cookie(Life));

    private static string Name(SiteAddress site, RoundId round) => site.CookieName($"g-{round}");
}
