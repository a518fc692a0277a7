using Microsoft.Playwright;

namespace Tilskudd.Browser;

/// <summary>What every page must pass, in every view.</summary>
internal static class Checks
{
    /// <summary>Opens a page in every view and checks each: axe, sideways scroll, and the content policy.</summary>
    /// <param name="chromium">The shared browser.</param>
    /// <param name="site">The running application.</param>
    /// <param name="path">The page, from its slash.</param>
    /// <param name="language">nb, nn or en.</param>
    public static Task HoldsInEveryView(this Chromium chromium, RunningSite site, string path, string language = "nb") =>
        chromium.HoldsIn(View.All, site, path, language);

    /// <summary>The same in fewer views: a language changes words and widths, but no colours.</summary>
    public static async Task HoldsIn(this Chromium chromium, IReadOnlyList<View> views, RunningSite site, string path, string language)
    {
        await using var browser = await chromium.Open(views[0]);
        var page = await browser.NewPageAsync();
        var policy = PolicyFaults(page);
        await page.GotoAsync($"{site.Address}{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}sprak={language}");
        Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));
        foreach (var view in views)
        {
            await view.Show(page);
            await Keep(page, $"{path.Trim('/').Replace('/', '-').Replace('?', '-')}-{language}-{view}");
            await NoViolations(page);
            await NoSidewaysScroll(page);
        }

        NoCspViolations(policy);
    }

    /// <summary>axe finds nothing: WCAG 2.0, 2.1 and 2.2, A and AA, and best practice.</summary>
    public static async Task NoViolations(IPage page)
    {
        // What passes is told with one example each, which takes a quarter less time; nothing less is looked at. No page has a frame from elsewhere, so axe may do all of it there.
        var found = await page.EvaluateAsync<string[]>(
            """
            async () => {
                if (!globalThis.axe) loadAxe();
                const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
                const found = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
                if (found.passes.length === 0) throw new Error("axe found nothing to look at.");
                return found.violations.map(rule => `${rule.id} (${rule.help}): ${rule.nodes.map(node => node.html).join(", ")}`);
            }
            """);
        Assert.True(found.Length == 0, $"{page.Url}: {string.Join("; ", found)}");
    }

    /// <summary>Nothing is wider than the window, but for what lies in a frame that scrolls by itself.</summary>
    public static async Task NoSidewaysScroll(IPage page)
    {
        var widths = await page.EvaluateAsync<int[]>("[document.documentElement.scrollWidth, document.documentElement.clientWidth]");
        Assert.True(widths[0] <= widths[1], $"{page.Url} is {widths[0]} wide in a window of {widths[1]}.");
    }

    /// <summary>Nothing is wider than the window when lines, words and letters stand as far apart as people may set them (WCAG 1.4.12).</summary>
    public static async Task HoldsWithSpacedText(IPage page)
    {
        await page.EvaluateAsync(
            """
            () => {
                const sheet = new CSSStyleSheet();
                sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }");
                document.adoptedStyleSheets = [sheet];
            }
            """);
        await NoSidewaysScroll(page);
    }

    /// <summary>Begins to listen for breaches of the content policy and for files that are missing. Call before the page is opened.</summary>
    public static IReadOnlyList<string> PolicyFaults(IPage page)
    {
        var faults = new List<string>();
        var document = "";
        page.Response += (_, response) =>
        {
            if (response.Request.IsNavigationRequest)
            {
                document = response.Url;
            }
            else if (response.Status >= 400)
            {
                faults.Add($"{response.Status} {response.Url}");
            }
        };
        page.Console += (_, message) =>
        {
            // The browser also reports the page's own status, which an error page is meant to have.
            if (message.Type == "error" && !message.Location.StartsWith(document, StringComparison.Ordinal))
            {
                faults.Add(message.Text);
            }
            else if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                faults.Add(message.Text);
            }
        };
        page.PageError += (_, error) => faults.Add(error);
        return faults;
    }

    public static void NoCspViolations(IReadOnlyList<string> faults) => Assert.Empty(faults);

    /// <summary>For the eye: set TILSKUDD_SCREENSHOTS to a folder.</summary>
    public static async Task Keep(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("TILSKUDD_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }
}
