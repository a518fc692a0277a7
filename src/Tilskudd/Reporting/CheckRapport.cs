using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Runs;

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
            (_, _, step) => Task.FromResult<Refusal?>(step.Task == TaskKeys.Report ? Wrong(isReturned, written) : new FlowRefusal.NotFound()),
            written, ct);
    }

    private static RapportRefusal? Wrong(bool isReturned, string reason) =>
        isReturned && Prose.IsBlank(reason) ? new RapportRefusal.ReasonMissing()
        : Prose.Length(reason) > Rapport.LongestText ? new RapportRefusal.TextTooLong("grunn", Prose.Length(reason), Rapport.LongestText)
        : null;
}
