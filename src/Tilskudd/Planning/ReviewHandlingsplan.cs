using Tilskudd.Approval;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Planning;

/// <summary>A colleague has read the plan, and sends it on or back.</summary>
internal sealed class ReviewHandlingsplan(Door door, Flow flow, EndRound end)
{
    /// <summary>The outcome of a <see cref="Cycle.Steps.Review"/> that sends the plan back, and so needs a reason.</summary>
    public const string Returned = "Returned";

    /// <param name="reason">Why it is sent back; kept with the visit, for the coordinator to read.</param>
    public Task<Refusal?> Review(HandlingsplanId id, Runs.PostedAnswer turn, string reason, PersonId by, CancellationToken ct) => door.Write(async w =>
    {
        var (plan, run, step, refusal) = await PlanRuns.ToAnswer(w, flow, id, turn, by);
        if (plan is null)
        {
            return refusal;
        }

        if (!PlanRuns.IsReview(step!))
        {
            return new FlowRefusal.NotFound();
        }

        if (await FourEyes.Bar(plan.Writers, by, () => Who.Holding(w.Db, run!.WaitsFor, run.Subject, OsloTime.On(w.Now).Date, ct)) is { } own)
        {
            return own;
        }

        var written = turn.Outcome == Returned ? Prose.Of(reason).Trim() : "";
        if (turn.Outcome == Returned && Prose.IsBlank(written))
        {
            return new PlanRefusal.ReasonMissing();
        }

        if (Prose.Length(written) > Handlingsplan.LongestText)
        {
            return new PlanRefusal.TextTooLong("grunn", Prose.Length(written), Handlingsplan.LongestText);
        }

        // A change that is not material is the programme leader's to decide: no body sees it after.
        if (turn.Outcome != Returned && run!.DocumentKind == DocumentKind.Change && !PlanRuns.IsCorrection(step!))
        {
            await end.Approve(w, DocumentKind.Handlingsplan, id.Value, plan.LatestVersion!.Number);
        }

        return await flow.Answer(w, run!, turn.Visit, turn.Outcome, Actor.Of(by), written);
    }, ct);
}
