using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Tilskudd.Cycle.Approval;
using Tilskudd.Notices;
using Tilskudd.Tests.Approval;
using Tilskudd.Tests.Notices.Inbound;

namespace Tilskudd.Browser;

/// <summary>The steering group's pages as its members see them, and as a mail scanner does.</summary>
public sealed class ApprovalTests(Chromium chromium)
{
    private static readonly View[] Views = [View.Desk, View.Phone, View.Smallest];

    [Theory]
    [InlineData("nb")]
    [InlineData("nn")]
    [InlineData("en")]
    public async Task Every_page_of_a_round_holds(string language)
    {
        await using var given = await GivenARound.Open(tiltak: 18, hasLastYear: true);
        using var kari = await given.Member("Kari");
        using var ola = await given.Member("Ola");
        using var fatima = await given.Member("Fatima");

        await Hold(
            given, kari, language,
            ("runde", given.Page), ("hele-planen", given.Page + "/utskrift"), ("bekreft-godkjenn", given.Page + "/bekreft?svar=godkjenn"),
            ("bekreft-tilbake", given.Page + "/bekreft?svar=tilbake"), ("bekreft-inhabil", given.Page + "/bekreft?svar=inhabil"),
            ("uten-valg", given.Page + "/bekreft"), ("ikke-meg", given.Page + "/ikke-meg"), ("ukjent-lenke", "/g/ukjent"), ("ny-lenke-sendt", "/g/sendt"));
        await kari.Answer("merknad", "Ber om status i møtet i mars.");
        await Hold(given, kari, language, ("kvittering", given.Page + "/kvittering"), ("runde-besvart", given.Page));
        await ola.Answer("inhabil");
        await Hold(given, ola, language, ("kvittering-inhabil", given.Page + "/kvittering"));
        await kari.Answer("mote");
        await Hold(given, fatima, language, ("avsluttet", given.Page));
        await Hold(given, kari, language, ("kvittering-avsluttet", given.Page + "/kvittering"));
    }

    [Fact]
    public async Task The_page_for_a_meetings_decision_holds()
    {
        await using var given = await GivenARound.Open(Regime.Kommuneloven, Mode.Meeting);
        using var silje = await given.SignedIn("Silje");
        await silje.Submit("/logg-inn", given.Page + "/avslutt");

        foreach (var view in Views)
        {
            await using var browser = await chromium.Open(view);
            await browser.AddCookiesAsync([new Cookie { Name = "s", Value = silje.Session!, Url = silje.Address.ToString() }]);
            var page = await browser.NewPageAsync();
            await page.GotoAsync(new Uri(silje.Address, $"/prosess/{(await given.Run()).Id}").ToString());
            await Check(page, $"prosess-etter-runden-{view}");
            await page.GotoAsync(new Uri(silje.Address, $"/prosess/{(await given.Run()).Id}/vedtak").ToString());
            await Check(page, $"vedtak-{view}");
            await page.GetByRole(AriaRole.Button, new() { Name = "Registrer vedtaket" }).ClickAsync();
            await Assertions.Expect(page.Locator(".ds-error-summary")).ToBeFocusedAsync();
            await Check(page, $"vedtak-feil-{view}");
        }
    }

    [Theory]
    [InlineData(ForeignMails.OutlookReply, "svar")]
    [InlineData(ForeignMails.PostfixBounce, "kom-ikke-fram")]
    [InlineData(ForeignMails.ExchangeAway, "borte")]
    public async Task The_pages_of_a_round_whose_mail_was_answered_or_lost_hold(string shape, string name)
    {
        await using var given = await GivenARound.Open();
        await using (var db = given.Site.Database.Read())
        {
            var notice = await db.Set<Notice>().SingleAsync(notice => notice.PersonId == given["Fatima"] && notice.Kind == NoticeKind.ApprovalAsked, TestContext.Current.CancellationToken);
            var folder = Directory.CreateDirectory(Path.Combine(given.Site.Database.Folder, "mail-in")).FullName;
            var mail = shape.Replace("{id}", notice.MessageId, StringComparison.Ordinal).ReplaceLineEndings("\r\n");
            await File.WriteAllTextAsync(Path.Combine(folder, "svar.eml"), mail, TestContext.Current.CancellationToken);
        }

        await given.Turn();
        using var ingrid = await given.SignedIn("Ingrid");
        await using var browser = await chromium.Open(View.Desk);
        await browser.AddCookiesAsync([new Cookie { Name = "s", Value = ingrid.Session!, Url = ingrid.Address.ToString() }]);
        var page = await browser.NewPageAsync();
        foreach (var path in new[] { $"/prosess/{(await given.Run()).Id}", "/" })
        {
            await page.GotoAsync(Address(given, path));
            Assert.Contains("Fatima Nordby", await page.Locator("main").TextContentAsync(), StringComparison.Ordinal);
            foreach (var view in Views)
            {
                await page.SetViewportSizeAsync(view.Width, 900);
                await Check(page, $"{name}-{(path == "/" ? "oversikt" : "prosess")}-{view}");
            }
        }
    }

    [Fact]
    public async Task A_code_that_is_worn_out_and_a_link_that_is_closed_have_pages_that_hold()
    {
        await using var given = await GivenARound.Open();
        var (token, code) = given.Access("Kari");
        await using var browser = await chromium.Open(View.Smallest);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(Address(given, $"/g/{token}"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Godkjenn", Exact = true }).ClickAsync();
        for (var i = 0; i < 6; i++)
        {
            await page.Locator("#kode").FillAsync(code == "9999" ? "0000" : "9999");
            await page.GetByRole(AriaRole.Button, new() { Name = "Bekreft: godkjenn" }).ClickAsync();
            if (await page.GetByRole(AriaRole.Button, new() { Name = "Bekreft: godkjenn" }).CountAsync() == 0)
            {
                break;
            }
        }

        await Check(page, "koden-er-brukt-opp");
        Assert.Contains("ny kode", await page.Locator("main").TextContentAsync(), StringComparison.Ordinal);

        var (other, right) = given.Access("Ola");
        await using var second = await chromium.Open(View.Phone);
        var gone = await second.NewPageAsync();
        await gone.GotoAsync(Address(given, $"/g/{other}"));
        await gone.GotoAsync(Address(given, given.Page + "/ikke-meg"));
        await gone.Locator("#kode").FillAsync(right);
        await gone.GetByRole(AriaRole.Button, new() { Name = "Steng lenken" }).ClickAsync();
        await Check(gone, "lenken-er-stengt");
        var answer = await gone.GotoAsync(Address(given, $"/g/{other}"));
        Assert.Equal(410, answer!.Status);
        await Check(gone, "lenken-er-stengt-igjen");
    }

    [Fact]
    public async Task The_confirm_page_holds_with_its_faults()
    {
        await using var given = await GivenARound.Open();
        var (token, code) = given.Access("Kari");
        await using var browser = await chromium.Open(View.Phone);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(Address(given, $"/g/{token}"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Send tilbake" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Bekreft: send tilbake" }).ClickAsync();
        await Check(page, "bekreft-feil-390");
        await page.Locator("#merk").FillAsync("Sysselsetting mangler tall.");
        await page.Locator("#kode").FillAsync(code == "9999" ? "0000" : "9999");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekreft: send tilbake" }).ClickAsync();

        await Check(page, "bekreft-feil-kode-390");
    }

    [Fact]
    public async Task Without_scripts_a_member_sends_back_corrects_the_faults_and_changes_the_answer()
    {
        await using var given = await GivenARound.Open(mandate: Mandate.Default with { Written = WrittenRule.Majority });
        var (token, code) = given.Access("Kari");
        await using var browser = await chromium.Open(View.Phone, javaScript: false);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(Address(given, $"/g/{token}"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Send tilbake" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekreft: send tilbake" }).ClickAsync();
        await Assertions.Expect(page).ToHaveTitleAsync("Feil: Bekreft svaret ditt – Tilskudd, Drammen kommune");
        await Assertions.Expect(page.Locator(".ds-error-summary")).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Skriv hvorfor du sender saken tilbake." }).ClickAsync();
        await Assertions.Expect(page.Locator("#merk")).ToBeFocusedAsync();
        await page.Locator("#merk").FillAsync("Sysselsetting mangler tall.");
        await page.Locator("#kode").FillAsync(code == "9999" ? "0000" : "9999");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekreft: send tilbake" }).ClickAsync();
        await Assertions.Expect(page.Locator("#merk")).ToHaveValueAsync("Sysselsetting mangler tall.");
        await page.Locator("#kode").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekreft: send tilbake" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Svaret er registrert");
        await page.GetByRole(AriaRole.Link, new() { Name = "Du kan endre svaret" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Godkjenn", Exact = true }).ClickAsync();
        await page.Locator("#kode").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekreft: godkjenn" }).ClickAsync();

        Assert.Equal([AnswerKind.SendBack, AnswerKind.Approve], (await given.Read()).Answers.OrderBy(answer => answer.Number).Select(answer => answer.Kind));
    }

    [Fact]
    public async Task A_scanner_that_follows_presses_and_submits_everything_decides_nothing_and_closes_no_link()
    {
        await using var given = await GivenARound.Open();
        var (token, code) = given.Access("Kari");
        var before = await given.Kept();
        await using var browser = await chromium.Open(View.Desk);
        var page = await browser.NewPageAsync();
        var leaked = new List<string>();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Address(given, "/"), StringComparison.Ordinal) || request.Headers.GetValueOrDefault("referer", "").Contains(token, StringComparison.Ordinal))
            {
                leaked.Add(request.Url);
            }
        };

        var seen = await Scan(page, given, $"/g/{token}");

        Assert.Contains(seen, path => path.Contains("/bekreft?svar=godkjenn", StringComparison.Ordinal));
        Assert.Contains(seen, path => path.EndsWith("/ikke-meg", StringComparison.Ordinal));
        Assert.Equal(before, await given.Kept());
        Assert.Empty(leaked);
        using var kari = await given.Member("Kari");
        Assert.Equal(code, kari.Code);
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, (await kari.Answer("godkjenn")).Status);
    }

    private static string Address(GivenARound given, string path) => new Uri(given.Site.Client.BaseAddress!, path).ToString();

    // Opens every page it finds a way to, and on each presses every button with every kind of filling.
    private static async Task<IReadOnlyCollection<string>> Scan(IPage page, GivenARound given, string from)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>([Address(given, from)]);
        while (waiting.TryDequeue(out var address))
        {
            if (!seen.Add(address))
            {
                continue;
            }

            await page.GotoAsync(address);
            foreach (var found in await Links(page, given))
            {
                waiting.Enqueue(found);
            }

            var buttons = await page.Locator("form button, form input[type=submit]").CountAsync();
            for (var i = 0; i < buttons; i++)
            {
                var hasFields = await page.Locator("form input:not([type=hidden]), form textarea, form select").CountAsync() > 0;
                foreach (var filling in hasFields ? new[] { null, "", "test" } : [null])
                {
                    await page.GotoAsync(address);
                    await Fill(page, filling);

                    // A mark on the page that is left tells when another is there: what the browser says of loading can be over before it is asked for.
                    await page.EvaluateAsync("document.documentElement.dataset.left = ''");
                    await page.Locator("form button, form input[type=submit]").Nth(i).ClickAsync();
                    await Assertions.Expect(page.Locator("html:not([data-left])")).ToHaveCountAsync(1);
                    waiting.Enqueue(page.Url.Split('#')[0]);
                }
            }

            // Time passes, or the site would soon refuse whoever tries so often.
            given.Site.Database.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        return seen;
    }

    private static async Task<IEnumerable<string>> Links(IPage page, GivenARound given)
    {
        var all = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]')].map(link => link.href.split('#')[0])");
        return all.Where(link => link.StartsWith(Address(given, "/"), StringComparison.Ordinal) && !link.Contains("sprak=", StringComparison.Ordinal));
    }

    // Null leaves the form as it was shown; the first option is chosen wherever there is a choice.
    private static async Task Fill(IPage page, string? filling)
    {
        if (filling is null)
        {
            return;
        }

        await page.EvaluateAsync(
            """
            filling => {
                for (const field of document.querySelectorAll('form input:not([type=hidden]):not([type=radio]):not([type=checkbox]), form textarea')) field.value = filling;
                for (const field of document.querySelectorAll('form select')) field.selectedIndex = 0;
                const first = document.querySelector('form input[type=radio]');
                if (first) first.checked = true;
            }
            """, filling);
    }

    private static async Task Check(IPage page, string name)
    {
        await Checks.NoViolations(page);
        await Checks.NoSidewaysScroll(page);
        if (Environment.GetEnvironmentVariable("TILSKUDD_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"godkjenning-{name}.png"), FullPage = true });
        }
    }

    // Bokmål in every window; the other languages change words and widths, so a phone shows the worst of them.
    private async Task Hold(GivenARound given, Member member, string language, params (string Name, string Path)[] pages)
    {
        foreach (var view in language == "nb" ? Views : [View.Phone])
        {
            await using var browser = await chromium.Open(view);
            var site = Address(given, "/");
            await browser.AddCookiesAsync([new Cookie { Name = $"g-{given.Round}", Value = member.Token, Url = site }, new Cookie { Name = "sprak", Value = language, Url = site }]);
            var page = await browser.NewPageAsync();
            var policy = Checks.PolicyFaults(page);
            foreach (var (name, path) in pages)
            {
                await page.GotoAsync(Address(given, path));

                Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));
                await Check(page, $"{name}-{language}-{view}");
                Checks.NoCspViolations(policy);
            }
        }
    }
}
