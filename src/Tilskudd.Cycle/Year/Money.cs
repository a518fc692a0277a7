using System.Globalization;

namespace Tilskudd.Cycle.Year;

/// <summary>
/// An amount of Norwegian money in whole øre: a frame, a budget line, what was spent, or the difference between two of them,
/// which may be negative.
/// Arithmetic is checked: the operators throw <see cref="OverflowException"/>, which only a bug can bring about, since what people type is
/// kept within <see cref="Largest"/> by <see cref="MoneyText"/> and added up with <see cref="TrySum"/>.
/// </summary>
/// <param name="Ore">The amount in øre; a hundred to the krone.</param>
public readonly record struct Money(long Ore) : IComparable<Money>
{
    private const long OrePerKrone = 100;
    private const long OrePerMillion = 1_000_000 * OrePerKrone;

    public static readonly Money Zero = new(0);

    /// <summary>
    /// A thousand milliarder kroner: more than any grant, and still exact in the floating point numbers of spreadsheets and JSON readers.
    /// </summary>
    public static readonly Money Largest = FromKroner(1_000_000_000_000);

    public bool IsNegative => Ore < 0;

    /// <summary>Whether the amount has no øre beside its whole kroner.</summary>
    public bool IsWholeKroner => Ore % OrePerKrone == 0;

    public static Money FromKroner(long kroner) => new(checked(kroner * OrePerKrone));

    public static Money operator +(Money left, Money right) => new(checked(left.Ore + right.Ore));

    public static Money operator -(Money left, Money right) => new(checked(left.Ore - right.Ore));

    public static Money operator -(Money amount) => new(checked(-amount.Ore));

    public static bool operator <(Money left, Money right) => left.Ore < right.Ore;

    public static bool operator >(Money left, Money right) => left.Ore > right.Ore;

    public static bool operator <=(Money left, Money right) => left.Ore <= right.Ore;

    public static bool operator >=(Money left, Money right) => left.Ore >= right.Ore;

    public int CompareTo(Money other) => Ore.CompareTo(other.Ore);

    /// <summary>
    /// Adds amounts a person has typed. False when the sum lies outside ±<see cref="Largest"/>, and <paramref name="sum"/> is then zero:
    /// a refusal the person can act on, never a sum that has turned around.
    /// </summary>
    public static bool TrySum(IEnumerable<Money> amounts, out Money sum)
    {
        // 128 bits hold more amounts than can be listed, so the order they come in cannot decide the answer.
        var ore = amounts.Aggregate((Int128)0, (total, amount) => total + amount.Ore);
        var fits = ore >= -(Int128)Largest.Ore && ore <= Largest.Ore;
        sum = fits ? new Money((long)ore) : Zero;
        return fits;
    }

    /// <summary>
    /// The amount in as many parts as there are shares, by the size of each. Whole øre to each, and the øre left over to those that lost most in the
    /// rounding; the first of equals. The parts always come to the amount.
    /// </summary>
    /// <param name="shares">None below nought, and not all of them nought.</param>
    public IReadOnlyList<Money> SharedBy(IReadOnlyList<Money> shares)
    {
        var (amount, all) = (Ore, shares.Aggregate((Int128)0, (sum, share) => sum + share.Ore));
        var parts = shares.Select(share => Int128.DivRem((Int128)amount * share.Ore, all)).ToList();
        var left = (int)(amount - parts.Aggregate(0L, (sum, part) => sum + (long)part.Quotient));
        var luckier = parts.Index().OrderByDescending(part => part.Item.Remainder).ThenBy(part => part.Index).Take(left).Select(part => part.Index).ToHashSet();
        return [.. parts.Select((part, at) => new Money((long)part.Quotient + (luckier.Contains(at) ? 1 : 0)))];
    }

    /// <summary>
    /// As a page shows it: "1 900 000 kr", "1 234,50 kr", with no-break spaces. The decimal sign follows the language.
    /// </summary>
    public string ToKroner(CultureInfo culture) => MoneyDisplay.Kroner(Ore, culture) + MoneyDisplay.NoBreakSpace + "kr";

    /// <summary>As a table whose heading says that all is kroner shows it: "1 900 000", "1 234,50".</summary>
    public string ToColumn(CultureInfo culture) => MoneyDisplay.Kroner(Ore, culture);

    /// <summary>
    /// As an overview shows it: "11,5 mill. kr", in English "11.5 million kr". Rounded to one decimal, halves away from zero, and so for
    /// reading only; less than a million is shown in kroner.
    /// </summary>
    public string InMillions(CultureInfo culture)
    {
        if (Int128.Abs(Ore) < OrePerMillion)
        {
            return ToKroner(culture);
        }

        var unit = MoneyDisplay.IsEnglish(culture) ? "million" : "mill.";
        return MoneyDisplay.Tenths(Ore, OrePerMillion, culture) + MoneyDisplay.NoBreakSpace + unit + MoneyDisplay.NoBreakSpace + "kr";
    }

    /// <summary>
    /// As a form field holds it: "1900000" or "1234,50". <see cref="MoneyText.TryParse"/> reads it back unless it is
    /// negative.
    /// </summary>
    public string ToField()
    {
        var sign = IsNegative ? "-" : "";
        var ore = UInt128.CreateChecked(Int128.Abs(Ore));
        var kroner = (ore / OrePerKrone).ToString(CultureInfo.InvariantCulture);
        return IsWholeKroner ? sign + kroner : sign + kroner + "," + (ore % OrePerKrone).ToString("00", CultureInfo.InvariantCulture);
    }

    /// <summary>The amount as Norwegian text shows it, for messages and failing tests; the same on every machine.</summary>
    public override string ToString() => ToKroner(CultureInfo.InvariantCulture);
}
