using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tilskudd.Approval;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Tests.SignIn;

namespace Tilskudd.Tests.Runs;

public sealed class DeadlinePageTests
{
    [Fact]
    public async Task The_programme_leader_moves_a_deadline_and_the_old_rungs_are_never_sent()
    {
        // The frame is due 15 October with reminders 8 and 14 October; moved to 25 October they are 18 and 24 October.
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);

        var moved = await Move(given, leader, "25.10.2024", "12.00", "Rammen er ikke klar");

        Assert.Equal((HttpStatusCode.SeeOther, "/frister"), (moved.Status, moved.Location));
        given.At(2024, 10, 15, 9);
        await given.Site.Turn();
        Assert.Empty(await given.Notices(NoticeKind.DeadlineReminder));
        given.At(2024, 10, 18, 8);
        await given.Site.Turn();
        Assert.Equal(5, Assert.Single(await given.Notices(NoticeKind.DeadlineReminder)).DeadlineRung);
        Assert.Equal(OsloTime.At(new LocalDate(2024, 10, 25), new LocalTime(12, 0)), (await given.CurrentRun()).DueAt);
    }

    [Fact]
    public async Task Those_who_are_waited_for_are_told_of_the_new_day_and_why_but_not_who_moved_it()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        await Move(given, leader, "25.10.2024", "12.00", "Rammen er ikke klar");
        var own = await given.Notices(NoticeKind.Message);
        await given.Answer("Done", given.Leader);

        await Move(given, leader, "4.11.2024", "", "Skrivestua er stengt.");

        Assert.Empty(own);
        var told = Assert.Single(await given.Notices(NoticeKind.Message));
        Assert.NotEqual(given.Leader, told.PersonId);
        Assert.Contains("var fredag 1. november kl. 12. Nå er den mandag 4. november.", told.Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.EndsWith("Skrivestua er stengt.", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moved_deadline_shows_from_where_to_where_and_why()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        await Move(given, leader, "25.10.2024", "", "Rammen er ikke klar");

        var page = await leader.Get("/frister");

        Assert.Contains("fra 15. okt til 25. okt: Rammen er ikke klar", page.Text, StringComparison.Ordinal);
        Assert.Contains("fredag 25. oktober", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deadline_tells_where_its_date_is_from_where_that_is_not_the_flow()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        const string path = "/frister/kommende/stromso-2030/2025/plan-draft";

        var ofTheFlow = await leader.Get("/frister");
        await Move(given, leader, "25.10.2024", "", "Rammen er ikke klar");
        var moved = await leader.Get("/frister");
        await leader.Submit(path, path, ("dato", "8.11.2024"), ("klokkeslett", ""));
        await given.Answer("Done", given.Leader);
        var own = await leader.Get("/frister");
        given.At(2024, 12, 2, 9);
        await given.Answer("Done", given.Leader);
        using var back = await given.SignedIn(given.Leader);
        var late = await back.Get("/frister");

        Assert.Contains("Datoene følger arbeidsflyten der ikke noe annet står.", ofTheFlow.Text, StringComparison.Ordinal);
        Assert.All([ofTheFlow, moved], page => Assert.DoesNotContain("Datoen ", page.Text, StringComparison.Ordinal));
        Assert.Contains("Datoen er programmets egen.", own.Text, StringComparison.Ordinal);
        Assert.Contains("Datoen i året var passert da steget begynte. Fristen er derfor 5 virkedager etter.", late.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Own", "Egen dato", "2025: fredag 8. november.", "Datoen er programmets egen.")]
    [InlineData("Call", "Fra utlysningen", "2025: fredag 8. november, etter utlysningen.", "Datoen står i utlysningen.")]
    [InlineData("Grantor", "Fra tilskuddsgiver", "2025: fredag 8. november, gitt av tilskuddsgiver.", "Datoen er gitt av tilskuddsgiver.")]
    public async Task A_programmes_own_date_tells_who_has_set_it(string source, string tag, string rule, string told)
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        const string path = "/frister/kommende/stromso-2030/2025/plan-draft";

        await leader.Submit(path, path, ("dato", "8.11.2024"), ("klokkeslett", ""), ("kilde", source));
        var coming = await leader.Get("/frister");
        var form = await leader.Get(path);
        var programme = await leader.Get("/program/stromso-2030");
        await given.Answer("Done", given.Leader);
        var holds = await leader.Get("/frister");

        Assert.Contains(tag, coming.Text, StringComparison.Ordinal);
        Assert.Contains($"value=\"{source}\" selected", form.Text, StringComparison.Ordinal);
        Assert.Contains(rule, programme.Text, StringComparison.Ordinal);
        Assert.Contains(told, holds.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_set_a_date_is_one_of_those_the_form_offers()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        const string path = "/frister/kommende/stromso-2030/2025/plan-draft";

        var answer = await leader.Submit(path, path, ("dato", "8.11.2024"), ("klokkeslett", ""), ("kilde", "Moved"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("Velg hvem som har satt datoen.", answer.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"8.11.2024\"", answer.Text, StringComparison.Ordinal);
        await using var db = given.Read();
        Assert.Empty(await db.Set<DeadlineOverride>().ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_same_form_twice_moves_the_deadline_once()
    {
        await using var given = await GivenAYear.Create();
        var path = await Path(given);
        using var leader = await given.SignedIn(given.Leader);
        (string, string)[] typed = [("dato", "25.10.2024"), ("klokkeslett", ""), ("grunn", "Rammen er ikke klar")];

        var first = await leader.Submit(path, path, typed);
        var second = await leader.Submit("/frister/kommende/stromso-2030/2025/plan-draft", path, typed);

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (first.Status, second.Status));
        await using var db = given.Read();
        Assert.Equal(2, await db.Deadlines.CountAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("", "", "Grunn", "Skriv den nye datoen")]
    [InlineData("31.2.2025", "", "Grunn", "Datoen kan ikke leses")]
    [InlineData("1.9.2024", "", "Grunn", "er passert")]
    [InlineData("25.10.2024", "25.99", "Grunn", "Klokkeslettet kan ikke leses")]
    [InlineData("25.10.2024", "", " ", "Skriv hvorfor fristen flyttes")]
    [InlineData("9999999999", "kl. tolv", "<script>alert(1)</script>", "Datoen kan ikke leses")]
    public async Task What_cannot_be_used_is_told_beside_its_field_and_kept_as_typed(string date, string time, string reason, string told)
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);

        var answer = await Move(given, leader, date, time, reason);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(told, answer.Text, StringComparison.Ordinal);
        Assert.Contains("<title>Feil:", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_programme_leader_moves_deadlines()
    {
        await using var given = await GivenAYear.Create();
        using var coordinator = await given.SignedIn(given.Coordinator);
        using var stranger = await given.SignedIn(given.Stranger);
        var path = await Path(given);

        var refused = await coordinator.Submit("/logg-inn", path, ("dato", "25.10.2024"), ("grunn", "Grunn"));
        var hidden = await stranger.Submit("/logg-inn", path, ("dato", "25.10.2024"), ("grunn", "Grunn"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NotFound), (refused.Status, hidden.Status));
        Assert.Equal(new LocalDate(2024, 10, 15), OsloTime.On((await given.CurrentRun()).DueAt!.Value.AddHours(-1)).Date);

        // A revision that others have taken the place of, twice, is the programme's still.
        using var leader = await given.SignedIn(given.Leader);
        await leader.Submit(path, path, ("dato", "25.10.2024"), ("klokkeslett", ""), ("grunn", "Grunn"));
        var next = await Path(given);
        await leader.Submit(next, next, ("dato", "28.10.2024"), ("klokkeslett", ""), ("grunn", "Grunn"));
        Assert.Equal(
            (HttpStatusCode.Conflict, HttpStatusCode.NotFound, HttpStatusCode.NotFound),
            ((await leader.Get(path)).Status, (await stranger.Get(path)).Status, (await stranger.Submit("/logg-inn", path, ("dato", "25.10.2024"), ("grunn", "Grunn"))).Status));
    }

    [Fact]
    public async Task A_round_is_due_when_its_moved_deadline_is()
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        using var leader = await given.SignedIn(given.Leader);

        await Move(given, leader, "2.12.2024", "10.00", "Gruppa møtes senere");

        await using var db = given.Read();
        Assert.Equal(OsloTime.At(new LocalDate(2024, 12, 2), new LocalTime(10, 0)), (await db.Rounds.SingleAsync(TestContext.Current.CancellationToken)).DueAt);
    }

    [Fact]
    public async Task A_programmes_own_date_holds_when_its_step_is_entered()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        const string path = "/frister/kommende/stromso-2030/2025/plan-draft";

        var first = await leader.Submit(path, path, ("dato", "8.11.2024"), ("klokkeslett", "15"));
        var again = await leader.Submit(path, path, ("dato", "7.11.2024"), ("klokkeslett", ""));
        var page = await leader.Get("/frister");
        await given.Answer("Done", given.Leader);

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (first.Status, again.Status));
        Assert.Contains("7. november 2024", page.Text, StringComparison.Ordinal);
        Assert.Equal(OsloTime.StartOf(new LocalDate(2024, 11, 8)), (await given.CurrentRun()).DueAt);
    }

    [Fact]
    public async Task A_date_typed_over_an_older_page_is_kept_beside_the_one_that_holds()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        const string path = "/frister/kommende/stromso-2030/2025/plan-draft";
        var old = Mark((await leader.Get(path)).Text);
        await leader.Submit(path, path, ("dato", "8.11.2024"), ("klokkeslett", ""), ("sett", old));

        var refused = await leader.Submit(path, path, ("dato", "7.11.2024"), ("klokkeslett", "15"), ("sett", old));
        var same = await leader.Submit(path, path, ("dato", "8.11.2024"), ("klokkeslett", ""), ("sett", old));
        var again = await leader.Submit(path, path, ("dato", "7.11.2024"), ("klokkeslett", "15"), ("sett", Mark(refused.Text)));

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (refused.Status, same.Status, again.Status));
        Assert.Contains("fredag 8. november", refused.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"7.11.2024\"", refused.Text, StringComparison.Ordinal);
        await using var db = given.Read();
        Assert.Equal(new LocalDate(2024, 11, 7), (await db.Set<Tilskudd.Runs.DeadlineOverride>().SingleAsync(TestContext.Current.CancellationToken)).On);

        static string Mark(string page) => System.Text.RegularExpressions.Regex.Match(page, "name=\"sett\" value=\"([0-9a-f]{64})\"").Groups[1].Value;
    }

    [Fact]
    public async Task A_move_typed_for_a_date_that_was_moved_meanwhile_is_kept_beside_the_one_that_holds_while_the_same_is_due()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        const string other = "/frister/kommende/stromso-2030/2025/plan-draft";
        var path = await Path(given);
        await leader.Submit(path, path, ("dato", "25.10.2024"), ("klokkeslett", ""), ("grunn", "Rammen er ikke klar"));
        var now = await Path(given);

        var refused = await leader.Submit(other, path, ("dato", "28.10.2024"), ("klokkeslett", "kveld"), ("grunn", "Gruppa møtes senere"));
        var again = await leader.Submit(now, now, ("dato", "28.10.2024"), ("klokkeslett", ""), ("grunn", "Gruppa møtes senere"));
        await given.Answer("Done", given.Leader);
        var over = await leader.Submit(other, path, ("dato", "29.10.2024"), ("klokkeslett", ""), ("grunn", "Gruppa møtes senere"));

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.SeeOther, HttpStatusCode.Conflict), (refused.Status, again.Status, over.Status));
        foreach (var told in new[] { $"action=\"{now}\"", "fredag 25. oktober", "value=\"28.10.2024\"", "Gruppa møtes senere", "Dette er endret etter at du åpnet siden", "Klokkeslettet kan ikke leses" })
        {
            Assert.Contains(told, refused.Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("name=\"grunn\"", over.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_without_a_date_is_among_those_to_come_once_it_has_one_and_a_step_that_is_entered_is_not()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        const string undated = "/frister/kommende/stromso-2030/2025/plan-recommendation";
        const string draft = "/frister/kommende/stromso-2030/2025/plan-draft";

        var before = (await leader.Get("/frister")).Text;
        await leader.Submit(undated, null, ("dato", "20.11.2024"), ("klokkeslett", ""));
        var dated = (await leader.Get("/frister")).Text;
        await given.Answer("Done", given.Leader);
        var entered = (await leader.Get("/frister")).Text;

        Assert.DoesNotContain($"href=\"{undated}\"", before, StringComparison.Ordinal);
        Assert.Contains($"href=\"{undated}\"", dated, StringComparison.Ordinal);
        Assert.Contains("20. november 2024", dated, StringComparison.Ordinal);
        Assert.Contains($"href=\"{draft}\"", dated, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"{draft}\"", entered, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_closed_run_has_been_through_is_not_to_come_though_its_date_is()
    {
        // Approved on 13 November, with 26 November as the decision's date; the grants are open.
        await using var given = await GivenAYear.Create();
        using var early = await given.SignedIn(given.Leader);
        const string decision = "/frister/kommende/stromso-2030/2025/plan-decision";
        var before = (await early.Get("/frister")).Text;

        await given.BeforeTheGroup();
        await given.Approve([.. given.Members]);
        await given.Write(async w => await given.Site.Services.GetRequiredService<SettleRound>().IfDecided(
            w, await w.Db.Set<Tilskudd.Runs.Run>().SingleAsync(run => run.Id == given.Run), await w.Db.Rounds.SingleAsync()));
        using var leader = await given.SignedIn(given.Leader);
        var after = (await leader.Get("/frister")).Text;
        await using var db = given.Read();
        var grant = await db.Set<Tilskudd.Runs.Run>().Where(run => run.ClosedAt == null).Select(run => run.Id).SingleAsync(TestContext.Current.CancellationToken);
        await given.MoreRuns(2);
        var others = (await leader.Get("/frister")).Text;

        Assert.False((await given.CurrentRun()).IsOpen);
        Assert.Contains($"href=\"{decision}\"", before, StringComparison.Ordinal);
        Assert.Contains($"/prosess/{grant}", after, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"{decision}\"", after, StringComparison.Ordinal);

        // Two other units of the programme still have it to come, told once.
        Assert.Equal(2, others.Split($"href=\"{decision}\"").Length);
    }

    private static async Task<string> Path(GivenAYear given) => $"/frister/{(await given.CurrentRun()).Waiting.DeadlineId}/flytt";

    private static async Task<(HttpStatusCode Status, string Text, string? Location)> Move(GivenAYear given, Browser by, string date, string time, string reason)
    {
        var path = await Path(given);
        return await by.Submit(path, path, ("dato", date), ("klokkeslett", time), ("grunn", reason));
    }
}
