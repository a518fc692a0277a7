using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Year.Sources;

namespace Tilskudd.Demo;

/// <summary>A person as loaded.</summary>
internal sealed record LoadedPerson(PersonId Id, InventedPerson Who);

/// <summary>A role as loaded; <paramref name="For"/> as in <see cref="InventedRole"/>.</summary>
internal sealed record LoadedRole(Role Role, string For, LoadedPerson Person);

/// <summary>A programme as it lies in the database after loading, with everyone in it.</summary>
/// <param name="Slug">Its word in addresses.</param>
/// <param name="Units">Those who make a plan of their own, in the source's order.</param>
/// <param name="Gathering">The unit that sends the others' plans together; null where each sends its own.</param>
/// <param name="People">Everyone in it, those at the grantors and the administrator too.</param>
/// <param name="Members">The addresses of those who vote in the political group or the boards, the leader first.</param>
internal sealed record LoadedProgramme(
    ProgrammeId Id, string Slug, ProgrammeSource Source, IReadOnlyList<PlanUnit> Units, PlanUnit? Gathering, IReadOnlyList<LoadedRole> Roles,
    IReadOnlyList<LoadedPerson> People, IReadOnlyList<string> Members)
{
    /// <summary>Who decides, as the proposals name them.</summary>
    public string Deciders => Source.PlanUnits.Any(unit => unit.Kind == PlanUnitKind.Delprogram) ? "Styrene" : "Politisk styringsgruppe";

    /// <summary>The first with a role, for a plan unit or grantor where the role has one.</summary>
    public LoadedPerson With(Role role, string @for = "") => Roles.First(held => held.Role == role && held.For == @for).Person;

    /// <summary>
    /// The word a programme has in addresses: its plan unit's where it is one alone (<c>stromso-2030</c>), else the municipality's
    /// (<c>oslo</c>).
    /// </summary>
    public static string SlugOf(ProgrammeSource source) => source.PlanUnits.Count == 1 ? source.PlanUnits[0].Slug : source.Slug;
}
