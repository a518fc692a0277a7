using Tilskudd.Cycle.Year;

namespace Tilskudd.Year;

/// <summary>What a programme's money must contribute to in a year.</summary>
internal static class CriteriaOfYear
{
    /// <summary>Those of the programme that hold in the year, in the programme's order.</summary>
    public static IOrderedQueryable<Criterion> In(this IQueryable<Criterion> criteria, ProgrammeId programme, GrantYear year)
    {
        var number = year.Number;
        return criteria.Where(criterion => criterion.ProgrammeId == programme && (criterion.ToYear == null || criterion.ToYear >= number)).OrderBy(criterion => criterion.Number);
    }
}
