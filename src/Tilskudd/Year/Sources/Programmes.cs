using Tilskudd.Cycle.Year;

namespace Tilskudd.Year.Sources;

/// <summary>
/// A municipality's programme with the state: who it is for, how long the agreement runs, and what it is set to receive.
/// </summary>
/// <param name="Slug">The programme's word in addresses, a–z and hyphens: "drammen".</param>
/// <param name="Municipality">The municipality's name.</param>
/// <param name="Name">The programme's own name; null where no source gives one.</param>
/// <param name="Areas">The areas as the sources name them.</param>
/// <param name="Period">The agreement's period, as far as it is known.</param>
/// <param name="Agreement">The kind of agreement, in the file's words.</param>
/// <param name="Grant2024">Planned in the state budget for 2024, all ministries; not what was paid.</param>
/// <param name="Frame2025">The frame the plan for 2025 is made within.</param>
/// <param name="PlanUnits">Those who make a plan of their own.</param>
/// <param name="PlanUnitsInference">What about the plan units is inference.</param>
/// <param name="Places">Where in the source documents it stands.</param>
/// <param name="Links">Public pages it stands on.</param>
/// <param name="Note">What else a reader should know.</param>
internal sealed record ProgrammeSource(
    string Slug,
    string Municipality,
    string? Name,
    IReadOnlyList<string> Areas,
    AgreementPeriod Period,
    string Agreement,
    Money Grant2024,
    FrameSource Frame2025,
    IReadOnlyList<PlanUnitSource> PlanUnits,
    string PlanUnitsInference,
    IReadOnlyList<SourcePlace> Places,
    IReadOnlyList<string> Links,
    string? Note)
{
    /// <summary>What the programme is called on a page, also where no source names it.</summary>
    public string DisplayName => Name ?? $"Områdesatsing i {Municipality}";
}

/// <summary>First and last year of an agreement; null where no source says. No cycle starts after <paramref name="To"/>.</summary>
internal sealed record AgreementPeriod(GrantYear? From, GrantYear? To, string Basis);

/// <summary>The money a yearly plan is made within.</summary>
/// <param name="Amounts">Per ministry code; null where the ministry gives nothing that is stated, which is not nought.</param>
/// <param name="Sum">All ministries together.</param>
/// <param name="IsProvisional">A copy of the year before, not an amount anyone has given.</param>
/// <param name="Basis">What the amounts rest on.</param>
/// <param name="Reservation">The reservation they were given with.</param>
/// <param name="IsInferred">The amounts are inference.</param>
/// <param name="FromGroupRow">The amount is a share of a row for several municipalities.</param>
internal sealed record FrameSource(
    IReadOnlyDictionary<string, Money?> Amounts,
    Money Sum,
    bool IsProvisional,
    string Basis,
    string? Reservation,
    bool IsInferred,
    bool FromGroupRow);

/// <summary>A part of a programme that makes its own handlingsplan.</summary>
/// <param name="Slug">Its word in addresses, unique within the programme.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="ParentSlug">The unit it belongs under.</param>
/// <param name="NameIsInferred">No source gives the name.</param>
/// <param name="Place">Where it stands, where it does.</param>
internal sealed record PlanUnitSource(
    string Slug, string Name, PlanUnitKind Kind, string? ParentSlug, bool NameIsInferred, SourcePlace? Place);
