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

/// <summary>Sends a changed plan to every grantor the change touches, a submission for each. The run then asks the contacts of each for a receipt.</summary>
internal sealed class SubmitChange(AnswerTask task)
{
    public Task<Refusal?> Submit(PlanChangeId id, PostedAnswer answer, PersonId by, CancellationToken ct) => task.Answer<Submit>(id.Value, answer, by, async (w, run, step) =>
    {
        var change = await w.Db.Existing<PlanChange>(id, ct);
        var plan = await w.Db.Existing<Handlingsplan>(change.PlanId, ct);
        if (step.Task != TaskKeys.PlanRevision || plan.Versions.SingleOrDefault(version => version.Number == plan.ApprovedVersion) is not { } approved)
        {
            return new FlowRefusal.NotFound();
        }

        // Where one grantor wanted something put right, the others have it already. Where every one of them has answered and the run was moved back
        // here, it goes to all of them again: else nobody could bring the run on.
        var grants = await Who.GrantsOf(w.Db, run.Subject, ct);
        var without = grants.Where(grant => !grant.HasSent(approved.Hash, change.OpenedAt)).ToList();
        if (without.Count > 0)
        {
            change.AskAnew();
        }

        foreach (var grant in without.Count > 0 || grants.Any(grant => grant.IsAwaited) ? without : grants)
        {
            if (grant.Submit(w.Ids.Next<SubmissionId>(), [new PlanToSend(plan.Id, approved, plan.ApprovedVersion)], by, w.Now) is { } refusal)
            {
                return refusal;
            }

            await RunTrail.Record(w, run, Actor.Of(by), "change-submitted", "change", id.Value, approved.Number.ToString(CultureInfo.InvariantCulture), new JsonObject
            {
                ["plan"] = plan.Id.ToString(), ["hash"] = approved.Hash, ["submission"] = grant.LatestSubmission!.Id.ToString(), ["grant"] = grant.Id.ToString(),
            });
        }

        return null;
    }, "", ct);
}
