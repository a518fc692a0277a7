using System.Globalization;
using System.Text.Json.Nodes;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Reporting;

/// <summary>Sends report and accounts to the grantor. The run then asks the grantor's contacts for a receipt.</summary>
internal sealed class SubmitRapport(AnswerTask task, ProgrammeLimits limits)
{
    public Task<Refusal?> Submit(RapportId id, PostedAnswer answer, PersonId by, CancellationToken ct) => task.Answer<Submit>(id.Value, answer, by, async (w, run, step) =>
    {
        if (step.Task != TaskKeys.Report)
        {
            return new FlowRefusal.NotFound();
        }

        var rapport = await w.Db.Existing<Rapport>(id, ct);
        var grant = await w.Db.Existing<Grant>(rapport.GrantId, ct);
        switch (rapport.Submit(grant.Letter!, await limits.Of(w.Db, run.ProgrammeId, ct), w.Now))
        {
            case null:
                break;
            case RapportRefusal.AlreadySubmitted when rapport.IsAwaited:
                // The run was moved back here while the grantor has this very thing: it is not sent again, but asked for anew.
                return null;
            case var refusal:
                return refusal;
        }

        var sent = rapport.LatestVersion!;
        await RunTrail.Record(w, run, Actor.Of(by), "rapport-submitted", "rapport", id.Value, sent.Number.ToString(CultureInfo.InvariantCulture), new JsonObject { ["hash"] = sent.Hash });
        return null;
    }, "", ct);
}
