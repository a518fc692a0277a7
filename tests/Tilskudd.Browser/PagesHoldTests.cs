namespace Tilskudd.Browser;

public sealed class PagesHoldTests(Chromium chromium)
{
    private static readonly string[] Languages = ["nb", "nn", "en"];
    private static readonly string[] Paths = ["/om", "/personvern", "/tilgjengelighet", "/prove/lenke", "/prove/feil/500"];
    private static readonly int[] Statuses = [400, 401, 403, 405, 409, 410, 413, 422, 429, 500, 503];

    public static TheoryData<string, string> Pages =>
        [.. from language in Languages from path in Paths select (path, language)];

    public static TheoryData<int> Errors => [.. Statuses];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_holds_in_every_language_and_view(string path, string language)
    {
        await using var site = await RunningSite.WithSpecimens();

        await chromium.HoldsIn(language == "nb" ? View.All : [View.Smallest], site, path, language);
    }

    [Theory]
    [InlineData("/prove/deler")]
    [InlineData("/prove/deler?feil")]
    public async Task Every_component_holds_in_every_view(string path)
    {
        await using var site = await RunningSite.WithSpecimens();

        await chromium.HoldsInEveryView(site, path);
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Every_error_has_a_page_with_one_heading(int status)
    {
        await using var site = await RunningSite.WithSpecimens();
        await using var browser = await chromium.Open(View.Phone);
        var page = await browser.NewPageAsync();

        var answer = await page.GotoAsync($"{site.Address}/prove/feil/{status}");

        Assert.Equal(status, answer!.Status);
        Assert.Equal(1, await page.Locator("h1").CountAsync());
        await Checks.NoViolations(page);
    }
}
