using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.People;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Trail;

/// <summary>The trail as its page shows it.</summary>
/// <param name="More">Where older lines are; null at the end.</param>
/// <param name="SignedUpTo">How far the trail is signed, in words.</param>
/// <param name="SeesAll">The reader sees, and may carry out, the whole chain.</param>
public sealed record TrailContent(
    IReadOnlyList<TrailLine> Lines, TrailFilter Filter, IReadOnlyList<Choice> Programmes, IReadOnlyList<string> Events, string? More, string SignedUpTo, bool SeesAll, bool MayExport);

/// <summary>The trail in the browser, page by page, and carried out as a file.</summary>
internal static class TrailPages
{
    private const int PageLines = 50;
    private const int ExportBatch = 1_000;

    public static void MapTrail(this IEndpointRouteBuilder app)
    {
        app.MapGet("/spor", Show).RequireSignIn();
        app.MapGet("/spor/eksport", Export).RequireSignIn();
    }

    private static async Task<IResult> Show(
        string? program, string? lop, string? hendelse, string? fra, string? til, string? @for, SignedIn reader, IDbContextFactory<TilskuddDb> databases, FlowLibrary library,
        TrailSettings settings, TimeProvider clock, CancellationToken ct)
    {
        var filter = TrailFilter.Of(program, lop, hendelse, fra, til);
        var faults = filter.Faults();
        await using var db = await databases.CreateDbContextAsync(ct);
        var (entries, slugs, names) = await Seen(db, filter, reader, clock, ct);
        if (long.TryParse(@for, NumberStyles.None, CultureInfo.InvariantCulture, out var before))
        {
            entries = entries.Where(entry => entry.Seq < before);
        }

        var found = faults.Count > 0 ? [] : await entries.OrderByDescending(entry => entry.Seq).Take(PageLines + 1).ToListAsync(ct);
        var page = found.Take(PageLines).ToList();
        var content = new TrailContent(
            await TrailReading.Tell(db, library, page, ct), filter, names, TrailReading.Events, found.Count > PageLines ? "/spor" + filter.Query(page[^1].Seq) : null,
            await Signed(db, settings, ct), reader.Has(Role.Administrator), MayExport(reader));
        return new RazorComponentResult<TrailPage>(new Dictionary<string, object?> { [nameof(TrailPage.Content)] = content, [nameof(TrailPage.Faults)] = faults })
        {
            StatusCode = faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };
    }

    private static async Task<IResult> Export(
        string? program, string? lop, string? hendelse, string? fra, string? til, string? form, SignedIn reader, IDbContextFactory<TilskuddDb> databases, FlowLibrary library, TimeProvider clock, CancellationToken ct)
    {
        var filter = TrailFilter.Of(program, lop, hendelse, fra, til);
        if (!MayExport(reader))
        {
            return Refused.Forbidden;
        }

        if (filter.Faults() is [var fault, ..])
        {
            return new Refused(StatusCodes.Status422UnprocessableEntity, fault.Message);
        }

        var isTable = form == "csv";
        var lines = Lines(databases, filter, reader, library, clock, isTable, ct);
        return TypedResults.Stream(
            async body =>
            {
                await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: isTable)) { NewLine = isTable ? "\r\n" : "\n" };
                await foreach (var line in lines)
                {
                    await writer.WriteLineAsync(line.AsMemory(), ct);
                }
            },
            isTable ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8", isTable ? "spor.csv" : "spor.jsonl");
    }

    // By number, in batches, so that a long trail holds neither memory nor the database.
    private static async IAsyncEnumerable<string> Lines(
        IDbContextFactory<TilskuddDb> databases, TrailFilter filter, SignedIn reader, FlowLibrary library, TimeProvider clock, bool isTable, [EnumeratorCancellation] CancellationToken ct)
    {
        if (isTable)
        {
            yield return TrailTable.Heading;
        }

        for (long last = 0; ;)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var (entries, _, _) = await Seen(db, filter, reader, clock, ct);
            var batch = await entries.Where(entry => entry.Seq > last).OrderBy(entry => entry.Seq).Take(ExportBatch).ToListAsync(ct);
            var told = isTable ? await TrailReading.Tell(db, library, batch, ct) : [];
            for (var i = 0; i < batch.Count; i++)
            {
                yield return isTable ? TrailTable.Line(batch[i], told[i]) : batch[i].ToLine();
            }

            if (batch.Count < ExportBatch)
            {
                yield break;
            }

            last = batch[^1].Seq;
        }
    }

    private static async Task<(IQueryable<TrailEntry> Entries, IReadOnlyList<string> Slugs, IReadOnlyList<Choice> Names)> Seen(
        TilskuddDb db, TrailFilter filter, SignedIn reader, TimeProvider clock, CancellationToken ct)
    {
        var seen = (await Rights.Seen(db, reader.Id, Dates.On(clock.GetUtcNow()), ct)).ToList();
        var programmes = await db.Programmes.Where(programme => seen.Contains(programme.Id)).OrderBy(programme => programme.Name).Select(programme => new { programme.Slug, programme.Name }).ToListAsync(ct);
        List<string> slugs = [.. programmes.Select(programme => programme.Slug)];
        var run = Guid.TryParse(filter.Run, out var id) ? await db.Set<Run>().SingleOrDefaultAsync(run => run.Id == new RunId(id), ct) : null;
        IReadOnlyList<string>? objects = filter.Run.Length == 0 ? null : run is not null && seen.Contains(run.ProgrammeId) ? RunObjects.Of(run, await Approval.StepRounds.IdsOf(db, run, ct)) : [];
        var scope = TrailScope.Of(db.Trail, reader.Has(Role.Administrator), slugs);
        return (filter.Apply(scope, objects), slugs, [.. programmes.Select(programme => new Choice(programme.Slug, programme.Name))]);
    }

    private static bool MayExport(SignedIn reader) => reader.Has(Role.Administrator) || reader.Has(Role.ProgrammeLeader);

    private static async Task<string> Signed(TilskuddDb db, TrailSettings settings, CancellationToken ct)
    {
        var head = await db.Trail.MaxAsync(entry => (long?)entry.Seq, ct) ?? 0;
        return LatestCheckpoint.Of(settings) is { } latest
            ? Texts.Of<TrailWords>(latest.Seq >= head ? "Signed.All" : "Signed.Until", latest.Seq, Dates.Stamp(latest.At), head - latest.Seq)
            : Texts.Of<TrailWords>("Signed.None");
    }
}

/// <summary>The newest checkpoint, by the name and time of its file: enough for a page; the verb <c>verify</c> checks the signature.</summary>
internal static class LatestCheckpoint
{
    public static (long Seq, DateTimeOffset At)? Of(TrailSettings settings)
    {
        try
        {
            return Read(new DirectoryInfo(settings.CheckpointFolder));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            // A folder that cannot be read says nothing; verify says why.
            return null;
        }
    }

    private static (long Seq, DateTimeOffset At)? Read(DirectoryInfo folder)
    {
        var newest = !folder.Exists ? null : folder.EnumerateFiles("*.json")
            .Select(file => (File: file, IsNumber: long.TryParse(Path.GetFileNameWithoutExtension(file.Name), NumberStyles.None, CultureInfo.InvariantCulture, out var seq), Seq: seq))
            .Where(found => found.IsNumber).MaxBy(found => found.Seq).File;
        return newest is not null && Checkpoint.Parse(File.ReadAllText(newest.FullName)) is { } read
            ? (read.Seq, DateTimeOffset.Parse(read.At, CultureInfo.InvariantCulture))
            : null;
    }
}

/// <summary>The trail as a table for a spreadsheet: semicolons, and no cell that a spreadsheet would run.</summary>
internal static class TrailTable
{
    private static readonly string[] _columns = ["Number", "When", "Who", "What", "Where", "Event", "Object", "Version", "Hash"];

    public static string Heading => string.Join(';', _columns.Select(key => CsvLine.Cell(Texts.Of<TrailWords>($"Column.{key}"))));

    public static string Line(TrailEntry entry, TrailLine told) => string.Join(
        ';', new[] { entry.Seq.ToString(CultureInfo.InvariantCulture), TrailEntry.Write(entry.At), told.Who, told.Text, told.Where, entry.Event, entry.Object, entry.Version, entry.Hash }.Select(CsvLine.Cell));
}
