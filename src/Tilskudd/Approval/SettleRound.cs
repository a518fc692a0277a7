using Tilskudd.Cycle.Approval;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Approval;

/// <summary>Ends a round when it is decided, and takes its run on when the boards that were asked have come to something together.</summary>
internal sealed class SettleRound(Flow flow, EndRound end)
{
    /// <summary>Ends the round if the answers now decide it.</summary>
    public async Task IfDecided(Writing w, Run run, Round round, Actor by)
    {
        if (round.CloseIfDecided(w.Now))
        {
            await Conclude(w, run, round, by);
        }
    }

    /// <inheritdoc cref="EndRound.With"/>
    public async Task Conclude(Writing w, Run run, Round round, Actor by, bool tells = true)
    {
        await end.With(w, run, round, by, tells);
        if (await end.Together(w, run, await StepRounds.Of(w.Db, round.Lead), by) is { } outcome
            && await flow.Answer(w, run, run.VisitNumber, outcome, by, Reasons(round)) is { } refusal)
        {
            throw new InvalidOperationException($"Round {round.Id} is decided, and its run says {refusal.GetType().Name}.");
        }
    }

    /// <summary>What those who sent it back want changed, in their own words.</summary>
    private static string Reasons(Round round) => round.Outcome == CountOutcome.Returned
        ? string.Join("\n\n", round.Standing.Where(answer => answer.Kind == AnswerKind.SendBack).Select(answer => answer.Remark))
        : "";
}
