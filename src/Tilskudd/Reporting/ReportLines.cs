using Microsoft.EntityFrameworkCore;
using Tilskudd.Award;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Reporting;

/// <summary>Lets reports that are being written follow a plan that is changed after the year is over.</summary>
internal sealed class ReportLines(FlowLibrary library)
{
    /// <summary>After another version of a plan is in force: the lines of the reports on its grants are laid anew.</summary>
    public async Task Follow(Writing w, Handlingsplan plan)
    {
        var reports = await w.Db.Rapporter.IgnoreAutoIncludes().Where(rapport => rapport.Year == plan.Year)
            .Join(w.Db.Grants.IgnoreAutoIncludes().Where(grant => grant.PlanId == plan.Id || grant.OtherPlans.Contains(plan.Id)), rapport => rapport.GrantId, grant => grant.Id, (rapport, _) => rapport.Id)
            .ToListAsync();
        foreach (var one in reports)
        {
            if (await IsWritten(w, one))
            {
                await Lay(w, await w.Db.Existing<Rapport>(one));
            }
        }
    }

    /// <summary>A report has come back to whoever writes it: the plan may have been changed while others looked at it.</summary>
    public static async Task LayAgain(Writing w, RapportId id)
    {
        var rapport = await w.Db.Existing<Rapport>(id);
        if (rapport.LatestVersion is not null)
        {
            await Lay(w, rapport);
        }
    }

    private static async Task Lay(Writing w, Rapport rapport)
    {
        var grant = await w.Db.Existing<Grant>(rapport.GrantId);
        rapport.Follow(grant, [.. AnsweredPlans.All(grant, await AnsweredPlans.Of(w.Db, grant))]);
    }

    /// <summary>Whether a report is being written: it has not been sent on, or has come back.</summary>
    public async Task<bool> IsWritten(Writing w, RapportId rapport) =>
        await w.Db.Set<Run>().SingleOrDefaultAsync(run => run.DocumentKind == DocumentKind.Rapport && run.DocumentId == rapport.Value && run.ClosedAt == null) is { } run
        && (await library.Of(w.Db, run)).Find(run.StepId)?.Step is Draft { Task: TaskKeys.Report };
}
