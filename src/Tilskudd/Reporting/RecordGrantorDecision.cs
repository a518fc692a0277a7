using Tilskudd.Cycle;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Reporting;

/// <summary>The programme leader registers what the grantor answered to the report.</summary>
internal sealed class RecordGrantorDecision(AnswerTask task)
{
    /// <param name="reason">What the grantor wants put right when it does not accept; kept with the visit. Not read when it does.</param>
    public Task<Refusal?> Record(RapportId id, PostedAnswer answer, string reason, PersonId by, CancellationToken ct)
    {
        var isAccepted = answer.Outcome == "Approved";
        return task.Answer<RegisterDecision>(id.Value, answer, by, async (w, run, step) =>
        {
            if (step.Task != TaskKeys.GrantorDecision)
            {
                return new FlowRefusal.NotFound();
            }

            var rapport = await w.Db.Existing<Rapport>(id, ct);
            if (!isAccepted && rapport.AskForCorrection(reason, w.Now) is { } refusal)
            {
                return refusal;
            }

            if (isAccepted)
            {
                var grant = await w.Db.Existing<Grant>(rapport.GrantId, ct);
                if (rapport.Accept(await w.Db.Existing<FundingSource>(grant.SourceId, ct), w.Now) is { } no)
                {
                    return no;
                }
            }

            await RunTrail.Record(w, run, Actor.Of(by), isAccepted ? "rapport-accepted" : "rapport-returned", "rapport", id.Value, "", []);
            return null;
        }, isAccepted ? "" : Prose.Of(reason), ct);
    }
}
