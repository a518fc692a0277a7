using NodaTime;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;
using Tilskudd.Year.Sources;

namespace Tilskudd.Demo;

/// <summary>
/// The money of a programme's year: a source per ministry, and the municipality's own share. Real where a document gives it; a year no
/// document gives is a copy of 2024, and says so.
/// </summary>
internal sealed class LoadMoney(RealWorld world, int seed)
{
    private const string OwnShare = "Egne midler";

    /// <summary>The ministries that give the programme money in a year, in the budget table's order.</summary>
    public IEnumerable<string> Ministries(ProgrammeSource source, GrantYear year) => Lines(source, year).Select(line => line.Ministry);

    public void Load(
        Writing w, ProgrammeSource source, ProgrammeId programme, IReadOnlyList<PlanUnit> units, IReadOnlyDictionary<string, GrantorId> grantors, GrantYear year)
    {
        var number = 0;
        foreach (var line in Lines(source, year))
        {
            var funding = new FundingSource(
                w.Ids.Next<FundingSourceId>(), programme, year, ++number, grantors[line.Ministry], line.Ministry,
                line.Row?.Chapter, line.Row?.Post, line.Row?.ChapterAndPostVerbatim ?? "", line.Row?.TermVerbatim ?? "", line.Row is { } row ? Remarks(row) : []);
            funding.Record(AmountState.Proposed, null, line.Amount, ProposedAt(year), line.Basis);
            if (units.Count > 1)
            {
                Share(funding, units, line.Amount, ProposedAt(year));
            }

            w.Db.Add(funding);
        }

        w.Db.Add(new FundingSource(w.Ids.Next<FundingSourceId>(), programme, year, number + 1, null, "Egen", null, null, OwnShare, ""));
    }

    // The government lays its budget before the Storting early in October, whenever it is loaded here.
    private static DateTimeOffset ProposedAt(GrantYear year) => OsloTime.At(new LocalDate(year.Number - 1, 10, 7), new LocalTime(10, 0));

    // What the reading of the row warned about, in the register's words.
    private IEnumerable<string> Remarks(FundingSourceRow row) => world.Remarks(FundingImport.File, $"$.poster[{world.StromsoFunding.Rows.ToList().IndexOf(row)}]");

    private void Share(FundingSource funding, IReadOnlyList<PlanUnit> units, Money amount, DateTimeOffset at)
    {
        foreach (var (unit, part) in units.Zip(InventedAmounts.Split(amount, units.Count, seed)))
        {
            funding.Record(AmountState.Proposed, unit.Id, part, at, $"Fordelingen mellom planenhetene er {InventedPerson.Mark}.");
        }
    }

    private IEnumerable<Line> Lines(ProgrammeSource source, GrantYear year)
    {
        if (source.Municipality == world.StromsoFunding.Municipality && year == world.StromsoFunding.Year)
        {
            return world.StromsoFunding.Rows.Select(row => new Line(row.Ministry, row.Amount.Amount!.Value, world.StromsoFunding.ReservationVerbatim, row));
        }

        if (year == world.Budget.Year)
        {
            return world.Budget.Ministries
                .Select(ministry => (ministry.Code, Amount: world.Budget.Share(source.Municipality, ministry.Code)))
                .Where(share => share.Amount is not null)
                .Select(share => new Line(share.Code, share.Amount!.Value, world.Budget.TitleVerbatim, null));
        }

        var basis = year == world.StromsoFunding.Year ? source.Frame2025.Basis : $"Som {world.Budget.Year}, {InventedPerson.Mark} for {year}";
        return world.Budget.Ministries
            .Select(ministry => (ministry.Code, Amount: source.Frame2025.Amounts.GetValueOrDefault(ministry.Code)))
            .Where(share => share.Amount is not null)
            .Select(share => new Line(share.Code, share.Amount!.Value, basis, null));
    }

    private sealed record Line(string Ministry, Money Amount, string Basis, FundingSourceRow? Row);
}
