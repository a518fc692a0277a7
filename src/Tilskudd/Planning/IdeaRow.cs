using Tilskudd.Layout;
using Tilskudd.Year.Sources;

namespace Tilskudd.Planning;

/// <summary>What other municipalities have tried, as the booklet of ideas has it: for one who is to add a tiltak.</summary>
/// <param name="Key">IDE-01 to IDE-15.</param>
/// <param name="Owner">Who ran it, by its name then.</param>
/// <param name="Figures">What was measured; empty where the booklet has none.</param>
public sealed record IdeaRow(string Key, string Theme, string Title, string Owner, IReadOnlyList<IdeaFigure> Figures)
{
    /// <summary>The booklet, who published it, and its year.</summary>
    internal static (string Title, string Publisher, int Year) Source { get; } = (Booklet.Title, Booklet.Publisher, Booklet.Year);

    /// <summary>Every idea, in the booklet's order. Its words stay in the language they were written in, and so do its numbers.</summary>
    internal static IReadOnlyList<IdeaRow> All { get; } =
        [.. Booklet.Ideas.Select(idea => new IdeaRow(idea.Id, idea.Theme, idea.TitleVerbatim, idea.Owner, [.. idea.Figures.Select(Of)]))];

    private static BookletSource Booklet => RealWorld.BuiltIn.Booklet;

    private static IdeaFigure Of(BookletFigure figure)
    {
        var value = figure.From == figure.To ? Number(figure.From) : $"{Number(figure.From)}–{Number(figure.To)}";
        var period = figure.Period is null ? "" : $" ({figure.Period})";
        return new IdeaFigure($"{figure.Kind}: {figure.Name}, {value} {figure.Unit}{period}", figure.IsContradicted);
    }

    private static string Number(decimal number) => number.ToString("#,0.##", Language.Nb.Culture());
}

/// <summary>A figure of an idea, as a line.</summary>
/// <param name="IsContradicted">Whether the booklet itself has another figure for the same.</param>
public sealed record IdeaFigure(string Text, bool IsContradicted);
