using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Reporting;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Approval;

/// <summary>
/// What follows when a round ends with a result, all in the story that ended it: the links close, everyone is told, and when the boards
/// that were asked have come to something together, those still open end, and what a competent body approved is approved. The run is taken
/// on by who calls.
/// </summary>
internal sealed class EndRound(NoticeQueue notices, ReportLines lines)
{
    /// <summary>Does what follows of a round that has just been closed.</summary>
    /// <param name="tells">False where it is closed in the meeting it is left to: those who are told are sitting there.</param>
    public async Task With(Writing w, Run run, Round round, Actor by, bool tells = true)
    {
        var count = round.Count();
        var outcome = $"{JointDecision.Of([round.Result()])}";
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
        if (tells)
        {
            await Tell(w, round, Members(round), await Responsible(w, run));
        }
    }

    /// <summary>Ends what is open of the rounds opened together, once it hangs on them no longer, and approves what they have approved.</summary>
    /// <returns>What the boards came to together, by the flow's name for it; null while some of them are waited for.</returns>
    public async Task<string?> Together(Writing w, Run run, IReadOnlyList<Round> rounds, Actor by)
    {
        if (JointDecision.Of([.. rounds.Select(round => round.Result())]) is not { } outcome)
        {
            return null;
        }

        foreach (var open in rounds.Where(round => round.IsOpen))
        {
            await OpenRound.Withdraw(w, open, LinkEnd.OtherBoardReturned);
            await RunTrail.Record(w, run, by, "round-withdrawn", "round", open.Id.Value, $"{open.Version}", new JsonObject { ["hash"] = open.Hash });
            await Tell(w, open, Members(open), []);
        }

        if (outcome == JointOutcome.Approved && !await IsInternal(w, rounds[0]))
        {
            await Approve(w, rounds[0].DocumentKind, rounds[0].DocumentId, rounds[0].Version);
        }

        return $"{outcome}";
    }

    // The administration's own group recommends, whatever is kept of what it may bind: the body it recommends to decides.
    private static Task<bool> IsInternal(Writing w, Round round) => w.Db.Bodies.AnyAsync(body => body.Id == round.BodyId && body.Key == BodyKeys.Internal);

    /// <summary>Tells those who lead the run and write what it is about what the round has come to; the members of the body know.</summary>
    public async Task TellResponsible(Writing w, Run run, Round round) => await Tell(w, round, [], await Responsible(w, run));

    /// <summary>
    /// Tells those who lead the run and write what it is about that a body has not approved it in its meeting, in its own words; and those whose
    /// approval falls away, where another body decided after them.
    /// </summary>
    /// <param name="body">Whose decision it is; null where the body is not registered.</param>
    public async Task TellReturned(Writing w, Run run, Decision decision, Body? body)
    {
        var before = (await MeetingBoards.Asked(w.Db, run, default)).Where(round => round.BodyId != body?.Id).SelectMany(Members);
        foreach (var person in await Who.Named(w.Db, [.. (await Responsible(w, run)).Concat(before).Distinct()]))
        {
            var language = Languages.Of(person.Language);
            var title = (await MailFacts.Document(w.Db, decision.DocumentKind, decision.DocumentId, language, w.Now, default)).Title;
            var isEvaluation = decision.DocumentKind == DocumentKind.Evaluation && body is not null;
            var text = new MessageText(
                Texts.Of<MailWords>(language, isEvaluation ? "NotApproved.Subject.Evaluation" : "NotApproved.Subject", title),
                Texts.Of<MailWords>(language, isEvaluation ? "NotApproved.Text.Evaluation" : body is null ? "NotApproved.Text" : "NotApproved.Text.Of", decision.Version, Dates.WithYear(decision.DecidedOn, language), body?.Name ?? ""),
                decision.Text);
            await notices.Say(w, person.Id, $"decision/{decision.Id}", text, run.Id);
        }
    }

    /// <summary>Keeps in the document which version a competent body has approved.</summary>
    public async Task Approve(Writing w, DocumentKind kind, Guid document, int version)
    {
        switch (kind)
        {
            case DocumentKind.Handlingsplan:
                var plan = await w.Db.Existing<Handlingsplan>(new HandlingsplanId(document));
                plan.Approve(version, w.Now);
                await LiftSpread(w, plan);
                await lines.Follow(w, plan);
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

    // Few letters have been spread, and few of those have had their amount changed.
    private static async Task LiftSpread(Writing w, Handlingsplan plan)
    {
        foreach (var grant in await w.Db.Grants.Where(grant => (grant.PlanId == plan.Id || grant.OtherPlans.Contains(plan.Id)) && grant.Revised != null && grant.Letter!.SpreadBy != null).ToListAsync())
        {
            grant.FollowRevised(plan);
        }
    }

    private static async Task<IEnumerable<PersonId>> Responsible(Writing w, Run run)
    {
        var today = OsloTime.On(w.Now).Date;
        var leaders = await Who.Holding(w.Db, RoleKeys.ProgrammeLeader, run.Subject, today);
        var coordinators = await Who.Holding(w.Db, RoleKeys.Coordinator, run.Subject, today);
        return leaders.Concat(coordinators).Select(person => person.Id);
    }

    // Those with a say, those who follow the case, and those of the body who were away or inhabil: what became of it is no secret to them.
    private static IEnumerable<PersonId> Members(Round round) => round.Entitled.Concat(round.Observers).Concat(round.Seats.Where(seat => seat.AbsentAt is not null || seat.InhabilAt is not null)).Select(seat => seat.PersonId).OfType<PersonId>();

    private async Task Tell(Writing w, Round round, IEnumerable<PersonId> members, IEnumerable<PersonId> others)
    {
        var ids = members.Concat(others).Distinct().ToList();
        var people = await w.Db.People.Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id);
        var before = await ToldBefore.About(w, [], [round.Id]);
        foreach (var id in ids)
        {
            notices.Queue(w, NoticeKind.RoundResult, people[id], $"round/{round.Id}/result", new NoticeAbout { RoundId = round.Id }, before);
        }
    }
}
