using System.Globalization;
using System.Text.Json.Nodes;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Reporting;

/// <summary>The programme leader writes down what came of each step of an evaluation, and registers its report.</summary>
internal sealed class WriteEvaluation(AnswerTask task)
{
    public Task<Refusal?> Note(EvaluationId id, PostedAnswer answer, string text, PersonId by, CancellationToken ct) => task.Answer<Draft>(id.Value, answer, by, async (w, run, step) =>
    {
        if (step.Task != TaskKeys.EvaluationNote)
        {
            return new FlowRefusal.NotFound();
        }

        if (Evaluation.Note(text) is { } refusal)
        {
            return refusal;
        }

        await RunTrail.Record(w, run, Actor.Of(by), "evaluation-noted", "evaluation", id.Value, "", []);
        return null;
    }, Prose.Of(text), ct);

    public Task<Refusal?> Deliver(EvaluationId id, PostedAnswer answer, EvaluationReport report, PersonId by, CancellationToken ct) => task.Answer<Draft>(id.Value, answer, by, async (w, run, step) =>
    {
        if (step.Task != TaskKeys.EvaluationReport)
        {
            return new FlowRefusal.NotFound();
        }

        var evaluation = await w.Db.Existing<Evaluation>(id, ct);
        if (evaluation.Deliver(report, by, w.Now, OsloTime.On(w.Now).Date) is { } refusal)
        {
            return refusal;
        }

        await RunTrail.Record(
            w, run, Actor.Of(by), "evaluation-registered", "evaluation", id.Value, evaluation.Version.ToString(CultureInfo.InvariantCulture), new JsonObject { ["deliveredOn"] = IsoDate.Of(report.DeliveredOn) });
        return null;
    }, "", ct);
}
