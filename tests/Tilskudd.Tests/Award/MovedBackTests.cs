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
        var early = await Fault(given, given.Grant.Value, "await-plan-receipt");
        await given.SendPlan();
        var sent = await Fault(given, given.Grant.Value, "await-plan-receipt");
        await given.AnswerAsGrantor("Received", "journal", "25/7");
        var late = await Fault(given, given.Grant.Value, "await-plan-receipt");

        Assert.Equal((new MoveRefusal.NothingSent(), null, new MoveRefusal.NothingSent()), (early, sent, late));
    }

    [Fact]
    public async Task No_run_is_moved_to_answer_what_is_not_there_or_is_done()
    {
        await using var given = await GivenGrant.Start();
        var before = await Fault(given, given.Grant.Value, "accept-letter");
        await given.ReachReport("2 000 000");
        var unsent = (await Fault(given, given.Rapport.Value, "submit-report"), await Fault(given, given.Rapport.Value, "record-report-decision"), await Fault(given, given.Rapport.Value, "record-carry-over"));
        await given.ReachGrantorDecision("500 000");
        var sent = await Fault(given, given.Rapport.Value, "record-report-decision");
        await given.Done(given.Ingrid, given.RapportPath, "#godkjent");
        var accepted = (await Fault(given, given.Rapport.Value, "record-report-decision"), await Fault(given, given.Rapport.Value, "record-carry-over"));

        var nothing = new MoveRefusal.NothingToAnswer();
        Assert.Equal(nothing, before);
        Assert.Equal((nothing, nothing, nothing), unsent);
        Assert.Null(sent);
        Assert.Equal((nothing, null), accepted);
    }

    private static async Task<MoveRefusal?> Fault(GivenGrant given, Guid document, string step)
    {
        var run = await given.RunOf(document);
        return await given.Services.GetRequiredService<MoveRun>().StepFault(
            run, given.Services.GetRequiredService<FlowLibrary>().Current.Single(known => known.Id == run.Flow), step, TestContext.Current.CancellationToken);
    }

    private static async Task MoveTo(GivenGrant given, Guid document, string step) => Assert.Null(await given.Database.Door.Write(async w =>
    {
        var run = await w.Db.Set<Run>().SingleAsync(run => run.DocumentId == document && run.ClosedAt == null);
        var flow = await given.Services.GetRequiredService<FlowLibrary>().Of(w.Db, run);
        await given.Services.GetRequiredService<Flow>().MoveTo(w, run, flow, flow.Find(step)!, Actor.Of(given.Ingrid), "Feil steg");
        return null;
    }));
}
