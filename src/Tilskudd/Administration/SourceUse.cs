using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Storage;

namespace Tilskudd.Administration;

/// <summary>What rests on a source: while something does, it is neither taken away nor called something else.</summary>
internal static class SourceUse
{
    /// <returns>What rests on it, as the page says it; null where nothing does.</returns>
    public static async Task<string?> Of(TilskuddDb db, FundingSource source, CancellationToken ct) =>
        await db.Grants.AnyAsync(grant => grant.SourceId == source.Id, ct) ? Text("Rests.Grant")
        : source.Amounts.Any(amount => amount.State != AmountState.Proposed) ? Text("Rests.Amount")
        : await IsInPlan(db, source, ct) ? Text("Rests.Plan")
        : null;

    // A version keeps what it was decided by, also where the plan has since let the money go.
    private static async Task<bool> IsInPlan(TilskuddDb db, FundingSource source, CancellationToken ct)
    {
        var plans = db.PlanUnits.Where(unit => unit.ProgrammeId == source.ProgrammeId)
            .Join(db.Handlingsplaner.IgnoreAutoIncludes(), unit => unit.Id, plan => plan.PlanUnitId, (_, plan) => plan).Where(plan => plan.Year == source.Year);
        if (await plans.SelectMany(plan => plan.Tiltak).SelectMany(tiltak => tiltak.Budget).AnyAsync(line => line.SourceId == source.Id, ct))
        {
            return true;
        }

        var versions = await plans.SelectMany(plan => plan.Versions).Select(version => version.Content).ToListAsync(ct);
        return versions.Any(content => HandlingsplanContent.Parse(content).Sources.Any(shown => shown.Id == source.Id.Value && shown.PlannedOre > 0));
    }

    private static string Text(string key) => Texts.Of<AdminWords>(key);
}
