using Tilskudd.Cycle;
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
                await Accept(w, rapport);
            }

            await RunTrail.Record(w, run, Actor.Of(by), isAccepted ? "rapport-accepted" : "rapport-returned", "rapport", id.Value, "", []);
            return null;
        }, isAccepted ? "" : Prose.Of(reason), ct);
    }

    private static async Task Accept(Writing w, Rapport rapport)
    {
        rapport.Accept(w.Now);

        // With nothing left to carry over or repay, no settlement comes that would write down what was spent.
        if (rapport.Unspent == Money.Zero)
        {
            var source = await SettleRapport.SourceOf(w, rapport);
            source.Record(AmountState.Spent, rapport.PlanUnitId, rapport.Spent, w.Now, rapport.Journal);
        }
    }
}
