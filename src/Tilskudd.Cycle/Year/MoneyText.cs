using System.Text.RegularExpressions;

namespace Tilskudd.Cycle.Year;

/// <summary>Why an amount a person typed in a form is not taken.</summary>
public enum MoneyRefusal
{
    /// <summary>The field is empty. An empty field is never nought kroner.</summary>
    Empty,

    /// <summary>A minus before a number: a budget line or a cost is never below nought.</summary>
    Negative,

    /// <summary>More than two decimals. Nothing smaller than an øre exists, and nothing is rounded.</summary>
    SmallerThanOre,

    /// <summary>Above <see cref="Money.Largest"/>.</summary>
    TooLarge,

    /// <summary>A point as decimal or thousands sign, which can be read in two ways.</summary>
    Point,

    /// <summary>Anything else that is not an amount in the Norwegian form.</summary>
    NotAnAmount,
}

/// <summary>
/// Reads what a person types in an amount field: "1900000", "1 900 000" (space, no-break space or narrow no-break space), "1 000 000,50",
/// with or without "kr" behind. The same on every machine, whatever its language, and never rounded.
/// </summary>
public static partial class MoneyText
{
    // No amount anyone means is this long; what is longer is not worth matching.
    private const int LongestText = 60;

    /// <summary>
    /// Reads the field as it was posted (null when it was not): true with the amount, or false with the reason. The one not in use is
    /// zero or null.
    /// </summary>
    public static bool TryParse(string? text, out Money amount, out MoneyRefusal? refusal)
    {
        amount = Money.Zero;
        refusal = Read(text ?? "", out var ore);
        if (refusal is not null)
        {
            return false;
        }

        amount = new Money(ore);
        return true;
    }

    private static MoneyRefusal? Read(string text, out long ore)
    {
        ore = 0;
        var typed = text.Trim(' ', '\t', '\u00A0', '\u202F');
        if (typed.Length == 0)
        {
            return MoneyRefusal.Empty;
        }

        var match = typed.Length <= LongestText ? Written().Match(typed) : Match.Empty;
        if (!match.Success)
        {
            return WithPoint().IsMatch(typed) ? MoneyRefusal.Point : MoneyRefusal.NotAnAmount;
        }

        if (match.Groups["minus"].Success)
        {
            return MoneyRefusal.Negative;
        }

        if (match.Groups["decimals"].Length > 2)
        {
            return MoneyRefusal.SmallerThanOre;
        }

        var whole = match.Groups["whole"].Value.Where(char.IsAsciiDigit);
        var digits = whole.Concat(match.Groups["decimals"].Value.PadRight(2, '0'));

        // Once above the largest amount, further digits cannot bring it down, and are not added: no number of digits wraps.
        var exact = digits.Aggregate(0L, (number, digit) => number > Money.Largest.Ore ? number : (number * 10) + (digit - '0'));
        if (exact > Money.Largest.Ore)
        {
            return MoneyRefusal.TooLarge;
        }

        ore = exact;
        return null;
    }

    // Either plain digits or groups of three; a comma before the øre. ASCII digits only: \d would take digits of other scripts.
    [GeneratedRegex(
        @"^(?<minus>[-\u2212][ \u00A0\u202F]?)?(?<whole>[0-9]+|[0-9]{1,3}(?:[ \u00A0\u202F][0-9]{3})+)" +
        @"(?:,(?<decimals>[0-9]+))?(?:[ \u00A0\u202F]?kr)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Written();

    // Something like 1000000.50 or 1.000.000: digits with points in between.
    [GeneratedRegex(
        @"^[-\u2212]?[0-9][0-9 \u00A0\u202F]*(\.[0-9]+)+(,[0-9]+)?([ \u00A0\u202F]?kr)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex WithPoint();
}
