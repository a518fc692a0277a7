using Microsoft.Playwright;
using Tilskudd.Cycle.People;
using Tilskudd.Tests.Award;

namespace Tilskudd.Browser;

/// <summary>The pages of grants and reports, in the states a year brings them to.</summary>
public sealed class GrantPagesTests(Chromium chromium)
{
    private static readonly View[] Views = [View.Desk, View.Phone, View.Smallest];

    [Fact]
    public async Task A_grant_holds_from_submission_to_acceptance()
    {
        await using var given = await GivenGrant.Start();
        await using var ingrid = await SignIn(given, given.Ingrid);
        await Holds(ingrid, given, given.Path, "tilskudd-1-innsending");
        await given.SendPlan();
        await Holds(ingrid, given, given.Path, "tilskudd-2-venter");
        await given.AnswerAsGrantor("Correction", "retting", "Legg ved kartet over området.\nOg underskriften.");
        await given.Turn();
        await Holds(ingrid, given, given.Path, "tilskudd-3-vurdering");
        await Holds(ingrid, given, $"/plan/{given.Plan}", "tilskudd-3-plan");
        await given.AnswerCorrection("Accepted");
        await Holds(ingrid, given, given.Path, "tilskudd-3-retting");
        await given.SendPlan();
        await given.AnswerAsGrantor("Received", "journal", "24/4711");
        await HoldsPosted(ingrid, given, given.Path, "#bevilget", "tilskudd-4-vedtak", ("belop", "1000000.50"), ("dato", "31.02.2024"));
        await given.Vote();
        await Holds(ingrid, given, given.Path, "tilskudd-5-brev");
        await HoldsPosted(ingrid, given, given.Path, "#brevet", "tilskudd-6-brev-feil", ("belop", "-1"));
        await given.RegisterLetter("800 000");
        await Holds(ingrid, given, given.Path, "tilskudd-7-utenfor");
        await Holds(ingrid, given, given.Path, "tilskudd-7-utenfor", "en");
        await Holds(ingrid, given, given.Path, "tilskudd-7-utenfor", "nn");
        await given.Done(given.Ingrid, given.Path, "#innbetaling", ("innbetalt", "300 000,50"), ("innbetalt-dato", "20.11.2024"));
        await HoldsPosted(ingrid, given, given.Path, "#innbetaling", "tilskudd-9-innbetaling-feil", ("innbetalt", "800 000"), ("innbetalt-dato", "20.11.2024"));
    }

    [Fact]
    public async Task The_pages_of_plans_sent_together_hold()
    {
        await using var given = await GivenGrant.StartGathered();
        await given.ApproveSecond();
        await using var ingrid = await SignIn(given, given.Ingrid);
        await Holds(ingrid, given, given.Path, "samlet-1-innsending");
        await given.SendPlan();
        using (var ola = await given.OpenLink())
        {
            await using var phone = await chromium.Open(View.Phone);
            var page = await phone.NewPageAsync();
            await page.GotoAsync(new Uri(given.Address, ola.Link).ToString());
            await Check(page, "samlet-2-mottak");
            await Holds(phone, given, $"{ola.Path}/utskrift?plan=2", "samlet-3-utskrift");
            await Holds(phone, given, $"{ola.Path}/bekreft?svar=Received", "samlet-4-bekreft", "en");
            await ola.Browser.Post(await ola.Browser.Get($"{ola.Path}/bekreft?svar=Received"), "#svaret", ("journal", "24/99"), ("kode", ola.Code));
        }

        await given.Vote();
        await given.RegisterLetter("1 500 000");
        await using var amina = await SignIn(given, given.Amina);
        await Holds(amina, given, given.Path, "samlet-5-velg-plan");
        await Holds(amina, given, given.Path, "samlet-5-velg-plan", "nn");
    }

    [Fact]
    public async Task The_grantors_pages_hold_from_the_mail_to_the_receipt()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        using var ola = await given.OpenLink();
        await using var phone = await chromium.Open(View.Phone);
        var page = await phone.NewPageAsync();
        await page.GotoAsync(new Uri(given.Address, ola.Link).ToString());
        await Check(page, "mottak-1");
        await Holds(phone, given, $"{ola.Path}/utskrift", "mottak-2-utskrift");
        await Holds(phone, given, $"{ola.Path}/bekreft", "mottak-3-uten-valg");
        await Holds(phone, given, $"{ola.Path}/bekreft?svar=Received", "mottak-4-bekreft");
        await HoldsPosted(phone, given, $"{ola.Path}/bekreft?svar=Correction", "#svaret", "mottak-5-retting-feil");
        await Holds(phone, given, $"{ola.Path}/bekreft?svar=Correction", "mottak-5-retting", "en");

        await page.GotoAsync(new Uri(given.Address, $"{ola.Path}/bekreft?svar=Received&sprak=nb").ToString());
        await page.FillAsync("#journal", "24/4711");
        await page.FillAsync("#kode", ola.Code);
        await page.ClickAsync("#svaret button");

        Assert.EndsWith("/kvittering", page.Url, StringComparison.Ordinal);
        await Check(page, "mottak-6-kvittering");
    }

    [Fact]
    public async Task A_report_holds_from_the_draft_to_the_settled_accounts()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("900 000");
        await using var amina = await SignIn(given, given.Amina);
        await using var ingrid = await SignIn(given, given.Ingrid);
        await using var tor = await SignIn(given, given.Tor);
        await Holds(amina, given, given.RapportPath, "rapport-1-kladd");
        await HoldsPosted(amina, given, given.RapportPath, "#rapporten", "rapport-2-feil", ("brukt-1", "1e9"));
        await given.WriteReport("550 000,50");
        await Holds(ingrid, given, given.RapportPath, "rapport-3-kontroll");
        await given.Done(given.Ingrid, given.RapportPath, "#kontroll");
        await Holds(tor, given, given.RapportPath, "rapport-4-revisor");
        await given.Done(given.Tor, given.RapportPath, "#revisoren", ("uttalelse", "Regnskapet er revidert uten merknad."), ("dato", "20.11.2024"));
        await using var jonas = await SignIn(given, given.Jonas);
        var round = $"/godkjenning/{await given.OpenRound()}";
        await Holds(jonas, given, round, "rapport-runde");
        await Holds(jonas, given, round, "rapport-runde", "en");
        await Holds(jonas, given, $"{round}/utskrift", "rapport-runde-utskrift");
        await Holds(jonas, given, $"{round}/bekreft?svar=tilbake", "rapport-runde-tilbake", "nn");
        await given.Decide(given.Rapport.Value, "Approved");
        await Holds(ingrid, given, given.RapportPath, "rapport-5-innsending");
        await given.Done(given.Ingrid, given.RapportPath, "#send");
        await given.AnswerAsGrantor("Received", "journal", "25/7");
        await Holds(ingrid, given, given.RapportPath, "rapport-6-svar");
        await given.Done(given.Ingrid, given.RapportPath, "#godkjent");
        await Holds(ingrid, given, given.RapportPath, "rapport-7-overforing", "en");
        await given.Done(given.Ingrid, given.RapportPath, "#overfort", ("belop", "49 999,50"), ("dato", "20.11.2024"));
        await Holds(ingrid, given, given.RapportPath, "rapport-8-ferdig", "nn");
        await Holds(ingrid, given, given.Path, "tilskudd-8-ferdig", "nb");
    }

    private async Task<IBrowserContext> SignIn(GivenGrant given, PersonId person)
    {
        using var session = await given.SignIn(person);
        var browser = await chromium.Open(View.Desk);
        await browser.AddCookiesAsync([new Cookie { Name = session.Session.Name, Value = session.Session.Value, Url = given.Address.ToString() }]);
        return browser;
    }

    private static async Task Holds(IBrowserContext browser, GivenGrant given, string path, string name, string language = "nb")
    {
        var page = await browser.NewPageAsync();
        var policy = Checks.PolicyFaults(page);
        await page.GotoAsync(new Uri(given.Address, path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "sprak=" + language).ToString());
        await Check(page, $"{name}-{language}");
        Checks.NoCspViolations(policy);
        await page.CloseAsync();
    }

    // Nothing more is typed than given, so the rest of the form is as empty as it was shown.
    private static async Task HoldsPosted(IBrowserContext browser, GivenGrant given, string path, string form, string name, params (string Field, string Value)[] typed)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync(new Uri(given.Address, path).ToString());
        await page.EvaluateAsync("document.querySelectorAll('main details').forEach(folded => folded.open = true)");
        foreach (var (field, value) in typed)
        {
            await page.FillAsync($"{form} [name='{field}']", value);
        }

        await page.ClickAsync($"{form} button >> nth=0");
        Assert.Equal(1, await page.Locator(".ds-error-summary").CountAsync());
        await Check(page, name);
        await page.CloseAsync();
    }

    private static async Task Check(IPage page, string name)
    {
        foreach (var view in Views)
        {
            await page.SetViewportSizeAsync(view.Width, 900);
            await Checks.Keep(page, $"{name}-{view}");
            await Checks.NoViolations(page);
            await Checks.NoSidewaysScroll(page);
        }
    }
}
