using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Layout.Charts;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Overview;

/// <summary>A programme's money by source, as far as it is known: granted, voted or proposed; the own share as planned.</summary>
internal sealed class MoneyOf(TilskuddDb db)
{
    private static readonly BarColour[] Colours = [BarColour.First, BarColour.Second, BarColour.Third, BarColour.Others];

    public async Task<MoneyOverview?> Read(ProgrammeId? programme, RunBoard board, CancellationToken ct)
    {
        if (programme is not { } id || board.Runs.Where(run => run.ProgrammeId == id).Select(run => (GrantYear?)run.Year).Max() is not { } year)
        {
            return null;
        }

        var before = year.Number > GrantYear.Earliest ? year.Previous() : year;
        var sources = await db.FundingSources.Where(source => source.ProgrammeId == id && (source.Year == year || source.Year == before)).OrderBy(source => source.Number).ToListAsync(ct);
        var planned = await Planned([.. sources.Where(source => source.IsOwnShare).Select(source => source.Id)], ct);
        PlanUnit[] units = [.. board.Units.Values.Where(unit => unit.ProgrammeId == id)];
        var used = sources.Where(source => Amount(source, units, planned) > Money.Zero).Select(source => source.Code).ToHashSet();
        var now = sources.Where(source => source.Year == year && used.Contains(source.Code)).ToList();
        if (now.Count == 0)
        {
            return null;
        }

        return Shown(board.Programmes[id].Name, year, now, [.. sources.Where(source => source.Year == before && before != year)], units, planned);
    }

    private async Task<Dictionary<FundingSourceId, Money>> Planned(List<FundingSourceId> own, CancellationToken ct)
    {
        var lines = own.Count == 0 ? [] : await db.Set<BudgetLine>().Where(line => own.Contains(line.SourceId)).Select(line => new { line.SourceId, line.Amount }).ToListAsync(ct);
        return lines.GroupBy(line => line.SourceId).ToDictionary(source => source.Key, source => source.Aggregate(Money.Zero, (sum, line) => sum + line.Amount));
    }

    private static MoneyOverview Shown(string programme, GrantYear year, IReadOnlyList<FundingSource> now, IReadOnlyList<FundingSource> before, PlanUnit[] units, Dictionary<FundingSourceId, Money> planned)
    {
        var culture = Languages.Current.Culture();
        var sum = now.Aggregate(Money.Zero, (total, source) => total + Amount(source, units, planned));
        var rows = now.Select((source, i) => new SourceRow(
            source.Code, source is { Chapter: { } chapter, Post: { } post } ? Texts.Of<OverviewWords>("Money.Chapter", chapter, post) : source.AsReceived, Math.Min(i, Colours.Length - 1) + 1,
            before.FirstOrDefault(last => last.Code == source.Code) is { } last ? Amount(last, units, planned).InMillions(culture) : "–",
            Amount(source, units, planned).InMillions(culture),
            sum > Money.Zero ? Texts.Of<OverviewWords>("Money.Share", (int)Math.Round(100m * Amount(source, units, planned).Ore / sum.Ore, MidpointRounding.AwayFromZero)) : "–")).ToList();
        var title = Texts.Of<OverviewWords>("Money.Title", programme, year);
        var bar = BudgetBar.Draw("penger", Texts.Of<OverviewWords>("Money.Bar", title, sum.InMillions(culture)),
            [.. now.Select((source, i) => new BarPart(Amount(source, units, planned), Colours[Math.Min(i, Colours.Length - 1)]))]);
        return new MoneyOverview(
            title, sum.InMillions(culture), now.Any(source => source.IsReserved), bar, year.Number, rows,
            before.Count == 0 ? "–" : before.Aggregate(Money.Zero, (total, source) => total + Amount(source, units, planned)).InMillions(culture), sum.InMillions(culture));
    }

    private static Money Amount(FundingSource source, PlanUnit[] units, Dictionary<FundingSourceId, Money> planned) =>
        source.IsOwnShare ? planned.GetValueOrDefault(source.Id, Money.Zero) : source.Frame(source.SharedBy(units)) ?? Money.Zero;
}
