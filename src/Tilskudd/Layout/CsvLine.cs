using System.Globalization;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Layout;

/// <summary>Cells of a file for a spreadsheet that reads Norwegian: semicolons between them, decimal comma, and no cell that it would run.</summary>
internal static class CsvLine
{
    /// <summary>Quoted; what begins like a formula is given an apostrophe first.</summary>
    public static string Cell(string text)
    {
        var safe = text.Length > 0 && text.TrimStart() is ['=' or '+' or '-' or '@', ..] || text.StartsWith('\t') || text.StartsWith('\r') ? "'" + text : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>Kroner with two decimals, to the øre and without groups, so that it is read as a number; empty where nothing is known.</summary>
    public static string Cell(Money? amount) =>
        amount is { } known ? (known.Ore / 100m).ToString("0.00", CultureInfo.InvariantCulture).Replace('.', ',') : "";
}
