using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Tilskudd.Runs;
using Tilskudd.SignIn;

namespace Tilskudd.Browser;

/// <summary>A municipality sets itself up from nothing, by what the pages say and nothing else.</summary>
public sealed class SetUpTests(Chromium chromium)
{
    [Fact]
    public async Task From_an_empty_database_to_an_open_year_by_following_the_page()
    {
        await using var site = await Tests.Layout.RunningSite.Start();
        var key = await site.Services.GetRequiredService<FirstStart>().Open(TestContext.Current.CancellationToken);
        Assert.Empty(await site.Services.PublishFlows());
        await using var browser = await chromium.Open(View.Desk);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(site.Client.BaseAddress!.ToString());
        await Fill(page, ("nokkel", key!), ("navn", "Kari Nordby"), ("epost", "kari@lund.example"), ("kommune", "Lund"));
        await site.Turn();
        await page.GotoAsync(new Uri(site.Client.BaseAddress!, Link(site)).ToString());
        await page.Locator("main form button").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Administrasjon", Exact = true }).ClickAsync();

        await Step(page, "2. Personene", ("navn", "Amina Yusuf"), ("epost", "amina@lund.example"));
        await Front(page);
        await Step(page, "3. Programmet", ("kommune", "Lund"), ("navn", "Lundåsen"));
        foreach (var (step, role, address) in new[] { ("Programleder", "Programleder", "kari"), ("Koordinator", "Koordinator", "amina"), ("Sekretær", "Sekretær", "kari"), ("Regnskapsansvarlig", "Regnskapsansvarlig", "kari") })
        {
            await Step(page, step, ("epost", $"{address}@lund.example"), ("rolle", role));
        }

        await Step(page, "Organet som avgjør", ("navn", "Politisk styringsgruppe"), ("myndighet", "Binder kommunen"));
        await Front(page);
        await Step(page, "Plassene i organet", ("epost", "kari@lund.example"), ("plass", "Leder"));
        await Front(page);
        await Step(page, "Tilskuddsgiver", ("kode", "KDD"), ("navn", "Kommunal- og distriktsdepartementet"));
        await Front(page);
        await Step(page, "Kilde", ("giver", "KDD – Kommunal- og distriktsdepartementet"), ("kapittel", "590"), ("post", "65"));
        await Checks.NoViolations(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Åpne året", Exact = true }).ClickAsync();
        await page.Locator("main form[action$='/apne'] button").ClickAsync();
        await page.Locator("footer").WaitForAsync();

        Assert.EndsWith("?apnet=1", page.Url, StringComparison.Ordinal);
        await using var db = site.Database.Read();
        var programme = (await db.Programmes.SingleAsync(TestContext.Current.CancellationToken)).Id;
        foreach (var path in new[] { $"{programme}", $"ny?i={programme}", $"{programme}/avslutt?k=LUNDASEN-K1" })
        {
            await page.GotoAsync(new Uri(site.Client.BaseAddress!, $"/admin/kriterier/{path}").ToString());
            await Checks.NoViolations(page);
        }

        Assert.Equal(1, await db.Handlingsplaner.CountAsync(TestContext.Current.CancellationToken));
    }

    private static async Task Front(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Administrasjon", Exact = true }).First.ClickAsync();
        await page.Locator("footer").WaitForAsync();
    }

    private static async Task Step(IPage page, string step, params (string Field, string Value)[] typed)
    {
        await page.Locator("main .tasks").GetByRole(AriaRole.Link, new() { Name = step, Exact = true }).First.ClickAsync();
        await Fill(page, typed);
    }

    private static async Task Fill(IPage page, params (string Field, string Value)[] typed)
    {
        foreach (var (field, value) in typed)
        {
            var input = page.Locator($"#{field}");
            if (await input.EvaluateAsync<string>("field => field.tagName") == "SELECT")
            {
                await input.SelectOptionAsync(new SelectOptionValue { Label = value });
            }
            else
            {
                await input.FillAsync(value);
            }
        }

        await page.Locator("main form button").First.ClickAsync();
        await page.Locator("footer").WaitForAsync();
        Assert.Equal(0, await page.Locator(".ds-error-summary").CountAsync());
    }

    private static string Link(Tests.Layout.RunningSite site)
    {
        var mail = Directory.GetFiles(Path.Combine(site.Database.Folder, "mail"), "*.eml").Single();
        return System.Text.RegularExpressions.Regex.Match(Tilskudd.Notices.Mailing.MailReader.Read(File.ReadAllBytes(mail)).Text, "/l/[A-Za-z0-9_-]{43}").Value;
    }
}
