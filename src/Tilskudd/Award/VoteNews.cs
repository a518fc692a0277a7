using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Award;

/// <summary>Tells those who decided on the plans, and the programme leader, that the Storting's vote is far from what they decided.</summary>
internal sealed class VoteNews(NoticeQueue notices, ProgrammeLimits limits)
{
    private const string Occasion = "vote-differs";

    /// <summary>
    /// Tells nobody where the vote is within the limit of what the approved plans give money from the source; unless they have been told otherwise, of a vote
    /// that was registered wrong.
    /// </summary>
    public async Task Tell(Writing w, Run run, Grant grant, Money voted, Actor by, CancellationToken ct)
    {
        var plans = await AnsweredPlans.Of(w.Db, grant, ct);
        var planned = AnsweredPlans.Lines(grant, plans).Aggregate(Money.Zero, (sum, line) => sum + line.Amount);
        var own = await limits.Of(w.Db, run.ProgrammeId, ct);
        var differs = own.IsTouchedBy(voted, planned);
        var before = run.Error is null ? [] : await GrantNews.Before(w.Db, NoticeKind.Message, GrantNews.Occasion(grant.Id, Occasion));
        if (!differs && before.Count == 0)
        {
            return;
        }

        var source = await w.Db.Existing<FundingSource>(grant.SourceId, ct);
        var place = await MailFacts.PlaceOf(w.Db, grant.PlanUnitId, ct);
        var leaders = (await Who.Holding(w.Db, RoleKeys.ProgrammeLeader, run.Subject, OsloTime.On(w.Now).Date, ct)).Select(person => person.Id);
        var told = differs ? (await Deciders(w.Db, plans, ct)).Concat(leaders).Concat(before).Distinct().ToList() : before;
        foreach (var person in await Who.Named(w.Db, told, ct))
        {
            var text = Words(Languages.Of(person.Language), $"{place}, {grant.Year}", source.Code, planned, voted, differs, run.Error);
            await notices.Say(w, person.Id, $"{GrantNews.Occasion(grant.Id, Occasion)}{run.VisitNumber}", text, run.Id, ct);
        }

        if (!differs)
        {
            return;
        }

        await RunTrail.Record(w, run, by, "vote-differs", "grant", grant.Id.Value, "", new JsonObject
        {
            ["plannedOre"] = planned.Ore, ["votedOre"] = voted.Ore, ["limitPercent"] = own.VotePercent, ["people"] = told.Count,
        });
    }

    private static MessageText Words(Language language, string about, string source, Money planned, Money voted, bool differs, string? error)
    {
        var (was, now, away) = (planned.ToKroner(language.Culture()), voted.ToKroner(language.Culture()), (voted > planned ? voted - planned : planned - voted).ToKroner(language.Culture()));
        var subject = Texts.Of<MailWords>(language, differs ? "VoteDiffers.Subject" : "VoteDiffers.Subject.Within", source, about);
        string[] because = error is null ? [] : [Texts.Of<MailWords>(language, "VoteDiffers.Error", error)];
        string[] what = differs
            ? [Texts.Of<MailWords>(language, voted > planned ? "VoteDiffers.More" : "VoteDiffers.Less", source, was, now, away), Texts.Of<MailWords>(language, "VoteDiffers.Next")]
            : [Texts.Of<MailWords>(language, "VoteDiffers.Within", source, was, now)];
        return new MessageText(error is null ? subject : Texts.Of<MailWords>(language, "Corrected.Subject", subject), [.. because, .. what]);
    }

    // The members a round that approved the version counted, and those who sat in a body whose approval was registered, on that day.
    private static async Task<IReadOnlyList<PersonId>> Deciders(TilskuddDb db, IReadOnlyList<ApprovedPlan> plans, CancellationToken ct)
    {
        var approved = plans.Where(plan => plan.Version is not null).ToDictionary(plan => plan.Plan.Value, plan => plan.Version!.Number);
        var ids = approved.Keys.ToList();
        var rounds = await db.Rounds.Where(round => round.DocumentKind == DocumentKind.Handlingsplan && ids.Contains(round.DocumentId) && round.Outcome == CountOutcome.Approved).ToListAsync(ct);
        var decisions = await db.Set<Decision>().Where(decision => decision.DocumentKind == DocumentKind.Handlingsplan && ids.Contains(decision.DocumentId) && decision.IsApproved && decision.BodyId != null).ToListAsync(ct);
        rounds = [.. rounds.Where(round => approved[round.DocumentId] == round.Version)];
        decisions = [.. decisions.Where(decision => approved[decision.DocumentId] == decision.Version)];
        var asked = rounds.Select(round => round.BodyId).Concat(decisions.Select(decision => decision.BodyId!.Value)).Distinct().ToList();

        // The administration's own group recommends, and decides nothing.
        var bodies = await db.Bodies.Where(body => asked.Contains(body.Id) && body.Key != BodyKeys.Internal).ToDictionaryAsync(body => body.Id, ct);
        return
        [
            .. rounds.Where(round => bodies.ContainsKey(round.BodyId)).SelectMany(round => round.Entitled).Select(seat => seat.PersonId).OfType<PersonId>(),
            .. decisions.Where(decision => bodies.ContainsKey(decision.BodyId!.Value))
                .SelectMany(decision => bodies[decision.BodyId!.Value].SeatsOn(decision.DecidedOn)).Where(seat => seat.Role is SeatRole.Leader or SeatRole.DeputyLeader or SeatRole.Member)
                .Select(seat => seat.PersonId).OfType<PersonId>(),
        ];
    }
}
