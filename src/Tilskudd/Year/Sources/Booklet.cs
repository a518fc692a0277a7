namespace Tilskudd.Year.Sources;

/// <summary>
/// The idéhefte of 2016: fifteen tiltak other municipalities have tried. Titles and figures only; its texts are not carried.
/// </summary>
/// <param name="Title">The booklet's title.</param>
/// <param name="Publisher">Who published it.</param>
/// <param name="Year">When.</param>
/// <param name="Template">The fields its tiltak are described by.</param>
/// <param name="Ideas">The tiltak.</param>
internal sealed record BookletSource(string Title, string Publisher, int Year, IReadOnlyList<BookletField> Template, IReadOnlyList<BookletIdea> Ideas);

/// <summary>A field of the booklet's template, and whether every tiltak should have it.</summary>
internal sealed record BookletField(string Key, string Name, bool IsMandatory);

/// <summary>A tiltak from the booklet.</summary>
/// <param name="Id">IDE-01 to IDE-15.</param>
/// <param name="TitleVerbatim">Its title.</param>
/// <param name="TitleInContents">Its title in the table of contents.</param>
/// <param name="Owner">Who ran it, by its name in 2016.</param>
/// <param name="Theme">Its theme.</param>
/// <param name="MissingFields">Fields of the template it lacks, by key.</param>
/// <param name="Figures">What was measured.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record BookletIdea(
    string Id,
    string TitleVerbatim,
    string TitleInContents,
    string Owner,
    string Theme,
    IReadOnlyList<string> MissingFields,
    IReadOnlyList<BookletFigure> Figures,
    SourcePlace Place);

/// <summary>A figure with its unit and period as the booklet has them; an interval has two ends.</summary>
internal sealed record BookletFigure(
    string Kind, string Name, decimal From, decimal To, string Unit, string? Period, int Line, string? Note)
{
    /// <summary>Whether the booklet has another figure for the same, elsewhere.</summary>
    public bool IsContradicted => Note?.StartsWith("motsier tallet", StringComparison.Ordinal) == true;
}
