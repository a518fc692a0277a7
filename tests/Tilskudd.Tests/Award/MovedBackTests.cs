using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tilskudd.Runs;
using Tilskudd.Trail;
using Run = Tilskudd.Runs.Run;

namespace Tilskudd.Tests.Award;

/// <summary>Runs an administrator has moved back to where something was sent: somebody can always bring them on.</summary>
public sealed class MovedBackTests
{
    [Fact]
    public async Task A_plan_the_grantor_has_is_not_sent_again_but_asked_for_anew()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        await given.Turn();
        var before = given.Mails().Count;

        await MoveTo(given, given.Grant.Value, "submit-plans");
        await given.SendPlan();
        await given.Turn();

        Assert.Single((await given.StoredGrant()).Submissions);
        Assert.Equal("await-plan-receipt", (await given.RunOf(given.Grant.Value)).StepId);
        Assert.Equal(before + 1, given.Mails().Count);
    }

    [Fact]
    public async Task A_report_the_grantor_has_confirmed_can_be_sent_again_and_confirmed_again()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachReport("2 000 000");
        await given.ReachGrantorDecision();

        await MoveTo(given, given.Rapport.Value, "submit-report");
        await given.Done(given.Ingrid, given.RapportPath, "#send");
        var answered = await given.AnswerAsGrantor("Received", "journal", "25/8");

        Assert.Equal(HttpStatusCode.SeeOther, answered.Status);
        Assert.Equal("25/8", (await given.StoredRapport()).Journal);
    }

    [Fact]
    public async Task No_run_is_moved_to_wait_for_a_receipt_of_nothing()
    {
        await using var given = await GivenGrant.Start();
        var move = given.Services.GetRequiredService<MoveRun>();
        var flow = given.Services.GetRequiredService<FlowLibrary>().Current.Single(known => known.Id == "tilskudd");
        Task<MoveRefusal?> Fault(Run run) => move.StepFault(run, flow, "await-plan-receipt", TestContext.Current.CancellationToken);

        var early = await Fault(await given.RunOf(given.Grant.Value));
        await given.SendPlan();
        var sent = await Fault(await given.RunOf(given.Grant.Value));
        await given.AnswerAsGrantor("Received", "journal", "25/7");
        var late = await Fault(await given.RunOf(given.Grant.Value));

        Assert.Equal((new MoveRefusal.NothingSent(), null, new MoveRefusal.NothingSent()), (early, sent, late));
    }

    private static async Task MoveTo(GivenGrant given, Guid document, string step) => Assert.Null(await given.Database.Door.Write(async w =>
    {
        var run = await w.Db.Set<Run>().SingleAsync(run => run.DocumentId == document && run.ClosedAt == null);
        var flow = await given.Services.GetRequiredService<FlowLibrary>().Of(w.Db, run);
        await given.Services.GetRequiredService<Flow>().MoveTo(w, run, flow, flow.Find(step)!, Actor.Of(given.Ingrid), "Feil steg");
        return null;
    }));
}
