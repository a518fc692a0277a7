using System.Text.Json.Nodes;
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
/// What follows when a round ends with a result, all in the story that ended it: the links close, everyone is told, and what a competent
/// body approved is approved. The run is taken on by who calls.
/// </summary>
internal sealed class EndRound(NoticeQueue notices)
{
    /// <summary>Does what follows of a round that has just been closed.</summary>
    /// <returns>What the body came to, by the flow's name for it.</returns>
    public async Task<string> With(Writing w, Run run, Round round, Actor by)
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

        return outcome;
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
            case DocumentKind.Evaluation:
                break; // A body takes note of it, or wants more: there is nothing in it to approve.
            case DocumentKind.Tilskuddsbrev or DocumentKind.Change:
                throw new InvalidOperationException("What a body decides on is a plan or a report, never a tilskuddsbrev, and of a change it is the plan.");
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
