using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Archive;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Setup;
using Tilskudd.Storage;
using Tilskudd.Trail;
using Tilskudd.Verbs;

namespace Tilskudd.Demo.Simulation;

/// <summary>Writes what a simulated year leaves behind, beside its mails: the summary, the timeline, the trail with its checkpoints, and what was submitted.</summary>
internal sealed class SimulationFiles(IDbContextFactory<TilskuddDb> databases, TrailSettings trail, TimeProvider clock, string folder)
{
    /// <summary>The fields of a line of the timeline that come from the entry's own content.</summary>
    private static readonly string[] Own = ["programme", "unit", "flow", "run", "step"];

    /// <summary>Everything the folder may hold when a simulated year is written over it.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["summary.json", "timeline.jsonl", "trail.jsonl", "checkpoint-key.pem", "mail", "packages", "checkpoints", "data"];

    public async Task Write(int year, long seed, IReadOnlyList<string> programmes, TimeSpan elapsed)
    {
        await using var db = await databases.CreateDbContextAsync();
        await WriteTimeline(db);
        await WritePackages(db);
        await new TrailExport(databases, trail, clock).Write(Path.Combine(folder, "trail.jsonl"), Path.Combine(folder, "checkpoints"));
        await WriteSummary(db, year, seed, programmes, elapsed);
    }

    private async Task WriteTimeline(TilskuddDb db)
    {
        await using var to = Text("timeline.jsonl");
        await foreach (var entry in db.Trail.OrderBy(entry => entry.Seq).AsAsyncEnumerable())
        {
            var content = JsonNode.Parse(entry.Data)!.AsObject();
            JsonOut.WriteLine(to, json =>
            {
                json.WriteStartObject();
                json.WriteString("at", TrailEntry.Write(entry.At));
                foreach (var field in Own)
                {
                    json.WriteString(field, Read(content, field));
                }

                json.WriteString("event", entry.Event);
                json.WriteString("outcome", Read(content, "outcome"));
                json.WriteString("actor", entry.Actor);
                json.WriteEndObject();
            });
        }
    }

    private static string Read(JsonObject content, string field) => content[field] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : "";

    // Each submission as it was sent, in the form «export --case» writes and «verify --package» checks.
    private async Task WritePackages(TilskuddDb db)
    {
        var package = new CasePackage(databases, trail, pdf: null, clock);
        var sources = await db.FundingSources.ToDictionaryAsync(source => source.Id, source => source.Code);
        var units = await db.PlanUnits.ToDictionaryAsync(unit => unit.Id, unit => unit.Slug);
        var sent = (await db.Grants.ToListAsync()).SelectMany(grant => grant.Submissions, (grant, submission) => (Grant: grant, submission.Number));
        await Parallel.ForEachAsync(sent, async (one, ct) =>
        {
            var name = $"{units[one.Grant.PlanUnitId]}-{one.Grant.Year}-{sources[one.Grant.SourceId].ToLowerInvariant()}-{one.Number}";
            if (await package.Write(one.Grant.Id.Value, one.Number, Path.Combine(folder, "packages", name), ct) is { } refusal)
            {
                throw new ToldFault(refusal);
            }
        });
    }

    private async Task WriteSummary(TilskuddDb db, int year, long seed, IReadOnlyList<string> programmes, TimeSpan elapsed)
    {
        var runs = await db.Set<Run>().ToListAsync();
        var notices = await db.Set<Notice>().Where(notice => notice.State == NoticeState.Sent).Select(notice => notice.Kind).ToListAsync();
        var votes = (await db.Rounds.ToListAsync()).Sum(round => round.Answers.Count);
        var head = await db.Trail.OrderByDescending(entry => entry.Seq).FirstAsync();
        await using var to = Text("summary.json");
        JsonOut.WriteLine(to, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("year", year);
            json.WriteNumber("seed", seed);
            json.WriteStartArray("programmes");
            foreach (var programme in programmes)
            {
                json.WriteStringValue(programme);
            }

            json.WriteEndArray();
            json.WriteNumber("runs", runs.Count);
            json.WriteNumber("closed", runs.Count(run => run.ClosedAt is not null));
            json.WriteNumber("votes", votes);
            json.WriteNumber("notices", notices.Count);
            json.WriteNumber("reminders", notices.Count(kind => kind is NoticeKind.ApprovalReminder or NoticeKind.DeadlineReminder));
            json.WriteNumber("trailEntries", head.Seq);
            json.WriteString("trailHead", head.Hash);
            json.WriteNumber("elapsedMs", (long)elapsed.TotalMilliseconds);
            WriteCounts(json, "byFlow", runs.Select(run => run.Flow));
            WriteCounts(json, "byOutcome", runs.Select(run => run.ClosedAs));
            json.WriteEndObject();
        });
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, IEnumerable<string> of)
    {
        json.WriteStartObject(name);
        foreach (var counted in of.GroupBy(one => one).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(counted.Key, counted.Count());
        }

        json.WriteEndObject();
    }

    private StreamWriter Text(string name) =>
        new(Path.Combine(folder, name), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
}
