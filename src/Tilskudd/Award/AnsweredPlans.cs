using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;

namespace Tilskudd.Award;

/// <summary>A plan that a grant answers, in the version that was approved.</summary>
/// <param name="UnitId">Whose plan it is.</param>
/// <param name="Unit">The unit's name.</param>
/// <param name="Version">Null before the plan has been approved.</param>
internal sealed record ApprovedPlan(HandlingsplanId Plan, PlanUnitId UnitId, string Unit, HandlingsplanVersion? Version, DateTimeOffset? At);

/// <summary>Reads the plans a grant answers: one, or those that are gathered.</summary>
internal static class AnsweredPlans
{
    /// <summary>The plans in the grant's order, as they stand in a story of writing that may just have approved one of them.</summary>
    public static async Task<IReadOnlyList<ApprovedPlan>> Of(TilskuddDb db, Grant grant, CancellationToken ct = default)
    {
        var plans = new List<ApprovedPlan>();
        foreach (var id in grant.Plans)
        {
            var plan = await db.Existing<Handlingsplan>(id, ct);
            var unit = await db.Existing<PlanUnit>(plan.PlanUnitId, ct);
            plans.Add(new ApprovedPlan(id, unit.Id, unit.Name, plan.Versions.SingleOrDefault(version => version.Number == plan.ApprovedVersion), plan.ApprovedAt));
        }

        return plans;
    }

    /// <summary>The same for a page: one question for one plan and for many.</summary>
    public static async Task<IReadOnlyList<ApprovedPlan>> Read(TilskuddDb db, Grant grant, CancellationToken ct)
    {
        var ids = grant.Plans;
        var plans = await db.Handlingsplaner.IgnoreAutoIncludes().Where(plan => ids.Contains(plan.Id))
            .Join(db.PlanUnits, plan => plan.PlanUnitId, unit => unit.Id, (plan, unit) => new { plan, unit.Name })
            .SelectMany(both => both.plan.Versions.Where(version => version.Number == both.plan.ApprovedVersion).DefaultIfEmpty(), (both, version) => new { both.plan.Id, both.plan.PlanUnitId, both.Name, both.plan.ApprovedAt, version })
            .ToDictionaryAsync(one => one.Id, ct);
        return [.. ids.Select(id => new ApprovedPlan(id, plans[id].PlanUnitId, plans[id].Name, plans[id].version, plans[id].ApprovedAt))];
    }

    /// <summary>The plans as they were sent, in that order, each with the unit whose it is.</summary>
    public static async Task<IReadOnlyList<(PlanUnitId Unit, HandlingsplanContent Content)>> Sent(TilskuddDb db, Submission sent, CancellationToken ct)
    {
        var (ids, hashes) = (sent.Plans.Select(plan => plan.PlanId).ToList(), sent.Plans.Select(plan => plan.Hash).ToList());
        var versions = await db.Handlingsplaner.IgnoreAutoIncludes().Where(plan => ids.Contains(plan.Id))
            .SelectMany(plan => plan.Versions.Where(version => hashes.Contains(version.Hash)), (plan, version) => new { plan.Id, plan.PlanUnitId, version.Number, version.Content }).ToListAsync(ct);
        return [.. sent.Plans.Select(plan => versions.Single(one => one.Id == plan.PlanId && one.Number == plan.Version)).Select(one => (one.PlanUnitId, HandlingsplanContent.Parse(one.Content)))];
    }

    /// <summary>The lines a grant's letter answers, as the approved plans have them; those of nought are not among them.</summary>
    public static async Task<IReadOnlyList<PlannedLine>> Lines(TilskuddDb db, Grant grant, CancellationToken ct = default) => Lines(grant, await Of(db, grant, ct));

    public static IReadOnlyList<PlannedLine> Lines(Grant grant, IReadOnlyList<ApprovedPlan> plans) => [.. All(grant, plans).Where(line => line.Amount != Money.Zero)];

    /// <summary>What was carried over from the year before for those the grant is given to: the unit alone; or all together, and each of those whose plans are gathered.</summary>
    public static Money CarriedIn(FundingSource source, Grant grant, IReadOnlyList<ApprovedPlan> plans) =>
        plans.Where(_ => grant.IsGathered).Aggregate(source.CarriedInFor(grant.Part), (sum, plan) => sum + source.CarriedInFor(plan.UnitId));

    /// <summary>Whose each tiltak with a line on the source is.</summary>
    public static IReadOnlyDictionary<TiltakId, PlanUnitId> Owners(Grant grant, IReadOnlyList<ApprovedPlan> plans)
    {
        var units = plans.ToDictionary(plan => plan.Plan, plan => plan.UnitId);
        return All(grant, plans).ToDictionary(line => line.Tiltak, line => units[line.Plan]);
    }

    /// <summary>Every line written on the source, those of nought too: what a report accounts for.</summary>
    public static IEnumerable<PlannedLine> All(Grant grant, IReadOnlyList<ApprovedPlan> plans) => plans
        .Where(plan => plan.Version is not null)
        .SelectMany(plan => PlannedLine.Of(plan.Plan, plan.Version!.Read(), grant.SourceId, grant.IsGathered ? plan.Unit : "").Select(line => line with { ApprovedAt = plan.At }));
}
