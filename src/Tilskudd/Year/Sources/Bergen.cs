using Tilskudd.Cycle.Year;

namespace Tilskudd.Year.Sources;

/// <summary>Bergen's areas, what two sources say of each, and how the work is organised.</summary>
/// <param name="Areas">The areas under way.</param>
/// <param name="EndedAreas">Areas that are over, and their last year.</param>
/// <param name="OwnerVerbatim">The department that owns the work, as named at the time.</param>
/// <param name="InternalSteeringGroup">The group that reviews before the politicians.</param>
/// <param name="PoliticalAnchoring">The political bodies behind it.</param>
/// <param name="DeprivedZones">How many levekårssoner the choice of areas was made among.</param>
/// <param name="DecisionVerbatim">The decision the areas rest on.</param>
internal sealed record BergenSource(
    IReadOnlyList<BergenArea> Areas,
    IReadOnlyList<EndedArea> EndedAreas,
    string OwnerVerbatim,
    string InternalSteeringGroup,
    IReadOnlyList<string> PoliticalAnchoring,
    int DeprivedZones,
    string DecisionVerbatim);

/// <summary>An area under way.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parts">The areas it was merged from.</param>
/// <param name="PeriodVerbatim">The period in the presentation.</param>
/// <param name="From">First year, where stated.</param>
/// <param name="To">Last year, where stated.</param>
/// <param name="IsPreliminaryProject">The presentation calls it a forprosjekt.</param>
/// <param name="MergedIn">The year its parts became one.</param>
/// <param name="WebPageStatus">What the municipality's page says.</param>
/// <param name="Baseline">A figure to measure from.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record BergenArea(
    string Name,
    IReadOnlyList<string> Parts,
    string PeriodVerbatim,
    GrantYear? From,
    GrantYear? To,
    bool IsPreliminaryProject,
    GrantYear? MergedIn,
    string WebPageStatus,
    BaselineSource? Baseline,
    SourcePlace Place);

/// <summary>A figure in per cent that results can be measured from, with the source that gives it.</summary>
internal sealed record BaselineSource(string Name, decimal Percent, string MeasuredBy, SourcePlace Place);

/// <summary>An area that is over.</summary>
internal sealed record EndedArea(string Name, GrantYear LastYear);
