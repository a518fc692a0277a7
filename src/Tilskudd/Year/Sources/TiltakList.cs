using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Year.Sources;

/// <summary>
/// The eighteen tiltak of a programme's plan for a year, as laid before the political group: themes and texts, but no money.
/// </summary>
/// <param name="Programme">The programme's name.</param>
/// <param name="Municipality">The municipality.</param>
/// <param name="Year">The plan's year.</param>
/// <param name="Body">The body it was laid before.</param>
/// <param name="MeetingOn">The date of that meeting.</param>
/// <param name="Agenda">The meeting's agenda, verbatim.</param>
/// <param name="Themes">The themes, in order.</param>
/// <param name="Tiltak">The tiltak, in order.</param>
/// <param name="CrossCuttingVerbatim">What goes across the themes.</param>
/// <param name="OtherActivities">What the programme does in the year beside the tiltak.</param>
internal sealed record TiltakList(
    string Programme,
    string Municipality,
    GrantYear Year,
    string Body,
    DateOnly MeetingOn,
    IReadOnlyList<string> Agenda,
    IReadOnlyList<ThemeSource> Themes,
    IReadOnlyList<TiltakSource> Tiltak,
    IReadOnlyList<string> CrossCuttingVerbatim,
    IReadOnlyList<string> OtherActivities)
{
    public IEnumerable<TiltakSource> Under(ThemeSource theme) => Tiltak.Where(tiltak => tiltak.Theme == theme.Name);

    /// <summary>The theme a text means, also by an alias; null when it means none.</summary>
    public ThemeSource? Theme(string written) => Themes.FirstOrDefault(theme => theme.Name == written || theme.Aliases.Contains(written));
}

/// <summary>A theme, and the other ways the source writes it.</summary>
internal sealed record ThemeSource(int Number, string Name, IReadOnlyList<string> Aliases);

/// <summary>One tiltak as the source has it.</summary>
/// <param name="Id">Stable id: STR25-01.</param>
/// <param name="Theme">The theme's name.</param>
/// <param name="SubTheme">A heading within the theme; not all have one.</param>
/// <param name="Name">A short name for lists.</param>
/// <param name="TextVerbatim">The source's text, spelling kept.</param>
/// <param name="AdditionsVerbatim">More of the source's text about the same tiltak.</param>
/// <param name="Status">Where it is in its life, by inference.</param>
/// <param name="StatusBasis">The words the stage was inferred from.</param>
/// <param name="Relations">Its ties to other tiltak.</param>
/// <param name="Note">What is unclear about it.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record TiltakSource(
    string Id,
    string Theme,
    string? SubTheme,
    string Name,
    string TextVerbatim,
    IReadOnlyList<string> AdditionsVerbatim,
    TiltakStatus Status,
    string StatusBasis,
    IReadOnlyList<TiltakRelation> Relations,
    string? Note,
    SourcePlace Place)
{
    /// <summary>The tiltak this one ends by becoming part of, if it does.</summary>
    public string? EndsInto => Relations.FirstOrDefault(relation => relation.Kind == TiltakRelationKind.PartOf)?.OtherId;
}

/// <summary>How a tiltak is tied to another.</summary>
internal enum TiltakRelationKind
{
    /// <summary>The same work under another theme: one tiltak, whose money counts once.</summary>
    SamePilotAs,

    /// <summary>It ends by becoming part of the other.</summary>
    PartOf,
}

/// <summary>A tie from one tiltak to another in the same list.</summary>
internal sealed record TiltakRelation(TiltakRelationKind Kind, string OtherId);
