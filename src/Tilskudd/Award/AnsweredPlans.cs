using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Award;

/// <summary>The lines a grant's letter answers, as the approved plans have them.</summary>
internal static class AnsweredPlans
{
    public static async Task<IReadOnlyList<PlannedLine>> Lines(TilskuddDb db, Grant grant, CancellationToken ct = default)
    {
        var plan = await db.Existing<Handlingsplan>(grant.PlanId, ct);
        return Lines(grant, plan.Id, plan.Versions.Single(version => version.Number == plan.ApprovedVersion));
    }

    public static IReadOnlyList<PlannedLine> Lines(Grant grant, HandlingsplanId plan, HandlingsplanVersion approved) => [.. PlannedLine.Of(plan, approved.Read(), grant.SourceId)];
}
