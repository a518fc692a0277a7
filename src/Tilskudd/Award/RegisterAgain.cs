using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Award;

/// <summary>
/// A letter or a vote that was typed in wrong is registered again: the run goes back to the step it was registered in, and walks on from there.
/// Those who register it do so themselves, as long as the grant's year is not over.
/// </summary>
internal sealed class RegisterAgain(Door door, Flow flow, FlowLibrary library)
{
    public const int LongestError = MoveRefusal.LongestReason;

    /// <param name="answer">The visit the page showed; it is left without an answer.</param>
    /// <param name="error">What is wrong, in the person's own words.</param>
    public Task<Refusal?> TakeUp(GrantId id, PostedAnswer answer, string error, PersonId by, CancellationToken ct) => door.Write(async w =>
    {
        if (await answer.Stands(w.Db, by, ct))
        {
            return null;
        }

        var today = OsloTime.On(w.Now).Date;
        var run = await w.Db.Set<Run>().SingleOrDefaultAsync(run => run.Id == answer.Run && run.DocumentKind == DocumentKind.Tilskuddsbrev && run.DocumentId == id.Value, ct);
        if (run is null || !(await Rights.Seen(w.Db, by, today, ct)).Contains(run.ProgrammeId))
        {
            return new FlowRefusal.NotFound();
        }

        if (!run.IsOpen || run.VisitNumber != answer.Visit)
        {
            return new FlowRefusal.AlreadyDone();
        }

        var version = await library.Of(w.Db, run, ct);
        if (StepOf(run, version) is not { } step)
        {
            return new GrantRefusal.NothingToRegisterAgain();
        }

        if (!await MayRegister(w.Db, run, step, by, today, ct))
        {
            return new FlowRefusal.NotYours();
        }

        if (await Fault(w.Db, id, error, ct) is { } fault)
        {
            return fault;
        }

        (await w.Db.Existing<Grant>(id, ct)).TakeUpAgain();
        await flow.MoveTo(w, run, version, step, Actor.Of(by), Prose.Of(error).Trim());
        return null;
    }, ct);

    /// <summary>What a reader may register again now; null where there is nothing, or it is another's to do.</summary>
    /// <param name="run">The grant's open run.</param>
    /// <param name="hasTurn">Whether it waits for the reader.</param>
    public async Task<GrantTask?> Offered(TilskuddDb db, Grant grant, Run run, PersonId reader, bool hasTurn, LocalDate today, CancellationToken ct)
    {
        if (StepOf(run, await library.Of(db, run, ct)) is not { } step)
        {
            return null;
        }

        var mayRegister = WhoOf(step) == run.WaitsFor ? hasTurn : await MayRegister(db, run, step, reader, today, ct);

        // No change is opened before the letter is accepted.
        return !mayRegister || (grant.Letter is { AcceptedAt: not null } && await OpenChange.IsChanging(db, [grant.Id], ct)) ? null
            : step.Step is RegisterLetter ? GrantTask.Letter
            : GrantTask.Vote;
    }

    // The last registration the run has behind it; while the letter is waited for, that is the vote.
    private static StepDefinition? StepOf(Run run, Definition version)
    {
        var waiting = version.Find(run.StepId)?.Step;
        return IsVote(waiting) ? null : run.Visits.Where(visit => visit.Outcome.Length > 0).OrderByDescending(visit => visit.Number).Select(visit => version.Find(visit.StepId))
            .FirstOrDefault(step => IsVote(step?.Step) || (step?.Step is RegisterLetter && waiting is not RegisterLetter));
    }

    private static string WhoOf(StepDefinition step) => ((WaitingStep)step.Step).Who;

    private static bool IsVote(Workflows.Step? step) => step is RegisterDecision { Task: TaskKeys.BudgetVote };

    private static async Task<bool> MayRegister(TilskuddDb db, Run run, StepDefinition step, PersonId person, LocalDate on, CancellationToken ct) =>
        (await Who.Holding(db, WhoOf(step), run.Subject, on, ct)).Any(one => one.Id == person);

    /// <summary>What is wrong with the words for what was wrong; null when nothing is.</summary>
    public static GrantRefusal? Wrong(string error) =>
        Prose.IsBlank(error) ? new GrantRefusal.ErrorMissing()
        : Prose.Length(Prose.Of(error)) is var length && length > LongestError ? new GrantRefusal.TextTooLong("feilen", length, LongestError)
        : null;

    private static async Task<Refusal?> Fault(TilskuddDb db, GrantId id, string error, CancellationToken ct) =>
        Wrong(error) is { } wrong ? wrong
        : await OpenChange.IsChanging(db, [id], ct) ? new GrantRefusal.ChangeUnderWay()
        : null;
}
