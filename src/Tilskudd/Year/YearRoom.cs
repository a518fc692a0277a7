using Microsoft.AspNetCore.Http.HttpResults;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Year;

/// <summary>The programmes and their years in the browser.</summary>
internal static class YearRoom
{
    public static void AddYear(this IServiceCollection services)
    {
        services.AddSingleton<ShowProgramme>();
        services.AddSingleton<OpenYear>();
        services.AddSingleton<SendWithout>();
    }

    public static void MapYear(this IEndpointRouteBuilder app)
    {
        app.MapGet("/planer", Plans).RequireSignIn();
        app.MapGet("/program/{slug}", Programme).RequireSignIn();
        app.MapGet("/program/{slug}/{year}", Year).RequireSignIn();
        app.MapPost("/program/{slug}/{year}/apne", Open).RequireSignIn();
        app.MapPost("/program/{slug}/{year}/send-uten", Send).RequireSignIn();
    }

    private static async Task<IResult> Plans(string? side, string? sok, SignedIn me, HttpContext context, TilskuddDb db, ShowProgramme programmes) =>
        new RazorComponentResult<PlansPage>(new Dictionary<string, object?> { [nameof(PlansPage.List)] = await programmes.Plans(db, me.Id, SearchText.Read(sok), Paging.Read(side), context.RequestAborted) });

    private static async Task<IResult> Programme(string slug, SignedIn me, HttpContext context, TilskuddDb db, ShowProgramme programmes) =>
        await programmes.Row(db, slug, me.Id, context.RequestAborted) is { } row
            ? new RazorComponentResult<ProgrammePage>(new Dictionary<string, object?> { [nameof(ProgrammePage.Row)] = row })
            : Refused.NotFound;

    private static async Task<IResult> Year(string slug, string year, SignedIn me, HttpContext context, TilskuddDb db, ShowProgramme programmes) =>
        GrantYear.TryParse(year, out var asked) && await programmes.Year(db, slug, asked, me.Id, context.RequestAborted) is { } row
            ? new RazorComponentResult<YearPage>(new Dictionary<string, object?>
            {
                [nameof(YearPage.Row)] = row,
                [nameof(YearPage.Message)] = context.Request.Query.ContainsKey("apnet") ? Texts.Of<YearWords>("Open.Done") : context.Request.Query.ContainsKey("sendt-uten") ? Texts.Of<YearWords>("Without.Done") : null,
            })
            : Refused.NotFound;

    private static async Task<IResult> Send(string slug, string year, SignedIn me, HttpContext context, TilskuddDb db, SendWithout send, ShowProgramme programmes)
    {
        if (!GrantYear.TryParse(year, out var asked))
        {
            return Refused.NotFound;
        }

        var form = new TypedForm(context.Request.Form);
        return await send.Send(slug, asked, form.Text("grunn"), me.Id, context.RequestAborted) switch
        {
            null => new SeeOtherResult($"/program/{slug}/{asked}?sendt-uten=1"),
            FlowRefusal.NotFound => Refused.NotFound,
            FlowRefusal.NotYours => Refused.Forbidden,
            { Field.Length: > 0 } refusal when await programmes.Year(db, slug, asked, me.Id, context.RequestAborted) is { } row => new RazorComponentResult<YearPage>(new Dictionary<string, object?>
            {
                [nameof(YearPage.Row)] = row, [nameof(YearPage.Typed)] = form.Typed, [nameof(YearPage.Faults)] = new[] { RefusalText.Fault(refusal) },
            })
            {
                StatusCode = StatusCodes.Status422UnprocessableEntity,
            },
            { } refusal => Refused.Conflict(RefusalText.Of(refusal)),
        };
    }

    private static async Task<IResult> Open(string slug, string year, SignedIn me, HttpContext context, OpenYear open)
    {
        if (!GrantYear.TryParse(year, out var asked))
        {
            return Refused.NotFound;
        }

        return await open.Open(slug, asked, me.Id, context.RequestAborted) switch
        {
            null => new SeeOtherResult($"/program/{slug}/{asked}?apnet=1"),
            FlowRefusal.NotFound => Refused.NotFound,
            FlowRefusal.NotYours => Refused.Forbidden,
            FlowRefusal.YearNotCovered refusal => new Refused(StatusCodes.Status422UnprocessableEntity, RefusalText.Of(refusal)),
            { } refusal => Refused.Conflict(RefusalText.Of(refusal)),
        };
    }
}
