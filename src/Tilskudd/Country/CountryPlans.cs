using Tilskudd.Cycle.Year;
using Tilskudd.Year.Sources;
using static Tilskudd.Country.ShowCountry;

namespace Tilskudd.Country;

/// <summary>What the state's money in approved plans is for: by theme, and by the common criteria behind each municipality's own wording.</summary>
internal sealed class CountryPlans(CountryYear data, RealWorld world)
{
    private readonly IReadOnlyList<(string Theme, IReadOnlyList<string> Keys, Money Amount, bool IsInvented)> _tiltak = [.. Read(data, world)];

    public Money Sum => _tiltak.Aggregate(Money.Zero, (sum, tiltak) => sum + tiltak.Amount);

    /// <summary>
    /// By theme, under the one name a theme has where it is written in several ways: the known one, else the writing most tiltak have. Themes that
    /// differ in capitals, accents or spaces alone are one.
    /// </summary>
    public IReadOnlyList<GroupRow> Themes() =>
    [
        .. _tiltak.GroupBy(tiltak => Folded(tiltak.Theme)).Select(theme => new GroupRow(
                theme.Key.Length == 0 ? Words("Theme.None") : MostUsed(theme.Select(tiltak => tiltak.Theme)), theme.Count(), theme.Aggregate(Money.Zero, (sum, tiltak) => sum + tiltak.Amount),
                IsInvented: theme.Any(tiltak => tiltak.IsInvented)))
            .OrderByDescending(row => row.Amount).ThenBy(row => row.Name, StringComparer.Ordinal),
    ];

    /// <summary>
    /// By criterion. A tiltak may meet several: all of its money touches each of them, and an equal part of it is each one's own, the øre that
    /// cannot be divided going to the first.
    /// </summary>
    public IReadOnlyList<GroupRow> Criteria()
    {
        var shares = _tiltak.SelectMany(tiltak => tiltak.Keys.DefaultIfEmpty("").Select((key, index) => (Key: key, tiltak.Amount, tiltak.IsInvented, Own: Share(tiltak.Amount, Math.Max(1, tiltak.Keys.Count), index)))).ToLookup(share => share.Key);
        return
        [
            .. world.Criteria.Criteria.Select(criterion => (criterion.Id, Name: $"{criterion.Id} {criterion.Text}")).Append((Id: "", Name: Words("Criterion.None")))
                .Where(criterion => shares.Contains(criterion.Id))
                .Select(criterion => new GroupRow(
                    criterion.Name, shares[criterion.Id].Count(), shares[criterion.Id].Aggregate(Money.Zero, (sum, share) => sum + share.Own),
                    shares[criterion.Id].Aggregate(Money.Zero, (sum, share) => sum + share.Amount), shares[criterion.Id].Any(share => share.IsInvented))),
        ];
    }

    private static IEnumerable<(string Theme, IReadOnlyList<string> Keys, Money Amount, bool IsInvented)> Read(CountryYear data, RealWorld world)
    {
        var known = world.StromsoTiltak.Themes.SelectMany(theme => theme.Aliases.Prepend(theme.Name).Select(name => (Folded: Folded(name), theme.Name))).DistinctBy(name => name.Folded).ToDictionary(name => name.Folded, name => name.Name);
        return data.Approved.Select(tiltak => (
            known.GetValueOrDefault(Folded(tiltak.Theme), tiltak.Theme),
            (IReadOnlyList<string>)[.. tiltak.Criteria.SelectMany(criterion => data.Keys.GetValueOrDefault(criterion, [])).Distinct().Order(StringComparer.Ordinal)],
            tiltak.Amount, tiltak.IsInvented));
    }

    // Of writings that are as common, always the same one.
    private static string MostUsed(IEnumerable<string> written) =>
        written.Select(OneSpaced).CountBy(theme => theme).OrderByDescending(theme => theme.Value).ThenBy(theme => theme.Key, StringComparer.Ordinal).First().Key;

    private static string OneSpaced(string written) => string.Join(' ', written.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // In Norwegian é, ò and à are e, o and a; å is a letter of its own, and so is the á of the Sami languages.
    private static string Folded(string written) => string.Concat(OneSpaced(written).ToUpperInvariant().Select(letter => letter switch
    {
        'É' or 'È' or 'Ê' => 'E',
        'Ó' or 'Ò' or 'Ô' => 'O',
        'À' => 'A',
        _ => letter,
    }));

    private static Money Share(Money amount, int parts, int index) => new((amount.Ore / parts) + (index < amount.Ore % parts ? 1 : 0));
}
