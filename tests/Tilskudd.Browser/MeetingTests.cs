using Microsoft.Playwright;
using Tilskudd.Tests.Meetings;

namespace Tilskudd.Browser;

/// <summary>A meeting as the secretary makes and writes it, and the leader signs it; every page on the way holds in a large window and the smallest.</summary>
public sealed class MeetingTests(Chromium chromium)
{
    [Fact]
    public async Task A_meeting_goes_from_the_case_to_the_signed_protocol()
    {
        await using var given = await GivenMeetings.Start(noticeDays: 10);
        var round = given.Round;
        var silje = await SignedIn(given, "Silje");
        await silje.GotoAsync(Address(given, $"/prosess/{(await round.Run()).Id}"));
        await silje.GetByRole(AriaRole.Link, new() { Name = "Kall inn til møte om saken" }).ClickAsync();
        await Press(silje, "Lagre møtet");
        await Assertions.Expect(silje.Locator(".ds-error-summary")).ToBeFocusedAsync();
        await Check(silje, "nytt-feil");
        await silje.GetByLabel("Dato").FillAsync("3.12.2024");
        await silje.GetByLabel("Klokkeslett").FillAsync("18.00");
        await silje.GetByLabel("Sted").FillAsync("Formannskapssalen");
        await silje.GetByLabel("Lenke").FillAsync("https://mote.example.no/sal/stromso");
        await Press(silje, "Lagre møtet");
        given.At(silje.Url);

        await silje.GetByText("Legg til en orientering").ClickAsync();
        await silje.GetByLabel("Tittel").FillAsync("Status for året");
        await Press(silje, "Legg til orienteringen");
        await silje.GetByRole(AriaRole.Button, new() { Name = "Flytt opp Status for året" }).FocusAsync();
        await silje.Keyboard.PressAsync("Enter");
        await Assertions.Expect(silje.Locator("#saksliste h3").First).ToHaveTextAsync("Sak 1: Status for året");
        await Press(silje, "Send innkalling");
        await Check(silje, "sen-innkalling");
        await silje.GetByLabel("Grunn til at innkallingen er sen").FillAsync("Departementet svarte i går.");
        await Press(silje, "Send innkalling");
        await Assertions.Expect(silje.Locator("#innkalling")).ToContainTextAsync("Kari Nordby, Fatima Nordby, Ola Nordby");
        await silje.GetByRole(AriaRole.Link, new() { Name = "Endre tid eller sted" }).ClickAsync();
        await Check(silje, "endre");
        await round.Turn();

        round.Site.Database.Clock.SetTo((await given.Read()).StartsAt.AddMinutes(5));
        silje = await SignedIn(given, "Silje");
        await silje.GotoAsync(Address(given, given.Path));
        await silje.GetByRole(AriaRole.Link, new() { Name = "Før oppmøte" }).ClickAsync();
        foreach (var (name, role, noted) in new[] { ("Kari", "leder", "Til stede"), ("Fatima", "medlem", "Til stede"), ("Ola", "medlem", "Gyldig forfall"), ("Per", "vara", "Til stede") })
        {
            await silje.GetByLabel($"{name} Nordby, {role}").SelectOptionAsync(new SelectOptionValue { Label = noted });
        }

        await Check(silje, "oppmote");
        await Press(silje, "Lagre oppmøtet");
        await silje.GetByRole(AriaRole.Link, new() { Name = "Behandle saken" }).ClickAsync();
        await silje.GetByText("Før et forslag som er fremmet i møtet").ClickAsync();
        await silje.GetByLabel("Fremmet av").SelectOptionAsync(new SelectOptionValue { Label = "Fatima Nordby" });
        await silje.GetByLabel("Forslaget", new() { Exact = true }).FillAsync("Saken utsettes til januar.");
        await Press(silje, "Lagre forslaget");
        await Press(silje, "Enstemmig for");
        await silje.GetByLabel("Fatima Nordby, medlem").SelectOptionAsync(new SelectOptionValue { Label = "For forslag 1" });
        await Press(silje, "Lagre stemmene");
        await silje.GetByLabel("Saksnummer i protokollen").FillAsync("12/24");
        await Check(silje, "sak");
        await Press(silje, "Registrer vedtaket");
        await Assertions.Expect(silje.Locator("#vedtak")).ToContainTextAsync("Vedtak i sak 12/24");
        await Check(silje, "vedtatt");

        var kari = await SignedIn(given, "Kari");
        await kari.GotoAsync(Address(given, given.Path));
        await Check(kari, "medlem");
        await kari.GetByRole(AriaRole.Link, new() { Name = "Møteprotokoll" }).ClickAsync();
        await Check(kari, "protokoll");
        await Press(kari, "Godkjenn protokollen");
        await Assertions.Expect(kari.Locator("#godkjenning")).ToContainTextAsync("Protokollen er godkjent av Kari Nordby");
        await Check(kari, "godkjent");

        Assert.Equal(1, (await round.Plan()).ApprovedVersion);
        Assert.Equal(round["Kari"], (await given.Read()).SignedBy);
    }

    [Fact]
    public async Task What_was_typed_over_an_older_page_holds_beside_what_stands_now()
    {
        await using var given = await GivenMeetings.Start();
        await given.Plan();
        var (silje, ingrid) = (await SignedIn(given, "Silje"), await SignedIn(given, "Ingrid"));

        await Both("/endre", page => page.GetByLabel("Sted").FillAsync(page == silje ? "Rom 2" : "Rom 3"), "Lagre endringen");
        await Assertions.Expect(ingrid.Locator("[aria-labelledby=star-na]")).ToContainTextAsync("Rom 2");
        await Assertions.Expect(ingrid.GetByLabel("Sted")).ToHaveValueAsync("Rom 3");
        await Check(ingrid, "endre-eldre");
        await Both("/oppmote", page => page.GetByLabel(page == silje ? "Kari Nordby, leder" : "Ola Nordby, medlem").SelectOptionAsync(new SelectOptionValue { Label = "Gyldig forfall" }), "Lagre oppmøtet");
        await Assertions.Expect(ingrid.Locator("[aria-labelledby=star-na]")).ToContainTextAsync("Gyldig forfall");
        await Check(ingrid, "oppmote-eldre");

        // Both open the page, and the other saves first.
        async Task Both(string path, Func<IPage, Task> type, string button)
        {
            foreach (var page in new[] { silje, ingrid })
            {
                await page.GotoAsync(Address(given, given.Path + path));
            }

            foreach (var page in new[] { silje, ingrid })
            {
                await type(page);
                await Press(page, button);
            }

            await Assertions.Expect(ingrid.Locator(".ds-error-summary")).ToBeFocusedAsync();
        }
    }

    private static string Address(GivenMeetings given, string path) => new Uri(given.Round.Site.Client.BaseAddress!, path).ToString();

    private static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private async Task<IPage> SignedIn(GivenMeetings given, string name)
    {
        var session = (await given.SignedIn(name)).Session;
        var browser = await chromium.Open(View.Desk);
        await browser.AddCookiesAsync([new Cookie { Name = session.Name, Value = session.Value, Url = Address(given, "/") }]);
        return await browser.NewPageAsync();
    }

    // In the smallest window the pages meet axe among all others.
    private static async Task Check(IPage page, string name)
    {
        await Checks.NoViolations(page);
        foreach (var width in new[] { View.Smallest.Width, View.Phone.Width, View.Desk.Width })
        {
            await page.SetViewportSizeAsync(width, 900);
            await Checks.NoSidewaysScroll(page);
            if (Environment.GetEnvironmentVariable("TILSKUDD_SCREENSHOTS") is { Length: > 0 } folder)
            {
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"mote-{name}-{width}.png"), FullPage = true });
            }
        }
    }
}
