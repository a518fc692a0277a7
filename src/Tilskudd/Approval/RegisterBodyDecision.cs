using System.Text.Json.Nodes;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Approval;

/// <summary>
/// Registers what a body decided in a meeting, or what the body that can bind the municipality decided, from its protocol. An approval by
/// a competent body approves the document. Where several boards leave it to their meetings, each is registered by itself.
/// </summary>
internal sealed class RegisterBodyDecision(Door door, Flow flow, SettleRound settle, EndRound end, SignDecision sign)
{
    private const string Approved = "Approved";

    /// <param name="outcome">One of the waiting step's outcomes.</param>
    /// <param name="board">The id of the body that decided; may be empty where there is but one.</param>
    /// <returns>Null when it is registered, or was so by the same person in the same words before.</returns>
    public async Task<Refusal?> Register(RunId id, int visit, PersonId person, string outcome, string board, DecisionText text, CancellationToken ct)
    {
        var refusal = await door.Write(w => Register(w, id, visit, person, outcome, board, text, ct), ct);
        if (refusal is null)
        {
            await sign.Now();
        }

        return refusal;
    }

    private async Task<Refusal?> Register(Writing w, RunId id, int visit, PersonId person, string outcome, string board, DecisionText text, CancellationToken ct)
    {
        var (waiting, refusal) = await Rights.Turn(w, id, visit, person);
        if (waiting is not { } run)
        {
            return refusal is FlowRefusal.AlreadyDone && await IsRepeated(w.Db, id, visit, person, outcome) ? null : refusal;
        }

        if (await MeetingBoards.Meets(w.Db, run, board, ct))
        {
            return new DecisionRefusal.InMeeting();
        }

        return (await Register(w, run, person, outcome, board, text, ct)).Refusal;
    }

    /// <summary>
    /// Registers, inside a story, what a meeting held here decided in a round that is left to it. Where several boards are asked, that of one is
    /// registered while others are waited for, and the run moves on when they have come to something together.
    /// </summary>
    public async Task<(Decision? Decision, Refusal? Refusal)> Register(Writing w, Run run, Round round, bool isApproved, PersonId person, DecisionText text, CancellationToken ct)
    {
        if (!run.IsOpen || run.Waiting.RoundId != round.Lead)
        {
            return await Register(w, run, person, isApproved ? Approved : "Rejected", $"{round.BodyId}", text, ct);
        }

        var today = OsloTime.On(w.Now).Date;
        if (!round.WaitsForMeeting || Decision.Faults(text, today) is [_, ..])
        {
            return (null, round.WaitsForMeeting ? Decision.Faults(text, today)[0] : new FlowRefusal.AlreadyDone());
        }

        var decision = new Decision(w.Ids.Next<DecisionId>(), round.BodyId, round.DocumentKind, round.DocumentId, round.Version, isApproved, text, person, w.Now, today);
        w.Db.Add(decision);
        var body = await w.Db.Existing<Body>(round.BodyId, ct);
        await Record(w, run, person, decision, body.Key, $"{(isApproved ? CountOutcome.Approved : CountOutcome.Returned)}");
        if (!isApproved)
        {
            await end.TellReturned(w, run, decision, body);
        }

        await settle.InMeeting(w, run, round, isApproved, Actor.Of(person), isApproved ? "" : decision.Text);
        return (decision, null);
    }

    private async Task<(Decision? Decision, Refusal? Refusal)> Register(Writing w, Run run, PersonId person, string outcome, string board, DecisionText text, CancellationToken ct)
    {
        var place = await flow.StepOf(w.Db, run, ct);
        if (place.Step is not RegisterDecision { Body: { } named } step || !place.Outcomes.Contains(outcome))
        {
            return (null, new FlowRefusal.NotFound());
        }

        var today = OsloTime.On(w.Now).Date;
        if (Decision.Faults(text, today) is [var fault, ..])
        {
            return (null, fault);
        }

        var key = await OwnRules.BodyOf(w.Db, run.ProgrammeId, step, named, ct);
        var missing = await MeetingBoards.Of(w.Db, run, key, ct);
        if (board.Length > 0 && missing.All(known => known.Id.ToString() != board))
        {
            return (null, new FlowRefusal.AlreadyDone());
        }

        if (board.Length == 0 && missing.Count > 1)
        {
            return (null, new DecisionRefusal.NoBody());
        }

        var body = missing.FirstOrDefault(known => board.Length == 0 || known.Id.ToString() == board);
        var (kind, document, version, frozenAt) = await Latest(w.Db, run);
        if (frozenAt is { } at && OsloTime.On(at).Date is var since && text.On < since)
        {
            return (null, new DecisionRefusal.DateBeforeVersion(text.On!.Value, version, since));
        }

        var decision = new Decision(w.Ids.Next<DecisionId>(), body?.Id, kind, document, version, outcome == Approved, text, person, w.Now, today);
        w.Db.Add(decision);
        await Record(w, run, person, decision, key, outcome);
        (await MeetingBoards.Asked(w.Db, run, ct)).FirstOrDefault(round => round.BodyId == body?.Id && round.Version == version && round.WaitsForMeeting)?.DecideInMeeting(decision.IsApproved);
        if (decision.IsApproved && missing.Count > 1)
        {
            // The others' decisions are still to come, and it is approved when all of them have.
            return (decision, null);
        }

        if (decision.IsApproved && key != BodyKeys.Internal && (step.Task == TaskKeys.CompetentDecision || (await Who.BodiesOf(w.Db, key, run.Subject, ct)).Any(known => known.IsCompetent)))
        {
            await end.Approve(w, kind, document, version);
        }

        if (!decision.IsApproved)
        {
            await end.TellReturned(w, run, decision, body);
        }

        return (decision, await flow.Answer(w, run, run.VisitNumber, outcome, Actor.Of(person), decision.IsApproved ? "" : decision.Text));
    }

    private static Task Record(Writing w, Run run, PersonId person, Decision decision, string key, string outcome) =>
        RunTrail.Record(w, run, Actor.Of(person), "decision-registered", "decision", decision.Id.Value, $"{decision.Version}", run.StepId, outcome, new JsonObject
        {
            ["body"] = key,
            ["assurance"] = "RegisteredBySecretary",
            ["on"] = NodaTime.Text.LocalDatePattern.Iso.Format(decision.DecidedOn),
        });

    // What the body had before it is the latest version: nothing is written while a decision is waited for.
    internal static async Task<(DocumentKind Kind, Guid Document, int Version, DateTimeOffset? FrozenAt)> Latest(TilskuddDb db, Run run)
    {
        if (run.DocumentKind == DocumentKind.Rapport)
        {
            var rapport = await db.Existing<Rapport>(new RapportId(run.DocumentId));
            return (DocumentKind.Rapport, run.DocumentId, rapport.LatestVersion!.Number, rapport.LatestVersion.FrozenAt);
        }

        if (run.DocumentKind == DocumentKind.Evaluation)
        {
            var evaluation = await db.Existing<Evaluation>(new EvaluationId(run.DocumentId));
            return (DocumentKind.Evaluation, run.DocumentId, evaluation.Version, null);
        }

        var plan = await OpenRound.PlanOf(db, run.Subject);
        return (DocumentKind.Handlingsplan, plan.Id.Value, plan.LatestVersion!.Number, plan.LatestVersion.FrozenAt);
    }

    private static async Task<bool> IsRepeated(TilskuddDb db, RunId id, int visit, PersonId person, string outcome)
    {
        var run = await db.Existing<Run>(id);
        return run.Visits.Any(known => known.Number == visit && known.Outcome == outcome && known.Actor == Actor.Of(person).ToString());
    }
}
