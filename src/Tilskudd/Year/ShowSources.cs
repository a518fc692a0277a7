using Tilskudd.Cycle.Year;
using Tilskudd.Layout;

namespace Tilskudd.Year;

/// <summary>Shows where the money of a year comes from, and every figure it has had.</summary>
internal static class ShowSources
{
    /// <param name="criteria">The programme's criteria, in order.</param>
    /// <param name="before">The sources of the year before, to tell what was only carried on.</param>
    public static IReadOnlyList<SourceRow> Rows(
        IEnumerable<FundingSource> sources, IReadOnlyList<FundingSource> before, IReadOnlyDictionary<GrantorId, string> grantors, IReadOnlyCollection<PlanUnit> units, IReadOnlyList<Criterion> criteria) =>
        [.. sources.OrderBy(source => source.Number).Select(source => new SourceRow(
            source.IsOwnShare ? Text("Source.Own") : source.Code,
            source.GrantorId is { } grantor ? grantors.GetValueOrDefault(grantor, source.Code) : Text("Source.Own.Who"),
            source.AsReceived, source.Condition, [.. source.Announced(criteria).Select(criterion => criterion.Text)], [.. Warnings(source), .. SameAsBefore(source, before.FirstOrDefault(last => last.Code == source.Code), units)],
            [.. source.Amounts.OrderBy(amount => amount.Number).Select(amount => Amount(amount, units))]))];

    public static string Text(string key, params object[] arguments) => Texts.Of<YearWords>(key, arguments);

    private static AmountRow Amount(FundingAmount amount, IReadOnlyCollection<PlanUnit> units) => new(
        Text($"Amount.{amount.State}"), amount.PlanUnitId is { } unit ? units.FirstOrDefault(one => one.Id == unit)?.Name ?? "" : Text("Amount.Whole"),
        amount.Amount.ToKroner(Languages.Current.Culture()), Dates.WithYear(Dates.On(amount.At)), amount.Basis);

    private static IEnumerable<string> Warnings(FundingSource source)
    {
        if (source.IsOwnShare)
        {
            yield break;
        }

        if (source.AsReceived.Length == 0)
        {
            yield return Text("Warning.NotReceived");
        }
        else if (source.Chapter is null || source.Post is null)
        {
            yield return Text("Warning.Unread");
        }

        foreach (var remark in source.Remarks)
        {
            yield return remark;
        }

        if (source.Amounts.Count == 0)
        {
            yield return Text("Warning.NoAmount");
        }
        else if (source.IsReserved)
        {
            yield return Text("Warning.Reserved");
        }
    }

    // Until the vote or the letter says so, a figure or a post that equals last year's may be last year's (D-10, D-12).
    private static IEnumerable<string> SameAsBefore(FundingSource source, FundingSource? last, IReadOnlyCollection<PlanUnit> units)
    {
        if (last is null || !source.IsReserved)
        {
            yield break;
        }

        if (source.AsReceived.Length > 0 && source.AsReceived == last.AsReceived)
        {
            yield return Text("Warning.SamePost", $"{last.Year}", $"{source.Year}");
        }

        if (source.Latest(AmountState.Proposed) is { } proposed && proposed == last.Frame(last.SharedBy(units)))
        {
            yield return Text("Warning.SameAmount", $"{last.Year}");
        }
    }
}
