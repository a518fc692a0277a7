using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Year;
using Tilskudd.Cycle.Approval;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Overview;

/// <summary>A row of the overview's table: a plan unit in a year.</summary>
internal sealed record YearOfUnit(ProgrammeId Programme, PlanUnitId Unit, GrantYear Year);

/// <summary>
/// The units and years of the overview in the order they are shown, found by the database a page at a time: every year that is under way, and of
/// a unit where none is, its latest. What is due first comes first; what has ended comes last.
/// </summary>
internal static class UnitYears
{
    /// <param name="runs">Those of the programmes that are shown.</param>
    /// <param name="from">Of years before this only what is under way is shown.</param>
    public static async Task<(IReadOnlyList<YearOfUnit> Years, CountedPaging Paging)> Read(TilskuddDb db, IQueryable<Run> runs, GrantYear from, int page, CancellationToken ct)
    {
        var all = runs.Where(run => run.DocumentKind != DocumentKind.Evaluation && (run.ClosedAt == null || run.Year >= from))
            .GroupBy(run => new { run.ProgrammeId, run.PlanUnitId, run.Year })
            .Select(year => new { year.Key.ProgrammeId, year.Key.PlanUnitId, year.Key.Year, HasEnded = year.Min(run => run.ClosedAt == null ? 0 : 1), DueAt = year.Min(run => run.DueAt) })
            .Where(year => year.HasEnded == 0 || !db.Set<Run>().Any(later =>
                later.ProgrammeId == year.ProgrammeId && later.PlanUnitId == year.PlanUnitId && later.Year > year.Year && later.DocumentKind != DocumentKind.Evaluation));
        var paging = new CountedPaging(page, await all.CountAsync(ct));
        var named = from year in all
                    join unit in db.PlanUnits on year.PlanUnitId equals unit.Id
                    join programme in db.Programmes on year.ProgrammeId equals programme.Id
                    orderby year.HasEnded, year.DueAt == null, year.DueAt, unit.Kind == PlanUnitKind.Programme ? programme.Name : unit.Name, year.Year, unit.Id
                    select new YearOfUnit(year.ProgrammeId, year.PlanUnitId, year.Year);
        return (await named.Skip(paging.Skip).Take(paging.PerPage).ToListAsync(ct), paging);
    }
}
