namespace Tilskudd.Cycle.Planning;

/// <summary>What kind of difference a reader should notice.</summary>
public enum DifferenceKind
{
    Added,
    Removed,
    MoreMoney,
    LessMoney,

    /// <summary>As much money as before, but from other sources, each with its own letter and terms.</summary>
    MoneyMoved,

    TextChanged,
    Ending,
    Merged,
}

/// <summary>One difference between two contents: a tiltak, or a section when <see cref="Tiltak"/> is null.</summary>
/// <param name="Name">The tiltak's name or the section's key.</param>
/// <param name="BeforeOre">The tiltak's money before, all sources together, in øre; 0 for a section.</param>
/// <param name="AfterOre">The same after.</param>
public sealed record Difference(DifferenceKind Kind, Guid? Tiltak, string Name, long BeforeOre, long AfterOre);

/// <summary>Compares two contents of plans: with last year's, or with the version a member saw.</summary>
public static class PlanDifference
{
    public static IReadOnlyList<Difference> Between(HandlingsplanContent before, HandlingsplanContent after) =>
        [.. Sections(before, after), .. EachTiltak(before, after), .. Removed(before, after)];

    private static IEnumerable<Difference> Sections(HandlingsplanContent before, HandlingsplanContent after)
    {
        (string Name, string Before, string After)[] pairs =
        [
            (nameof(PlanSection.Goal), before.Goal, after.Goal),
            (nameof(PlanSection.Challenges), before.Challenges, after.Challenges),
            (nameof(PlanSection.Signals), before.Signals, after.Signals),
            (nameof(PlanSection.Participation), before.Participation, after.Participation),
            (nameof(PlanSection.Proposal), before.Proposal, after.Proposal),
        ];
        var texts = pairs.Where(pair => pair.Before != pair.After).Select(pair => new Difference(DifferenceKind.TextChanged, null, pair.Name, 0, 0));
        return Files(before).SetEquals(Files(after)) ? texts : texts.Append(new Difference(DifferenceKind.TextChanged, null, nameof(HandlingsplanContent.Attachments), 0, 0));

        static HashSet<AttachmentContent> Files(HandlingsplanContent content) => [.. content.Attachments ?? []];
    }

    private static IEnumerable<Difference> EachTiltak(HandlingsplanContent before, HandlingsplanContent after)
    {
        var old = before.Tiltak.ToDictionary(tiltak => tiltak.Id);
        var sources = SameSources(before, after);
        foreach (var tiltak in after.Tiltak)
        {
            var afterOre = tiltak.BudgetOre.Values.Sum();
            if (!old.TryGetValue(tiltak.Id, out var was))
            {
                yield return new Difference(DifferenceKind.Added, tiltak.Id, tiltak.Name, 0, afterOre);
                continue;
            }

            var beforeOre = was.BudgetOre.Values.Sum();
            if (Kind(was, tiltak, beforeOre, afterOre, sources) is { } kind)
            {
                yield return new Difference(kind, tiltak.Id, tiltak.Name, beforeOre, afterOre);
            }
        }
    }

    private static DifferenceKind? Kind(TiltakContent was, TiltakContent now, long beforeOre, long afterOre, Dictionary<Guid, Guid> sources) =>
        now.Status != was.Status && now.Status == TiltakStatus.Merged ? DifferenceKind.Merged
        : now.Status != was.Status && now.Status == TiltakStatus.Ending ? DifferenceKind.Ending
        : afterOre > beforeOre ? DifferenceKind.MoreMoney
        : afterOre < beforeOre ? DifferenceKind.LessMoney
        : !SameBudget(was, now, sources) ? DifferenceKind.MoneyMoved
        : SameText(was, now) ? null : DifferenceKind.TextChanged;

    private static bool SameBudget(TiltakContent a, TiltakContent b, Dictionary<Guid, Guid> sources) =>
        a.BudgetOre.Count == b.BudgetOre.Count
        && a.BudgetOre.All(line => b.BudgetOre.TryGetValue(sources.GetValueOrDefault(line.Key, line.Key), out var amount) && amount == line.Value);

    /// <summary>A source is a new row each year; last year's is the same money where the code is the same.</summary>
    private static Dictionary<Guid, Guid> SameSources(HandlingsplanContent before, HandlingsplanContent after)
    {
        var kept = after.Sources.Select(source => source.Id).ToHashSet();
        var byCode = after.Sources.GroupBy(source => source.Code).ToDictionary(same => same.Key, same => same.First().Id);
        return before.Sources.Where(source => !kept.Contains(source.Id) && byCode.ContainsKey(source.Code))
            .ToDictionary(source => source.Id, source => byCode[source.Code]);
    }

    private static bool SameText(TiltakContent a, TiltakContent b) =>
        (a.Name, a.Theme, a.SubTheme, a.Description, a.Target, a.Baseline, a.HasNoBaseline, a.Responsible, a.Status, a.MergedInto)
            == (b.Name, b.Theme, b.SubTheme, b.Description, b.Target, b.Baseline, b.HasNoBaseline, b.Responsible, b.Status, b.MergedInto)
        && a.Criteria.SequenceEqual(b.Criteria);

    private static IEnumerable<Difference> Removed(HandlingsplanContent before, HandlingsplanContent after)
    {
        var kept = after.Tiltak.Select(tiltak => tiltak.Id).ToHashSet();
        return before.Tiltak.Where(tiltak => !kept.Contains(tiltak.Id))
            .Select(tiltak => new Difference(DifferenceKind.Removed, tiltak.Id, tiltak.Name, tiltak.BudgetOre.Values.Sum(), 0));
    }
}
