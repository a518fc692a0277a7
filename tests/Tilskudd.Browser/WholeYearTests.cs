using Microsoft.Playwright;
using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Demo;
using Tilskudd.Planning;

namespace Tilskudd.Browser;

/// <summary>
/// Strømsø's grant year in Chromium, from the opening to the closed reports. Everyone comes by the mail as it lies in the folder, signs in by
/// the mailed link, and does what the page asks: the members and the grantors on a phone, the others at a desk. Most have no JavaScript; the
/// first to do each thing has, so that axe can look at the page.
/// </summary>
public sealed class WholeYearTests(Chromium chromium)
{
    private readonly HashSet<string> _looked = [];

    [Fact]
    public async Task The_year_goes_from_the_first_draft_to_accounts_that_are_settled()
    {
        await using var year = await StromsoYear.Begin();
        var (leader, coordinator, accountant) = (year.Who(Role.ProgrammeLeader), year.Who(Role.Coordinator), year.Who(Role.Accountant));

        await Open(year, leader);
        await Do(year, leader, "/plan/", 1, "ramme", SetFrame);
        await Do(year, leader, "/evaluering/", 1, "evaluering", page => Note(page, "Hva har innsatsen ført til?"));
        await Do(year, coordinator, "/plan/", 1, "utkast", Write);
        await Do(year, leader, "/plan/", 1, "gjennomgang", page => Press(page, "form[action$='/gjennomgang'] button[value=Accepted]"));
        await Decide(year, rounds: 1);
        await Do(year, leader, "/tilskudd/", 2, "innsending", page => Press(page, "form[action$='/innsending'] button[type=submit]"));
        await Receive(year, 2);

        await year.MoveTo(new LocalDate(2024, 12, 16));
        await Do(year, leader, "/tilskudd/", 2, "budsjettvedtak", RecordVote);
        await Do(year, leader, "/evaluering/", 1, "evaluering", page => Note(page, "Oppdraget er kunngjort."));
        await Do(year, leader, "/evaluering/", 1, "evaluering", page => Note(page, "Et selskap er i gang."));
        await year.MoveTo(new LocalDate(2025, 2, 3));
        await Do(year, leader, "/tilskudd/", 2, "brev", RegisterLetter);

        // One letter is as planned; the other gives less, so the plan is fitted to it and decided anew.
        await Do(year, leader, "/tilskudd/", 1, "aksept", Accept);
        await Do(year, coordinator, "/plan/", 1, "revisjon", Revise);
        await Decide(year, rounds: 1);
        await Do(year, leader, "/tilskudd/", 1, "aksept", Accept);

        // The revised budget gives more, which the group decides on too.
        await year.MoveTo(new LocalDate(2025, 6, 16));
        await OpenChange(year, coordinator);
        await Do(year, coordinator, "/plan/", 1, "endring", Raise);
        await Decide(year, rounds: 1);

        await year.MoveTo(new LocalDate(2025, 11, 17));
        await Do(year, leader, "/evaluering/", 1, "evalueringsrapport", Evaluate);
        await Do(year, year.Who(Role.Secretary), "/prosess/", 1, "evaluering-vedtak", TakeNote);

        await year.MoveTo(new LocalDate(2026, 1, 5));
        await Do(year, coordinator, "/rapport/", 2, "rapport", Report);
        await Do(year, leader, "/rapport/", 2, "kontroll", page => Press(page, "#kontroll button[value=Accepted]"));
        await Do(year, accountant, "/rapport/", 2, "revisor", Audit);
        await Decide(year, rounds: 2);
        await Do(year, leader, "/rapport/", 2, "rapport-innsending", page => Press(page, "#send button[type=submit]"));
        await Receive(year, 2);
        await Do(year, leader, "/rapport/", 2, "svar", page => Press(page, "#godkjent button[type=submit]"));
        await Do(year, leader, "/rapport/", 1, "overforing", page => Press(page, "#krav button[type=submit]"));
        await Do(year, accountant, "/rapport/", 1, "tilbakebetaling", Repay);

        Assert.Empty(await year.OpenRuns());
        Assert.Equal(3, await year.ApprovedVersion());
        await Oversee(year, leader);
    }

    private async Task Open(StromsoYear year, LoadedPerson leader)
    {
        await using var browser = await chromium.Open(View.Desk);
        var page = await SignIn(browser, year, leader, $"{year.Address}/program/stromso-2030/2025");
        await Holds(page, "aar");
        await Press(page, "form[action$='/apne'] button[type=submit]");
        await Holds(page, "aar-apnet");
    }

    private static async Task SetFrame(IPage page)
    {
        foreach (var (number, amount) in new[] { (1, "11 500 000"), (2, "1 100 000") })
        {
            await page.FillAsync($"[name=belop-{number}]", amount);
            await page.FillAsync($"[name=grunnlag-{number}]", "Prop. 1 S (2024–2025)");
        }

        await Press(page, "form:has([name=grunnlag-1]) button[type=submit]");
    }

    // The first tiltak is finished too early and comes back with its faults; then it is put right.
    private async Task Write(IPage page)
    {
        var plan = page.Url.Split('?', '#')[0];
        foreach (var section in Enum.GetValues<PlanSection>())
        {
            await page.GotoAsync($"{plan}/del/{section.Slug()}");
            await page.FillAsync("[name=tekst]", section == PlanSection.Proposal ? "Politisk styringsgruppe godkjenner handlingsplanen for 2025." : "Flere beboere får styrket sine levekår.");
            await Press(page, "button[value=kladd]");
        }

        await page.GotoAsync($"{plan}/tiltak/ny");
        await Press(page, "button[value=videre]");
        await Assertions.Expect(page.Locator(".ds-error-summary")).ToBeFocusedAsync();
        await Holds(page, "tiltak-feil");
        await WriteTiltak(page, "Sommerjobber", "belop-1", "11 500 000");
        await page.GotoAsync($"{plan}/tiltak/ny");
        await WriteTiltak(page, "Språkkafé", "belop-2", "1 100 000");
        await page.GotoAsync(plan);
        await Holds(page, "utkast-ferdig");
        await Press(page, "form[action$='/send'] button[type=submit]");
    }

    private static async Task WriteTiltak(IPage page, string name, string source, string amount)
    {
        await page.FillAsync("[name=navn]", name);
        await page.FillAsync("[name=nytt-tema]", name == "Sommerjobber" ? "Sysselsetting" : "Oppvekst");
        foreach (var criterion in await page.Locator("[name=kriterier]").AllAsync())
        {
            await criterion.CheckAsync();
        }

        await page.FillAsync("[name=besk]", "Ungdom og nye naboer møtes og får hjelp.");
        await page.FillAsync("[name=maal]", "60 deltakere.");
        if (name == "Sommerjobber")
        {
            await page.FillAsync("[name=utgangspunkt]", "45 deltakere i 2024.");
        }
        else
        {
            await page.Locator("[name=ikke-kjent]").CheckAsync();
        }

        await page.FillAsync("[name=ansv]", "Arbeid og kvalifisering");
        await page.FillAsync($"[name={source}]", amount);
        await Press(page, "button[value=videre]");
        await NoFaults(page);
    }

    private static async Task Revise(IPage page)
    {
        var plan = page.Url.Split('?', '#')[0];
        await page.GetByRole(AriaRole.Link, new() { Name = "Språkkafé" }).ClickAsync();
        await page.FillAsync("[name=belop-2]", "700 000");
        await Press(page, "button[value=kladd]");
        await page.GotoAsync(plan);
        await Press(page, "form[action$='/send'] button[type=submit]");
    }

    private async Task OpenChange(StromsoYear year, LoadedPerson coordinator)
    {
        await using var browser = await chromium.Open(View.Desk);
        var page = await SignIn(browser, year, coordinator, $"{year.Address}/program/stromso-2030/2025");
        await page.GetByRole(AriaRole.Link, new() { Name = "KDD" }).First.ClickAsync();
        await page.Locator("#endringer summary, section[aria-labelledby=endringer] summary").First.ClickAsync();
        await Holds(page, "endring-meldes");
        await page.Locator("[name=grunn-til-endring][value=RevisedBudget]").CheckAsync();
        await page.FillAsync("[name=nytt-belop]", "11 800 000");
        await page.FillAsync("[name=beskrivelse]", "Revidert nasjonalbudsjett gir mer.");
        await Press(page, "#endring button");
        await NoFaults(page);
        await Holds(page, "endring-meldt");
    }

    private static async Task Raise(IPage page)
    {
        var plan = page.Url.Split('?', '#')[0];
        await page.GetByRole(AriaRole.Link, new() { Name = "Sommerjobber" }).ClickAsync();
        await page.FillAsync("[name=belop-1]", "11 800 000");
        await Press(page, "button[value=kladd]");
        await page.GotoAsync(plan);
        await Press(page, "form[action$='/send'] button[type=submit]");
    }

    private static async Task Note(IPage page, string text)
    {
        await page.FillAsync("[name=notat]", text);
        await Press(page, "#notatet button[name=utfall]");
    }

    private static async Task Evaluate(IPage page)
    {
        await page.FillAsync("[name=tittel]", "Midtveisevaluering");
        await page.FillAsync("[name=utforer]", "Et selskap");
        await page.FillAsync("[name=levert]", "17.11.2025");
        await page.FillAsync("[name=funn]", "Medvirkningen bør styrkes.");
        await page.FillAsync("[name=sted]", "Sak 25/7");
        await Press(page, "#rapporten button[name=utfall]");
    }

    private static async Task TakeNote(IPage page)
    {
        await page.Locator("[name=utfall][value=Approved]").CheckAsync();
        await page.FillAsync("[name=dato]", "17.11.2025");
        await page.FillAsync("[name=ref]", "Sak 5");
        await page.FillAsync("[name=tekst]", "Tas til orientering.");
        await Press(page, "form:has([name=ref]) button[type=submit]");
    }

    private static async Task RecordVote(IPage page)
    {
        await page.FillAsync("#bevilget [name=belop]", await IsKdd(page) ? "11 500 000" : "1 100 000");
        await page.FillAsync("#bevilget [name=dato]", "13.12.2024");
        await Press(page, "#bevilget button[type=submit]");
    }

    private static async Task RegisterLetter(IPage page)
    {
        await page.FillAsync("#brevet [name=referanse]", "25/1001");
        await page.FillAsync("#brevet [name=mottatt]", "03.02.2025");
        await page.FillAsync("#brevet [name=belop]", await IsKdd(page) ? "11 500 000" : "700 000");
        await page.FillAsync("#brevet [name=rapportfrist]", "15.03.2026");
        await page.Locator("#brevet [name=overforing][value=nei]").CheckAsync();
        await Press(page, "#brevet button[type=submit]");
    }

    private static Task Accept(IPage page) => Press(page, "#aksepter button[type=submit]");

    private static async Task Report(IPage page)
    {
        await page.FillAsync("[name=sammendrag]", "Året gikk stort sett etter planen.");
        await page.FillAsync("[name^=resultat-]", "62 deltok.");
        await page.FillAsync("[name^=brukt-]", await IsKdd(page) ? "11 380 000" : "700 000");
        await Press(page, "#rapporten button[name=utfall]");
    }

    private static async Task Audit(IPage page)
    {
        await page.FillAsync("[name=uttalelse]", "Regnskapet er revidert uten merknader.");
        await page.FillAsync("[name=dato]", "05.01.2026");
        await Press(page, "#revisoren button[type=submit]");
    }

    // The letter does not let the rest be carried over: it has been claimed, and is paid back.
    private static async Task Repay(IPage page)
    {
        await page.FillAsync("#tilbakebetalt [name=belop]", "420 000");
        await page.FillAsync("#tilbakebetalt [name=dato]", "05.01.2026");
        await Press(page, "#tilbakebetalt button[type=submit]");
    }

    private static async Task<bool> IsKdd(IPage page) => (await page.Locator("h1").TextContentAsync())!.Contains("KDD", StringComparison.Ordinal);

    /// <summary>Every member who is asked answers, until the group has decided.</summary>
    private async Task Decide(StromsoYear year, int rounds)
    {
        var closed = new HashSet<string>();
        foreach (var mail in await year.NewMails("/g/"))
        {
            var isChecked = _looked.Add("svar-" + rounds + closed.Count);
            await using var browser = await chromium.Open(View.Phone, javaScript: isChecked);
            var page = await browser.NewPageAsync();
            await page.SetContentAsync(mail.Html);
            await page.Locator("a[href*='/g/']").First.ClickAsync();
            if (await page.Locator("button[value=godkjenn]").CountAsync() == 0)
            {
                await Looks(page, isChecked);
                closed.Add(page.Url);
                continue;
            }

            await Looks(page, isChecked);
            await Press(page, "button[value=godkjenn]");
            await Looks(page, isChecked);
            await page.FillAsync("[name=kode]", StromsoYear.CodeIn(mail));
            await Press(page, "main form[method=post] button[type=submit] >> nth=0");
            Assert.EndsWith("/kvittering", page.Url, StringComparison.Ordinal);
            await Looks(page, isChecked);
        }

        Assert.Equal(0, await year.OpenRounds());
    }

    /// <summary>The grantors confirm what has come.</summary>
    private async Task Receive(StromsoYear year, int times)
    {
        var mails = await year.NewMails("/k/");
        Assert.Equal(times, mails.Count);
        foreach (var mail in mails)
        {
            var isChecked = _looked.Add("mottak");
            await using var browser = await chromium.Open(View.Phone, javaScript: isChecked);
            var page = await browser.NewPageAsync();
            await page.SetContentAsync(mail.Html);
            await page.Locator("a[href*='/k/']").First.ClickAsync();
            await Looks(page, isChecked);
            await page.Locator("a[href$='svar=Received']").ClickAsync();
            await page.FillAsync("[name=kode]", StromsoYear.CodeIn(mail));
            await Looks(page, isChecked);
            await Press(page, "button[name=utfall][value=Received] >> nth=0");
            Assert.EndsWith("/kvittering", page.Url, StringComparison.Ordinal);
            await Looks(page, isChecked);
        }
    }

    /// <summary>Follows every new mail to a person about such a page, and does there what is asked.</summary>
    private async Task Do(StromsoYear year, LoadedPerson person, string path, int times, string act, Func<IPage, Task> task)
    {
        var links = await year.NewLinks(person, path);
        Assert.True(links.Count == times, $"{act}: {string.Join(' ', links)} instead of {times}.");
        foreach (var link in links)
        {
            await using var browser = await chromium.Open(View.Desk, javaScript: !_looked.Contains(act));
            var page = await SignIn(browser, year, person, link);
            await Holds(page, act);
            await task(page);
            await NoFaults(page);
            await Holds(page, act + "-gjort");
        }
    }

    // By way of the sign-in page, which sends a link; the link leads to where the person was going.
    private static async Task<IPage> SignIn(IBrowserContext browser, StromsoYear year, LoadedPerson person, string link)
    {
        await year.Wait();
        var page = await browser.NewPageAsync();
        await page.GotoAsync(link);
        await page.FillAsync("main [name=epost]", person.Who.Email);
        await Press(page, "main form button[type=submit]");
        await page.GotoAsync((await year.NewLinks(person, "/l/")).Single());
        await Press(page, "main form button[type=submit]");
        return page;
    }

    private async Task Oversee(StromsoYear year, LoadedPerson leader)
    {
        await using var browser = await chromium.Open(View.Desk);
        var page = await SignIn(browser, year, leader, $"{year.Address}/");
        await Holds(page, "oversikt");

        // Nothing of the year waits for anybody, and what is left of it is done.
        Assert.DoesNotContain("2025", await page.Locator("section[aria-labelledby=venter]").TextContentAsync(), StringComparison.Ordinal);
        await page.GotoAsync($"{year.Address}/program/stromso-2030/2025");
        await Assertions.Expect(page.Locator("section[aria-labelledby=rapporter] .ds-tag")).ToHaveCountAsync(2);
        await Holds(page, "aar-ferdig");
    }

    private static async Task Press(IPage page, string button)
    {
        await page.Locator(button).First.ClickAsync();
        await page.Locator("footer").WaitForAsync();
    }

    private static async Task NoFaults(IPage page)
    {
        var told = string.Join(' ', await page.Locator(".ds-error-summary").AllInnerTextsAsync());
        Assert.True(told.Length == 0, $"{page.Url}: {told}");
    }

    // The first time a page is come to, it is in a browser with JavaScript, and axe looks at it.
    private Task Holds(IPage page, string name) => Looks(page, _looked.Add(name));

    private async Task Looks(IPage page, bool isChecked)
    {
        Assert.Equal(1, await page.Locator("h1").CountAsync());
        if (isChecked)
        {
            await Checks.Keep(page, $"aaret-{_looked.Count}");
            await Checks.NoViolations(page);
            await Checks.NoSidewaysScroll(page);
        }
    }
}
