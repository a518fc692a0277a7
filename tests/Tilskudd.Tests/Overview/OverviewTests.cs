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

    [GeneratedRegex("<td role=\"cell\" class=\"step\">.*?<span class=\"ds-sr-only\">([^<]*)</span><span class=\"date\">([^<]*)</span>")]
    private static partial Regex Cell();
}
