using Microsoft.EntityFrameworkCore;
using Tilskudd.Award;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Storage;

namespace Tilskudd.Reporting;

/// <summary>Lets reports that are being written follow a plan that is changed after the year is over.</summary>
internal static class ReportLines
{
    /// <summary>After another version of a plan is in force: the lines of the reports on its grants are laid anew.</summary>
    public static async Task Follow(Writing w, Handlingsplan plan)
    {
        var reports = await w.Db.Rapporter.IgnoreAutoIncludes().Where(rapport => rapport.Year == plan.Year)
            .Join(w.Db.Grants.IgnoreAutoIncludes().Where(grant => grant.PlanId == plan.Id || grant.OtherPlans.Contains(plan.Id)), rapport => rapport.GrantId, grant => grant.Id, (rapport, grant) => new { Rapport = rapport.Id, Grant = grant.Id })
            .ToListAsync();
        foreach (var one in reports)
        {
            var grant = await w.Db.Existing<Grant>(one.Grant);
            (await w.Db.Existing<Rapport>(one.Rapport)).Follow(grant, [.. AnsweredPlans.All(grant, await AnsweredPlans.Of(w.Db, grant))]);
        }
    }
}
