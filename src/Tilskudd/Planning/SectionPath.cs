using Tilskudd.Cycle.Planning;

namespace Tilskudd.Planning;

/// <summary>What the sections are called in addresses.</summary>
internal static class SectionPath
{
    public static string Slug(this PlanSection section) => section switch
    {
        PlanSection.Goal => "hovedmal",
        PlanSection.Challenges => "utfordringer",
        PlanSection.Signals => "signaler",
        PlanSection.Participation => "medvirkning",
        PlanSection.Proposal => "vedtak",
    };

    /// <summary>The section with this word in its address; null when there is none.</summary>
    public static PlanSection? Find(string slug) =>
        Enum.GetValues<PlanSection>().Select(section => (PlanSection?)section).FirstOrDefault(section => section!.Value.Slug() == slug);
}
