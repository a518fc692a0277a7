using Tilskudd.Cycle.Year;
using static Tilskudd.Layout.Charts.Svg;

namespace Tilskudd.Layout.Charts;

/// <summary>The colours of a budget bar, the same as the keys (<c>key--1</c> to <c>key--4</c>) in the table beside it.</summary>
internal enum BarColour
{
    First,
    Second,
    Third,
    Others,
}

/// <summary>One part of a budget bar, most often a funding source.</summary>
internal sealed record BarPart(Money Amount, BarColour Colour);

/// <summary>A budget as one horizontal bar. The amounts stand in a table beside it, so the bar is named by one sentence.</summary>
internal static class BudgetBar
{
    private const double Width = 1000;
    private const double Gap = 4;

    /// <param name="id">Unique on the page.</param>
    /// <param name="title">The bar in words: what, how much, of how much.</param>
    /// <param name="parts">From the left. A part of nought is left out.</param>
    /// <param name="frame">
    /// What there is to spend. What is left of it is drawn pale; what goes beyond it is drawn as too much, and the bar is then as long
    /// as the plan. Null where the parts are the whole.
    /// </param>
    /// <exception cref="ArgumentException">An amount is negative.</exception>
    public static string Draw(string id, string title, IReadOnlyList<BarPart> parts, Money? frame = null)
    {
        var pieces = Pieces(parts, frame);
        return Svg.Image(id, "bar", "0 0 1000 44", title, null, svg =>
        {
            foreach (var piece in pieces)
            {
                svg.Shape("rect", $"class=\"{piece.Look}\" x=\"{N(piece.From)}\" y=\"0\" width=\"{N(piece.Width)}\" height=\"44\" rx=\"3\"");
            }
        }, stretch: true);
    }

    /// <summary>Where each piece begins and how wide it is, in thousandths of the bar.</summary>
    internal static IReadOnlyList<BarPiece> Pieces(IReadOnlyList<BarPart> parts, Money? frame)
    {
        if (parts.Any(part => part.Amount.IsNegative) || frame is { IsNegative: true })
        {
            throw new ArgumentException("A budget bar has no room for negative amounts.", nameof(parts));
        }

        var planned = parts.Sum(part => (double)part.Amount.Ore);
        var limit = frame is { } given ? given.Ore : planned;
        var whole = Math.Max(planned, limit);
        var pieces = new List<(string Look, double From, double To)>();
        var at = 0.0;
        foreach (var part in parts)
        {
            var end = at + part.Amount.Ore;
            pieces.Add((Look(part.Colour), at, Math.Min(end, limit)));
            at = end;
        }

        pieces.Add(("s-over", limit, planned));
        pieces.Add(("s-rest", planned, limit));
        return Scaled(pieces.Where(piece => piece.To > piece.From).ToList(), whole);
    }

    private static List<BarPiece> Scaled(List<(string Look, double From, double To)> pieces, double whole) =>
        pieces.Select((piece, i) =>
        {
            var width = (piece.To - piece.From) / whole * Width;
            var last = i == pieces.Count - 1;

            // However small, a part that exists can be seen.
            return new BarPiece(piece.Look, piece.From / whole * Width, Math.Max(1, width - (last ? 0 : Gap)));
        }).ToList();

    private static string Look(BarColour colour) => colour switch
    {
        BarColour.First => "s1",
        BarColour.Second => "s2",
        BarColour.Third => "s3",
        BarColour.Others => "s4",
    };
}

/// <summary>A drawn piece of the bar.</summary>
internal sealed record BarPiece(string Look, double From, double Width);
