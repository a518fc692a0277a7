using System.Globalization;

namespace Tilskudd.Layout;

/// <summary>Which part of a long list a page shows, as <c>?side=2</c>.</summary>
/// <param name="Number">From 1.</param>
/// <param name="HasMore">There is a part after this one.</param>
public sealed record Paging(int Number, bool HasMore)
{
    /// <summary>Rows on a page.</summary>
    public const int Rows = 50;

    // Beyond any list there is; it also keeps the arithmetic whole.
    private const int Last = 100_000;

    /// <summary>The number asked for; what is none is the first.</summary>
    public static int Read(string? side) =>
        int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Last ? number : 1;
}

internal static class PagedQueries
{
    /// <summary>The rows of one part and one more, by which it is seen that there is a next.</summary>
    public static IQueryable<T> OnPage<T>(this IQueryable<T> rows, int number) => rows.Skip((number - 1) * Paging.Rows).Take(Paging.Rows + 1);
}
