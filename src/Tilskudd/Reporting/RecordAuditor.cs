using System.Text.Json.Nodes;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Reporting;

/// <summary>The accountant keeps the auditor's statement with the accounts.</summary>
internal sealed class RecordAuditor(AnswerTask task)
{
    public Task<Refusal?> Record(RapportId id, PostedAnswer answer, string statement, LocalDate on, PersonId by, CancellationToken ct) =>
        task.Answer<Draft>(id.Value, answer, by, async (w, run, step) =>
        {
            if (step.Task != TaskKeys.AuditorStatement)
            {
                return new FlowRefusal.NotFound();
            }

            if ((await w.Db.Existing<Rapport>(id, ct)).RecordAuditor(statement, on, OsloTime.On(w.Now).Date) is { } refusal)
            {
                return refusal;
            }

            await RunTrail.Record(w, run, Actor.Of(by), "auditor-recorded", "rapport", id.Value, "", new JsonObject { ["on"] = IsoDate.Of(on) });
            return null;
        }, "", ct);
}
