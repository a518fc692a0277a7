using Microsoft.AspNetCore.Http.HttpResults;
using Tilskudd.Layout;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Country;

/// <summary>The whole country in the browser, and carried out as a file.</summary>
internal static class CountryRoom
{
    private const string Csv = "text/csv; charset=utf-8";
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void AddCountry(this IServiceCollection services)
    {
        services.AddSingleton<ApprovedPlans>();
        services.AddSingleton<ShowCountry>();
    }

    public static void MapCountry(this IEndpointRouteBuilder app)
    {
        app.MapGet("/landet", Show).RequireSignIn();
        app.MapGet("/landet/eksport", Export).RequireSignIn();
    }

    private static async Task<IResult> Show(string? aar, string? tall, string? sok, string? side, SignedIn me, TilskuddDb db, ShowCountry country, CancellationToken ct)
    {
        if (await country.Of(db, me, aar, tall, ct) is not { } content)
        {
            return Refused.NotFound;
        }

        var search = SearchText.Read(sok);
        var (rows, paging) = content.OnPage(Paging.Read(side), search);
        return new RazorComponentResult<CountryPage>(new Dictionary<string, object?>
        {
            [nameof(CountryPage.Content)] = content,
            [nameof(CountryPage.Rows)] = rows,
            [nameof(CountryPage.Paging)] = paging,
            [nameof(CountryPage.Search)] = search,
        });
    }

    private static async Task<IResult> Export(string? aar, string? tall, string? form, string? tabell, SignedIn me, TilskuddDb db, ShowCountry country, CancellationToken ct)
    {
        if (await country.Of(db, me, aar, tall, ct) is not { } content)
        {
            return Refused.NotFound;
        }

        var sheets = CountryFile.Sheets(content);
        if (form == "xlsx")
        {
            return TypedResults.File(await CountryFile.Workbook(sheets, ct), Xlsx, $"landet-{content.Year}.xlsx");
        }

        var sheet = sheets.FirstOrDefault(known => known.Key == tabell) ?? sheets[0];
        return TypedResults.File(CountryFile.Csv(sheet), Csv, $"landet-{content.Year}-{sheet.Key}.csv");
    }
}
