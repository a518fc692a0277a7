using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Approval;

/// <summary>
/// What follows when a round ends with a result, all in the story that ended it: the links close, everyone is told, what a competent
/// body approved is approved, and the run goes on.
/// </summary>
internal sealed class SettleRound(Flow flow, NoticeQueue notices)
{
    /// <summary>The run whose step the round is in.</summary>
    public static Task<Run> RunOf(TilskuddDb db, RoundId round, CancellationToken ct = default) =>
        db.Set<Run>().SingleAsync(run => run.Visits.Any(visit => visit.RoundId == round), ct);

    /// <summary>Ends the round if the answers now decide it.</summary>
    public async Task IfDecided(Writing w, Run run, Round round, Actor by)
    {
        if (round.CloseIfDecided(w.Now))
        {
            await Conclude(w, run, round, by);
        }
    }

    /// <summary>Does what follows of a round that has just been closed.</summary>
    public async Task Conclude(Writing w, Run run, Round round, Actor by)
    {
        var count = round.Count();
        var outcome = Named(round);
        await RunTrail.Record(w, run, by, "round-closed", "round", round.Id.Value, $"{round.Version}", run.StepId, outcome, new JsonObject
        {
            ["hash"] = round.Hash,
            ["for"] = count.For,
            ["against"] = count.Against,
            ["abstained"] = count.Abstained,
            ["present"] = count.Present,
            ["size"] = count.Size,
            ["castingVote"] = count.CastingVote,
        });
        await Links.Revoke(w, round.Id, LinkEnd.RoundClosed);
        await NoticeQueue.Cancel(w, round.Id);
        await Tell(w, run, round);
        if (round is { Outcome: CountOutcome.Approved, IsCompetent: true })
        {
            await Approve(w, round.DocumentKind, round.DocumentId, round.Version);
        }

        if (await flow.Answer(w, run, run.VisitNumber, outcome, by, Reasons(round)) is { } refusal)
        {
            throw new InvalidOperationException($"Round {round.Id} is decided, and its run says {refusal.GetType().Name}.");
        }
    }

    /// <summary>Keeps in the document which version a competent body has approved.</summary>
    public static async Task Approve(Writing w, DocumentKind kind, Guid document, int version)
    {
        switch (kind)
        {
            case DocumentKind.Handlingsplan:
                (await w.Db.Existing<Handlingsplan>(new HandlingsplanId(document))).Approve(version, w.Now);
                break;
            case DocumentKind.Rapport:
                (await w.Db.Existing<Rapport>(new RapportId(document))).Approve(version);
                break;
            case DocumentKind.Tilskuddsbrev:
                throw new InvalidOperationException("A tilskuddsbrev is decided by the grantor, never by a body of ours.");
        }
    }

    // The flow's own names of what a body can come to.
    private static string Named(Round round) => round.Outcome switch
    {
        CountOutcome.Approved => round.IsCompetent ? "Approved" : "Recommended",
        CountOutcome.Returned => "Returned",
        CountOutcome.ToMeeting => "ToMeeting",
        CountOutcome.NotQuorate => "NotQuorate",
        CountOutcome.Undecided or CountOutcome.Refused or null => throw new InvalidOperationException($"Round {round.Id} ended without a result."),
    };

    /// <summary>What those who sent it back want changed, in their own words.</summary>
    private static string Reasons(Round round) => round.Outcome == CountOutcome.Returned
        ? string.Join("\n\n", round.Standing.Where(answer => answer.Kind == AnswerKind.SendBack).Select(answer => answer.Remark))
        : "";

    private async Task Tell(Writing w, Run run, Round round)
    {
        var today = OsloTime.On(w.Now).Date;
        var members = round.Entitled.Select(seat => seat.PersonId).OfType<PersonId>();
        var leaders = await Who.Holding(w.Db, RoleKeys.ProgrammeLeader, run.Subject, today);
        var coordinators = await Who.Holding(w.Db, RoleKeys.Coordinator, run.Subject, today);
        foreach (var person in members.Concat(leaders.Concat(coordinators).Select(person => person.Id)).Distinct())
        {
            await notices.Queue(w, NoticeKind.RoundResult, person, $"round/{round.Id}/result", new NoticeAbout { RoundId = round.Id });
        }
    }
}
