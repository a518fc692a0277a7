using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Planning;
using Tilskudd.Storage;

namespace Tilskudd.Award;

/// <summary>What an approved plan's tiltak have been given of the letters that differed from it so little that the difference was laid on the lines.</summary>
internal static class LaidAmounts
{
    /// <returns>What the plan's lines on a source come to, for the sources where that is not what was planned.</returns>
    public static async Task<IReadOnlyDictionary<FundingSourceId, Money>> Of(TilskuddDb db, Handlingsplan plan, ProgrammeId programme, CancellationToken ct)
    {
        var laid = new Dictionary<FundingSourceId, Money>();
        var grants = await PlanRuns.Grants(db, plan.Id, programme, plan.Year).AsSingleQuery().Include(grant => grant.Letter!).ThenInclude(letter => letter.Lines)
            .Where(grant => grant.Letter!.SpreadBy != null).ToListAsync(ct);

        // A letter may answer several plans, and what each line has of it hangs on all of them.
        foreach (var grant in grants)
        {
            var lines = AnsweredPlans.Lines(grant, await AnsweredPlans.Read(db, grant, ct));
            var own = lines.Zip(grant.Letter!.AmountsOf(lines), (line, amount) => (Line: line, Amount: amount)).Where(one => one.Line.Plan == plan.Id).ToList();
            if (own.Any(one => one.Amount != one.Line.Amount))
            {
                laid[grant.SourceId] = own.Aggregate(Money.Zero, (sum, one) => sum + one.Amount);
            }
        }

        return laid;
    }
}
