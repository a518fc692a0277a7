using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Clockwork;
using Tilskudd.Cycle;
using Tilskudd.Layout;
using Tilskudd.Notices.Mailing;
using Tilskudd.Storage;

namespace Tilskudd.SignIn;

/// <summary>Signing in by a mailed link, and out again.</summary>
internal static class SignInRoom
{
    /// <param name="electronicId">The identity provider; null where there is none.</param>
    public static void AddSignIn(this IServiceCollection services, OpenIdConnectSettings? electronicId)
    {
        if (electronicId is not null)
        {
            ElectronicId.Add(services, electronicId);
        }

        services.AddSingleton<SignInTickets>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<Misses>();
        services.AddSingleton<FirstStart>();
        services.AddSingleton<ISweep, SignInSweep>();
        services.AddSingleton<ISweep, Retention>();
    }

    /// <summary>Between routing and the pages.</summary>
    public static void UseSignIn(this WebApplication app)
    {
        app.UseFirstStart();
        if (app.Services.GetService<OpenIdConnectSettings>() is not null)
        {
            app.UseAuthentication();
        }
        app.UseMiddleware<ReadSession>();
    }

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/logg-inn", IResult (string? til, string? eid) => Ask(LocalPath.Of(til), "", [], Enum.TryParse<ElectronicIdFailure>(eid, out var failure) && Enum.IsDefined(failure) ? failure : null));
        if (app.ServiceProvider.GetService<OpenIdConnectSettings>() is not null)
        {
            app.MapGet(ElectronicId.Start, (string? til) => ElectronicId.Ask(til));
        }

        app.MapPost("/logg-inn", Wish);
        app.MapGet("/logg-inn/sendt", IResult (FirstStart first) => new RazorComponentResult<SignInSent>(new Dictionary<string, object?> { [nameof(SignInSent.IsFirst)] = first.IsOpen }));
        app.MapGet("/l/{token}", Show);

        // A link that was cut before its token.
        app.MapGet("/l", IResult () => Refused.NotFound with { NewLink = new("/logg-inn") });
        app.MapPost("/l/{token}", Enter);
        app.MapPost("/logg-ut", Leave);
        app.MapFirstStart();
    }

    private static RazorComponentResult<AskToSignIn> Ask(string returnTo, string typed, IReadOnlyList<FieldFault> faults, ElectronicIdFailure? failure = null) =>
        new(new Dictionary<string, object?>
        {
            [nameof(AskToSignIn.ReturnTo)] = returnTo,
            [nameof(AskToSignIn.Typed)] = typed,
            [nameof(AskToSignIn.Faults)] = faults,
            [nameof(AskToSignIn.Failure)] = failure,
        })
        {
            StatusCode = faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };

    // The same answer, and the same work, for an address we know and one we do not.
    private static async Task<IResult> Wish([FromForm] string? epost, [FromForm] string? til, HttpContext context, Door door, Misses misses, Wake wake)
    {
        if (EmailAddress.Read(epost) is not { } address)
        {
            return Ask(LocalPath.Of(til), epost is { Length: <= EmailAddress.Longest } ? epost : "", [new FieldFault("epost", Texts.Of<SignInWords>("Address.Wrong"))]);
        }

        if (misses.AreTooMany(context))
        {
            return new Refused(StatusCodes.Status429TooManyRequests);
        }

        misses.Count(context);
        await door.Write(writing =>
        {
            writing.Db.Add(new SignInWish(writing.Ids.Next(), address.Text, LocalPath.Of(til), writing.Now));
            writing.AfterCommit(wake.Up);
            return Task.FromResult<Refusal?>(null);
        }, context.RequestAborted);
        return SeeOther("/logg-inn/sendt");
    }

    // Looking spends nothing: mail scanners look too (reliability rule L3).
    private static async Task<IResult> Show(string token, HttpContext context, IDbContextFactory<TilskuddDb> databases, SiteAddress site, Misses misses, TimeProvider clock)
    {
        await using var db = await databases.CreateDbContextAsync(context.RequestAborted);
        if (await SignInTickets.Find(db, token, context.RequestAborted) is not { } ticket)
        {
            return misses.AreTooManyWith(context) ?? Refused.NotFound with { NewLink = new("/logg-inn") };
        }

        if (Closed(ticket, clock.GetUtcNow(), site) is { } closed)
        {
            return closed;
        }

        var person = await db.People.SingleAsync(person => person.Id == ticket.PersonId, context.RequestAborted);
        return new RazorComponentResult<ConfirmSignIn>(new Dictionary<string, object?> { [nameof(ConfirmSignIn.Name)] = person.Name });
    }

    private static async Task<IResult> Enter(string token, HttpContext context, Door door, Sessions sessions, SiteAddress site, Misses misses)
    {
        IResult answer = Refused.NotFound;
        var secret = "";
        var refusal = await door.Write(async writing =>
        {
            // A story that is told again begins anew: of what was undone nothing is handed out.
            (answer, secret) = (Refused.NotFound, "");
            if (await SignInTickets.Find(writing.Db, token, context.RequestAborted) is not { } ticket)
            {
                return null;
            }

            if (Closed(ticket, writing.Now, site) is { } closed)
            {
                answer = closed;
                return null;
            }

            answer = SeeOther(ticket.ReturnTo);
            ticket.Use(writing.Now);
            secret = await sessions.Start(writing, ticket.PersonId, context.Request.Cookies[sessions.CookieName], isElectronic: false, context.RequestAborted);
            return null;
        }, context.RequestAborted);
        if (refusal is not null)
        {
            // Two presses met; one of them is in.
            return Refused.Gone(Texts.Of<SignInWords>("Link.Used"));
        }

        if (secret.Length == 0)
        {
            return misses.AreTooManyWith(context) ?? answer;
        }

        context.Response.Cookies.Append(sessions.CookieName, secret, site.Cookie(Sessions.Life));
        return answer;
    }

    private static async Task<IResult> Leave(HttpContext context, Door door, Sessions sessions, SiteAddress site)
    {
        await door.Write(async writing =>
        {
            await Sessions.End(writing, context.Request.Cookies[sessions.CookieName], context.RequestAborted);
            return null;
        }, context.RequestAborted);
        context.Response.Cookies.Delete(sessions.CookieName, site.Cookie());
        return SeeOther("/logg-inn");
    }

    private static Refused? Closed(SignInTicket ticket, DateTimeOffset now, SiteAddress site) => ticket.At(now, site.IsDevelopment) switch
    {
        TicketState.Valid => null,
        TicketState.Used => Refused.Gone(Texts.Of<SignInWords>("Link.Used")),
        TicketState.Expired => Refused.Gone(Texts.Of<SignInWords>("Link.Expired")),
    };

    // 303, so that going back or reloading never posts again.
    private static SeeOtherResult SeeOther(string path) => new(path);
}

/// <summary>Sends the browser on to a path of this site with a GET.</summary>
internal sealed class SeeOtherResult(string path) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
