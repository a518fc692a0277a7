using System.Globalization;

namespace Tilskudd.Layout;

/// <summary>Which part of a long list a page shows, where it is known how long the list is.</summary>
public sealed record CountedPaging
{
    /// <summary>Rows on a page.</summary>
    public const int Rows = 25;

    // Pages named on each side of the one that is shown.
    private const int Beside = 1;

    /// <param name="asked">The page asked for, from 1; one after the last is the last.</param>
    /// <param name="count">Rows in the whole list.</param>
    /// <param name="rows">Rows on a page.</param>
    public CountedPaging(int asked, int count, int rows = Rows) => (Count, PerPage, Last, Number) = (count, rows, LastOf(count, rows), Math.Clamp(asked, 1, LastOf(count, rows)));

    /// <summary>The page that is shown, from 1.</summary>
    public int Number { get; }

    /// <summary>Rows in the whole list.</summary>
    public int Count { get; }

    /// <summary>The last page; the first where the list is empty.</summary>
    public int Last { get; }

    public int PerPage { get; }

    /// <summary>Rows before the page.</summary>
    public int Skip => (Number - 1) * PerPage;

    /// <summary>The number of the first row shown, from 1; nought where the list is empty.</summary>
    public int From => Count == 0 ? 0 : Skip + 1;

    public int To => Math.Min(Skip + PerPage, Count);

    /// <summary>The pages that are named: the first, the last, and those beside the one shown. A null stands for those between that are not.</summary>
    public IEnumerable<int?> Named()
    {
        var before = 0;
        foreach (var number in Enumerable.Range(1, Last).Where(number => number == 1 || number == Last || Math.Abs(number - Number) <= Beside))
        {
            // One page left out takes as much room as the mark for it.
            if (number == before + 2)
            {
                yield return number - 1;
            }
            else if (number > before + 1)
            {
                yield return null;
            }

            yield return number;
            before = number;
        }
    }

    /// <summary>The address of a page of the list.</summary>
    /// <param name="path">Of the list, with what it is narrowed by.</param>
    /// <param name="query">What the number is called in the address, where a page has two lists.</param>
    public static string PathOf(string path, int number, string query = "side") =>
        number == 1 ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}={number.ToString(CultureInfo.InvariantCulture)}";

    private static int LastOf(int count, int rows) => Math.Max(1, (count + rows - 1) / rows);
}
