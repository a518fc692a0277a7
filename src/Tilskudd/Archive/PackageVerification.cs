using System.Globalization;
using System.Text;
using System.Text.Json;
using Tilskudd.Cycle;
using Tilskudd.Setup;
using Tilskudd.Trail;

namespace Tilskudd.Archive;

/// <summary>What a package was found to be.</summary>
/// <param name="Why">What is wrong, each beginning with the file it is about; empty where all is whole.</param>
internal sealed record PackageReport(TrailVerdict Verdict, int Files, IReadOnlyList<string> Why);

/// <summary>Checks a package by itself, without database or net: the list of files and its signature, the documents' hashes, and the trail.</summary>
internal sealed class PackageVerification
{
    private readonly string _folder;
    private readonly List<(TrailVerdict Verdict, string Why)> _faults = [];

    private PackageVerification(string folder) => _folder = folder;

    /// <param name="trusted">The key the reader has from elsewhere; null to take the package's own at its word.</param>
    /// <returns>The report; null with the reason where the folder is no package that can be read.</returns>
    public static async Task<(PackageReport? Report, string Refusal)> Of(string folder, TrailKey? trusted, CancellationToken ct = default)
    {
        try
        {
            return File.Exists(Path.Combine(folder, PackageManifest.Name))
                ? (await new PackageVerification(folder).Verify(trusted, ct), "")
                : (null, Directory.Exists(folder) ? $"Mappen «{folder}» er ingen saksmappe: {PackageManifest.Name} mangler." : $"Mappen «{folder}» finnes ikke.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, $"Mappen «{folder}» kan ikke leses. Gi den som kjører programmet, lesetilgang til den og alt i den.{SystemReason.Of(failure)}");
        }
    }

    private async Task<PackageReport> Verify(TrailKey? trusted, CancellationToken ct)
    {
        using var own = TrailKey.Parse(await Text(TrailExport.KeyName, ct) ?? "");
        var key = trusted ?? own;
        var manifest = PackageManifest.Parse(await Text(PackageManifest.Name, ct) ?? "");
        if (trusted is not null && own?.PublicPem != trusted.PublicPem)
        {
            Fault(TrailVerdict.BadSignature, TrailExport.KeyName, "er ikke den nøkkelen som er oppgitt med --key");
        }

        if (manifest is null || key is null || !manifest.IsSignedBy(key))
        {
            Fault(TrailVerdict.BadSignature, PackageManifest.Name, key is null ? $"kan ikke kontrolleres: {TrailExport.KeyName} er ingen nøkkel" : "er ikke slik den ble signert");
        }

        var found = PackageFile.All(_folder);
        await Files(manifest, found, ct);
        await Contents(key, ct);
        var faults = _faults.Distinct().OrderBy(fault => Weight(fault.Verdict)).ToList();
        return new PackageReport(faults.Count == 0 ? TrailVerdict.Whole : faults[0].Verdict, found.Count, [.. faults.Select(fault => fault.Why)]);
    }

    private async Task Files(PackageManifest? manifest, IReadOnlyList<string> found, CancellationToken ct)
    {
        if (manifest is null)
        {
            return;
        }

        var listed = new Dictionary<string, PackageFile>(StringComparer.Ordinal);
        foreach (var file in manifest.Files.Where(file => !listed.TryAdd(file.Path, file)))
        {
            Fault(TrailVerdict.BadSignature, PackageManifest.Name, $"nevner «{file.Path}» to ganger");
        }

        foreach (var path in listed.Keys.Except(found))
        {
            Fault(TrailVerdict.Truncated, path, "mangler");
        }

        foreach (var path in found.Where(path => path != PackageManifest.Name))
        {
            if (!listed.TryGetValue(path, out var file))
            {
                Fault(TrailVerdict.Broken, path, $"står ikke i {PackageManifest.Name}");
            }
            else if (await PackageFile.Read(_folder, path, ct) != file)
            {
                Fault(TrailVerdict.Broken, path, "er endret: størrelse eller SHA-256 stemmer ikke");
            }
        }
    }

    private async Task Contents(TrailKey? key, CancellationToken ct)
    {
        var lines = await Trail(key, ct);
        if (await Json(PackageFiles.Case, ct) is not { } told)
        {
            return;
        }

        // Of several plans sent together each has its own version 1.
        var known = new HashSet<(long Version, string Hash)>();
        foreach (var document in Items(told, "documents"))
        {
            var (file, version, hash) = (String(document, "file"), Number(document, "version"), String(document, "hash"));
            known.Add((version, hash));
            if (await Text(file, ct) is { } text && Canonical.Hash(text) != hash)
            {
                Fault(TrailVerdict.Broken, file, "har et annet innhold enn versjonen som ble vist og sendt: SHA-256 stemmer ikke");
            }

            if (!lines.Values.Any(line => String(line.GetProperty("data"), "hash") == hash))
            {
                Fault(TrailVerdict.Broken, file, "er ikke nevnt i sporet");
            }
        }

        foreach (var seq in Items(told, "trail").Where(seq => seq.ValueKind != JsonValueKind.Number || !seq.TryGetInt64(out var number) || !lines.ContainsKey(number)))
        {
            Fault(TrailVerdict.Truncated, PackageFiles.Trail, $"linjen med nummer {seq} mangler eller er brutt");
        }

        foreach (var sent in Items(told, "submissions").Where(sent => Items(sent, "others").Prepend(sent).Any(IsOther)))
        {
            Fault(TrailVerdict.Broken, PackageFiles.Case, $"innsending {Number(sent, "number")} gjelder en annen hash enn dokumentets");
        }

        foreach (var round in Items(await Json(PackageFiles.Decisions, ct)).Where(decision => String(decision, "kind") == "round" && IsOther(decision)))
        {
            Fault(TrailVerdict.Broken, PackageFiles.Decisions, $"runden {String(round, "id")} gjelder en annen hash enn dokumentets");
        }

        Payments(told, lines);

        bool IsOther(JsonElement about) => !known.Contains((Number(about, "version"), String(about, "hash")));
    }

    // Money that came stands in the trail, and so does what was taken back. A package written before payments were part of it has none to compare.
    private void Payments(JsonElement told, IReadOnlyDictionary<long, JsonElement> lines)
    {
        if (told.ValueKind != JsonValueKind.Object || !told.TryGetProperty(PackageFiles.Payments, out var payments) || payments.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var grant = String(told, "case") is var name && name.StartsWith("tilskudd/", StringComparison.Ordinal) ? "grant/" + name["tilskudd/".Length..] : "";
        var came = new Dictionary<string, (string On, long Ore)>(StringComparer.Ordinal);
        foreach (var (_, line) in lines.Where(line => String(line.Value, "object") == grant).OrderBy(line => line.Key))
        {
            switch (String(line, "event"))
            {
                case Award.RegisterPayment.Arrived:
                    came[String(line, "version")] = (String(line.GetProperty("data"), "on"), Number(line.GetProperty("data"), "amountOre"));
                    break;
                case Award.RegisterPayment.Withdrawn:
                    came.Remove(String(line, "version"));
                    break;
            }
        }

        foreach (var payment in payments.EnumerateArray())
        {
            var number = Number(payment, "number").ToString(CultureInfo.InvariantCulture);
            if (!came.Remove(number, out var known) || known != (String(payment, "arrivedOn"), Number(payment, "amountOre")))
            {
                Fault(TrailVerdict.Broken, PackageFiles.Case, $"innbetaling {number} er en annen enn den som står i sporet");
            }
        }

        foreach (var number in came.Keys.Order(StringComparer.Ordinal))
        {
            Fault(TrailVerdict.Truncated, PackageFiles.Case, $"innbetaling {number} står i sporet og mangler i saken");
        }
    }

    private async Task<IReadOnlyDictionary<long, JsonElement>> Trail(TrailKey? key, CancellationToken ct)
    {
        var signed = new List<Checkpoint>();
        foreach (var (file, checkpoint) in await TrailVerification.Checkpoints(Path.Combine(_folder, PackageFiles.Checkpoints), ct))
        {
            if (key is null || checkpoint?.IsSignedBy(key) != true)
            {
                Fault(TrailVerdict.BadSignature, $"{PackageFiles.Checkpoints}/{file}", "er ikke signert med denne nøkkelen");
            }
            else
            {
                signed.Add(checkpoint);
            }
        }

        if (signed.Select(checkpoint => checkpoint.Log).Distinct().Count() > 1)
        {
            Fault(TrailVerdict.Broken, PackageFiles.Checkpoints, "har kontrollpunkter fra flere spor");
        }

        if (await Text(PackageFiles.Trail, ct) is not { } text)
        {
            return new Dictionary<long, JsonElement>();
        }

        var (faults, lines) = TrailExtract.Follow(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), signed);
        foreach (var (verdict, why) in faults)
        {
            Fault(verdict, PackageFiles.Trail, why);
        }

        return lines;
    }

    // Null where the file is missing, which the list of files tells.
    private async Task<string?> Text(string path, CancellationToken ct)
    {
        var file = Path.GetFullPath(Path.Combine(_folder, path));
        return path.Length > 0 && file.StartsWith(Path.GetFullPath(_folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(file)
            ? Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file, ct)) : null;
    }

    private async Task<JsonElement?> Json(string path, CancellationToken ct)
    {
        if (await Text(path, ct) is not { } text)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            Fault(TrailVerdict.Broken, path, "er ikke JSON");
            return null;
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement of, string name) => Items(of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var items) ? items : null);

    private static IEnumerable<JsonElement> Items(JsonElement? list) => list is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    private static string String(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && IsText(value) ? value.GetString()! : "";

    // JSON can spell half a letter, which is no text and agrees with none.
    private static bool IsText(JsonElement value)
    {
        try
        {
            return value.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static long Number(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : -1;

    private void Fault(TrailVerdict verdict, string file, string what) => _faults.Add((verdict, $"{file}: {what}."));

    // A signature before what is broken, and that before what is missing.
    private static int Weight(TrailVerdict verdict) => verdict switch
    {
        TrailVerdict.BadSignature => 0,
        TrailVerdict.Broken => 1,
        TrailVerdict.Truncated => 2,
        TrailVerdict.Whole => 3,
    };
}
