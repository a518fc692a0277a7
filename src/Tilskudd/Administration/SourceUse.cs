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
        : await db.Set<BudgetLine>().AnyAsync(line => line.SourceId == source.Id, ct) || await IsInVersion(db, source, ct) ? Text("Rests.Plan")
        : null;

    // A version keeps what it was decided by, also where the plan has since let the money go.
    private static async Task<bool> IsInVersion(TilskuddDb db, FundingSource source, CancellationToken ct)
    {
        var plans = await db.Handlingsplaner.Where(plan => plan.Year == source.Year && db.PlanUnits.Any(unit => unit.Id == plan.PlanUnitId && unit.ProgrammeId == source.ProgrammeId)).ToListAsync(ct);
        return plans.SelectMany(plan => plan.Versions).Any(version => version.Read().Sources.Any(shown => shown.Id == source.Id.Value && shown.PlannedOre > 0));
    }

    private static string Text(string key) => Texts.Of<AdminWords>(key);
}
