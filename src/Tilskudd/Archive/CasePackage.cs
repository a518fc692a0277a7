using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Planning;
using Tilskudd.Layout;
using Tilskudd.Planning;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Archive;

/// <summary>The names in a package.</summary>
internal static class PackageFiles
{
    public const string Readme = "README.txt";
    public const string Case = "case.json";
    public const string Decisions = "decisions.json";
    public const string Trail = "trail.jsonl";
    public const string Checkpoints = "checkpoints";
    public const string Style = "package.css";
    public const string Attachments = "vedlegg";

    /// <summary>The field of <see cref="Case"/> with the money that has come.</summary>
    public const string Payments = "payments";
}

/// <summary>Writes a case as a folder that can be read and checked for ever: without the application, the database or the net.</summary>
/// <param name="pdf">Prints the pages as PDF too; null where no browser is set.</param>
internal sealed class CasePackage(IDbContextFactory<TilskuddDb> databases, TrailSettings settings, PrintPdf? pdf, TimeProvider clock)
{
    /// <summary>Writes the package, whole or not at all.</summary>
    /// <param name="id">The id of a handlingsplan, a grant or a rapport.</param>
    /// <param name="submission">One sending of a grant alone; null for all of it.</param>
    /// <param name="folder">A folder that does not exist yet, or is empty.</param>
    /// <returns>Null when written; else why not, in Norwegian.</returns>
    public async Task<string?> Write(Guid id, int? submission, string folder, CancellationToken ct = default)
    {
        var whole = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar);
        if (File.Exists(whole) || (Directory.Exists(whole) && Directory.EnumerateFileSystemEntries(whole).Any()))
        {
            return $"«{folder}» finnes fra før og er ikke en tom mappe. Oppgi en annen med --out.";
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        if (await ReadCase.Of(db, id, submission, ct) is not { } found)
        {
            return $"Det finnes ingen handlingsplan, noe tilskudd eller noen rapport med id «{id}». Id-en står sist i adressen til sakens side, som /plan/id.";
        }

        var draft = whole + ".part";
        try
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }

            Directory.CreateDirectory(draft);
            await Fill(db, found, draft, ct);
            if (Directory.Exists(whole))
            {
                Directory.Delete(whole);
            }

            Directory.Move(draft, whole);
            return null;
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }
        }
    }

    private async Task Fill(TilskuddDb db, ArchivedCase found, string folder, CancellationToken ct)
    {
        using var key = await TrailKey.Open(settings, ct);
        var (lines, checkpoints, own) = await TrailExtract.Of(db, found.TrailObjects, await Signed(ct), ct);
        await Put(folder, PackageFiles.Trail, string.Concat(lines.Select(line => line + "\n")), ct);
        foreach (var checkpoint in checkpoints)
        {
            await Put(folder, string.Create(CultureInfo.InvariantCulture, $"{PackageFiles.Checkpoints}/{checkpoint.Seq}.json"), checkpoint.ToLine() + "\n", ct);
        }

        await Put(folder, TrailExport.KeyName, key.PublicPem, ct);
        await Put(folder, PackageFiles.Case, Canonical.Text(Told(found, own)) + "\n", ct);
        await Put(folder, PackageFiles.Decisions, Canonical.Text(found.Decisions) + "\n", ct);
        await Put(folder, PackageFiles.Style, Style(), ct);
        foreach (var document in found.Documents)
        {
            await Put(folder, document.JsonFile, document.Json, ct);
            await PutPage<PackagePage>(found, folder, document.PageFile, document.PdfFile, nameof(PackagePage.Document), document, ct);
        }

        foreach (var (file, name) in Attachments(found).DistinctBy(one => one.Name))
        {
            var stored = await StoredFile.Of(db, file.Sha256).SingleAsync(ct);
            Directory.CreateDirectory(Path.Combine(folder, PackageFiles.Attachments));
            await File.WriteAllBytesAsync(Path.Combine(folder, PackageFiles.Attachments, name), stored.Bytes, ct);
        }

        foreach (var protocol in found.Protocols)
        {
            await Put(folder, protocol.TextFile, protocol.Protocol.Text, ct);
            await PutPage<PackageProtocol>(found, folder, protocol.PageFile, protocol.PdfFile, nameof(PackageProtocol.Archived), protocol, ct);
        }

        await Put(folder, PackageFiles.Readme, Readme(found, key, pdf is not null), ct);
        var files = new List<PackageFile>();
        foreach (var path in PackageFile.All(folder))
        {
            files.Add(await PackageFile.Read(folder, path, ct));
        }

        await Put(folder, PackageManifest.Name, PackageManifest.Sign(files, key).ToText(), ct);
    }

    // By hash, so that two versions with the same file have it once, and two files of one name do not meet.
    private static IEnumerable<(AttachmentContent File, string Name)> Attachments(ArchivedCase found) =>
        found.Documents.SelectMany(document => document.Plan?.Attachments ?? []).Select(file => (file, file.Sha256 + Path.GetExtension(file.Name).ToLowerInvariant()));

    // Up to the very head, so that the latest line is vouched for too.
    private async Task<IReadOnlyList<Checkpoint>> Signed(CancellationToken ct)
    {
        using var checkpoints = new Checkpoints(databases, settings, clock);
        await checkpoints.Write(ct);
        return [.. (await TrailVerification.Checkpoints(settings.CheckpointFolder, ct)).Select(file => file.Checkpoint).OfType<Checkpoint>()];
    }

    private JsonObject Told(ArchivedCase found, IReadOnlyList<long> own)
    {
        var told = found.Facts.DeepClone().AsObject();
        told["case"] = found.Id;
        told["title"] = found.Title;
        told["writtenAt"] = TrailEntry.Write(clock.GetUtcNow());
        told["trail"] = new JsonArray([.. own.Select(seq => (JsonNode)seq)]);
        told["documents"] = new JsonArray([.. found.Documents.Select(document => (JsonNode)new JsonObject
        {
            ["file"] = document.JsonFile,
            ["page"] = document.PageFile,
            ["pdf"] = pdf is null ? null : document.PdfFile,
            ["version"] = document.Version,
            ["hash"] = document.Hash,
            ["frozenAt"] = TrailEntry.Write(document.FrozenAt),
        })]);
        return told;
    }

    private async Task PutPage<TPage>(ArchivedCase found, string folder, string page, string printed, string parameter, object shown, CancellationToken ct)
        where TPage : IComponent
    {
        await Put(folder, page, await Page<TPage>(found, parameter, shown), ct);
        if (pdf is not null)
        {
            await pdf.Print(Path.Combine(folder, page), Path.Combine(folder, printed), ct);
        }
    }

    /// <summary>A page as it stands in a package, beside its style sheet.</summary>
    internal static async Task<string> Page<TPage>(ArchivedCase found, string parameter, object shown)
        where TPage : IComponent
    {
        Speak(found);
        await using var provider = new ServiceCollection().AddLogging().AddTexts().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(provider, provider.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(PackagePage.Case)] = found,
            [parameter] = shown,
        }))).ToHtmlString());
        return html.ReplaceLineEndings("\n") + "\n";
    }

    private static string Readme(ArchivedCase found, TrailKey key, bool hasPdf)
    {
        Speak(found);
        return Texts.Of<ArchiveWords>(
            "Readme", found.Title, found.Place.Municipality, TrailExport.KeyName, key.Fingerprint, Texts.Of<ArchiveWords>(hasPdf ? "Readme.Pdf" : "Readme.NoPdf")).ReplaceLineEndings("\n").Trim() + "\n";
    }

    // In the municipality's own written form, whatever machine writes it. It holds for the method that asks, and no longer.
    private static void Speak(ArchivedCase found)
    {
        var culture = Languages.Of(found.Place.Language).Culture();
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
    }

    /// <summary>The style sheet of the pages.</summary>
    internal static string Style()
    {
        using var style = Assembly.GetExecutingAssembly().GetManifestResourceStream("Tilskudd.Archive.package.css")!;
        using var reader = new StreamReader(style);
        return reader.ReadToEnd();
    }

    private static async Task Put(string folder, string path, string text, CancellationToken ct)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), ct);
    }
}
