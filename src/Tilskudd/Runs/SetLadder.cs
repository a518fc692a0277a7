using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Trail;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Runs;

/// <summary>Why a ladder is not saved.</summary>
internal abstract record LadderRefusal(string Field) : Refusal(Field)
{
    /// <summary>What is typed is not whole numbers with commas between.</summary>
    public sealed record Unreadable(string Where) : LadderRefusal(Where);

    public sealed record OutOfRange(string Where, int Days, int Lowest, int Highest) : LadderRefusal(Where);

    public sealed record Twice(string Where, int Days) : LadderRefusal(Where);

    public sealed record NoSuchBody() : LadderRefusal("organ");

    public sealed record TooMany(string Where, int Count, int Most) : LadderRefusal(Where);
}

/// <summary>A ladder as typed: working days with commas between; an empty field is a ladder without rungs.</summary>
internal sealed record LadderForm(string Remind, string Escalate)
{
    public const string RemindField = "paminnelser";
    public const string EscalateField = "varsler";

    public (IReadOnlyList<int> Remind, IReadOnlyList<int> Escalate, IReadOnlyList<Refusal> Faults) Read()
    {
        var faults = new List<Refusal>();
        return (Read(Remind, RemindField, 0, faults), Read(Escalate, EscalateField, 1, faults), faults);
    }

    private static List<int> Read(string typed, string field, int lowest, List<Refusal> faults)
    {
        var days = new List<int>();
        foreach (var part in typed.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var day))
            {
                faults.Add(new LadderRefusal.Unreadable(field));
                return [];
            }

            days.Add(day);
        }

        LadderRefusal? fault = days.FirstOrDefault(day => day < lowest || day > Ladder.MostDays, lowest) is var outside && (outside < lowest || outside > Ladder.MostDays)
            ? new LadderRefusal.OutOfRange(field, outside, lowest, Ladder.MostDays)
            : days.GroupBy(day => day).FirstOrDefault(same => same.Count() > 1) is { } twice ? new LadderRefusal.Twice(field, twice.Key)
            : days.Count > Ladder.MostRungs ? new LadderRefusal.TooMany(field, days.Count, Ladder.MostRungs)
            : null;
        if (fault is not null)
        {
            faults.Add(fault);
        }

        return days;
    }
}

/// <summary>Sets a programme's own reminders for the steps with a deadline's key, or goes back to those of the flow's file.</summary>
internal sealed class SetLadder(Door door, FlowLibrary library)
{
    /// <summary>The first step of the current flows that has the deadline, or null.</summary>
    public static (Definition Flow, StepDefinition Step, WaitingStep Waiting)? Find(FlowLibrary library, string key) => library.Current
        .SelectMany(flow => flow.Steps, (flow, step) => (flow, step, Waiting: step.Step as WaitingStep))
        .Where(found => found.Waiting?.Deadline == key)
        .Select(found => ((Definition, StepDefinition, WaitingStep)?)(found.flow, found.step, found.Waiting!))
        .FirstOrDefault();

    /// <param name="own">The programme's own rules; null where it has none.</param>
    public static string MarkOf(StepOverride? own) => SeenMark.Of(Parts(own?.Remind, own?.Escalate, own?.Body));

    private static string?[] Parts(IReadOnlyList<int>? remind, IReadOnlyList<int>? escalate, string? body) =>
        [remind is null ? null : string.Join(',', remind), escalate is null ? null : string.Join(',', escalate), body];

    /// <param name="ladder">The rungs; null for the file's own.</param>
    /// <param name="body">Which body is asked; null for the file's own.</param>
    /// <param name="mark">The programme's own rules when the form was shown (<see cref="MarkOf"/>).</param>
    public Task<Refusal?> Set(string slug, string key, (IReadOnlyList<int> Remind, IReadOnlyList<int> Escalate)? ladder, string? body, string mark, SignedIn by, CancellationToken ct) => door.Write(async w =>
    {
        if (await w.Db.Programmes.SingleOrDefaultAsync(programme => programme.Slug == slug, ct) is not { } programme || Find(library, key) is null
            || !(await Rights.Seen(w.Db, by.Id, OsloTime.On(w.Now).Date, ct)).Contains(programme.Id))
        {
            return new FlowRefusal.NotFound();
        }

        if (!Staff.Leads(by, programme.Id))
        {
            return new FlowRefusal.NotYours();
        }

        var own = await OwnRules.Of(w.Db, programme.Id, key, ct);
        if (MarkOf(own) is var stands && SeenMark.IsOld(mark, stands))
        {
            return stands == SeenMark.Of(Parts(ladder?.Remind, ladder?.Escalate, body)) ? null : new FormRefusal.ChangedSince();
        }

        if (own is null)
        {
            own = new StepOverride(programme.Id, key);
            w.Db.Add(own);
        }

        own.Climb(ladder?.Remind, ladder?.Escalate);
        own.Ask(body);
        if (own.IsEmpty)
        {
            w.Db.Remove(own);
        }

        w.Record(new TrailEvent(Actor.Of(by.Id), "ladder-set", "programme", programme.Id.ToString(), "", new JsonObject
        {
            ["programme"] = programme.Slug,
            ["key"] = key,
            ["remind"] = ladder is { } set ? new JsonArray([.. set.Remind.Select(day => (JsonNode)day)]) : null,
            ["body"] = body,
            ["escalate"] = ladder is { } told ? new JsonArray([.. told.Escalate.Select(day => (JsonNode)day)]) : null,
        }));
        return null;
    }, ct);
}
