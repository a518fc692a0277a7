using Tilskudd.Cycle.Year;
using Tilskudd.Workflows;

namespace Tilskudd.Cycle.Steps;

/// <summary>A step that waits for people, with a deadline and a ladder of reminders.</summary>
public abstract class WaitingStep : Step
{
    private DueRule? _rule;

    /// <summary>Who the step waits for: a key from <see cref="RoleKeys"/> or <see cref="BodyKeys"/>.</summary>
    public required string Who { get; init; }

    /// <summary>The deadline's key, under which a programme can set its own date, ladder and shift.</summary>
    public required string Deadline { get; init; }

    /// <summary>The date where the programme sets none, in the form <see cref="DueRule"/> reads.</summary>
    public required string Due { get; init; }

    /// <summary>Reminders, in working days before the deadline.</summary>
    public IReadOnlyList<int> Remind { get; init; } = [];

    /// <summary>Word to whoever stands behind, in working days after the deadline.</summary>
    public IReadOnlyList<int> Escalate { get; init; } = [];

    /// <summary><see cref="Due"/>, read once: a page asks each step for every year it shows. The file was refused if it could not be.</summary>
    public DueRule DueRule() => _rule ??= Year.DueRule.TryParse(Due, out var rule, out var fault)
        ? rule
        : throw new InvalidOperationException($"The due rule '{Due}' was not checked before use: {fault}");

    public override IEnumerable<InputFault> Faults(string document) =>
    [
        .. Allowed.OneOf(nameof(Who), Who, [.. RoleKeys.All, .. BodyKeys.All]),
        .. Who == RoleKeys.Grantor ? Allowed.Only(nameof(Who), document, "En tilskuddsgiver", DocumentKeys.Tilskuddsbrev, DocumentKeys.Rapport, DocumentKeys.Change) : [],
        .. Allowed.Key(nameof(Deadline), Deadline),
        .. DueFaults(document),
        .. Allowed.Ladder(nameof(Remind), Remind, from: 0),
        .. Allowed.Ladder(nameof(Escalate), Escalate, from: 1),
    ];

    private IEnumerable<InputFault> DueFaults(string document)
    {
        if (Due is null)
        {
            yield break;
        }

        if (!Year.DueRule.TryParse(Due, out var rule, out var fault))
        {
            yield return Allowed.Fault(nameof(Due), fault);
            yield break;
        }

        if (rule is DueRule.FromLetter)
        {
            foreach (var letterless in Allowed.Only(nameof(Due), document, "Et tilskuddsbrevs dato", DocumentKeys.Tilskuddsbrev, DocumentKeys.Rapport, DocumentKeys.Change))
            {
                yield return letterless;
            }
        }

        // Of calendar days as many as can be working days, wherever in the week the step begins.
        var (count, unit) = rule switch
        {
            DueRule.AfterWorkingDays wait => (wait.Count, "virkedager"),
            DueRule.AfterDays wait => ((wait.Count / 7 * 5) + Math.Min(wait.Count % 7, 5), $"virkedager (+{wait.Count} dager)"),
            _ => (int.MaxValue, ""),
        };
        if (Remind.Any(days => days > count && days <= Year.DueRule.LongestWait))
        {
            yield return Allowed.Fault(nameof(Remind),
                $"Fristen er høyst {count} {unit} etter at steget begynner, så en påminnelse "
                + $"{Remind.Max()} virkedager før kommer før steget. Bruk {count} eller færre.");
        }
    }
}
