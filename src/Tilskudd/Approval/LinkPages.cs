using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Notices.Mailing;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>The personal link itself. Following it changes nothing, however often and by whom it is done (reliability rules L3, L6 and L8).</summary>
internal static class LinkPages
{
    public static void MapLinks(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/g/{token}", [HttpMethods.Get, HttpMethods.Head], Follow);

        // A link that was cut before its token.
        app.MapMethods(AskForLink.Path, [HttpMethods.Get, HttpMethods.Head], IResult () => Refused.NotFound with { NewLink = AskForLink.Form });
        app.MapGet("/g/sendt", IResult () => new RazorComponentResult<LinkAsked>());
        app.MapPost(AskForLink.Path, Wish);
    }

    private static async Task<IResult> Follow(string token, HttpContext context, IDbContextFactory<TilskuddDb> databases, SiteAddress site, Misses misses, TimeProvider clock)
    {
        await using var db = await databases.CreateDbContextAsync(context.RequestAborted);
        if (await Links.Find(db, token, clock.GetUtcNow(), context.RequestAborted) is not { Link: { Purpose: LinkPurpose.Approval, RoundId: { } round } link } found)
        {
            return misses.AreTooManyWith(context) ?? Refused.NotFound with { NewLink = AskForLink.Form };
        }

        RoundCookie.Write(context, site, round, found.Presented);
        await Greet(context, db, site, link);
        return new SeeOtherResult($"/godkjenning/{round}{(await HasAnswered(db, link, round, context.RequestAborted) ? "/kvittering" : "")}");
    }

    // Who has not chosen a language in this browser is met in their own.
    private static async Task Greet(HttpContext context, TilskuddDb db, SiteAddress site, Link link)
    {
        var chosen = site.CookieName(ChooseLanguage.Parameter);
        if (!context.Request.Cookies.ContainsKey(chosen))
        {
            var own = await db.People.Where(person => person.Id == link.PersonId).Select(person => person.Language).SingleAsync(context.RequestAborted);
            context.Response.Cookies.Append(chosen, own, site.Cookie());
        }
    }

    private static Task<bool> HasAnswered(TilskuddDb db, Link link, RoundId round, CancellationToken ct) =>
        db.Set<Round>().AnyAsync(known => known.Id == round && (known.Answers.Any(answer => answer.PersonId == link.PersonId && answer.RetractedAt == null) || known.Seats.Any(seat => seat.PersonId == link.PersonId && seat.InhabilAt != null) || known.Doubts.Any(doubt => doubt.PersonId == link.PersonId && doubt.DecidedAt == null)), ct);

    private static async Task<IResult> Wish([FromForm] string? epost, HttpContext context, LinkActs links, Misses misses)
    {
        if (EmailAddress.Read(epost) is not { } address)
        {
            return new RazorComponentResult<LinkWish>(new Dictionary<string, object?>
            {
                [nameof(LinkWish.Typed)] = epost is { Length: <= EmailAddress.Longest } ? epost : "",
                [nameof(LinkWish.Faults)] = new[] { new FieldFault("epost", Texts.Of<SignInWords>("Address.Wrong")) },
            })
            {
                StatusCode = StatusCodes.Status422UnprocessableEntity,
            };
        }

        if (misses.AreTooMany(context))
        {
            return new Refused(StatusCodes.Status429TooManyRequests);
        }

        misses.Count(context);
        await links.AskForLink(address.Text, context.RequestAborted);
        return new SeeOtherResult("/g/sendt");
    }
}
