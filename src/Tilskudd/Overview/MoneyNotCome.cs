using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Overview;

/// <summary>Money that letters have promised by now and that has not come, for the units on the overview.</summary>
internal static class MoneyNotCome
{
    public static async Task<IReadOnlyList<MissingRow>> Read(TilskuddDb db, RunBoard board, CancellationToken ct)
    {
        var (units, today) = (board.Units.Keys.ToList(), board.Today);
        var promised = await (
            from grant in db.Grants.IgnoreAutoIncludes()
            where units.Contains(grant.PlanUnitId)
            join source in db.FundingSources.IgnoreAutoIncludes() on grant.SourceId equals source.Id
            from payment in grant.Letter!.Payments
            where payment.On < today
            select new { grant.Id, grant.PlanUnitId, grant.Year, source.Code, Granted = grant.Revised ?? grant.Letter!.Amount, payment.On, payment.Amount }).ToListAsync(ct);
        var grants = promised.Select(payment => payment.Id).Distinct().ToList();
        var come = grants.Count == 0 ? [] : await db.Set<PaymentArrival>().Where(one => grants.Contains(one.GrantId)).Select(one => new { one.GrantId, one.Amount }).ToListAsync(ct);
        return
        [
            .. promised.GroupBy(payment => payment.Id)
                .Select(grant => (First: grant.First(), Missing: MissingMoney.Of(
                    grant.Select(payment => new PlannedPayment(payment.On, payment.Amount)), grant.First().Granted, come.Where(one => one.GrantId == grant.Key).Aggregate(Money.Zero, (sum, one) => sum + one.Amount), today)))
                .Where(grant => grant.Missing is not null).OrderBy(grant => grant.Missing!.Since).ThenBy(grant => grant.First.Id.Value)
                .Select(grant => new MissingRow(
                    $"/tilskudd/{grant.First.Id}", Texts.Of<OverviewWords>("Missing.Grant", Place(board, grant.First.PlanUnitId), grant.First.Code, grant.First.Year),
                    Texts.Of<OverviewWords>("Missing.Amount", grant.Missing!.Amount.ToKroner(Languages.Current.Culture())), Texts.Of<OverviewWords>("Missing.Since", Dates.WithYear(grant.Missing.Since)))),
        ];
    }

    private static string Place(RunBoard board, PlanUnitId id) => board.Units[id] is { Kind: not PlanUnitKind.Programme } unit ? unit.Name : board.Programmes[board.Units[id].ProgrammeId].Name;
}
