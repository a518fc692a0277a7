using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Tilskudd.Browser;

/// <summary>
/// Every page of the application as those see it who come to it. Each row of the table is a reader at a place in the year; from where it
/// starts links are followed, and each page come to must hold. A page nobody comes to fails too: then a row is missing here, or a link to it on
/// the pages.
/// </summary>
public sealed partial class EveryPageTests(Chromium chromium)
{
    private const int StepsFromStart = 60;

    private bool _isPaged;

    /// <summary>What a GET answers that is no page.</summary>
    private static readonly string[] Files = ["/health/live", "/health/ready", "/spor/eksport", "/landet/eksport", "/godkjenning/{round:guid}/protokoll.pdf", "/godkjenning/{round:guid}/utskrift.pdf", "/mote/{id:guid}/protokoll.pdf", "/godkjenning/{round:guid}/vedlegg/{sha256}", "/mottak/{id:guid}/vedlegg/{sha256}", "/plan/{id:guid}/vedlegg/{sha256}", "/frister/{feedKey}.ics", "/openapi/v1.json", "/api/v1/programmes", "/api/v1/plans", "/api/v1/runs", "/api/v1/deadlines", "/api/v1/trail"];

    private static readonly View Dark = new(1280, IsDark: true);

    // Who, what is special, the view, the language, and where to start; {own} is where the way in led, {older} a run that could be moved, {seat} the page of a seat's substitute, {source} that of a funding source, {planned} a meeting.
    private static readonly Reader[] Readers =
    [
        new("programme-leader", "a plan before its group", View.Desk, "nb", "/", "/innboks", "/planer", "/frister", "/prosess", "/spor", "/spor?fra=01.01.2030", "/program/stromso-2030/2026", "/finnes-ikke"),
        new("programme-leader", "the same on the smallest window", View.Smallest, "nn", "/", "/frister", "/prosess"),
        new("programme-leader", "the same in the dark", Dark, "en", "/", "/prosess"),
        new("coordinator", "a change of last year's plan", View.Smallest, "nb", "/innboks", "/program/stromso-2030/2024"),
        new("coordinator/omradesatsing-storhaug", "a draft", View.Phone, "nb", "/innboks"),
        new("coordinator/omradesatsing-storhaug", "a draft on the smallest window", View.Smallest, "en", "/innboks"),
        new("programme-leader/omradesatsing-i-gjovik", "a frame to set", View.Smallest, "nb", "/innboks"),
        new("coordinator/omradesatsing-i-halden", "a plan sent back", View.Smallest, "nn", "/innboks"),
        new("programme-leader/omradesatsing-i-kristiansand", "a plan to review", View.Phone, "nb", "/innboks"),
        new("programme-leader/omradesatsing-i-indre-ostfold", "a plan to submit", View.Smallest, "nb", "/innboks"),
        new("programme-leader/omradesatsing-i-tromso", "a vote to register", View.Phone, "nb", "/innboks"),
        new("coordinator/omradesatsing-i-skien", "a letter that gives less", View.Smallest, "nb", "/innboks"),
        new("coordinator/omradesatsing-i-sarpsborg", "a report that is late", View.Desk, "nb", "/", "/innboks"),
        new("coordinator/omradesatsing-i-sarpsborg", "a report that is late, in the dark", Dark, "nn", "/innboks"),
        new("secretary", "a round that is open", View.Desk, "nb", "/prosess"),
        new($"secretary/{DemoSite.Meets}", "a decision to register", View.Phone, "nb", "/innboks"),
        new("secretary", "meetings, one of them under way", View.Smallest, "nn", "/innboks", "{planned}", "{planned}/endre"),
        new($"programme-leader/{DemoSite.Doubts}", "a member's habilitet to decide", View.Smallest, "nb", "/innboks"),
        new("administrator", "every programme", View.Desk, "nb", "/", "/?side=2", "/?sok=ingen", "/landet?aar=2024", "/landet?aar=2024&sok=oslo", "/spor", "/program/oslo", "/forste-start", "/prosess?side=2", "/frister?side=2", "{older}", "{older}/flytt"),
        new("administrator", "every programme on the smallest window", View.Smallest, "nn", "/", "/?side=2", "/landet?aar=2024&sok=ingen"),
        new("administrator", "all that is kept", View.Smallest, "nb", "/admin", "{seat}", "{source}", "/admin/kommuner", "/admin/kommuner/ny", "/admin/personer", "/admin/personer/ny", "/admin/personer/importer", "/admin/programmer", "/admin/programmer/ny", "/admin/tilskuddsgivere", "/admin/tilskuddsgivere/ny", "/admin/varsler", "/admin/flyter", "/admin/kalender", "/admin/kalender/ny", "/admin/nokler", "/admin/nokler/ny", "/frister/kalender"),
        new("programme-leader", "its own programme", View.Phone, "en", "/admin", "/admin/programmer"),
        new("administrator", "a run to move", View.Smallest, "nn", "{older}/flytt?steg=decide-plan", "{older}/flytt?steg=review-plan"),
        new("grantor/KDD", "nothing but its own", View.Phone, "nb", "/", "/innboks", "/frister", "/prosess", "/spor", "/planer", "/landet?aar=2024"),
        new("waiting-member", "an answer to give", View.Phone, "nb", "{own}", "{own}/bekreft?svar=godkjenn", "{own}/bekreft?svar=merknad", "{own}/bekreft?svar=tilbake", "{own}/bekreft?svar=inhabil", "{own}/bekreft?svar=mote", "{own}/bekreft", "{own}/kvittering", "{own}/ikke-meg"),
        new("waiting-member", "the same in English in the dark", new View(320, IsDark: true), "en", "{own}", "{own}/bekreft?svar=tilbake"),
        new("waiting-grantor", "a receipt to give", View.Smallest, "nb", "{own}", "{own}/bekreft?svar=Received", "{own}/bekreft?svar=Correction", "{own}/kvittering"),
        new("", "nobody signed in", View.Smallest, "nb", "/logg-inn", "/logg-inn/sendt", "/g", "/k", "/l", "/g/sendt", "/g/ukjent", "/k/ukjent", "/l/ukjent", "/postkasse", "/om", "/godkjenning/00000000-0000-0000-0000-000000000001", "/mottak/00000000-0000-0000-0000-000000000001"),
    ];

    [Fact]
    public async Task Every_page_holds_for_those_who_come_to_it_and_none_is_left_out()
    {
        await using var demo = await DemoSite.Start();
        await demo.OpenManyUnits();
        var met = new HashSet<string>(StringComparer.Ordinal);
        var faults = new List<string>();

        foreach (var reader in Readers)
        {
            await Follow(demo, reader, met, faults);
        }

        Assert.Empty(faults);
        Assert.True(_isPaged, "No page was met that leads to others of a long list.");
        Assert.Empty(demo.Routes.Except(Files).Except(met).Order(StringComparer.Ordinal));
    }

    private async Task Follow(DemoSite demo, Reader reader, HashSet<string> met, List<string> faults)
    {
        await using var browser = await chromium.Open(reader.View);
        await browser.AddCookiesAsync([new Cookie { Name = "sprak", Value = reader.Language, Url = demo.Address }]);
        var page = await browser.NewPageAsync();
        var own = "";
        if (reader.Role.Length > 0)
        {
            own = await Enter(page, demo, reader.Role, met);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var (older, seat, source, planned) = (await demo.OlderRun(), await demo.SubstitutePage(), await demo.SourcePage(), await demo.PlannedMeeting());
        var waiting = new Queue<string>(reader.Starts.Select(start => start.Replace("{own}", own, StringComparison.Ordinal).Replace("{older}", older, StringComparison.Ordinal).Replace("{seat}", seat, StringComparison.Ordinal)
            .Replace("{source}", source, StringComparison.Ordinal).Replace("{planned}", planned, StringComparison.Ordinal)));
        var asked = waiting.ToHashSet(StringComparer.Ordinal);
        while (waiting.TryDequeue(out var path) && seen.Count < StepsFromStart)
        {
            // Where the row starts is always opened. Of what is linked to: what no row has met, and the documents, which look different to each.
            var route = demo.RouteOf(path);
            if (asked.Contains(path) ? !seen.Add(path) : (met.Contains(route) && !Document().IsMatch(path)) || !seen.Add(route))
            {
                continue;
            }

            var answer = await page.GotoAsync(demo.Address + path);
            met.Add(route);
            TestContext.Current.TestOutputHelper?.WriteLine($"{reader.Role} {reader.View} {reader.Language} {answer!.Status} {path}");
            foreach (var fault in await Faults(page, reader.View))
            {
                TestContext.Current.TestOutputHelper?.WriteLine(fault);
                faults.Add($"{reader.Role} ({reader.Has}) {reader.View} {reader.Language} {path}: {fault}");
            }

            if (answer!.Status >= 400 && !asked.Contains(path))
            {
                faults.Add($"{reader.Role} ({reader.Has}) is led to {path}, which answers {answer.Status}");
            }

            _isPaged |= await page.Locator(".ds-pagination a").CountAsync() > 0;
            foreach (var link in await Links(page, demo))
            {
                waiting.Enqueue(link);
            }
        }
    }

    // The way in as it is printed: a sign-in link, or the personal link of a mail.
    private static async Task<string> Enter(IPage page, DemoSite demo, string role, HashSet<string> met)
    {
        var link = demo.LinkOf(role);
        met.Add(demo.RouteOf(new Uri(link).AbsolutePath));
        await page.GotoAsync(link);
        if (page.Url.Contains("/l/", StringComparison.Ordinal))
        {
            await page.Locator("main form button[type=submit]").First.ClickAsync();
            await page.Locator("footer").WaitForAsync();
        }

        return new Uri(page.Url).AbsolutePath;
    }

    private static async Task<IReadOnlyList<string>> Faults(IPage page, View view)
    {
        var faults = new List<string>();
        if (await page.Locator("h1").CountAsync() != 1)
        {
            faults.Add("not one heading of the first level");
        }

        try
        {
            await Checks.NoViolations(page);
            await Checks.NoSidewaysScroll(page);
            if (view.Width == View.Smallest.Width)
            {
                await Checks.HoldsWithSpacedText(page);
            }
        }
        catch (Xunit.Sdk.XunitException found)
        {
            faults.Add(found.Message);
        }

        return faults;
    }

    private static async Task<IEnumerable<string>> Links(IPage page, DemoSite demo)
    {
        var all = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]')].map(link => link.href.split('#')[0])");
        return all.Where(link => link.StartsWith(demo.Address + "/", StringComparison.Ordinal) && !Elsewhere().IsMatch(link)).Select(link => link[demo.Address.Length..]).Distinct();
    }

    [GeneratedRegex("^/(plan|tilskudd|endring|evaluering|rapport|prosess|mote)/[0-9a-f-]{36}$")]
    private static partial Regex Document();

    // Another language, a file, and the links of other people's mails.
    [GeneratedRegex("[?&]sprak=|/(?:spor|landet)/eksport|/vedlegg/|/lib/|/[glk]/[A-Za-z0-9_-]{43}")]
    private static partial Regex Elsewhere();

    /// <param name="Role">As the demonstration prints it; nobody when empty.</param>
    /// <param name="Has">What stands at this place of the year.</param>
    private sealed record Reader(string Role, string Has, View View, string Language, params string[] Starts);
}
