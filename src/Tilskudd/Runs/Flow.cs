using System.Text.Json.Nodes;
using Tilskudd.Approval;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Notices;
using Tilskudd.Storage;
using Tilskudd.Trail;
using Tilskudd.Workflows;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Runs;

/// <summary>
/// Walks runs through their flows inside a transaction of the door: the engine says where a run goes, and here is done what
/// entering a step means – a deadline is set, people are told, a round opens, a question is answered, the next flow starts.
/// </summary>
internal sealed partial class Flow(IEngine engine, FlowLibrary library, StepEntry entry, ILogger<Flow> log)
{
    /// <summary>More moves than this in one act means that a file sends a run round in a circle.</summary>
    private const int MostMoves = 100;

    private const string Failed = "En feil i programmet hindret steget i å begynne. Feilen står i loggen. Prøv på nytt; hjelper det ikke, be den som drifter løsningen se på den.";

    /// <summary>Starts a run of every flow that begins on the event.</summary>
    public async Task Raise(Writing w, string happening, Subject subject, Actor by)
    {
        foreach (var definition in library.StartingOn(happening))
        {
            foreach (var document in await Documents.Open(w, definition.Document, subject))
            {
                await Start(w, definition, document, by);
            }
        }
    }

    /// <summary>Answers the step that waits. Whoever answered first has answered; a second answer is told so.</summary>
    public async Task<Refusal?> Answer(Writing w, Run run, int visit, string outcome, Actor by, string reason = "")
    {
        if (!run.IsOpen || run.VisitNumber != visit)
        {
            return new FlowRefusal.AlreadyDone();
        }

        var definition = await library.Of(w.Db, run);
        if (!definition.Find(run.StepId)!.Outcomes.Contains(outcome))
        {
            return new FlowRefusal.NotFound();
        }

        await Walk(w, run, definition, new Answer(visit, outcome), by, reason);
        return null;
    }

    /// <summary>Tries again what the waiting step could not do when it was entered.</summary>
    public async Task Retry(Writing w, Run run, Actor by)
    {
        var definition = await library.Of(w.Db, run);
        run.Report("");
        await Settle(w, run, definition, by);
    }

    /// <summary>
    /// Takes a run on at a named step, in the version of its flow it walks or in another: the engine begins afresh there, in a visit of its own, so
    /// that no answer or link of the old step fits. What the old step had under way ends with it.
    /// </summary>
    /// <param name="step">A step of that version in which people are waited for.</param>
    public async Task MoveTo(Writing w, Run run, Definition version, StepDefinition step, Actor by, string reason)
    {
        var (from, left) = (run.DefinitionVersion, run.Waiting);
        var place = engine.Place(version, step.Id, run.VisitNumber + 1, w.Now);
        left.Leave("", by.ToString(), reason, w.Now);
        if (left.DeadlineId is { } deadline)
        {
            (await Deadlines.Of(w, deadline)).Withdraw(w.Now);
        }

        foreach (var open in left.RoundId is { } lead ? (await StepRounds.Of(w.Db, lead)).Where(round => round.IsOpen) : [])
        {
            await OpenRound.Withdraw(w, open, LinkEnd.RunMoved);
        }

        run.MovedTo(version.Version, place.State);
        await Enter(w, run, step, place.Position.Visit);
        await RunTrail.Record(w, run, by, version.Version == from ? "run-taken-back" : "run-version-changed", "run", run.Id.Value, $"{version.Version}", left.StepId, "", new JsonObject
        {
            ["fromVersion"] = from,
            ["toVersion"] = version.Version,
            ["to"] = step.Id,
            ["visit"] = run.VisitNumber,
            ["reason"] = await Seal(w, by, reason),
        });
        await Settle(w, run, version, by);
    }

    // The words stand with the visit, where a person's name in them can be taken away; the trail only shows that they are the same.
    private static async Task<string> Seal(Writing w, Actor by, string reason) =>
        Pseudonym.Of((await w.Db.Existing<Person>(Actor.PersonIn(by.ToString()) ?? throw new InvalidOperationException("A run is moved by a person."))).Salt, reason);

    /// <summary>The step a run waits in, as its file has it.</summary>
    public async Task<StepDefinition> StepOf(TilskuddDb db, Run run, CancellationToken ct = default) =>
        (await library.Of(db, run, ct)).Find(run.StepId) ?? throw new InvalidOperationException($"Run {run.Id} stands in a step its flow does not have: {run.StepId}.");

    private async Task Start(Writing w, Definition definition, Subject subject, Actor by)
    {
        var run = new Run(w.Ids.Next<RunId>(), definition.Id, definition.Version, subject, w.Now);
        w.Db.Add(run);
        await Walk(w, run, definition, null, by, "");
    }

    private async Task Walk(Writing w, Run run, Definition definition, Answer? answer, Actor by, string reason)
    {
        await Take(w, run, definition, answer, by, reason);
        await Settle(w, run, definition, by);
    }

    /// <summary>Does what the entered step means, and goes on through the steps that answer themselves.</summary>
    private async Task Settle(Writing w, Run run, Definition definition, Actor by)
    {
        for (var moves = 0; run.IsOpen; moves++)
        {
            if (moves == MostMoves)
            {
                throw new InvalidOperationException($"{definition} moved run {run.Id} {MostMoves} times in one act: the file sends it round in a circle.");
            }

            var step = definition.Find(run.StepId)!;
            if (step.Step is Close close)
            {
                await End(w, run, close, by);
                return;
            }

            string? outcome = null;
            if (!await w.Attempt(async () => outcome = await entry.Enter(w, run, step, by)))
            {
                await StepEntry.Report(w, run, by, Failed);
                return;
            }

            if (outcome is null)
            {
                return;
            }

            await Take(w, run, definition, new Answer(run.VisitNumber, outcome), Actor.System, "");
        }
    }

    private async Task Take(Writing w, Run run, Definition definition, Answer? answer, Actor by, string reason)
    {
        var from = answer is null ? "" : run.StepId;
        var move = answer is null ? engine.Move(definition, null, null, w.Now) : Move(run, definition, answer, w.Now);
        if (answer is not null)
        {
            var left = run.Waiting;
            left.Leave(answer.Outcome, by.ToString(), reason, w.Now);
            if (left.DeadlineId is { } met)
            {
                (await Deadlines.Of(w, met)).Meet(w.Now);
            }
        }

        run.Moved(move.State);
        var step = definition.Find(move.Position.StepId)!;
        await Enter(w, run, step, move.Position.Visit);
        await RunTrail.Record(w, run, by, answer is null ? "run-started" : "run-moved", "run", run.Id.Value, "", from, answer?.Outcome ?? "", new JsonObject { ["to"] = step.Id });
    }

    private Move Move(Run run, Definition definition, Answer answer, DateTimeOffset now)
    {
        try
        {
            return engine.Move(definition, run.State, answer, now);
        }
        catch (UnreadableStateException unreadable)
        {
            // The other composition's engine wrote it. The position beside it says all there is to know: a run has one token.
            LogBegunAfresh(run.Id, unreadable.Message);
            return engine.Move(definition, engine.Place(definition, run.StepId, run.VisitNumber, now).State, answer, now);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The state of run {Run} was not this engine's, and was made anew where the run stands: {Reason}")]
    private partial void LogBegunAfresh(RunId run, string reason);

    private static async Task Enter(Writing w, Run run, StepDefinition step, int visit) => run.Enter(
        step.Id, step.Step.GetType().Name, visit, step.Phase, step.Step is WaitingStep waiting ? await OwnRules.WhoOf(w.Db, run.ProgrammeId, waiting) : "", w.Now);

    private async Task End(Writing w, Run run, Close close, Actor by)
    {
        run.Close(close.As, w.Now);
        await RunTrail.Record(w, run, by, "run-closed", "run", run.Id.Value, "", run.StepId, close.As, []);
        if (!string.IsNullOrEmpty(close.Event))
        {
            await Raise(w, close.Event, run.Subject, by);
        }
    }
}
