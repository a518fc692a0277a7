using System.Globalization;
using System.Text.RegularExpressions;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Year.Sources;

/// <summary>What a number in a column of amounts counts, when the cell itself does not say.</summary>
internal enum AmountUnit
{
    /// <summary>The column does not say, so each cell has to.</summary>
    Unstated,

    Kroner,

    MillionKroner,
}

/// <summary>Why a cell could not be read as an amount.</summary>
internal enum AmountCellRefusal
{
    /// <summary>No number as Norwegian documents write them.</summary>
    NotAnAmount,

    /// <summary>A number, but neither cell nor column says of what.</summary>
    NoUnit,

    /// <summary>So many decimals that the amount is no whole number of øre.</summary>
    SmallerThanOre,

    /// <summary>Above <see cref="Money.Largest"/>.</summary>
    TooLarge,
}

/// <summary>
/// A cell of a table of amounts: the text as it stood, beside the amount it was read as. A blank cell has no amount, which is not nought.
/// </summary>
/// <param name="Verbatim">The cell as it stands in the source document.</param>
/// <param name="Amount">The amount to the øre; null where the cell is blank.</param>
/// <param name="Note">What stands in brackets behind the number: "5 til hver kommune".</param>
internal sealed partial record AmountCell(string Verbatim, Money? Amount, string? Note)
{
    public bool IsBlank => Amount is null;

    /// <summary>
    /// Reads "11,5 millioner kroner", "1,1 million kroner", "67,2" in a column of millions, "20 (5 til hver kommune)" and blank.
    /// Exact: nothing is rounded, and the machine's language decides nothing.
    /// </summary>
    public static bool TryRead(string verbatim, AmountUnit column, out AmountCell cell, out AmountCellRefusal? refusal)
    {
        refusal = null;
        cell = new(verbatim, null, null);
        if (string.IsNullOrWhiteSpace(verbatim))
        {
            return true;
        }

        var match = Written().Match(verbatim.Trim());
        refusal = match.Success ? Read(match, column, out cell, verbatim) : AmountCellRefusal.NotAnAmount;
        return refusal is null;
    }

    private static AmountCellRefusal? Read(Match match, AmountUnit column, out AmountCell cell, string verbatim)
    {
        cell = new(verbatim, null, null);
        var unit = match.Groups["millions"].Success ? AmountUnit.MillionKroner : match.Groups["kroner"].Success ? AmountUnit.Kroner : column;
        if (unit == AmountUnit.Unstated)
        {
            return AmountCellRefusal.NoUnit;
        }

        var digits = string.Concat(match.Groups["number"].Value.Where(sign => char.IsAsciiDigit(sign) || sign == ','));
        var orePerUnit = unit == AmountUnit.MillionKroner ? 100_000_000m : 100m;
        if (!decimal.TryParse(digits.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number > Money.Largest.Ore / orePerUnit)
        {
            return AmountCellRefusal.TooLarge;
        }

        var ore = number * orePerUnit;
        if (ore != decimal.Truncate(ore))
        {
            return AmountCellRefusal.SmallerThanOre;
        }

        cell = new(verbatim, new Money((long)ore), match.Groups["note"].Success ? match.Groups["note"].Value.Trim() : null);
        return null;
    }

    // A number in the Norwegian form, perhaps a unit in words, perhaps a note in brackets. The limits on digits keep it exact.
    [GeneratedRegex(
        @"^(?<number>(?:[0-9]{1,15}|[0-9]{1,3}(?:[ \u00A0\u202F][0-9]{3}){1,4})(?:,[0-9]{1,12})?)" +
        @"(?:[ \u00A0\u202F]*(?:(?<millions>(?:millioner|million|mill\.?)(?:[ \u00A0\u202F]*(?:kroner|kr\.?))?)|(?<kroner>kroner|kr\.?)))?" +
        @"(?:[ \u00A0\u202F]*\((?<note>[^()]+)\))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Written();
}
