using System.Net;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Notices;
using Tilskudd.Runs;

namespace Tilskudd.Tests.Runs;

public sealed class ProcessPageTests
{
    [Fact]
    public async Task The_page_says_where_the_run_stands_whom_it_waits_for_and_what_has_happened()
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        using var leader = await given.SignedIn(given.Leader);

        var page = await leader.Get($"/prosess/{given.Run}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Prosess for handlingsplan 2025", page.Text, StringComparison.Ordinal);
        Assert.Contains("Nå: Politisk godkjenning. Fristen er tirsdag 26. november kl.&#xA0;12.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Kari Nordby", page.Text, StringComparison.Ordinal);
        Assert.Contains("avsluttet «Intern gjennomgang» med «Send til godkjenning».", page.Text, StringComparison.Ordinal);
        Assert.Contains("aria-labelledby=\"flyt-t flyt-b\"", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_was_passed_over_is_not_told_as_one_to_come_and_is_one_again_when_the_plan_is_sent_back()
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        using var leader = await given.SignedIn(given.Leader);

        // The group came when the run had passed its steps.
        await given.InternalGroup();
        Assert.Equal(("unused", "Ikke brukt så langt."), await Told("Intern anbefaling"));
        Assert.Equal(("unused", "Ikke brukt så langt."), await Told("Intern anbefaling i møte"));
        Assert.Equal(("coming", "Bare ved behov."), await Told("Vedtak i møte"));

        await given.Answer("Returned", given.Leader, "Skriv om målet");

        Assert.Equal("coming", (await Told("Intern anbefaling")).State);
        Assert.Equal("coming", (await Told("Intern gjennomgang")).State);

        // The review was due 12 November, and is done after the draft that is written now.
        Assert.DoesNotContain("november", (await Told("Intern gjennomgang")).Text, StringComparison.Ordinal);

        async Task<(string? State, string Text)> Told(string step)
        {
            var row = new AngleSharp.Html.Parser.HtmlParser().ParseDocument((await leader.Get($"/prosess/{given.Run}")).Text)
                .QuerySelectorAll(".timeline > li").Single(each => each.QuerySelector("h3")!.FirstChild!.TextContent.EndsWith(". " + step, StringComparison.Ordinal));
            return (row.ClassName, row.QuerySelector("p")!.TextContent);
        }
    }

    [Fact]
    public async Task A_programme_without_an_internal_group_has_no_steps_of_one()
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        using var leader = await given.SignedIn(given.Leader);

        var page = (await leader.Get($"/prosess/{given.Run}")).Text;

        Assert.DoesNotContain("Intern anbefaling", page, StringComparison.Ordinal);
        Assert.Contains("3. Intern gjennomgang", page, StringComparison.Ordinal);
        Assert.Contains("4. Politisk godkjenning", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_waits_for_an_internal_group_that_has_ended_shows_the_way_on_from_there()
    {
        await using var given = await GivenAYear.Create();
        var group = await given.InternalGroup();
        await given.BeforeTheGroup();
        await given.Write(async w => (await w.Db.Bodies.SingleAsync(body => body.Id == group)).End(new NodaTime.LocalDate(2024, 11, 1)));
        using var leader = await given.SignedIn(given.Leader);

        var page = (await leader.Get($"/prosess/{given.Run}")).Text;

        Assert.Contains("4. Intern anbefaling<", page, StringComparison.Ordinal);
        Assert.Contains("5. Intern anbefaling i møte<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_the_run_never_used_is_told_so_once_it_has_ended()
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        await given.Answer("Approved", given.Members[0]);
        using var leader = await given.SignedIn(given.Leader);

        var steps = new AngleSharp.Html.Parser.HtmlParser().ParseDocument((await leader.Get($"/prosess/{given.Run}")).Text).QuerySelectorAll(".timeline > li");

        Assert.DoesNotContain(steps, step => step.ClassName == "coming");
        Assert.Equal(2, steps.Count(step => step.ClassName == "unused" && step.QuerySelector("p")!.TextContent == "Ble ikke aktuelt."));
    }

    [Fact]
    public async Task A_list_too_long_for_one_page_leads_on_to_every_run_and_deadline_once()
    {
        await using var given = await GivenAYear.Create();
        await given.MoreRuns(Tilskudd.Layout.Paging.Rows);
        using var leader = await given.SignedIn(given.Leader);

        foreach (var path in new[] { "/prosess", "/frister" })
        {
            var first = await leader.Get(path);
            var second = await leader.Get($"{path}?side=2");
            var beyond = await leader.Get($"{path}?side=3");

            Assert.Contains($"href=\"{path}?side=2\"", first.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("side=3", second.Text, StringComparison.Ordinal);
            Assert.Contains($"href=\"{path}\">", second.Text, StringComparison.Ordinal);
            var runs = Runs(first.Text).Concat(Runs(second.Text)).ToList();
            Assert.Equal((Tilskudd.Layout.Paging.Rows, 1, 0), (Runs(first.Text).Count(), Runs(second.Text).Count(), Runs(beyond.Text).Count()));
            Assert.Equal(runs.Count, runs.Distinct().Count());
            Assert.Equal(WithoutToken(first.Text), WithoutToken((await leader.Get($"{path}?side=tull")).Text.Replace("?side=tull&amp;", "?", StringComparison.Ordinal)));
        }

        // The token of the form that signs out is new on every page.
        static string WithoutToken(string page) => System.Text.RegularExpressions.Regex.Replace(page, "RequestVerificationToken\" value=\"[^\"]+", "");
    }

    [Fact]
    public async Task The_list_has_what_is_open_by_its_date_and_then_what_ended_the_last_first_over_every_page()
    {
        await using var given = await GivenAYear.Create();
        await given.MoreRuns(2 * Tilskudd.Layout.Paging.Rows);
        await given.Site.Database.Write(async w =>
        {
            foreach (var (run, place) in (await w.Db.Set<Run>().OrderBy(run => run.Id).ToListAsync()).Select((run, place) => (run, place)).Where(one => one.place % 3 != 0))
            {
                run.Close("accepted", w.Now.AddMinutes(place / 2));
            }
        });
        await using var db = given.Site.Database.Read();
        var expected = (await db.Set<Run>().ToListAsync(TestContext.Current.CancellationToken))
            .OrderBy(run => run.ClosedAt is not null).ThenBy(run => run.DueAt is null).ThenBy(run => run.DueAt).ThenByDescending(run => run.ClosedAt).ThenBy(run => run.Id.ToString(), StringComparer.Ordinal).Select(run => $"/prosess/{run.Id}").ToList();

        foreach (var person in new[] { given.Leader, given.Administrator })
        {
            using var reader = await given.SignedIn(person);
            var told = new List<string>();
            foreach (var side in new[] { 1, 2, 3 })
            {
                told.AddRange(Runs((await reader.Get($"/prosess?side={side}")).Text));
            }

            Assert.Equal(expected, told);
        }
    }

    [Fact]
    public async Task Twenty_seven_programmes_fill_two_pages_of_plans_and_more_of_deadlines_to_come_each_told_once()
    {
        await using var given = await GivenAYear.Create();
        await given.MoreProgrammes(26);
        using var leader = await given.SignedIn(given.Leader);

        var plans = (First: await leader.Get("/planer"), Second: await leader.Get("/planer?side=2"), Beyond: await leader.Get("/planer?side=9"));
        var coming = new List<string>();
        var next = "/frister";
        while (next is not null)
        {
            var page = Html((await leader.Get(next)).Text);
            coming.AddRange(page.QuerySelectorAll("[aria-labelledby=kommer] .waiting li").Select(row => row.TextContent));
            next = page.QuerySelector("[aria-labelledby=kommer] a[rel=next]")?.GetAttribute("href")?.Split('#')[0];
        }

        Assert.Equal((25, 2, 2), (Programmes(plans.First.Text), Programmes(plans.Second.Text), Programmes(plans.Beyond.Text)));
        Assert.True(coming.Count > 2 * Tilskudd.Layout.Paging.Rows);
        Assert.Equal((0, coming.Count), (coming.Count % 27, coming.Distinct().Count()));

        // Kommune 1, 10 to 19 and 21, on one page.
        var found = (await leader.Get("/planer?sok=kommune%201&side=2")).Text;
        Assert.Equal((12, 1, 0), (Programmes(found), Programmes((await leader.Get("/planer?sok=drammen")).Text), Programmes((await leader.Get("/planer?sok=%3Cb%3Eintet")).Text)));
        Assert.Contains("Vis alle 27", found, StringComparison.Ordinal);
        Assert.Contains("Ingen programmer passer med «&lt;b&gt;intet»", (await leader.Get("/planer?sok=%3Cb%3Eintet")).Text, StringComparison.Ordinal);

        static int Programmes(string page) => Html(page).QuerySelectorAll("h2 a[href^='/program/']").Length;

        static AngleSharp.Html.Dom.IHtmlDocument Html(string page) => new AngleSharp.Html.Parser.HtmlParser().ParseDocument(page);
    }

    [Theory]
    [InlineData("nb")]
    [InlineData("nn")]
    [InlineData("en")]
    public async Task Every_page_of_the_room_stands_in_every_language(string language)
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        using var leader = await given.SignedIn(given.Leader, language);

        foreach (var path in new[] { "/", "/innboks", "/prosess", $"/prosess/{given.Run}", "/frister", "/spor" })
        {
            var page = await leader.Get(path);

            Assert.Equal((path, HttpStatusCode.OK), (path, page.Status));
            Assert.Contains($"<html lang=\"{language}\"", page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_has_no_part_in_the_programme_does_not_learn_that_the_run_exists()
    {
        await using var given = await GivenAYear.Create();
        using var stranger = await given.SignedIn(given.Stranger);

        var page = await stranger.Get($"/prosess/{given.Run}");
        var posted = await stranger.Submit("/logg-inn", $"/prosess/{given.Run}/paminn");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (page.Status, posted.Status));
    }

    [Fact]
    public async Task The_programme_leader_reminds_those_who_have_not_answered_once_a_day()
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        await given.Approve(given.Members[1]);
        using var leader = await given.SignedIn(given.Leader);

        var first = await leader.Submit($"/prosess/{given.Run}", $"/prosess/{given.Run}/paminn");
        var second = await leader.Submit($"/prosess/{given.Run}", $"/prosess/{given.Run}/paminn");

        Assert.Equal(HttpStatusCode.SeeOther, first.Status);
        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Contains("har fått en påminnelse i dag", second.Text, StringComparison.Ordinal);
        Assert.Equal(4, (await given.Notices(NoticeKind.ApprovalReminder)).Count);
    }

    [Fact]
    public async Task A_reminder_can_be_sent_again_the_next_day()
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        using (var leader = await given.SignedIn(given.Leader))
        {
            await leader.Submit($"/prosess/{given.Run}", $"/prosess/{given.Run}/paminn");
        }

        given.At(2024, 11, 14, 9);
        using var again = await given.SignedIn(given.Leader);
        var sent = await again.Submit($"/prosess/{given.Run}", $"/prosess/{given.Run}/paminn");

        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        Assert.Equal(10, (await given.Notices(NoticeKind.ApprovalReminder)).Count);
    }

    [Fact]
    public async Task A_member_of_the_group_cannot_send_reminders()
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        using var member = await given.SignedIn(given.Members[3]);

        var page = await member.Get($"/prosess/{given.Run}");
        var sent = await member.Submit("/logg-inn", $"/prosess/{given.Run}/paminn");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("/paminn\"", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, sent.Status);
        Assert.Empty(await given.Notices(NoticeKind.ApprovalReminder));
    }

    [Fact]
    public async Task The_round_shows_how_sure_each_answer_is_to_those_who_may_see_the_answers()
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        await given.Approve(given.Members[1]);
        using var leader = await given.SignedIn(given.Leader);
        using var member = await given.SignedIn(given.Members[2]);

        var page = await leader.Get($"/prosess/{given.Run}");
        var hidden = await member.Get($"/prosess/{given.Run}");

        Assert.Contains("Svart med lenke og kode", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Svart med lenke og kode", hidden.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_is_stuck_is_tried_again_by_the_programme_leader()
    {
        await using var given = await GivenAYear.Create();
        await given.Site.Database.Sql("UPDATE Bodies SET Key = 'competent-body'");
        await given.BeforeTheGroup();
        Assert.NotEqual("", (await given.CurrentRun()).Incident);
        await given.Site.Database.Sql("UPDATE Bodies SET Key = 'deciding-body'");
        using var leader = await given.SignedIn(given.Leader);

        var tried = await leader.Submit($"/prosess/{given.Run}", $"/prosess/{given.Run}/igjen");

        Assert.Equal(HttpStatusCode.SeeOther, tried.Status);
        var run = await given.CurrentRun();
        Assert.Equal("", run.Incident);
        Assert.NotNull(run.Waiting.RoundId);
    }

    [Fact]
    public async Task The_list_asks_the_database_as_much_for_many_runs_as_for_one()
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        await given.MoreRuns(1);
        using var leader = await given.SignedIn(given.Leader);
        foreach (var path in new[] { "/prosess", "/", "/frister", "/innboks" })
        {
            await leader.Get(path);
        }

        var few = await given.Questions(leader, "/prosess", "/", "/frister", "/innboks");
        await given.MoreRuns(from: 1, to: 30);
        var many = await given.Questions(leader, "/prosess", "/", "/frister", "/innboks");

        Assert.Equal(few, many);
        Assert.All(many, count => Assert.InRange(count, 1, 40));
    }

    [Fact]
    public async Task A_page_after_the_last_says_that_the_list_has_ended_and_leads_back()
    {
        await using var given = await GivenAYear.Create();
        using var administrator = await given.SignedIn(given.Administrator);

        foreach (var path in new[] { "/prosess", "/frister", "/admin/personer" })
        {
            var page = await administrator.Get($"{path}?side=9");

            Assert.Contains("<strong>Lista slutter før side 9</strong>", page.Text, StringComparison.Ordinal);
            Assert.Contains("href=\"?side=1\"", page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_lists_ask_the_database_as_much_for_every_municipality_as_for_fourteen_programmes()
    {
        string[] pages = ["/", "/innboks", "/landet?aar=2025", "/?sok=program"];
        await using var given = await GivenAYear.Create();
        await given.MoreProgrammes(12);

        // So that the same programme comes first, among few and among many.
        await given.DueOn(new NodaTime.LocalDate(2024, 10, 10));
        foreach (var person in new[] { given.Leader, given.Administrator })
        {
            using var reader = await given.SignedIn(person);
            await given.Questions(reader, pages);
        }

        var few = await Ask();
        await given.MoreProgrammes(from: 13, to: 355);
        var many = await Ask();

        Assert.Equal(few, many);
        Assert.All(many, count => Assert.InRange(count, 1, 45));
        using var leader = await given.SignedIn(given.Leader);
        Assert.Contains("Viser 1–25 av 356", (await leader.Get("/")).Text, StringComparison.Ordinal);
        Assert.Contains("356 oppgaver venter på deg.", (await leader.Get("/innboks")).Text, StringComparison.Ordinal);

        async Task<IReadOnlyList<int>> Ask()
        {
            var counts = new List<int>();
            foreach (var person in new[] { given.Leader, given.Administrator })
            {
                using var reader = await given.SignedIn(person);
                counts.AddRange(await given.Questions(reader, pages));
            }

            return counts;
        }
    }

    private static IEnumerable<string> Runs(string page) => System.Text.RegularExpressions.Regex.Matches(page, "href=\"(/prosess/[0-9a-f-]{36})").Select(found => found.Groups[1].Value);
}
