using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Tests.Runs;

public sealed class OwnRulesTests
{
    private const string Path = "/program/stromso-2030/paminnelser/plan-draft";

    [Fact]
    public async Task A_programmes_own_reminders_hold_where_a_deadline_is_set_and_where_it_is_moved()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);

        var saved = await leader.Submit(Path, Path, ("paminnelser", "7, 3"), ("varsler", "2"));
        await given.Answer("Done", given.Leader);
        var set = await Rungs(given);
        var deadline = (await given.CurrentRun()).Waiting.DeadlineId;
        await leader.Submit($"/frister/{deadline}/flytt", null, ("dato", "8.11.2024"), ("klokkeslett", ""), ("grunn", "Høstferie"));
        var moved = await Rungs(given);

        Assert.Equal((HttpStatusCode.SeeOther, "/program/stromso-2030"), (saved.Status, saved.Location));
        Assert.Equal([(RungKind.Reminder, 7), (RungKind.Reminder, 3), (RungKind.Escalation, 2)], set);
        Assert.Equal(set, moved);
    }

    [Fact]
    public async Task A_step_that_begins_asks_at_once_for_the_programmes_own_date_its_reminders_and_the_days_its_office_is_closed()
    {
        await using var given = await GivenAYear.Create();
        await given.Write(async w =>
        {
            var own = new StepOverride(given.Programme, "plan-draft");
            own.Climb([2], []);
            var municipality = (await w.Db.Existing<Programme>(given.Programme)).MunicipalityId;
            w.Db.AddRange(
                own, new DeadlineOverride(given.Programme, new GrantYear(2025), "plan-draft", new LocalDate(2024, 11, 11), null, DateSource.Own),
                new OfficeClosedDay(w.Ids.Next<OfficeClosedDayId>(), municipality, "2024-11-11", "Kursdag"), new OfficeClosedDay(w.Ids.Next<OfficeClosedDayId>(), municipality, "11-12", "Kommunens dag"));
        });
        given.Commands.Reset();

        await given.Answer("Done", given.Leader);

        var asked = given.Commands.Texts.Where(text => text.StartsWith("SELECT", StringComparison.Ordinal)).ToList();
        await using var db = given.Read();
        var id = (await given.CurrentRun()).Waiting.DeadlineId!.Value;
        var deadline = await db.Deadlines.SingleAsync(deadline => deadline.Id == id, TestContext.Current.CancellationToken);
        Assert.Equal((new LocalDate(2024, 11, 11), new LocalDate(2024, 11, 13)), (deadline.On, deadline.EffectiveOn));
        Assert.Equal([(RungKind.Reminder, 2)], await Rungs(given));
        Assert.Equal(
            Assert.Single(asked, text => text.Contains("\"StepOverrides\"", StringComparison.Ordinal)), Assert.Single(asked, text => text.Contains("\"DeadlineOverrides\"", StringComparison.Ordinal)));
        Assert.Single(asked, text => text.Contains("\"OfficeClosedDays\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_programmes_page_tells_the_flows_own_and_the_programmes()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        await leader.Submit(Path, Path, ("paminnelser", "7, 3"), ("varsler", ""));
        await given.Write(w =>
        {
            var own = new StepOverride(given.Programme, "plan-decision");
            own.Ask(BodyKeys.Competent);
            w.Db.AddRange(own, new LimitsOverride(given.Programme, null, Money.FromKroner(50_000), null));
            return Task.CompletedTask;
        });

        var page = await leader.Get("/program/stromso-2030");
        await leader.Submit(Path, Path, ("flytens", "1"));
        var reset = await leader.Get("/program/stromso-2030");

        Assert.Contains("Påminnelse 10, 5, 1 virkedager før. Leder varsles 1 virkedag etter.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Påminnelse 7, 3 virkedager før. Leder varsles ikke.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Avgjøres av Organet med myndighet.", page.Text, StringComparison.Ordinal);
        Assert.Contains("kr (eget for programmet)", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Påminnelse 7, 3", reset.Text, StringComparison.Ordinal);
        await using var db = given.Read();
        Assert.Equal(["plan-decision"], await db.Set<StepOverride>().Select(own => own.Key).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_programme_chooses_on_the_page_which_of_its_bodies_a_step_asks_and_goes_back_to_the_flows()
    {
        await using var given = await GivenAYear.Create();
        await given.Write(w =>
        {
            w.Db.Add(new Tilskudd.Cycle.People.Body(
                w.Ids.Next<Tilskudd.Cycle.People.BodyId>(), given.Programme, null, BodyKeys.Competent, "Kommunestyret", Tilskudd.Cycle.Approval.Regime.Kommuneloven, Tilskudd.Cycle.Approval.Mandate.OfKommuneloven,
                Tilskudd.Cycle.Approval.Mode.Meeting, true, ""));
            return Task.CompletedTask;
        });
        using var leader = await given.SignedIn(given.Leader);
        const string Decision = "/program/stromso-2030/paminnelser/plan-decision";

        var shown = await leader.Get(Decision);
        var draft = await leader.Get(Path);
        await leader.Submit(Decision, Decision, ("paminnelser", "5"), ("varsler", "1"), ("organ", BodyKeys.Competent));
        await using var db = given.Read();
        var own = (await OwnRules.Of(db, given.Programme, "plan-decision", TestContext.Current.CancellationToken))!.Body;
        await leader.Submit(Decision, Decision, ("flytens", "1"));

        Assert.Contains("Kommunestyret", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"organ\"", draft.Text, StringComparison.Ordinal);
        Assert.Equal(BodyKeys.Competent, own);
        Assert.Null(await OwnRules.Of(db, given.Programme, "plan-decision", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_ladder_typed_over_an_older_page_is_kept_beside_the_one_that_holds()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        var old = Mark((await leader.Get(Path)).Text);
        await leader.Submit(Path, Path, ("paminnelser", "7, 3"), ("varsler", "2"), ("sett", old));

        var refused = await leader.Submit(Path, Path, ("paminnelser", "4"), ("varsler", ""), ("sett", old));
        var same = await leader.Submit(Path, Path, ("paminnelser", "7,3"), ("varsler", "2"), ("sett", old));
        var again = await leader.Submit(Path, Path, ("paminnelser", "4"), ("varsler", ""), ("sett", Mark(refused.Text)));

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (refused.Status, same.Status, again.Status));
        Assert.Contains("7, 3", refused.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"4\"", refused.Text, StringComparison.Ordinal);
        await using var db = given.Read();
        Assert.Equal([4], (await db.Set<StepOverride>().SingleAsync(TestContext.Current.CancellationToken)).Remind);

        static string Mark(string page) => System.Text.RegularExpressions.Regex.Match(page, "name=\"sett\" value=\"([0-9a-f]{64})\"").Groups[1].Value;
    }

    [Fact]
    public async Task A_body_the_programme_does_not_have_is_refused_beside_its_field()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        const string Decision = "/program/stromso-2030/paminnelser/plan-decision";

        var refused = await leader.Submit(Decision, Decision, ("paminnelser", "5"), ("varsler", "1"), ("organ", "kommunestyret"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Velg et av organene i lista.", refused.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("snart", "1", "#paminnelser")]
    [InlineData("5.5", "1", "#paminnelser")]
    [InlineData("-1", "1", "#paminnelser")]
    [InlineData("401", "1", "#paminnelser")]
    [InlineData("5, 5", "1", "#paminnelser")]
    [InlineData("1,2,3,4,5,6,7,8,9,10,11", "1", "#paminnelser")]
    [InlineData("99999999999", "1", "#paminnelser")]
    [InlineData("5", "0", "#varsler")]
    public async Task A_ladder_is_held_to_what_a_flows_file_may_have(string remind, string escalate, string field)
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);

        var refused = await leader.Submit(Path, Path, ("paminnelser", remind), ("varsler", escalate));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(field, refused.Text, StringComparison.Ordinal);
        await using var db = given.Read();
        Assert.False(await db.Set<StepOverride>().AnyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Others_than_those_who_run_the_programme_cannot_set_reminders()
    {
        await using var given = await GivenAYear.Create();
        using var coordinator = await given.SignedIn(given.Coordinator);
        using var stranger = await given.SignedIn(given.Stranger);
        using var leader = await given.SignedIn(given.Leader);

        HttpStatusCode[] statuses =
        [
            (await coordinator.Get(Path)).Status, (await coordinator.Submit("/logg-inn", Path, ("paminnelser", "1"))).Status,
            (await stranger.Get(Path)).Status, (await stranger.Submit("/logg-inn", Path, ("paminnelser", "1"))).Status,
            (await leader.Get("/program/stromso-2030/paminnelser/no-such")).Status,
        ];

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], statuses);
    }

    [Fact]
    public async Task A_programmes_own_body_is_the_one_asked_and_waited_for()
    {
        await using var given = await GivenAYear.Create();
        await given.Write(w =>
        {
            var own = new StepOverride(given.Programme, "plan-decision");
            own.Ask(BodyKeys.Competent);
            w.Db.Add(own);
            return Task.CompletedTask;
        });
        await given.Site.Database.Sql("UPDATE Bodies SET Key = 'competent-body'");

        await given.BeforeTheGroup();

        var run = await given.CurrentRun();
        Assert.Equal((BodyKeys.Competent, ""), (run.WaitsFor, run.Incident));
        Assert.NotNull(run.Waiting.RoundId);
    }

    [Fact]
    public async Task A_programmes_own_limits_go_before_the_settings()
    {
        await using var given = await GivenAYear.Create();
        await given.Write(w =>
        {
            w.Db.Add(new LimitsOverride(given.Programme, 2.5m, null, Money.FromKroner(300_000)));
            return Task.CompletedTask;
        });
        var limits = given.Site.Services.GetRequiredService<ProgrammeLimits>();
        await using var db = given.Read();

        var own = await limits.Of(db, given.Programme, TestContext.Current.CancellationToken);
        var others = await limits.Of(db, new ProgrammeId(Guid.Empty), TestContext.Current.CancellationToken);

        Assert.Equal(new Limits(2.5m, Money.FromKroner(100_000), Money.FromKroner(300_000)), own);
        Assert.Equal(Limits.Default, others);
    }

    [Theory]
    [InlineData(-0.1, 0, 0)]
    [InlineData(100.1, 0, 0)]
    [InlineData(5, -1, 0)]
    [InlineData(5, 0, 1_000_000_001)]
    public void Limits_are_held_to_what_the_settings_may_have(double percent, long letter, long auditor) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LimitsOverride(default, (decimal)percent, Money.FromKroner(letter), Money.FromKroner(auditor)));

    private static async Task<List<(RungKind, int)>> Rungs(GivenAYear given)
    {
        await using var db = given.Read();
        var id = (await given.CurrentRun()).Waiting.DeadlineId;
        var deadline = await db.Deadlines.SingleAsync(deadline => deadline.Id == id, TestContext.Current.CancellationToken);
        return [.. deadline.Rungs.OrderBy(rung => rung.At).Select(rung => (rung.Kind, rung.Days))];
    }
}
