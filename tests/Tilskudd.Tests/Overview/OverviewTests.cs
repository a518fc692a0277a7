using System.Net;
using System.Text.RegularExpressions;
using Tilskudd.Tests.Runs;

namespace Tilskudd.Tests.Overview;

public sealed partial class OverviewTests
{
    [Fact]
    public async Task The_programme_leader_sees_what_is_near_who_is_waited_for_the_year_and_the_money()
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        await given.Approve(given.Members[1], given.Members[2]);
        given.At(2024, 11, 20, 9);
        using var leader = await given.SignedIn(given.Leader);

        var page = (await leader.Get("/")).Text;

        Assert.Contains("Onsdag 20. november 2024. Ingen frister er passert, og én kommer innen 14 dager.", page, StringComparison.Ordinal);
        Assert.Contains("Om 6 dager", page, StringComparison.Ordinal);
        Assert.Contains("2 av 5 har svart. Påminnelse går av seg selv 22. november.", page, StringComparison.Ordinal);
        Assert.Contains("Per-Erik Lunde", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Fatima Rahmani", page, StringComparison.Ordinal);
        Assert.Contains("siden 13. november", page, StringComparison.Ordinal);
        Assert.Contains("11,5", page, StringComparison.Ordinal);
        Assert.Contains("med forbehold om Stortingets budsjettvedtak", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_says_what_is_done_now_and_to_come_in_the_order_of_the_year()
    {
        // Frame left 1 October, draft 30 October, review 13 November; the decision is due 26 November, the submission 10 December.
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        using var leader = await given.SignedIn(given.Leader);

        var page = (await leader.Get("/")).Text;

        var cells = Cell().Matches(page).Select(cell => cell.Groups[1].Value + "|" + cell.Groups[2].Value).ToList();
        Assert.Equal(
            ["Rammer: ferdig|1. okt", "Utkast: ferdig|30. okt", "Gjennomgang: ferdig|13. nov", "Godkjenning: pågår|26. nov", "Innsending: kommer|10. des"], cells.Take(5));
        Assert.Equal(8, cells.Count);
        Assert.Contains("Steg 4 av 8: Godkjenning", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_of_another_year_than_the_pages_is_told_with_its_year()
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        given.At(2025, 1, 10, 9);
        using var leader = await given.SignedIn(given.Leader);

        var page = (await leader.Get("/")).Text;

        var cells = Cell().Matches(page).Select(cell => cell.Groups[1].Value + "|" + cell.Groups[2].Value).ToList();
        Assert.Equal(
            ["Rammer: ferdig|1. okt 2024", "Utkast: ferdig|30. okt 2024", "Gjennomgang: ferdig|13. nov 2024", "Godkjenning: forsinket|26. nov 2024", "Innsending: kommer|10. des 2024"], cells.Take(5));
        Assert.Contains("Frist tirsdag 26. november 2024 kl.&#xA0;12", page, StringComparison.Ordinal);
        Assert.Contains("siden 13. november 2024", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_late_step_comes_first_and_can_be_reminded_of_at_once()
    {
        await using var given = await GivenAYear.Create();
        given.At(2024, 10, 18, 9);
        using var leader = await given.SignedIn(given.Leader);

        var page = (await leader.Get("/")).Text;
        var sent = await leader.Submit("/", $"/prosess/{given.Run}/paminn", ("til", "oversikt"));

        Assert.Contains("3 dager for sent", page, StringComparison.Ordinal);
        Assert.Contains("Én frist er passert", page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, "/?sendt=1"), (sent.Status, sent.Location));
    }

    [Fact]
    public async Task Who_has_a_programme_where_nothing_is_under_way_is_told_why_it_is_empty()
    {
        await using var given = await GivenAYear.Create();
        using var stranger = await given.SignedIn(given.Stranger);

        var page = await stranger.Get("/");
        var other = await stranger.Get("/?program=stromso-2030");

        Assert.Contains("Ingen programmer er i gang", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Strømsø", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, other.Status);
    }

    [Fact]
    public async Task A_member_of_the_group_sees_that_a_task_waits_and_no_button_that_is_not_theirs()
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        using var member = await given.SignedIn(given.Members[0]);

        var page = (await member.Get("/")).Text;

        Assert.Contains("Én oppgave venter på deg", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Send påminnelse", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deadlines_are_counted_and_units_are_shown_twenty_five_a_page_the_first_due_first()
    {
        // Thirty areas wait for their frame, due 15 October. Strømsø itself is a step further, due 1 November, so it comes last.
        await using var given = await GivenAYear.Create();
        await given.MoreRuns(30);
        await given.Answer("Done", given.Leader);
        given.At(2024, 10, 1, 9);
        using var leader = await given.SignedIn(given.Leader);

        var first = (await leader.Get("/")).Text;
        var second = (await leader.Get("/?side=2")).Text;

        Assert.Contains("Ingen frister er passert, og 30 kommer innen 14 dager.", first, StringComparison.Ordinal);
        Assert.Contains("Viser 1–25 av 31", first, StringComparison.Ordinal);
        Assert.Contains("Viser 26–31 av 31", second, StringComparison.Ordinal);
        Assert.Equal([.. Enumerable.Range(0, 30).Select(number => $"Enhet {number}").Order(StringComparer.Ordinal), "Strømsø 2030"], Units(first).Concat(Units(second)));
        Assert.Equal((25, 6), (Units(first).Count(), Units(second).Count()));
    }

    [Theory]
    [InlineData(9, 30, "Ingen frister er passert, og ingen kommer innen 14 dager.")]
    [InlineData(10, 1, "Ingen frister er passert, og 3 kommer innen 14 dager.")]
    [InlineData(10, 15, "Ingen frister er passert, og 3 kommer innen 14 dager.")]
    [InlineData(10, 16, "3 frister er passert, og ingen kommer innen 14 dager.")]
    public async Task What_is_due_on_the_fifteenth_is_near_from_fourteen_days_before_and_late_the_day_after(int month, int day, string lead)
    {
        await using var given = await GivenAYear.Create();
        await given.MoreRuns(2);
        given.At(2024, month, day, 9);
        using var leader = await given.SignedIn(given.Leader);

        Assert.Contains(lead, (await leader.Get("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_further_page_has_the_rest_of_the_table_and_tells_nothing_twice()
    {
        await using var given = await GivenAYear.Create();
        await given.MoreRuns(30);
        using var leader = await given.SignedIn(given.Leader);

        var first = (await leader.Get("/")).Text;
        var second = (await leader.Get("/?side=2")).Text;

        foreach (var told in new[] { "Dette haster", "Hvem vi venter på", "Årshjul", "etter finansieringskilde" })
        {
            Assert.Contains(told, first, StringComparison.Ordinal);
            Assert.DoesNotContain(told, second, StringComparison.Ordinal);
        }

        Assert.Contains("Rammer og orientering, 25 steder", first, StringComparison.Ordinal);
        Assert.Contains("Viser fristene til det som står på denne siden av tabellen.", first, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3", "Viser 26–31 av 31")]
    [InlineData("99999", "Viser 26–31 av 31")]
    [InlineData("0", "Viser 1–25 av 31")]
    [InlineData("-1", "Viser 1–25 av 31")]
    [InlineData("abc", "Viser 1–25 av 31")]
    [InlineData("99999999999", "Viser 1–25 av 31")]
    public async Task A_page_beyond_the_last_is_the_last_and_what_is_no_page_is_the_first(string side, string shown)
    {
        await using var given = await GivenAYear.Create();
        await given.MoreRuns(30);
        using var leader = await given.SignedIn(given.Leader);

        foreach (var page in new[] { "/", "/innboks" })
        {
            var answer = await leader.Get($"{page}?side={side}");

            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Contains(shown, answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_the_overview_is_narrowed_by_is_kept_in_the_links_to_its_other_pages()
    {
        await using var given = await GivenAYear.Create();
        await given.MoreRuns(30);
        using var leader = await given.SignedIn(given.Leader);

        var one = (await leader.Get("/?program=stromso-2030")).Text;
        var found = (await leader.Get("/?sok=strømsø drammen")).Text;
        var further = (await leader.Get("/?sok=strømsø drammen&side=2")).Text;
        var none = await leader.Get("/?sok=%3Cb%3Ebergen");

        Assert.Contains("href=\"/?program=stromso-2030&amp;side=2#prog\"", one, StringComparison.Ordinal);
        Assert.Contains("href=\"/?sok=str%C3%B8ms%C3%B8%20drammen&amp;side=2#prog\"", found, StringComparison.Ordinal);
        Assert.Contains("href=\"/?sok=str%C3%B8ms%C3%B8%20drammen#prog\"", further, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, none.Status);
        Assert.Contains("Ingen programmer passer med «&lt;b&gt;bergen»", none.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_sees_many_programmes_searches_among_them_by_name_and_by_municipality()
    {
        // Two there are already, so sixteen in all: one more than are listed by name.
        await using var given = await GivenAYear.Create();
        await given.MoreProgrammes(14);
        using var administrator = await given.SignedIn(given.Administrator);

        var all = (await administrator.Get("/")).Text;
        var found = (await administrator.Get("/?sok=program 1")).Text;
        var municipality = (await administrator.Get("/?sok=KOMMUNE 7")).Text;

        Assert.Contains("name=\"sok\"", all, StringComparison.Ordinal);
        Assert.DoesNotContain("/?program=", all, StringComparison.Ordinal);
        Assert.Equal(["Program 1", "Program 10", "Program 11", "Program 12", "Program 13", "Program 14"], Units(found));
        Assert.Equal(["Program 7"], Units(municipality));
        Assert.Contains("href=\"/?program=program-7\"", municipality, StringComparison.Ordinal);
        Assert.Contains("Vis alle 16", municipality, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nb", "Viser 1–25 av 31", "Forrige", "Neste")]
    [InlineData("nn", "Viser 1–25 av 31", "Førre", "Neste")]
    [InlineData("en", "Showing 1–25 of 31", "Previous", "Next")]
    public async Task The_way_to_the_other_pages_stands_in_every_language(string language, string shown, string before, string after)
    {
        await using var given = await GivenAYear.Create();
        await given.MoreRuns(30);
        using var leader = await given.SignedIn(given.Leader, language);

        var page = (await leader.Get("/")).Text;

        Assert.Contains(shown, page, StringComparison.Ordinal);
        Assert.Contains($"aria-hidden=\"true\">{before}</span>", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/?side=2#prog\">{after}</a>", page, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Units(string page) => Unit().Matches(page).Select(unit => unit.Groups[1].Value);

    [GeneratedRegex("<th scope=\"row\" role=\"rowheader\"><a class=\"ds-link\" href=\"/prosess/[0-9a-f-]{36}\">([^<]*)</a>")]
    private static partial Regex Unit();

    [GeneratedRegex("<td role=\"cell\" class=\"step\">.*?<span class=\"ds-sr-only\">([^<]*)</span><span class=\"date\">([^<]*)</span>")]
    private static partial Regex Cell();
}
