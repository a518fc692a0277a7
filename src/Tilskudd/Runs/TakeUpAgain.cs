using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;
using Tilskudd.Trail;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Runs;

/// <summary>What was registered wrong is registered again: the run goes back to the step it was registered in, and walks on from there. Those who register it do so themselves.</summary>
internal sealed class TakeUpAgain(Door door, Flow flow, FlowLibrary library)
{
    /// <param name="answer">The visit the page showed; it is left without an answer.</param>
    /// <param name="error">What is wrong, in the person's own words.</param>
    /// <param name="which">The step to go back to; null where there is nothing to register again.</param>
    /// <param name="nothing">Says that there is nothing to register again.</param>
    /// <param name="undo">Takes back what the document keeps of it; where it refuses, nothing is done.</param>
    public Task<Refusal?> In(
        DocumentKind kind, Guid document, PostedAnswer answer, string error, PersonId by, Func<Run, Definition, StepDefinition?> which, Refusal nothing, Func<Writing, StepDefinition, Task<Refusal?>> undo, CancellationToken ct) =>
        door.Write(async w =>
        {
            if (await answer.Stands(w.Db, by, ct))
            {
                return null;
            }

            var today = OsloTime.On(w.Now).Date;
            var run = await w.Db.Set<Run>().SingleOrDefaultAsync(run => run.Id == answer.Run && run.DocumentKind == kind && run.DocumentId == document, ct);
            if (run is null || !(await Rights.Seen(w.Db, by, today, ct)).Contains(run.ProgrammeId))
            {
                return new FlowRefusal.NotFound();
            }

            if (!run.IsOpen || run.VisitNumber != answer.Visit)
            {
                return new FlowRefusal.AlreadyDone();
            }

            var version = await library.Of(w.Db, run, ct);
            if (which(run, version) is not { } step)
            {
                return nothing;
            }

            if (!await MayRegister(w.Db, run, step, by, today, ct))
            {
                return new FlowRefusal.NotYours();
            }

            if (await undo(w, step) is { } refusal)
            {
                return refusal;
            }

            await flow.MoveTo(w, run, version, step, Actor.Of(by), Prose.Of(error).Trim());
            return null;
        }, ct);

    /// <summary>Whether a person is among those who register what a step asks for.</summary>
    public static async Task<bool> MayRegister(TilskuddDb db, Run run, StepDefinition step, PersonId person, LocalDate on, CancellationToken ct) =>
        (await Who.Holding(db, WhoOf(step), run.Subject, on, ct)).Any(one => one.Id == person);

    /// <summary>Who a step that is registered waits for.</summary>
    public static string WhoOf(StepDefinition step) => ((WaitingStep)step.Step).Who;

    /// <summary>The steps a run has answered, the last first.</summary>
    public static IEnumerable<StepDefinition?> Answered(Run run, Definition version) =>
        run.Visits.Where(visit => visit.Outcome.Length > 0).OrderByDescending(visit => visit.Number).Select(visit => version.Find(visit.StepId));
}
