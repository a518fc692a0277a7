using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Storage;
using Tilskudd.Trail;
using Tilskudd.Workflows;

namespace Tilskudd.Runs;

/// <summary>Lets the person whose turn it is do a task and answer its step, in one story. The same form again is the same answer.</summary>
internal sealed class AnswerTask(Door door, Flow flow)
{
    /// <param name="document">The document the page is about; the run must be about it too.</param>
    /// <param name="does">The task itself, when the waiting step is of its kind; what it refuses, nothing is kept of.</param>
    /// <param name="reason">Kept with the visit, for those the case goes back to.</param>
    /// <typeparam name="TStep">The kind of step that must wait.</typeparam>
    public Task<Refusal?> Answer<TStep>(
        Guid document, PostedAnswer answer, PersonId by, Func<Writing, Run, TStep, Task<Refusal?>> does, string reason, CancellationToken ct) where TStep : Step =>
        AnswerPart<TStep>(document, answer, by, async (w, run, step) => (await does(w, run, step), answer.Outcome), reason, ct);

    /// <summary>The same for a task that is done bit by bit: the step is answered when it is whole.</summary>
    /// <param name="does">Gives the outcome, or null while something is left to do.</param>
    public Task<Refusal?> AnswerPart<TStep>(
        Guid document, PostedAnswer answer, PersonId by, Func<Writing, Run, TStep, Task<(Refusal? Refusal, string? Outcome)>> does, string reason, CancellationToken ct) where TStep : Step =>
        door.Write(async w =>
        {
            if (await answer.Stands(w.Db, by, ct))
            {
                return null;
            }

            var (run, refusal) = await Rights.Turn(w, answer.Run, answer.Visit, by);
            if (run is null)
            {
                return refusal;
            }

            if (run.DocumentId != document || (await flow.StepOf(w.Db, run, ct)).Step is not TStep step)
            {
                return new FlowRefusal.NotFound();
            }

            var (no, outcome) = await does(w, run, step);
            return no is not null || outcome is null ? no : await flow.Answer(w, run, answer.Visit, outcome, Actor.Of(by), reason);
        }, ct);
}
