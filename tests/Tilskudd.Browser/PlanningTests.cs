using Microsoft.Playwright;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Demo;
using Tilskudd.SignIn;
using Tilskudd.Tests.Planning;
using Tilskudd.Year.Sources;

namespace Tilskudd.Browser;

/// <summary>The pages of the plan and of the year as people see them, with a year's eighteen tiltak.</summary>
public sealed class PlanningTests(Chromium chromium)
{
    private static readonly View[] Views = [View.Desk, View.Phone, View.Smallest];

    [Fact]
    public async Task The_coordinators_pages_hold()
    {
        await using var given = await Stromso();
        var first = (await given.Stored()).Tiltak.First(tiltak => tiltak.Number == 1).TiltakId;

        await Holds(given, given.Amina, "utkast", given.Path);
        await Holds(given, given.Amina, "tiltak", $"{given.Path}/tiltak/{first}");
        await Holds(given, given.Amina, "nytt-tiltak", given.Path + "/tiltak/ny");
        await Holds(given, given.Amina, "ideer", given.Path + "/tiltak/ny?ide=ukjent", [View.Desk, View.Smallest], status: 404);
        await Holds(given, given.Amina, "fjern", $"{given.Path}/tiltak/{first}/fjern");
        await Holds(given, given.Amina, "del", given.Path + "/del/hovedmal");
        await Holds(given, given.Amina, "endringer", given.Path + "/endringer");
        await Holds(given, given.Amina, "utskrift", given.Path + "/utskrift");
    }

    [Fact]
    public async Task The_programme_leaders_pages_hold()
    {
        await using var given = await GivenPlan.Start();

        await Holds(given, given.Ingrid, "ramme", given.Path + "/ramme");
        await Holds(given, given.Ingrid, "tom-plan", given.Path);
        await Holds(given, given.Ingrid, "planer", "/planer");
        await Holds(given, given.Ingrid, "program", "/program/drammen");
        await Holds(given, given.Ingrid, "aar", "/program/drammen/2025");
        await Holds(given, given.Ingrid, "aar-lukket", "/program/drammen/2024");
    }

    [Fact]
    public async Task The_reviewers_page_holds_and_sends_the_plan_back()
    {
        await using var given = await Stromso();
        await given.Send();

        await Holds(given, given.Ingrid, "gjennomgang", given.Path);
        await using var browser = await Open(given, given.Ingrid, View.Phone, javaScript: true);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(given.Address + given.Path[1..]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send tilbake til koordinator" }).ClickAsync();
        await Assertions.Expect(page.Locator(".ds-error-summary")).ToBeFocusedAsync();
        await Checks.NoViolations(page);
        await page.Locator("#grunn").FillAsync("Målet for sommerjobb er for lavt.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send tilbake til koordinator" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Svaret er registrert.")).ToBeVisibleAsync();

        await Holds(given, given.Amina, "sendt-tilbake", given.Path);
        await Holds(given, given.Jonas, "leser", given.Path);
    }

    [Fact]
    public async Task What_is_written_when_the_session_is_over_can_be_copied_from_a_page_that_holds()
    {
        const string Written = "Vi vil at flere unge fullfører videregående, og at nærmiljøet oppleves som trygt av dem som bor der.";
        await using var given = await Stromso();
        await using var browser = await Open(given, given.Amina, View.Smallest, javaScript: true);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(given.Address + given.Path[1..] + "/del/hovedmal");
        await page.Locator("#tekst").FillAsync(Written);
        await given.Database.Write(w => w.Db.Set<Session>().ToList().ForEach(session => session.End(w.Now)));

        await page.Locator("main form button[type=submit], main form button:not([type])").First.ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Dette skrev du" })).ToHaveValueAsync(Written);
        await Checks.NoViolations(page);
        await Checks.NoSidewaysScroll(page);
        await Shot(page, "ikke-tatt");
    }

    [Fact]
    public async Task Without_scripts_a_tiltak_is_written_corrected_and_finished()
    {
        await using var given = await Stromso();
        await using var browser = await Open(given, given.Amina, View.Desk);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(given.Address + given.Path[1..]);

        await page.GetByRole(AriaRole.Link, new() { Name = "Legg til tiltak" }).ClickAsync();
        await page.GetByLabel("Navn på tiltaket").FillAsync("Åpen hall");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lagre og gå videre" }).ClickAsync();
        await Assertions.Expect(page.Locator(".ds-error-summary")).ToBeFocusedAsync();
        await Shot(page, "tiltak-feil-1280");
        await Holds(given, given.Amina, "tiltak-feil", new Uri(page.Url).PathAndQuery, [View.Smallest]);
        await page.GetByRole(AriaRole.Link, new() { Name = "Velg minst ett mål" }).ClickAsync();
        await Assertions.Expect(page.Locator("#kriterier")).ToBeFocusedAsync();
        await page.Locator("#kriterier").CheckAsync();
        await page.Locator("#besk").FillAsync("Hallen er åpen på lørdager.");
        await page.Locator("#maal").FillAsync("40 lørdager");
        await page.Locator("#utgangspunkt").FillAsync("30 lørdager i 2024");
        await page.Locator("#ansv").FillAsync("Kultur og fritid");
        await page.Locator("#belop-3").FillAsync("100 000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lagre og gå videre" }).ClickAsync();

        await Assertions.Expect(page.GetByText("25 av 25 deler er ferdige")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("nn")]
    [InlineData("en")]
    public async Task The_other_languages_hold_on_the_smallest_window(string language)
    {
        await using var given = await Stromso();
        var first = (await given.Stored()).Tiltak.First(tiltak => tiltak.Number == 1).TiltakId;
        string[] paths = [given.Path, $"{given.Path}/tiltak/{first}", "/program/drammen", "/program/drammen/2025"];

        foreach (var path in paths)
        {
            await Holds(given, given.Amina, language, path + "?sprak=" + language, [View.Smallest]);
        }
    }

    private async Task Holds(GivenPlan given, PersonId person, string name, string path, IReadOnlyList<View>? views = null, int status = 200)
    {
        foreach (var view in views ?? Views)
        {
            await using var browser = await Open(given, person, view, javaScript: true);
            var page = await browser.NewPageAsync();
            var policy = Checks.PolicyFaults(page);
            var answer = await page.GotoAsync(given.Address + path[1..]);
            await Shot(page, $"{name}-{view}");
            Assert.Equal(status, answer!.Status);
            await Checks.NoViolations(page);
            await Checks.NoSidewaysScroll(page);
            Checks.NoCspViolations(policy);
        }
    }

    private async Task<IBrowserContext> Open(GivenPlan given, PersonId person, View view, bool javaScript = false)
    {
        var browser = await chromium.Open(view, javaScript);
        var (name, value) = await given.Cookie(person);
        await browser.AddCookiesAsync([new Cookie { Name = name, Value = value, Url = given.Address.AbsoluteUri }]);
        return browser;
    }

    private static async Task Shot(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("TILSKUDD_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"plan-{name}.png"), FullPage = true });
        }
    }

    /// <summary>Strømsø's eighteen tiltak with their made-up money, ready to be sent.</summary>
    private static async Task<GivenPlan> Stromso()
    {
        var given = await GivenPlan.Start();
        await given.SetFrame();
        var world = RealWorld.Read().Trusted();
        var lines = InventedAmounts.ForStromso(world);
        await given.Database.Write(w =>
        {
            var sources = w.Db.FundingSources.ToDictionary(source => source.Code, source => source.Id);
            var plan = w.Db.Handlingsplaner.Single(plan => plan.Id == given.Plan);
            foreach (var (section, text) in InventedStromso.Sections)
            {
                Assert.Null(plan.WriteSection(section, text, plan.Revision, given.Amina, w.Now));
            }

            Assert.Null(plan.WriteSection(PlanSection.Goal, world.Criteria.StromsoGoalVerbatim, plan.Revision, given.Amina, w.Now));
            foreach (var (source, details) in world.StromsoTiltak.Tiltak.Zip(InventedStromso.Tiltak))
            {
                var tiltak = plan.Add(w.Ids.Next<TiltakId>(), source.TextVerbatim, given.Amina, w.Now);
                var money = lines.Where(line => line.TiltakId == source.Id).ToDictionary(line => sources[line.Ministry], line => line.Amount);
                var text = new TiltakText(
                    source.Name, source.Theme, source.SubTheme ?? "", details.Description, details.Target, details.Responsible,
                    details.Change == TiltakChange.Ending ? TiltakStatus.Ending : source.Status, details.Change, ["DRM-1"], money, details.Baseline, details.Baseline.Length == 0);
                Assert.Null(plan.WriteTiltak(tiltak.TiltakId, text, plan.Revision, given.Amina, w.Now, isInvented: true));
            }
        });
        return given;
    }
}
