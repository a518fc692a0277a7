using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Storage;
using static Tilskudd.Planning.ShowPlan;

namespace Tilskudd.Planning;

/// <summary>One change a reader should notice, with what was written before and after.</summary>
/// <param name="Amounts">The money before and after, or null where it is the same.</param>
public sealed record ChangeRow(string Kind, Tone Tone, string Name, string? Amounts, IReadOnlyList<FieldDifference> Texts);

/// <summary>All the changes since something: last year, a version, what a round was shown.</summary>
/// <param name="HasInvented">Something of the one plan or the other stands in no source.</param>
public sealed record ChangeSet(string Id, string Title, string Sum, IReadOnlyList<ChangeRow> Rows, bool HasInvented);

/// <summary>Compares a plan with last year's, with the version before, and with what a round was shown.</summary>
internal static class ShowChanges
{
    /// <summary>The comparisons there is something to compare with; null when the round asked for is not about this plan.</summary>
    /// <param name="since">The version to compare with, where one is asked for; else the one before what is shown.</param>
    public static async Task<IReadOnlyList<ChangeSet>?> Sets(TilskuddDb db, PlanCase known, RoundId? round, int? since, CancellationToken ct)
    {
        var (now, shown) = await PlanContents.Current(db, known, ct);
        var sets = new List<ChangeSet>();
        if (round is { } asked)
        {
            if (await PlanContents.ShownTo(db, known.Plan.Id, asked, ct) is not { } number)
            {
                return null;
            }

            sets.Add(Set("runde", Text("Changes.Since.Round", number), (await PlanContents.Version(db, known.Plan.Id, number, ct))!, now));
        }

        if (await PlanContents.LastYear(db, known, ct) is { } lastYear)
        {
            sets.Add(Set("i-fjor", Text("Changes.Since.Year", known.Plan.Year.Number - 1), lastYear, now));
        }

        if (known.Versions.LastOrDefault(version => since is { } number ? version.Number == number : shown is null || version.Number < shown.Number) is { } before)
        {
            sets.Add(Set("versjon", Text("Changes.Since.Version", before.Number), (await PlanContents.Version(db, known.Plan.Id, before.Number, ct))!, now));
        }

        return sets;
    }

    private static ChangeSet Set(string id, string title, HandlingsplanContent before, HandlingsplanContent after) => new(
        id, title, Text("Changes.Sum", Kroner(new Money(before.TotalOre)), Kroner(new Money(after.TotalOre))),
        [.. PlanDifference.Between(before, after).Select(difference => Row(difference, before, after))],
        before.Tiltak.Concat(after.Tiltak).Any(tiltak => tiltak.HasInventedDetails));

    private static ChangeRow Row(Difference difference, HandlingsplanContent before, HandlingsplanContent after)
    {
        var (word, tone) = difference.Kind switch
        {
            DifferenceKind.Added => ("Added", Tone.Success),
            DifferenceKind.Removed => ("Removed", Tone.Danger),
            DifferenceKind.MoreMoney => ("MoreMoney", Tone.Info),
            DifferenceKind.LessMoney => ("LessMoney", Tone.Warning),
            DifferenceKind.MoneyMoved => ("MoneyMoved", Tone.Info),
            DifferenceKind.TextChanged => ("TextChanged", Tone.Neutral),
            DifferenceKind.Ending => ("Ending", Tone.Warning),
            DifferenceKind.Merged => ("Merged", Tone.Warning),
        };
        var amounts = difference.BeforeOre == difference.AfterOre
            ? null : Text("Changes.Amounts", Kroner(new Money(difference.BeforeOre)), Kroner(new Money(difference.AfterOre)));
        return difference.Tiltak is { } id
            ? new ChangeRow(
                Text($"Difference.{word}"), tone, difference.Name, amounts,
                [.. Texts(before.Tiltak.FirstOrDefault(t => t.Id == id), after.Tiltak.FirstOrDefault(t => t.Id == id), before, after)])
            : new ChangeRow(Text($"Difference.{word}"), tone, Text($"Section.{difference.Name}"), null,
                [new FieldDifference(Text($"Section.{difference.Name}"), Section(before, difference.Name), Section(after, difference.Name))]);
    }

    private static IEnumerable<FieldDifference> Texts(TiltakContent? was, TiltakContent? now, HandlingsplanContent before, HandlingsplanContent after)
    {
        if (was is null || now is null)
        {
            return [];
        }

        (string Label, string Before, string After)[] fields =
        [
            (Text("Field.Name"), was.Name, now.Name),
            (Text("Field.Theme"), was.Theme, now.Theme),
            (Text("Field.SubTheme"), was.SubTheme, now.SubTheme),
            (Text("Field.Description", after.Year), was.Description, now.Description),
            (Text("Field.Target", after.Year), was.Target, now.Target),
            (Text("Field.Baseline"), Baseline(was.Baseline, was.HasNoBaseline), Baseline(now.Baseline, now.HasNoBaseline)),
            (Text("Field.Responsible"), was.Responsible, now.Responsible),
            (Text("Field.Status"), Text($"Status.{was.Status}"), Text($"Status.{now.Status}")),
            (Text("Field.Criteria"), Criteria(was, before), Criteria(now, after)),
            (Text("Field.Money"), Budget(was, before), Budget(now, after)),
        ];
        return fields.Where(field => field.Before != field.After).Select(field => new FieldDifference(field.Label, field.Before, field.After));
    }

    private static string Criteria(TiltakContent tiltak, HandlingsplanContent content) =>
        string.Join("; ", tiltak.Criteria.Select(id => content.Criteria.GetValueOrDefault(id, id)));

    private static string Budget(TiltakContent tiltak, HandlingsplanContent content) =>
        string.Join("; ", content.Sources.Where(source => tiltak.BudgetOre.ContainsKey(source.Id))
            .Select(source => Text("Money.Line", source.IsOwnShare ? Text("Money.Own") : source.Code, Kroner(new Money(tiltak.BudgetOre[source.Id])))));

    private static string Section(HandlingsplanContent content, string name) => name == nameof(HandlingsplanContent.Attachments)
        ? string.Join('\n', (content.Attachments ?? []).Select(file => file.Name)) : Enum.Parse<PlanSection>(name) switch
    {
        PlanSection.Goal => content.Goal,
        PlanSection.Challenges => content.Challenges,
        PlanSection.Signals => content.Signals,
        PlanSection.Participation => content.Participation,
        PlanSection.Proposal => content.Proposal,
    };
}
