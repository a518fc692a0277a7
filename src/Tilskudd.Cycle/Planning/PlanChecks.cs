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

    /// <summary>It names a criterion that is not the programme's, for example one that was taken off the list after last year.</summary>
    public sealed record UnknownCriterion(TiltakId Id, string Name, string Criterion) : PlanFault(Id);

    /// <summary>No money from any source, though it is to be carried out this year (D-19).</summary>
    public sealed record NoBudget(TiltakId Id, string Name) : PlanFault(Id);

    /// <summary>It has money from a source that is not one of the programme's this year, and so counts towards no frame.</summary>
    public sealed record UnknownSource(TiltakId Id, string Name) : PlanFault(Id);

    public sealed record NoTarget(TiltakId Id, string Name) : PlanFault(Id);

    /// <summary>The target cannot be judged: it says neither where the indicator stood before, nor that this is not available.</summary>
    public sealed record NoBaseline(TiltakId Id, string Name) : PlanFault(Id);

    /// <summary>It has money from a source with criteria of its own, and contributes to none of them (DOC-004:144 and 156).</summary>
    public sealed record NoCriterionOfSource(TiltakId Id, string Name, FundingSourceId Source, string Code) : PlanFault(Id);

    /// <summary>It has money from a source without criteria of its own, and contributes only to what other sources make their condition.</summary>
    public sealed record OnlyOthersCriteria(TiltakId Id, string Name, FundingSourceId Source, string Code) : PlanFault(Id);

    public sealed record NoDescription(TiltakId Id, string Name) : PlanFault(Id);

    public sealed record NoResponsible(TiltakId Id, string Name) : PlanFault(Id);

    /// <summary>More is planned from a source than its frame.</summary>
    public sealed record OverFrame(FundingSourceId Source, string Code, Money Planned, Money Frame, Money Over) : PlanFault((TiltakId?)null);

    /// <summary>A state source of the year that no frame is known for. An unknown frame is not nought (D-07).</summary>
    public sealed record NoFrame(FundingSourceId Source, string Code) : PlanFault((TiltakId?)null);
}

/// <summary>The checks before approval (domain.md section 10).</summary>
internal static class PlanChecks
{
    public static IReadOnlyList<PlanFault> Of(Handlingsplan plan, IReadOnlyCollection<FundingSource> sources, IReadOnlyCollection<Criterion> criteria)
    {
        var knownSources = sources.Select(source => source.Id).ToHashSet();
        var knownCriteria = criteria.Select(criterion => criterion.Id).ToHashSet();
        var ownCriteria = criteria.ToLookup(criterion => criterion.SourceCode, criterion => criterion.Id);
        return
        [
            .. Sections(plan),
            .. plan.Tiltak.Count == 0 ? [new PlanFault.NoTiltak()] : Array.Empty<PlanFault>(),
            .. plan.Tiltak.OrderBy(tiltak => tiltak.Number).SelectMany(tiltak => Contents(tiltak, knownCriteria).Concat(Budget(tiltak, knownSources)).Concat(Conditions(tiltak, sources, ownCriteria))),
            .. Frames(plan, sources),
        ];
    }

    private static IEnumerable<PlanFault> Sections(Handlingsplan plan) =>
        Enum.GetValues<PlanSection>().Where(section => Prose.IsBlank(plan.Section(section))).Select(section => new PlanFault.SectionMissing(section));

    private static IEnumerable<PlanFault> Contents(Tiltak tiltak, HashSet<string> known)
    {
        if (tiltak.Criteria.Count == 0)
        {
            yield return new PlanFault.NoCriterion(tiltak.TiltakId, tiltak.Name);
        }

        foreach (var unknown in tiltak.Criteria.Where(criterion => !known.Contains(criterion)))
        {
            yield return new PlanFault.UnknownCriterion(tiltak.TiltakId, tiltak.Name, unknown);
        }

        if (Prose.IsBlank(tiltak.Description))
        {
            yield return new PlanFault.NoDescription(tiltak.TiltakId, tiltak.Name);
        }

        if (Prose.IsBlank(tiltak.Target))
        {
            yield return new PlanFault.NoTarget(tiltak.TiltakId, tiltak.Name);
        }

        if (Prose.IsBlank(tiltak.Baseline) && !tiltak.HasNoBaseline)
        {
            yield return new PlanFault.NoBaseline(tiltak.TiltakId, tiltak.Name);
        }

        if (Prose.IsBlank(tiltak.Responsible))
        {
            yield return new PlanFault.NoResponsible(tiltak.TiltakId, tiltak.Name);
        }
    }

    private static IEnumerable<PlanFault> Budget(Tiltak tiltak, HashSet<FundingSourceId> known)
    {
        if (tiltak.Total == Money.Zero && !tiltak.IsEnding)
        {
            yield return new PlanFault.NoBudget(tiltak.TiltakId, tiltak.Name);
        }

        if (tiltak.Budget.Any(line => !known.Contains(line.SourceId)))
        {
            yield return new PlanFault.UnknownSource(tiltak.TiltakId, tiltak.Name);
        }
    }

    // A source whose grantor names what its money must contribute to takes a criterion of its own; another takes one that holds for money from
    // anywhere. The own share is the municipality's, and takes any.
    private static IEnumerable<PlanFault> Conditions(Tiltak tiltak, IReadOnlyCollection<FundingSource> sources, ILookup<string, string> ownCriteria)
    {
        foreach (var source in sources.Where(source => tiltak.Criteria.Count > 0 && tiltak.From(source.Id) > Money.Zero).OrderBy(source => source.Number))
        {
            if (ownCriteria.Contains(source.Code))
            {
                if (!ownCriteria[source.Code].Any(tiltak.Criteria.Contains))
                {
                    yield return new PlanFault.NoCriterionOfSource(tiltak.TiltakId, tiltak.Name, source.Id, source.Code);
                }
            }
            else if (!source.IsOwnShare && ownCriteria.Any(list => list.Key.Length > 0 && list.Any(tiltak.Criteria.Contains)) && !ownCriteria[""].Any(tiltak.Criteria.Contains))
            {
                yield return new PlanFault.OnlyOthersCriteria(tiltak.TiltakId, tiltak.Name, source.Id, source.Code);
            }
        }
    }

    private static IEnumerable<PlanFault> Frames(Handlingsplan plan, IReadOnlyCollection<FundingSource> sources)
    {
        // From a source that is over, and that nothing is planned from, nothing more is asked.
        foreach (var source in sources.Where(s => !s.IsOwnShare && (s.IsInUse || plan.Planned(s.Id) > Money.Zero)).OrderBy(s => s.Number))
        {
            var planned = plan.Planned(source.Id);
            if (source.RoomFor(plan.PlanUnitId) is not { } frame)
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
