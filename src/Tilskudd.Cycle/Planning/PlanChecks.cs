using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Planning;

/// <summary>One thing that keeps a plan from being decided, and where it is.</summary>
/// <param name="Tiltak">The tiltak it is about, or null for the plan as a whole.</param>
public abstract record PlanFault(TiltakId? Tiltak)
{
    public sealed record SectionMissing(PlanSection Section) : PlanFault((TiltakId?)null);

    public sealed record NoTiltak() : PlanFault((TiltakId?)null);

    /// <summary>No tiltak without a criterion: the grant goes to measures that contribute to at least one (DOC-000:22).</summary>
    public sealed record NoCriterion(TiltakId Id, string Name) : PlanFault(Id);

    public sealed record NoTarget(TiltakId Id, string Name) : PlanFault(Id);

    public sealed record NoDescription(TiltakId Id, string Name) : PlanFault(Id);

    public sealed record NoResponsible(TiltakId Id, string Name) : PlanFault(Id);

    /// <summary>More is planned from a source than its frame.</summary>
    public sealed record OverFrame(FundingSourceId Source, string Code, Money Planned, Money Frame, Money Over) : PlanFault((TiltakId?)null);

    /// <summary>A state source of the year that no frame is known for.</summary>
    public sealed record NoFrame(FundingSourceId Source, string Code) : PlanFault((TiltakId?)null);
}

/// <summary>The checks before approval (domain.md section 10).</summary>
internal static class PlanChecks
{
    public static IReadOnlyList<PlanFault> Of(Handlingsplan plan, IReadOnlyCollection<FundingSource> sources) =>
        [.. Sections(plan), .. EachTiltak(plan), .. Frames(plan, sources)];

    private static IEnumerable<PlanFault> Sections(Handlingsplan plan) =>
        Enum.GetValues<PlanSection>().Where(section => plan.Section(section).Length == 0).Select(section => new PlanFault.SectionMissing(section));

    private static IEnumerable<PlanFault> EachTiltak(Handlingsplan plan)
    {
        if (plan.Tiltak.Count == 0)
        {
            yield return new PlanFault.NoTiltak();
        }

        foreach (var tiltak in plan.Tiltak.OrderBy(t => t.Number))
        {
            if (tiltak.Criteria.Count == 0)
            {
                yield return new PlanFault.NoCriterion(tiltak.TiltakId, tiltak.Name);
            }

            if (tiltak.Description.Length == 0)
            {
                yield return new PlanFault.NoDescription(tiltak.TiltakId, tiltak.Name);
            }

            if (tiltak.Target.Length == 0)
            {
                yield return new PlanFault.NoTarget(tiltak.TiltakId, tiltak.Name);
            }

            if (tiltak.Responsible.Length == 0)
            {
                yield return new PlanFault.NoResponsible(tiltak.TiltakId, tiltak.Name);
            }
        }
    }

    private static IEnumerable<PlanFault> Frames(Handlingsplan plan, IReadOnlyCollection<FundingSource> sources)
    {
        foreach (var source in sources.Where(s => !s.IsOwnShare).OrderBy(s => s.Number))
        {
            var planned = plan.Planned(source.Id);
            if (source.Frame is not { } frame)
            {
                yield return new PlanFault.NoFrame(source.Id, source.Code);
            }
            else if (planned > frame)
            {
                yield return new PlanFault.OverFrame(source.Id, source.Code, planned, frame, planned - frame);
            }
        }
    }
}
