using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Storage;

namespace Tilskudd.Overview;

/// <summary>Money that letters have promised by now and that has not come, for the programmes on the overview: what has been missing longest first.</summary>
internal static class MoneyNotCome
{
    private const int Most = 8;

    public static async Task<MissingMoneyRows> Read(TilskuddDb db, IReadOnlyList<ProgrammeId> programmes, LocalDate today, CancellationToken ct)
    {
        // Where as much has come as was promised, the database says so, and nothing is read: that is nearly all of every year that has passed.
        var promised = await (
            from unit in db.PlanUnits
            where programmes.Contains(unit.ProgrammeId)
            join programme in db.Programmes on unit.ProgrammeId equals programme.Id
            join grant in db.Grants.IgnoreAutoIncludes() on unit.Id equals grant.PlanUnitId
            where grant.Letter!.Payments.Where(payment => payment.On < today).Sum(payment => (long)(object)payment.Amount)
                > db.Set<PaymentArrival>().Where(one => one.GrantId == grant.Id).Sum(one => (long)(object)one.Amount)
            join source in db.FundingSources.IgnoreAutoIncludes() on grant.SourceId equals source.Id
            from payment in grant.Letter!.Payments
            where payment.On < today
            select new
            {
                grant.Id, grant.Year, source.Code, Granted = grant.Revised ?? grant.Letter!.Amount, payment.On, payment.Amount,
                Place = unit.Kind == PlanUnitKind.Programme ? programme.Name : unit.Name,
            }).ToListAsync(ct);
        var grants = promised.Select(payment => payment.Id).Distinct().ToList();
        var come = (await db.Set<PaymentArrival>().Where(one => grants.Contains(one.GrantId)).Select(one => new { one.GrantId, one.Amount }).ToListAsync(ct)).ToLookup(one => one.GrantId, one => one.Amount);
        var missing = promised.GroupBy(payment => payment.Id)
            .Select(grant => (First: grant.First(), Missing: MissingMoney.Of(
                grant.Select(payment => new PlannedPayment(payment.On, payment.Amount)), grant.First().Granted, come[grant.Key].Aggregate(Money.Zero, (sum, one) => sum + one), today)))
            .Where(grant => grant.Missing is not null).OrderBy(grant => grant.Missing!.Since).ThenBy(grant => grant.First.Id.Value).ToList();
        return new MissingMoneyRows(
            [.. missing.Take(Most).Select(grant => new MissingRow(
                $"/tilskudd/{grant.First.Id}", Texts.Of<OverviewWords>("Missing.Grant", grant.First.Place, grant.First.Code, grant.First.Year),
                Texts.Of<OverviewWords>("Missing.Amount", grant.Missing!.Amount.ToKroner(Languages.Current.Culture())), Texts.Of<OverviewWords>("Missing.Since", Dates.WithYear(grant.Missing.Since))))],
            Math.Max(0, missing.Count - Most));
    }
}
