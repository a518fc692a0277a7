using Tilskudd.Cycle;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Runs;
using Tilskudd.Trail;

namespace Tilskudd.Award;

/// <summary>The programme leader registers whether the grantor consents to a change.</summary>
internal sealed class RecordConsent(AnswerTask task)
{
    /// <param name="grounds">The grantor's own words; needed where it does not consent.</param>
    public Task<Refusal?> Record(PlanChangeId id, PostedAnswer answer, string grounds, PersonId by, CancellationToken ct) => task.Answer<RegisterDecision>(id.Value, answer, by, async (w, run, step) =>
    {
        if (step.Task != TaskKeys.Consent)
        {
            return new FlowRefusal.NotFound();
        }

        var change = await w.Db.Existing<PlanChange>(id, ct);
        var isGiven = answer.Outcome == "Approved";
        if (change.RecordConsent(isGiven, grounds, await w.Db.Existing<Handlingsplan>(change.PlanId, ct), w.Now) is { } refusal)
        {
            return refusal;
        }

        await RunTrail.Record(w, run, Actor.Of(by), isGiven ? "consent-given" : "consent-withheld", "change", id.Value, "", []);
        return null;
    }, Prose.Of(grounds), ct);
}
