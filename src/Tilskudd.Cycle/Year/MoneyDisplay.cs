using System.Globalization;

namespace Tilskudd.Cycle.Year;

/// <summary>
/// How amounts are written. The signs are the house's own and not the machine's, whose language tables change between versions.
/// </summary>
internal static class MoneyDisplay
{
    public const char NoBreakSpace = '\u00A0';
    private const char Minus = '\u2212';

    public static bool IsEnglish(CultureInfo culture) => culture.TwoLetterISOLanguageName == "en";

    /// <summary>Whole kroner in groups of three, and two decimals only when there are øre.</summary>
    public static string Kroner(long ore, CultureInfo culture)
    {
        var size = Int128.Abs(ore);
        var whole = Sign(ore) + Grouped(size / 100);
        var rest = size % 100;
        return rest == 0 ? whole : whole + DecimalSign(culture) + rest.ToString("00", CultureInfo.InvariantCulture);
    }

    /// <summary>An amount in a larger unit, with one decimal unless it is whole.</summary>
    public static string Tenths(long ore, long unit, CultureInfo culture)
    {
        var tenths = ((Int128.Abs(ore) * 10) + (unit / 2)) / unit;
        var whole = Sign(ore) + Grouped(tenths / 10);
        return tenths % 10 == 0 ? whole : whole + DecimalSign(culture) + (tenths % 10).ToString(CultureInfo.InvariantCulture);
    }

    private static string Sign(long ore) => ore < 0 ? Minus.ToString() : "";

    private static string DecimalSign(CultureInfo culture) => IsEnglish(culture) ? "." : ",";

    private static string Grouped(Int128 number) =>
        number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', NoBreakSpace);
}
