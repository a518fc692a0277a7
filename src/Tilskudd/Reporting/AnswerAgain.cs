using NodaTime;
using Tilskudd.Award;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Reporting;

/// <summary>What a grantor answered to a report, or on what is left, is registered again where it was registered wrong, until the money is carried over or repaid.</summary>
internal sealed class AnswerAgain(TakeUpAgain again, FlowLibrary library)
{
    /// <inheritdoc cref="TakeUpAgain.In"/>
    public Task<Refusal?> TakeUp(RapportId id, PostedAnswer answer, string error, PersonId by, CancellationToken ct)
    {
        var nothing = new GrantRefusal.NothingToRegisterAgain();
        return again.In(DocumentKind.Rapport, id.Value, answer, error, by, StepOf, nothing, async (w, step) =>
        {
            if (RegisterAgain.Wrong(error) is { } wrong)
            {
                return wrong;
            }

            var rapport = await w.Db.Existing<Rapport>(id, ct);
            return (IsAnswer(step.Step) ? rapport.TakeUpAnswer() : rapport.MayTakeUp) ? null : nothing;
        }, ct);
    }

    /// <summary>What a reader may register again now; null where there is nothing, or it is another's to do.</summary>
    /// <param name="run">The report's open run.</param>
    public async Task<RapportTask?> Offered(TilskuddDb db, Rapport rapport, Run run, PersonId reader, LocalDate today, CancellationToken ct) =>
        !rapport.MayTakeUp || StepOf(run, await library.Of(db, run, ct)) is not { } step || !await TakeUpAgain.MayRegister(db, run, step, reader, today, ct) ? null
        : IsAnswer(step.Step) ? RapportTask.Decision
        : RapportTask.CarryOver;

    // From what is done about the rest to what the grantor answered to the report; from the repayment to what was answered on the rest.
    private static StepDefinition? StepOf(Run run, Definition version) => version.Find(run.StepId)?.Step switch
    {
        RegisterDecision { Task: TaskKeys.CarryOver } => TakeUpAgain.Answered(run, version).FirstOrDefault(step => IsAnswer(step?.Step)),
        Draft { Task: TaskKeys.Repayment } => TakeUpAgain.Answered(run, version).FirstOrDefault(step => step?.Step is RegisterDecision { Task: TaskKeys.CarryOver }),
        _ => null,
    };

    private static bool IsAnswer(Workflows.Step? step) => step is RegisterDecision { Task: TaskKeys.GrantorDecision };
}
