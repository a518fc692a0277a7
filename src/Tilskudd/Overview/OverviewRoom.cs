using Microsoft.AspNetCore.Http.HttpResults;
using Tilskudd.Layout;
using Tilskudd.SignIn;

namespace Tilskudd.Overview;

/// <summary>Puts the overview into the application: the first page of who is signed in.</summary>
internal static class OverviewRoom
{
    public static void AddOverview(this IServiceCollection services) => services.AddSingleton<ShowOverview>();

    public static void MapOverview(this IEndpointRouteBuilder app) => app.MapGet("/", Show).RequireSignIn();

    private static async Task<IResult> Show(string? program, string? sok, string? side, string? sendt, SignedIn reader, ShowOverview show, CancellationToken ct)
    {
        var asked = new OverviewAsked(string.IsNullOrEmpty(program) ? null : program, SearchText.Read(sok), Paging.Read(side));
        return await show.Of(reader, asked, ct) is { } content
            ? new RazorComponentResult<OverviewPage>(new Dictionary<string, object?>
            {
                [nameof(OverviewPage.Content)] = content,
                [nameof(OverviewPage.Asked)] = asked,
                [nameof(OverviewPage.WasSent)] = sendt is not null,
            })
            : Refused.NotFound;
    }
}
