using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Award;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;
using Keys = Tilskudd.Cycle.Steps.DocumentKeys;

namespace Tilskudd.Runs;

/// <summary>Lays out the documents a flow begins with: the year's plan, a grant for each letter expected, the report on a letter.</summary>
internal static class Documents
{
    public static Task<IReadOnlyList<Subject>> Open(Writing w, string document, Subject about) => document switch
    {
        Keys.Handlingsplan => Plan(w, about),
        Keys.Tilskuddsbrev => Grants(w, about),
        Keys.Rapport => Report(w, about),

        Keys.Evaluation => Evaluate(w, about),

        // Whoever opens a change has said what it is, so its document is there already.
        Keys.Change => Task.FromResult<IReadOnlyList<Subject>>([about]),
        _ => throw new UnreachableException($"The check of the files let an unknown document through: {document}."),
    };

    /// <summary>A new plan takes last year's tiltak along, each with the id it has for life; money and targets are the new year's own.</summary>
    private static async Task<IReadOnlyList<Subject>> Plan(Writing w, Subject about)
    {
        var plan = await w.Db.Set<Handlingsplan>().SingleOrDefaultAsync(p => p.PlanUnitId == about.Unit && p.Year == about.Year);
        if (plan is null)
        {
            plan = Handlingsplan.Start(w.Ids.Next<HandlingsplanId>(), about.Unit, about.Year, w.Now);
            var before = about.Year.Previous();
            if (await w.Db.Set<Handlingsplan>().SingleOrDefaultAsync(p => p.PlanUnitId == about.Unit && p.Year == before) is { } lastYear)
            {
                plan.ContinueFrom(lastYear, w.Now);
            }

            w.Db.Add(plan);
        }

        return [about with { Kind = DocumentKind.Handlingsplan, Document = plan.Id.Value }];
    }

    private static async Task<IReadOnlyList<Subject>> Grants(Writing w, Subject about)
    {
        var (unit, plans, isGathered) = await Gathered(w, about);
        if (plans.Count == 0)
        {
            return [];
        }

        var sources = await w.Db.Set<FundingSource>().Where(s => s.ProgrammeId == about.Programme && s.Year == about.Year && s.GrantorId != null).OrderBy(s => s.Number).ToListAsync();
        var subjects = new List<Subject>();
        foreach (var source in sources)
        {
            var grant = isGathered
                ? Grant.Gathering(w.Ids.Next<GrantId>(), unit, about.Year, source.Id, plans)
                : new Grant(w.Ids.Next<GrantId>(), unit, about.Year, source.Id, plans[0]);
            w.Db.Add(grant);
            subjects.Add(about with { Kind = DocumentKind.Tilskuddsbrev, Document = grant.Id.Value, Unit = unit });
        }

        return subjects;
    }

    /// <summary>
    /// The plans that are sent now that one has been approved, and from which unit: that plan alone from its own; where a unit gathers, the plans of
    /// all the units once the last one that is under way is approved, and until then none. A plan that comes after the others were sent goes alone. Where the unit that gathers is itself what it is about, the plans that
    /// are approved are sent, without the others.
    /// </summary>
    private static async Task<(PlanUnitId Unit, IReadOnlyList<HandlingsplanId> Plans, bool IsGathered)> Gathered(Writing w, Subject about)
    {
        // A unit that ends goes on gathering the years that have begun by then.
        var first = new LocalDate(about.Year.Number, 1, 1);
        var gathering = await w.Db.PlanUnits.Where(unit => unit.ProgrammeId == about.Programme && unit.Kind == PlanUnitKind.Gathering && (unit.ToOn == null || unit.ToOn >= first)).Select(unit => (PlanUnitId?)unit.Id).SingleOrDefaultAsync();
        var units = await w.Db.PlanUnits.Where(unit => unit.ProgrammeId == about.Programme).ToDictionaryAsync(unit => unit.Id, unit => unit.Slug);
        var grants = await w.Db.Grants.Where(grant => units.Keys.Contains(grant.PlanUnitId) && grant.Year == about.Year).ToListAsync();

        // No plan is sent twice, though a unit has come to gather since, or a step that failed is tried again.
        var sent = grants.SelectMany(grant => grant.Plans).ToHashSet();
        if (gathering is not { } from || grants.Any(grant => grant.PlanUnitId == from))
        {
            var own = new HandlingsplanId(about.Document);
            return (about.Unit, sent.Contains(own) ? [] : [own], false);
        }

        // The plan that was just approved is approved in this story, so the tracked plans are asked.
        var plans = (await w.Db.Handlingsplaner.Where(plan => units.Keys.Contains(plan.PlanUnitId) && plan.Year == about.Year).ToListAsync()).Where(plan => !sent.Contains(plan.Id)).ToList();
        var approved = plans.Where(plan => plan.ApprovedVersion is not null).OrderBy(plan => units[plan.PlanUnitId], StringComparer.Ordinal).Select(plan => plan.Id).ToList();
        return (from, approved.Count < plans.Count && about.Unit != from ? [] : approved, true);
    }

    private static Task<IReadOnlyList<Subject>> Evaluate(Writing w, Subject about)
    {
        var evaluation = new Evaluation(w.Ids.Next<EvaluationId>(), about.Programme, about.Unit, about.Year, w.Now);
        w.Db.Add(evaluation);
        return Task.FromResult<IReadOnlyList<Subject>>([about with { Kind = DocumentKind.Evaluation, Document = evaluation.Id.Value }]);
    }

    private static async Task<IReadOnlyList<Subject>> Report(Writing w, Subject about)
    {
        var grant = await Who.GrantOf(w.Db, about) ?? throw new InvalidOperationException("A report is opened only from a run about a grant.");
        var lines = AnsweredPlans.All(grant, await AnsweredPlans.Of(w.Db, grant)).ToList();
        var rapport = Rapport.Open(w.Ids.Next<RapportId>(), grant, lines, await CarriedIn(w, about.Programme, grant), w.Now);
        w.Db.Add(rapport);
        return [about with { Kind = DocumentKind.Rapport, Document = rapport.Id.Value }];
    }

    /// <summary>What last year's reports on the same source carried over for those the grant is given to: where plans are gathered, also what their units had of letters of their own.</summary>
    public static async Task<Money> CarriedIn(Writing w, ProgrammeId programme, Grant grant)
    {
        var source = await w.Db.Existing<FundingSource>(grant.SourceId);
        var year = grant.Year.Previous();

        if (source.GoesOnFrom(await w.Db.Set<FundingSource>().Where(s => s.ProgrammeId == programme && (s.Year == year || s.Year == grant.Year)).ToListAsync()) is not { } before)
        {
            return Money.Zero;
        }

        var sum = before.LatestFor(grant.Part, AmountState.CarriedOver) ?? Money.Zero;
        foreach (var plan in grant.IsGathered ? grant.Plans : [])
        {
            sum += before.LatestFor((await w.Db.Existing<Handlingsplan>(plan)).PlanUnitId, AmountState.CarriedOver) ?? Money.Zero;
        }

        return sum;
    }
}
