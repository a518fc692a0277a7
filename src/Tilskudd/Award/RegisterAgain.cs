using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Award;

/// <summary>A letter or a vote that was typed in wrong is registered again, as long as the grant's year is not over.</summary>
internal sealed class RegisterAgain(TakeUpAgain again, FlowLibrary library)
{
    public const int LongestError = MoveRefusal.LongestReason;

    /// <inheritdoc cref="TakeUpAgain.In"/>
    public Task<Refusal?> TakeUp(GrantId id, PostedAnswer answer, string error, PersonId by, CancellationToken ct) =>
        again.In(DocumentKind.Tilskuddsbrev, id.Value, answer, error, by, StepOf, new GrantRefusal.NothingToRegisterAgain(), async (w, _) =>
        {
            if (await Fault(w.Db, id, error, ct) is { } fault)
            {
                return fault;
            }

            (await w.Db.Existing<Grant>(id, ct)).TakeUpAgain();
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

        var mayRegister = TakeUpAgain.WhoOf(step) == run.WaitsFor ? hasTurn : await TakeUpAgain.MayRegister(db, run, step, reader, today, ct);

        // No change is opened before the letter is accepted.
        return !mayRegister || (grant.Letter is { AcceptedAt: not null } && await OpenChange.IsChanging(db, [grant.Id], ct)) ? null
            : step.Step is RegisterLetter ? GrantTask.Letter
            : GrantTask.Vote;
    }

    // The last registration the run has behind it; while the letter is waited for, that is the vote.
    private static StepDefinition? StepOf(Run run, Definition version)
    {
        var waiting = version.Find(run.StepId)?.Step;
        return IsVote(waiting) ? null : TakeUpAgain.Answered(run, version).FirstOrDefault(step => IsVote(step?.Step) || (step?.Step is RegisterLetter && waiting is not RegisterLetter));
    }

    private static bool IsVote(Workflows.Step? step) => step is RegisterDecision { Task: TaskKeys.BudgetVote };

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
