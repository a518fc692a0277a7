using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Tilskudd.Cycle;
using Tilskudd.Layout;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.SignIn;

/// <summary>What was typed on the page of the first start. The key is never shown again.</summary>
public sealed record FirstStartForm(string Name, string Address, string Municipality);

/// <summary>The page that makes the first administrator. There is no such page once one has signed in.</summary>
internal static class FirstStartPages
{
    /// <summary>Characters in a name.</summary>
    public const int LongestName = 120;

    /// <summary>Leads every page to the first start while it is waited for. Stands before sign-in: nobody can sign in yet.</summary>
    public static void UseFirstStart(this WebApplication app) => app.UseMiddleware<AskForFirstStart>();

    public static void MapFirstStart(this IEndpointRouteBuilder app)
    {
        app.MapGet(FirstStart.Path, Show);
        app.MapPost(FirstStart.Path, Begin);
    }

    private static async Task<IResult> Show(FirstStart first, SiteAddress site, CancellationToken ct) =>
        !await first.TakesKey(ct) ? Refused.NotFound : first.IsLocked ? Locked() : Page(new FirstStartForm("", "", site.Municipality ?? ""), []);

    private static async Task<IResult> Begin([FromForm] string? nokkel, [FromForm] string? navn, [FromForm] string? epost, [FromForm] string? kommune, FirstStart first, CancellationToken ct)
    {
        if (!await first.TakesKey(ct))
        {
            return Refused.NotFound;
        }

        if (first.IsLocked)
        {
            return Locked();
        }

        var form = new FirstStartForm(Typed(navn), Typed(epost), Typed(kommune));
        var address = EmailAddress.Read(epost);
        List<FieldFault> faults =
        [
            .. Key(nokkel?.Trim() ?? "", first), .. Name("navn", form.Name), .. address is null ? [Fault("epost", "Address.Wrong")] : Array.Empty<FieldFault>(), .. Name("kommune", form.Municipality),
        ];
        if (faults.Count > 0 || address is null)
        {
            return first.IsLocked ? Locked() : Page(form, faults);
        }

        var refusal = await first.Appoint(new FirstAdministrator(form.Name, address.Text, form.Municipality, Languages.Current), ct);
        return refusal is null ? new SeeOtherResult("/logg-inn/sendt") : Refused.Conflict(RefusalText.Of(refusal));
    }

    private static IEnumerable<FieldFault> Key(string typed, FirstStart first)
    {
        if (typed.Length == 0)
        {
            yield return Fault("nokkel", "First.Key.Missing");
        }
        else if (!first.Opens(typed))
        {
            yield return Fault("nokkel", "First.Key.Wrong", first.TriesLeft);
        }
    }

    private static IEnumerable<FieldFault> Name(string field, string typed)
    {
        if (typed.Length == 0)
        {
            yield return Fault(field, $"First.{field}.Missing");
        }
        else if (Prose.Length(typed) > LongestName || typed.Any(char.IsControl))
        {
            yield return Fault(field, "First.Text.Wrong", LongestName);
        }
    }

    private static FieldFault Fault(string field, string key, params object[] arguments) => new(field, Texts.Of<SignInWords>(key, arguments));

    private static string Typed(string? typed) => Prose.Of(typed ?? "").Trim();

    private static Refused Locked() => new(StatusCodes.Status429TooManyRequests, Texts.Of<SignInWords>("First.Locked"));

    private static RazorComponentResult<FirstStartPage> Page(FirstStartForm form, IReadOnlyList<FieldFault> faults) => new(new Dictionary<string, object?>
    {
        [nameof(FirstStartPage.Form)] = form,
        [nameof(FirstStartPage.Faults)] = faults,
    })
    {
        StatusCode = faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
    };
}

/// <summary>While the first administrator is waited for, every page leads there, but for what monitoring asks and what says who we are.</summary>
internal sealed class AskForFirstStart(RequestDelegate next, FirstStart first)
{
    private static readonly PathString[] Open = [FirstStart.Path, "/health", "/om", "/personvern", "/tilgjengelighet"];

    public async Task Invoke(HttpContext context)
    {
        if (Open.Any(path => context.Request.Path.StartsWithSegments(path)) || !await first.Waits(context.RequestAborted))
        {
            await next(context);
        }
        else if (HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = FirstStart.Path;
        }
        else
        {
            context.Features.Set(new Refused(StatusCodes.Status503ServiceUnavailable, Texts.Of<SignInWords>("First.Waits")));
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }
}
