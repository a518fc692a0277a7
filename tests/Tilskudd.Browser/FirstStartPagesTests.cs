using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Tilskudd.SignIn;

namespace Tilskudd.Browser;

/// <summary>The first start as those who install the application see it.</summary>
public sealed class FirstStartPagesTests(Chromium chromium)
{
    private static readonly View[] Views = [View.Desk, View.Phone, View.Smallest];

    [Fact]
    public async Task The_first_start_holds_until_an_administrator_has_signed_in()
    {
        await using var site = await Tests.Layout.RunningSite.Start();
        var key = await site.Services.GetRequiredService<FirstStart>().Open(TestContext.Current.CancellationToken);
        await using var browser = await chromium.Open(View.Desk);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(new Uri(site.Client.BaseAddress!, "/").ToString());
        await Holds(page, "tom");
        foreach (var language in new[] { "nn", "en", "nb" })
        {
            await page.GotoAsync(new Uri(site.Client.BaseAddress!, $"{FirstStart.Path}?sprak={language}").ToString());
            await Holds(page, $"tom-{language}");
        }

        await Submit(page, "feil", "");
        await Assertions.Expect(page.Locator(".ds-error-summary")).ToBeFocusedAsync();
        await Holds(page, "feil");
        await Submit(page, key!, "Kari Nordby");

        Assert.EndsWith("/logg-inn/sendt", page.Url, StringComparison.Ordinal);
        await Holds(page, "sendt");
        var again = await page.GotoAsync(new Uri(site.Client.BaseAddress!, FirstStart.Path).ToString());
        Assert.Equal(200, again!.Status);
        await site.Database.Write(w => w.Db.Add(new Session("x", w.Db.People.Single().Id, isElectronic: false, w.Now, w.Now)));
        Assert.Equal(404, (await page.ReloadAsync())!.Status);
        await Holds(page, "ferdig");
    }

    [Fact]
    public async Task The_page_holds_that_says_too_many_keys_were_tried()
    {
        await using var site = await Tests.Layout.RunningSite.Start();
        var first = site.Services.GetRequiredService<FirstStart>();
        await first.Open(TestContext.Current.CancellationToken);
        for (var i = 0; i < FirstStart.MostTries; i++)
        {
            Assert.False(first.Opens("feil"));
        }

        await using var browser = await chromium.Open(View.Desk);
        var page = await browser.NewPageAsync();
        var answer = await page.GotoAsync(new Uri(site.Client.BaseAddress!, FirstStart.Path).ToString());

        Assert.Equal(429, answer!.Status);
        await Holds(page, "laast");
    }

    private static async Task Submit(IPage page, string key, string name)
    {
        await page.FillAsync("#nokkel", key);
        await page.FillAsync("#navn", name);
        await page.FillAsync("#epost", "kari.nordby@drammen.example");
        await page.Locator("main form button").ClickAsync();
        await page.Locator("footer").WaitForAsync();
    }

    private static async Task Holds(IPage page, string name)
    {
        foreach (var view in Views)
        {
            await page.SetViewportSizeAsync(view.Width, 900);
            await Checks.Keep(page, $"forste-start-{name}-{view}");
            await Checks.NoViolations(page);
            await Checks.NoSidewaysScroll(page);
        }
    }
}
