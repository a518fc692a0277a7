using System.Globalization;
using System.Text.Json.Nodes;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Award;

/// <summary>Sends the approved plans to the grantor: the unit's own, or all that are gathered, in one submission. The run then asks the grantor's contacts for a receipt.</summary>
internal sealed class SubmitHandlingsplan(AnswerTask task)
{
    /// <param name="versions">The version the page showed of each plan, in order: those are sent, or none.</param>
    public Task<Refusal?> Submit(GrantId id, PostedAnswer answer, IReadOnlyList<int> versions, PersonId by, CancellationToken ct) => task.Answer<Submit>(id.Value, answer, by, async (w, run, step) =>
    {
        var grant = await w.Db.Existing<Grant>(id, ct);
        if (step.Task != TaskKeys.Plan || versions.Count != grant.Plans.Count)
        {
            return new FlowRefusal.NotFound();
        }

        var plans = new List<PlanToSend>();
        foreach (var (planId, version) in grant.Plans.Zip(versions))
        {
            var plan = await w.Db.Existing<Handlingsplan>(planId, ct);
            if (plan.Versions.SingleOrDefault(known => known.Number == version) is not { } shown)
            {
                return new FlowRefusal.NotFound();
            }

            plans.Add(new PlanToSend(planId, shown, plan.ApprovedVersion));
        }

        switch (grant.Submit(w.Ids.Next<SubmissionId>(), plans, by, w.Now))
        {
            case null:
                break;
            case GrantRefusal.AlreadySubmitted:
                // The run was moved back here while the grantor has this very thing: it is not sent again, but asked for anew.
                return null;
            case var refusal:
                return refusal;
        }

        var sent = grant.LatestSubmission!;
        foreach (var plan in sent.Plans)
        {
            await RunTrail.Record(w, run, Actor.Of(by), "handlingsplan-submitted", "grant", id.Value, plan.Version.ToString(CultureInfo.InvariantCulture), new JsonObject
            {
                ["plan"] = plan.PlanId.ToString(), ["hash"] = plan.Hash, ["submission"] = sent.Id.ToString(), ["number"] = sent.Number,
            });
        }

        return null;
    }, "", ct);
}
