using Tilskudd.Cycle.Year;
using Tilskudd.Layout;

namespace Tilskudd.Year;

/// <summary>Shows where the money of a year comes from, and every figure it has had.</summary>
internal static class ShowSources
{
    public static IReadOnlyList<SourceRow> Rows(IEnumerable<FundingSource> sources, IReadOnlyDictionary<GrantorId, string> grantors, IReadOnlyDictionary<PlanUnitId, string> units) =>
        [.. sources.OrderBy(source => source.Number).Select(source => new SourceRow(
            source.IsOwnShare ? Text("Source.Own") : source.Code,
            source.GrantorId is { } grantor ? grantors.GetValueOrDefault(grantor, source.Code) : Text("Source.Own.Who"),
            source.AsReceived, source.Condition, [.. Warnings(source)],
            [.. source.Amounts.OrderBy(amount => amount.Number).Select(amount => Amount(amount, units))]))];

    public static string Text(string key, params object[] arguments) => Texts.Of<YearWords>(key, arguments);

    private static AmountRow Amount(FundingAmount amount, IReadOnlyDictionary<PlanUnitId, string> units) => new(
        Text($"Amount.{amount.State}"), amount.PlanUnitId is { } unit ? units.GetValueOrDefault(unit, "") : Text("Amount.Whole"),
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

        if (source.Amounts.Count == 0)
        {
            yield return Text("Warning.NoAmount");
        }
        else if (source.IsReserved)
        {
            yield return Text("Warning.Reserved");
        }
    }
}
