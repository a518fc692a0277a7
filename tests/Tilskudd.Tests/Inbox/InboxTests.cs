using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tilskudd.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Runs;
using Tilskudd.Tests.Runs;

namespace Tilskudd.Tests.Inbox;

public sealed partial class InboxTests
{
    [Fact]
    public async Task What_waits_for_a_role_stands_in_the_inbox_with_its_deadline_and_its_page()
    {
        await using var given = await GivenAYear.Create();
        var run = await given.CurrentRun();
        using var leader = await given.SignedIn(given.Leader);

        var page = await leader.Get("/innboks");

        Assert.Contains("Én oppgave venter på deg.", page.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"/plan/{run.DocumentId}/ramme\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("Frist tirsdag 15. oktober", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_finds_the_round_until_it_is_answered()
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        using var member = await given.SignedIn(given.Members[1]);

        var before = await member.Get("/innboks");
        await given.Approve(given.Members[1]);
        var after = await member.Get("/innboks");

        Assert.Contains($"href=\"/godkjenning/{(await given.CurrentRun()).Waiting.RoundId}\"", before.Text, StringComparison.Ordinal);
        Assert.Contains("Innboksen er tom", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_done_is_listed_as_done_and_waits_no_longer()
    {
        await using var given = await GivenAYear.Create();
        await given.Answer("Done", given.Leader);
        using var leader = await given.SignedIn(given.Leader);

        var page = await leader.Get("/innboks");

        Assert.Contains("Innboksen er tom", page.Text, StringComparison.Ordinal);
        Assert.Contains("Nylig gjort", page.Text, StringComparison.Ordinal);
        Assert.Contains("Rammer og orientering: Rammen er satt", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_body_decided_is_not_the_act_of_the_member_who_answered_last()
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        await given.Approve([.. given.Members]);
        await given.Write(async w => await given.Site.Services.GetRequiredService<SettleRound>().IfDecided(
            w, await w.Db.Set<Run>().SingleAsync(run => run.Id == given.Run), await w.Db.Rounds.SingleAsync()));
        using var member = await given.SignedIn(given.Members[0]);

        var page = await member.Get("/innboks");

        Assert.False((await given.CurrentRun()).IsOpen);
        Assert.DoesNotContain("Politisk godkjenning:", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_grantors_contact_is_told_to_use_the_personal_link_and_sees_nothing_else()
    {
        await using var given = await GivenAYear.Create();
        using var contact = await given.SignedIn(given.Grantor);

        var inbox = await contact.Get("/innboks");
        var process = await contact.Get($"/prosess/{given.Run}");

        Assert.Contains("Innboksen er tom", inbox.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, process.Status);
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_sent_to_sign_in_and_back()
    {
        await using var given = await GivenAYear.Create();
        using var nobody = new SignIn.Browser(given.Site);

        var answer = await nobody.Get("/innboks");

        Assert.Equal((HttpStatusCode.SeeOther, "/logg-inn?til=%2Finnboks"), (answer.Status, answer.Location));
    }

    [Fact]
    public async Task Many_tasks_are_counted_and_shown_twenty_five_a_page_the_first_due_first()
    {
        // Thirty programmes wait for their frame, due 15 October; Strømsø is due a fortnight later, and comes last.
        await using var given = await GivenAYear.Create();
        await given.MoreProgrammes(30);
        await given.DueOn(new NodaTime.LocalDate(2024, 10, 30));
        using var leader = await given.SignedIn(given.Leader);

        var first = (await leader.Get("/innboks")).Text;
        var second = (await leader.Get("/innboks?side=2")).Text;
        var overview = (await leader.Get("/")).Text;

        Assert.Contains("31 oppgaver venter på deg.", first, StringComparison.Ordinal);
        Assert.Contains("31 oppgaver venter på deg.", second, StringComparison.Ordinal);
        Assert.Contains("31 oppgaver venter på deg<", overview, StringComparison.Ordinal);
        Assert.Contains("Viser 1–25 av 31", first, StringComparison.Ordinal);
        Assert.Contains("href=\"/innboks?side=2#venter\"", first, StringComparison.Ordinal);
        var titles = Titles(first).Concat(Titles(second)).ToList();
        Assert.Equal((25, 6), (Titles(first).Count(), Titles(second).Count()));
        Assert.Equal(31, titles.Distinct().Count());
        Assert.Equal("Strømsø 2030: Handlingsplan 2025", titles[^1]);
    }

    [Fact]
    public async Task A_role_in_one_unit_has_that_units_tasks_and_no_others()
    {
        await using var given = await GivenAYear.Create();
        await given.MoreRuns(2);
        await given.Write(async w =>
        {
            var unit = await w.Db.PlanUnits.SingleAsync(unit => unit.Slug == "enhet-1");
            w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), given.Stranger, Role.ProgrammeLeader, given.Programme, unit.Id, null, new NodaTime.LocalDate(2024, 1, 1), null));
        });
        using var stranger = await given.SignedIn(given.Stranger);

        Assert.Equal(["Enhet 1: Handlingsplan 2025"], Titles((await stranger.Get("/innboks")).Text));
    }

    [Fact]
    public async Task Of_many_rounds_a_member_has_those_he_has_not_answered()
    {
        await using var given = await GivenAYear.Create();
        await given.RoundsWithoutTwo(3);
        using var answered = await given.SignedIn(given.Members[0]);
        using var waits = await given.SignedIn(given.Members[4]);

        Assert.Empty(Titles((await answered.Get("/innboks")).Text));
        Assert.Equal(["Enhet 0: Handlingsplan 2025", "Enhet 1: Handlingsplan 2025", "Enhet 2: Handlingsplan 2025"], Titles((await waits.Get("/innboks")).Text).Order(StringComparer.Ordinal));
    }

    // What waits stands as headings; what is done lately does not.
    private static IEnumerable<string> Titles(string page) => Title().Matches(page).Select(title => title.Groups[1].Value);

    [GeneratedRegex("<h3>(?:<a [^>]*>)?([^<]+)")]
    private static partial Regex Title();
}
