using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tilskudd.Clockwork;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Workflows;

namespace Tilskudd.Tests.Runs;

public class WaitSweepTests
{
    [Fact]
    public async Task A_run_that_waits_for_the_end_of_the_year_moves_on_when_it_has_passed()
    {
        // The tiltak of 2025 run until 31 December, a working day: the wait is over when 1 January begins in Oslo.
        await using var given = await GivenAYear.Create();
        var waiting = await Waiting(given);
        given.At(2025, 12, 31, 23);
        var early = await Sweep(given);
        given.At(2026, 1, 1, 0);

        var moved = await Sweep(given);

        Assert.Equal((0, 1), (early, moved));
        Assert.Equal("ended", (await Find(given, waiting)).ClosedAs);
        Assert.Equal(0, await Sweep(given));
    }

    [Fact]
    public async Task The_system_is_named_as_the_one_who_moved_it()
    {
        await using var given = await GivenAYear.Create();
        var waiting = await Waiting(given);
        given.At(2026, 1, 2, 8);

        await Sweep(given);

        var left = (await Find(given, waiting)).Visits.Single(visit => visit.Outcome == "Reached");
        Assert.Equal("system", left.Actor);
    }

    [Fact]
    public async Task A_task_whose_deadline_has_passed_is_not_done_by_itself()
    {
        await using var given = await GivenAYear.Create();
        var before = await given.CurrentRun();
        given.At(2025, 3, 1, 8);

        var moved = await Sweep(given);

        Assert.Equal(0, moved);
        Assert.Equal(before.VisitNumber, (await given.CurrentRun()).VisitNumber);
    }

    [Fact]
    public async Task A_run_that_cannot_go_on_waits_with_an_incident_until_someone_tries_again()
    {
        await using var given = await GivenAYear.Create();
        var id = await Waiting(given);
        var state = (await Find(given, id)).State;

        // A state of another flow is a fault in the program; one the engine cannot read at all would be made anew.
        await given.Site.Database.Sql("UPDATE Runs SET State = REPLACE(State, 'tilskudd', 'rapport') WHERE StepKind = 'WaitUntil'");
        given.At(2026, 1, 2, 8);

        var inVain = new[] { await Sweep(given), await Sweep(given) };
        var stuck = await Find(given, id);
        await given.Site.Database.Sql($"UPDATE Runs SET State = '{state}' WHERE StepKind = 'WaitUntil'");
        var untried = await Sweep(given);
        using var leader = await given.SignedIn(given.Leader);
        var tried = await leader.Submit($"/prosess/{id}", $"/prosess/{id}/igjen");

        Assert.Equal([0, 0], inVain);
        Assert.True(stuck.IsOpen);
        Assert.Contains("Prøv på nytt", stuck.Incident, StringComparison.Ordinal);
        Assert.Equal(0, untried);
        Assert.Equal(HttpStatusCode.SeeOther, tried.Status);
        Assert.Equal(1, await Sweep(given));
        Assert.Equal("ended", (await Find(given, id)).ClosedAs);
    }

    // A run is put where it waits, with all before it done: the plan approved, the letter received and accepted.
    private static async Task<RunId> Waiting(GivenAYear given)
    {
        await given.BeforeTheGroup();
        var services = given.Site.Services;
        var flow = services.GetRequiredService<FlowLibrary>().Current.Single(definition => definition.Steps.Any(step => step.Step is WaitUntil));
        var step = flow.Steps.Single(step => step.Step is WaitUntil);
        RunId id = default;
        await given.Write(async w =>
        {
            var grant = await Granted(w, given);
            var run = new Run(w.Ids.Next<RunId>(), flow.Id, flow.Version, new Subject(DocumentKind.Tilskuddsbrev, grant.Id.Value, given.Programme, given.Unit, GivenAYear.Year), w.Now);
            run.Moved(services.GetRequiredService<IEngine>().Place(flow, step.Id, 1, w.Now).State);
            run.Enter(step.Id, nameof(WaitUntil), 1, step.Phase, "", w.Now);
            w.Db.Add(run);
            await services.GetRequiredService<Deadlines>().Set(w, run, (WaitUntil)step.Step);
            id = run.Id;
        });
        return id;
    }

    private static async Task<Grant> Granted(Writing w, GivenAYear given)
    {
        var plan = await w.Db.Handlingsplaner.SingleAsync();
        var source = await w.Db.FundingSources.SingleAsync(source => source.Year == GivenAYear.Year);
        var today = OsloTime.On(w.Now).Date;
        var grant = new Grant(w.Ids.Next<GrantId>(), given.Unit, GivenAYear.Year, source.Id, plan.Id);
        plan.Approve(1, w.Now);
        Assert.Null(grant.Submit(w.Ids.Next<SubmissionId>(), [new PlanToSend(plan.Id, plan.LatestVersion!, 1)], given.Leader, w.Now));
        Assert.Null(grant.Receive("24/1", w.Now));
        Assert.Null(grant.RegisterLetter(
            w.Ids.Next<TilskuddsbrevId>(), source, "24/2", today, Money.FromKroner(11_500_000), new LetterTerms(new LocalDate(2026, 3, 1), null, MayCarryOver: true, ""), given.Leader, w.Now, today));
        Assert.Null(grant.AcceptLetter([.. PlannedLine.Of(plan.Id, plan.LatestVersion!.Read(), source.Id)], null, Limits.Default, given.Leader, w.Now));
        w.Db.Add(grant);
        return grant;
    }

    private static async Task<Run> Find(GivenAYear given, RunId id)
    {
        await using var db = given.Read();
        return await db.Set<Run>().SingleAsync(run => run.Id == id, TestContext.Current.CancellationToken);
    }

    private static Task<int> Sweep(GivenAYear given) =>
        given.Site.Services.GetServices<ISweep>().OfType<WaitSweep>().Single().Run(given.Site.Database.Clock.GetUtcNow(), TestContext.Current.CancellationToken);
}
