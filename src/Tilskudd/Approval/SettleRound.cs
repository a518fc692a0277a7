using Tilskudd.Cycle.Approval;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Approval;

/// <summary>Ends a round when it is decided, and takes its run on when the boards that were asked have come to something together.</summary>
internal sealed class SettleRound(Flow flow, EndRound end)
{
    /// <summary>Ends the round if the answers now decide it: by the count, and not by whoever answered last.</summary>
    public async Task IfDecided(Writing w, Run run, Round round)
    {
        if (round.CloseIfDecided(w.Now))
        {
            await Conclude(w, run, round, Actor.System);
        }
    }

    /// <inheritdoc cref="EndRound.With"/>
    public async Task Conclude(Writing w, Run run, Round round, Actor by, bool tells = true)
    {
        await end.With(w, run, round, by, tells);
        await MoveOn(w, run, round, by, Reasons(round));
    }

    /// <summary>
    /// Keeps in the round what its board decided in its meeting, and takes the run on when the boards have come to something together. While
    /// others are waited for, those who lead the run are told.
    /// </summary>
    /// <param name="reason">What the board wants changed, in its own words; empty where it approved.</param>
    public async Task InMeeting(Writing w, Run run, Round round, bool isApproved, Actor by, string reason)
    {
        round.DecideInMeeting(isApproved);
        if (!await MoveOn(w, run, round, by, reason))
        {
            await end.TellResponsible(w, run, round);
        }
    }

    // False while other boards are waited for.
    private async Task<bool> MoveOn(Writing w, Run run, Round round, Actor by, string reason)
    {
        if (await end.Together(w, run, await StepRounds.Of(w.Db, round.Lead), by) is not { } outcome)
        {
            return false;
        }

        return await flow.Answer(w, run, run.VisitNumber, outcome, by, reason) is { } refusal
            ? throw new InvalidOperationException($"Round {round.Id} is decided, and its run says {refusal.GetType().Name}.")
            : true;
    }

    /// <summary>What those who sent it back want changed, or why some want a meeting, in their own words.</summary>
    private static string Reasons(Round round) => round.Outcome is CountOutcome.Returned or CountOutcome.ToMeeting
        ? string.Join("\n\n", round.Standing.Where(answer => answer is { Kind: AnswerKind.SendBack or AnswerKind.ObjectToWritten, Remark.Length: > 0 }).Select(answer => answer.Remark))
        : "";
}
