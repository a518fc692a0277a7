using Tilskudd.Cycle.Year;

namespace Tilskudd.Year.Sources;

/// <summary>How Oslo organises its three satsinger: three delprogram, the first with six bydeler.</summary>
internal sealed record OsloSource(
    IReadOnlyList<OsloInitiative> Initiatives,
    IReadOnlyList<OsloDistrict> Districts,
    IReadOnlyList<OsloSubprogramme> Subprogrammes,
    GrantYear CommonGoalsFrom,
    SourcePlace Place);

/// <summary>A satsing and its years, as far as the source gives them.</summary>
internal sealed record OsloInitiative(
    string Name, string? PeriodVerbatim, GrantYear? From, GrantYear? To, string? PublicNote, SourcePlace Place);

/// <summary>A bydel, and the satsing it belongs to by inference.</summary>
internal sealed record OsloDistrict(string Name, string InferredInitiative);

/// <summary>A delprogram with its main goal and the document that steers it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Theme">Its theme.</param>
/// <param name="GoalVerbatim">The main goal.</param>
/// <param name="OtherGoalVerbatim">Another goal in the same place.</param>
/// <param name="Districts">The bydeler the source names; null where it names none.</param>
/// <param name="SteeringDocumentVerbatim">The yearly document that steers it.</param>
/// <param name="PublicNote">What a public page adds on how it is organised.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record OsloSubprogramme(
    int Number,
    string Name,
    string Theme,
    string GoalVerbatim,
    string? OtherGoalVerbatim,
    IReadOnlyList<string>? Districts,
    string SteeringDocumentVerbatim,
    string? PublicNote,
    SourcePlace Place);
