using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Reporting;

/// <summary>The leader has read report and accounts, and sends them on or back.</summary>
internal sealed class CheckRapport(AnswerTask task)
{
    /// <param name="reason">Why it is sent back; kept with the visit, for the coordinator to read. Not read when it is accepted.</param>
    public Task<Refusal?> Check(RapportId id, PostedAnswer answer, string reason, PersonId by, CancellationToken ct)
    {
        var isReturned = answer.Outcome == "Returned";
        var written = isReturned ? Prose.Of(reason) : "";
        return task.Answer<Review>(
            id.Value, answer, by,
            async (w, run, step) => step.Task != TaskKeys.Report ? new FlowRefusal.NotFound()
                : await Own(w, run, id, by, ct) ?? (Refusal?)Wrong(isReturned, written),
            written, ct);
    }

    private static async Task<FlowRefusal?> Own(Writing w, Run run, RapportId id, PersonId by, CancellationToken ct) => await FourEyes.Bar(
        (await w.Db.Existing<Rapport>(id, ct)).Writers, by, () => Who.Holding(w.Db, run.WaitsFor, run.Subject, OsloTime.On(w.Now).Date, ct));

    private static RapportRefusal? Wrong(bool isReturned, string reason) =>
        isReturned && Prose.IsBlank(reason) ? new RapportRefusal.ReasonMissing()
        : Prose.Length(reason) > Rapport.LongestText ? new RapportRefusal.TextTooLong("grunn", Prose.Length(reason), Rapport.LongestText)
        : null;
}
