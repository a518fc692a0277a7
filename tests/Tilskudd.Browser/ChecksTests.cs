using Microsoft.Playwright;
using Xunit.Sdk;

namespace Tilskudd.Browser;

/// <summary>The checks themselves: each finds what it is for, in the view that has it and in no other.</summary>
public sealed class ChecksTests(Chromium chromium)
{
    private static readonly View Dark = View.Desk with { IsDark = true };

    [Fact]
    public async Task A_picture_without_words_is_found()
    {
        await using var browser = await chromium.Open(View.Desk);
        var page = await Showing(browser, "", """<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">""");

        var found = await Assert.ThrowsAnyAsync<XunitException>(() => Checks.NoViolations(page));

        Assert.Contains("image-alt", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_cannot_be_read_in_the_dark_are_found_in_the_dark_alone()
    {
        await using var browser = await chromium.Open(View.Desk);
        var page = await Showing(browser, "p { color: #222; background: #fff } @media (prefers-color-scheme: dark) { p { background: #111 } }", "<p>Handlingsplan</p>");

        await Checks.NoViolations(page);
        await Dark.Show(page);
        var found = await Assert.ThrowsAnyAsync<XunitException>(() => Checks.NoViolations(page));

        Assert.Contains("color-contrast", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_wide_for_the_smallest_window_is_found_there_alone()
    {
        await using var browser = await chromium.Open(View.Phone);
        var page = await Showing(browser, "body { margin: 0 } p { width: 350px }", "<p>Handlingsplan</p>");

        await Checks.NoSidewaysScroll(page);
        await View.Smallest.Show(page);

        await Assert.ThrowsAnyAsync<XunitException>(() => Checks.NoSidewaysScroll(page));
    }

    [Fact]
    public async Task What_the_content_policy_forbids_is_found()
    {
        await using var browser = await chromium.Open(View.Desk);
        var page = await browser.NewPageAsync();
        await page.RouteAsync("**/*", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "text/html; charset=utf-8",
            Headers = new Dictionary<string, string> { ["Content-Security-Policy"] = "default-src 'self'" },
            Body = Page("p { color: red }", "<p>Handlingsplan</p>"),
        }));
        var policy = Checks.PolicyFaults(page);

        await page.GotoAsync("http://127.0.0.1/");

        Assert.Throws<EmptyException>(() => Checks.NoCspViolations(policy));
    }

    private static async Task<IPage> Showing(IBrowserContext browser, string style, string content)
    {
        var page = await browser.NewPageAsync();
        await page.SetContentAsync(Page(style, content));
        return page;
    }

    private static string Page(string style, string content) =>
        $"""<!doctype html><html lang="nb"><head><title>Prøve</title><style>{style}</style></head><body><main><h1>Prøve</h1>{content}</main></body></html>""";
}
