using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>A deadline of a flow as a programme has it: what the file says, and what is the programme's own.</summary>
/// <param name="Own">The programme's own dates, reminders and body; empty where it keeps the file's.</param>
/// <param name="EditPath">Where the reader can set the programme's own reminders, or null.</param>
public sealed record OwnRuleRow(string Step, string Due, string Ladder, IReadOnlyList<string> Own, string? EditPath);

/// <summary>A limit as it holds for a programme.</summary>
public sealed record OwnLimitRow(string Name, string Value, bool IsOwn);

/// <summary>Deadlines, reminders and limits of a programme, for its page.</summary>
public sealed record OwnRulesRow(IReadOnlyList<OwnRuleRow> Deadlines, IReadOnlyList<OwnLimitRow> Limits);

/// <summary>Tells what a programme does its own way beside what the flows' files and the settings say. Writes nothing.</summary>
internal sealed class ReadOwnRules(FlowLibrary library, ProgrammeLimits limits)
{
    /// <param name="leads">The reader runs the programme, and may set its own.</param>
    public async Task<OwnRulesRow> Of(TilskuddDb db, Programme programme, bool leads, CancellationToken ct)
    {
        var steps = (await db.Set<StepOverride>().Where(own => own.ProgrammeId == programme.Id).ToListAsync(ct)).ToDictionary(own => own.Key);
        var dates = (await db.Set<DeadlineOverride>().Where(own => own.ProgrammeId == programme.Id).OrderBy(own => own.Year).ToListAsync(ct)).ToLookup(own => own.Key);
        var names = await Bodies(db, programme.Id, ct);
        var rows = library.Current
            .SelectMany(flow => flow.Steps, (flow, step) => (flow, step, Waiting: step.Step as WaitingStep))
            .Where(found => found.Waiting is not null).DistinctBy(found => found.Waiting!.Deadline)
            .Select(found => new OwnRuleRow(
                library.StepName(found.flow.Id, found.step.Id, Languages.Current),
                Due(found.Waiting!.DueRule()),
                Ladder(found.Waiting.Remind, found.Waiting.Escalate),
                [.. Own(found.Waiting, steps.GetValueOrDefault(found.Waiting.Deadline), dates[found.Waiting.Deadline], names)],
                leads ? $"/program/{programme.Slug}/paminnelser/{found.Waiting.Deadline}" : null));
        return new OwnRulesRow([.. rows], [.. Told(limits.Settings, await limits.Of(db, programme.Id, ct))]);
    }

    /// <summary>"Påminnelser 10, 5 og 1 virkedager før. Varsel til leder 1 virkedag etter."</summary>
    public static string Ladder(IReadOnlyList<int> remind, IReadOnlyList<int> escalate) =>
        $"{Rungs("Own.Remind", remind)} {Rungs("Own.Escalate", escalate)}";

    /// <summary>The bodies that last, by the key the flows name them by: their names, where several have one together.</summary>
    public static async Task<Dictionary<string, string>> Bodies(TilskuddDb db, ProgrammeId programme, CancellationToken ct)
    {
        var bodies = await db.Bodies.IgnoreAutoIncludes().Where(body => body.ProgrammeId == programme && body.ToOn == null).Select(body => new { body.Key, body.Name }).ToListAsync(ct);
        return bodies.GroupBy(body => body.Key).ToDictionary(same => same.Key, same => string.Join(", ", same.Select(body => body.Name).Distinct().Order(StringComparer.Ordinal)));
    }

    private static string Rungs(string key, IReadOnlyList<int> days) =>
        days.Count == 0 ? Text($"{key}.None") : Text(One(key, days is [1] ? 1 : 0), string.Join(", ", days));

    // One day and one year are written otherwise than many.
    private static string One(string key, int count) => count == 1 ? $"{key}.One" : key;

    private static IEnumerable<string> Own(WaitingStep step, StepOverride? own, IEnumerable<DeadlineOverride> dates, Dictionary<string, string> bodies)
    {
        foreach (var date in dates)
        {
            yield return Text($"Own.Date.{date.Source}", date.Year, Dates.Deadline(date.On, date.Time));
        }

        if (own?.Remind is not null || own?.Escalate is not null)
        {
            yield return Ladder(own.Remind ?? step.Remind, own.Escalate ?? step.Escalate);
        }

        if (own?.Body is { } body)
        {
            yield return Text("Own.Body", bodies.GetValueOrDefault(body, Text($"Body.{body}")));
        }
    }

    private static string Years(int years, string when) =>
        Text(years switch { < 0 => One("Own.Due.Before", -years), 0 => "Own.Due.Year", > 0 => One("Own.Due.After", years) }, when, Math.Abs(years));

    private static string Due(DueRule rule) => rule switch
    {
        DueRule.OnDate date => Years(date.Years, Dates.ShortDeadline(date.In(2024), date.At)),
        DueRule.Within interval => Years(interval.Years, DeadlineText.Between(Dates.Short(interval.In(2024).From), Dates.Short(interval.In(2024).To))),
        DueRule.AfterDays wait => Text(One("Own.Due.Days", wait.Count), wait.Count),
        DueRule.AfterWorkingDays wait => Text(One("Own.Due.WorkingDays", wait.Count), wait.Count),
        DueRule.FromLetter letter => $"{Dates.Capital(DeadlineText.ByLetter(letter))}.",
        _ => throw new System.Diagnostics.UnreachableException($"Unknown due rule: {rule}."),
    };

    private static IEnumerable<OwnLimitRow> Told(Limits settings, Limits holds)
    {
        var culture = Languages.Current.Culture();
        yield return new(Text("Own.Limit.Percent"), string.Format(culture, "{0:0.##} %", holds.LetterPercent), holds.LetterPercent != settings.LetterPercent);
        yield return new(Text("Own.Limit.Amount"), holds.LetterAmount.ToKroner(culture), holds.LetterAmount != settings.LetterAmount);
        yield return new(Text("Own.Limit.Auditor"), holds.AuditorFrom.ToKroner(culture), holds.AuditorFrom != settings.AuditorFrom);
    }

    private static string Text(string key, params object[] arguments) => Texts.Of<RunPageWords>(key, arguments);
}
