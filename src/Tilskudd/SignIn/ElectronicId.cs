using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Tilskudd.Layout;
using Tilskudd.Notices.Mailing;
using Tilskudd.Storage;

namespace Tilskudd.SignIn;

/// <summary>Why signing in by electronic ID came to nothing; the word stands in the address of the sign-in page.</summary>
public enum ElectronicIdFailure
{
    /// <summary>Broken off there, or the service or the browser did not do its part.</summary>
    Failed,

    /// <summary>The service knows the person, and here nobody has that address.</summary>
    Unknown,
}

/// <summary>
/// Signing in through the municipality's own identity provider (OpenID Connect, code flow with PKCE). The provider vouches for an e-mail address;
/// who has that address here is signed in, in a session that says how. What goes between is protected by Data Protection, and lives as long as one sign-in.
/// </summary>
internal sealed partial class ElectronicId(Door door, Sessions sessions, SiteAddress site, ILogger<ElectronicId> log)
{
    public const string Scheme = "eid";
    public const string Start = "/logg-inn/eid";
    public const string Parameter = "eid";

    // The one address an operator registers at the provider.
    private const string Callback = "/logg-inn/svar";

    // The framework's own session, which it must have and which is never begun: ours follows instead.
    private const string Unused = "unused";

    private static readonly TimeSpan _skew = TimeSpan.FromMinutes(2);

    /// <summary>How long somebody may take at the provider.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(15);

    public static void Add(IServiceCollection services, OpenIdConnectSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<ElectronicId>();
        services.AddAuthentication(Unused).AddCookie(Unused).AddOpenIdConnect(Scheme, options => Configure(options, settings));
        services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<TimeProvider, SiteAddress>(Configure);
    }

    /// <summary>Sends the browser to the provider, and from there back to a page of ours. Nothing is written here.</summary>
    public static IResult Ask(string? til) => TypedResults.Challenge(new AuthenticationProperties { RedirectUri = LocalPath.Of(til) }, [Scheme]);

    private static void Configure(OpenIdConnectOptions options, OpenIdConnectSettings settings)
    {
        options.Authority = settings.Authority.ToString();
        options.RequireHttpsMetadata = settings.Authority.Scheme == Uri.UriSchemeHttps;
        (options.ClientId, options.ClientSecret) = (settings.ClientId, settings.ClientSecret);
        options.CallbackPath = Callback;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.DisableTelemetry = true;

        options.Scope.Clear();
        options.Scope.Add("openid");
        options.Scope.Add("email");

        // Both or neither, also where the provider tells them only when asked for what it knows.
        options.ClaimActions.MapJsonKey("email_verified", "email_verified");
        options.Events.OnTicketReceived = context => context.HttpContext.RequestServices.GetRequiredService<ElectronicId>().Enter(context);
        options.Events.OnRemoteFailure = context => context.HttpContext.RequestServices.GetRequiredService<ElectronicId>().Fail(context);
    }

    private static void Configure(OpenIdConnectOptions options, TimeProvider clock, SiteAddress site)
    {
        options.TokenValidationParameters.LifetimeValidator = (from, until, _, _) =>
            (from is null || from <= (clock.GetUtcNow() + _skew).UtcDateTime) && until > (clock.GetUtcNow() - _skew).UtcDateTime;

        (options.NonceCookie, options.CorrelationCookie) = (Cookie(site, "eid-n."), Cookie(site, "eid-c."));

        // Behind a proxy the request does not know the address people use.
        options.Events.OnRedirectToIdentityProvider = context =>
        {
            context.ProtocolMessage.RedirectUri = site.Link(Callback);
            return Task.CompletedTask;
        };
    }

    // The provider's page posts back from another site, and the browser then sends only cookies that allow it; plain http is for a provider on this machine.
    private static CookieBuilder Cookie(SiteAddress site, string name) => new()
    {
        Name = name, HttpOnly = true, IsEssential = true, Path = Callback, MaxAge = _patience,
        SameSite = site.IsHttps ? SameSiteMode.None : SameSiteMode.Lax,
        SecurePolicy = site.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None,
    };

    private async Task Enter(TicketReceivedContext ticket)
    {
        ticket.HandleResponse();
        var context = ticket.HttpContext;
        var secret = "";
        if (Vouched(ticket) is { } address)
        {
            await door.Write(async writing =>
            {
                var person = await writing.Db.People.SingleOrDefaultAsync(person => person.Email == address.Text, context.RequestAborted);
                if (person?.TakesPartOn(Dates.On(writing.Now)) == true)
                {
                    secret = await sessions.Start(writing, person.Id, context.Request.Cookies[sessions.CookieName], isElectronic: true, context.RequestAborted);
                }

                return null;
            }, context.RequestAborted);
        }

        if (secret.Length == 0)
        {
            await Back(context, ElectronicIdFailure.Unknown);
            return;
        }

        context.Response.Cookies.Append(sessions.CookieName, secret, site.Cookie(Sessions.Life));
        await new SeeOtherResult(LocalPath.Of(ticket.ReturnUri)).ExecuteAsync(context);
    }

    // An address the provider itself says is not verified vouches for nobody.
    private static EmailAddress? Vouched(TicketReceivedContext ticket) =>
        ticket.Principal is not { } principal || principal.FindFirst("email_verified")?.Value is "false" or "False" ? null : EmailAddress.Read(principal.FindFirst("email")?.Value);

    private Task Fail(RemoteFailureContext failure)
    {
        failure.HandleResponse();

        // The kind alone: what the provider and the browser sent may say who it was.
        LogFailed(failure.Failure?.GetType().Name ?? "");
        return Back(failure.HttpContext, ElectronicIdFailure.Failed);
    }

    private static Task Back(HttpContext context, ElectronicIdFailure why) => new SeeOtherResult($"/logg-inn?{Parameter}={why}").ExecuteAsync(context);

    [LoggerMessage(LogLevel.Warning, "Signing in through OpenID Connect failed with {Kind}.")]
    private partial void LogFailed(string kind);
}
