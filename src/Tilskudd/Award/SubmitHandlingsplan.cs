using System.Globalization;
using System.Text.Json.Nodes;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Runs;
using Tilskudd.Trail;

namespace Tilskudd.Award;

/// <summary>Sends the approved plan to the grantor. The run then asks the grantor's contacts for a receipt.</summary>
internal sealed class SubmitHandlingsplan(AnswerTask task)
{
    /// <param name="version">The version the page showed: that one is sent, or none.</param>
    public Task<Refusal?> Submit(GrantId id, PostedAnswer answer, int version, PersonId by, CancellationToken ct) => task.Answer<Submit>(id.Value, answer, by, async (w, run, step) =>
    {
        var grant = await w.Db.Existing<Grant>(id, ct);
        var plan = await w.Db.Existing<Handlingsplan>(grant.PlanId, ct);
        if (step.Task != TaskKeys.Plan || plan.Versions.SingleOrDefault(known => known.Number == version) is not { } shown)
        {
            return new FlowRefusal.NotFound();
        }

        if (grant.Submit(w.Ids.Next<SubmissionId>(), shown, plan.ApprovedVersion, by, w.Now) is { } refusal)
        {
            return refusal;
        }

        var sent = grant.LatestSubmission!;
        await RunTrail.Record(w, run, Actor.Of(by), "handlingsplan-submitted", "grant", id.Value, version.ToString(CultureInfo.InvariantCulture), new JsonObject
        {
            ["plan"] = plan.Id.ToString(), ["hash"] = sent.PlanHash, ["submission"] = sent.Id.ToString(), ["number"] = sent.Number,
        });
        return null;
    }, "", ct);
}
