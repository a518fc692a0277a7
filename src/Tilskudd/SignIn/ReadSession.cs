using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.People;
using Tilskudd.Layout;
using Tilskudd.Storage;

namespace Tilskudd.SignIn;

/// <summary>Finds out who makes the request, before the page is run, and stops those who are nobody where somebody is demanded.</summary>
internal sealed class ReadSession(RequestDelegate next, IDbContextFactory<TilskuddDb> databases, Sessions sessions, SiteAddress site, TimeProvider clock)
{
    public async Task Invoke(HttpContext context)
    {
        if (context.Request.Cookies[sessions.CookieName] is { Length: > 0 } cookie)
        {
            await using var db = await databases.CreateDbContextAsync(context.RequestAborted);
            if (await Sessions.Find(db, cookie, clock.GetUtcNow(), context.RequestAborted) is { } person)
            {
                Welcome(context, person);
            }
        }

        if (context.SignedIn() is null && context.GetEndpoint()?.Metadata.GetMetadata<DemandsSignIn>() is not null)
        {
            Refuse(context);
            return;
        }

        await next(context);
    }

    private void Welcome(HttpContext context, SignedIn person)
    {
        context.Features.Set(person);

        // Who has chosen a language in this browser keeps it; the others get their own.
        if (!context.Request.Cookies.ContainsKey(site.CookieName(ChooseLanguage.Parameter)))
        {
            CultureInfo.CurrentCulture = person.Language.Culture();
            CultureInfo.CurrentUICulture = person.Language.Culture();
        }

        context.Features.Set(new Viewer(person.Name, RoleName(person), [.. Enum.GetValues<Section>().Where(section => section != Section.Administration || Administration.Registers.MayAdminister(person))]));
    }

    private static void Refuse(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var asked = context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent();
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/logg-inn" + (asked == "/" ? "" : QueryString.Create("til", asked).ToUriComponent());
    }

    // The weightiest first; most people have one.
    private static string RoleName(SignedIn person) =>
        person.Roles.Count == 0 ? Texts.Of<SignInWords>("Role.None") : Texts.Of<SignInWords>($"Role.{person.Roles.MinBy(held => Weight(held.Role))!.Role}");

    private static int Weight(Role role) => role switch
    {
        Role.ProgrammeLeader => 1,
        Role.Coordinator => 2,
        Role.Secretary => 3,
        Role.Accountant => 4,
        Role.GrantorContact => 5,
        Role.Administrator => 6,
    };
}
