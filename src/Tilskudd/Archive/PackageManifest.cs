using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tilskudd.Cycle;
using Tilskudd.Trail;

namespace Tilskudd.Archive;

/// <summary>
/// What a package holds, signed with the key of the trail. It has one written form only, and every character of it can be checked, so that
/// nothing in the folder can be changed, added or taken away unseen.
/// </summary>
internal sealed record PackageManifest(IReadOnlyList<PackageFile> Files, string Signature)
{
    public const string Name = "manifest.json";

    public static PackageManifest Sign(IReadOnlyList<PackageFile> files, TrailKey key)
    {
        var unsigned = new PackageManifest([.. files.OrderBy(file => file.Path, StringComparer.Ordinal)], "");
        return unsigned with { Signature = key.Sign(unsigned.Signed()) };
    }

    /// <summary>Reads a manifest; null where it is none, or is written in another way than ours.</summary>
    public static PackageManifest? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var manifest = new PackageManifest(
                [.. root.GetProperty("files").EnumerateArray().Select(file => new PackageFile(file.GetProperty("file").GetString()!, file.GetProperty("size").GetInt64(), file.GetProperty("sha256").GetString()!))],
                root.GetProperty("signature").GetString()!);
            return manifest.Files.All(file => file is { Path: not null, Sha256: not null }) && manifest.Signature is not null && manifest.ToText() == text ? manifest : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Signed by this key, and the signature written in the one way it is written.</summary>
    public bool IsSignedBy(TrailKey key)
    {
        var bytes = new byte[Signature.Length];
        return Convert.TryFromBase64String(Signature, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == Signature && key.HasSigned(Signed(), Signature);
    }

    public string ToText()
    {
        var whole = Listed();
        whole["signature"] = Signature;
        return Canonical.Text(whole) + "\n";
    }

    private string Signed() => Canonical.Text(Listed());

    private JsonObject Listed() => new()
    {
        ["files"] = new JsonArray([.. Files.Select(file => (JsonNode)new JsonObject { ["file"] = file.Path, ["size"] = file.Size, ["sha256"] = file.Sha256 })]),
    };
}

/// <summary>A file of a package, by its path with slashes.</summary>
internal sealed record PackageFile(string Path, long Size, string Sha256)
{
    public static async Task<PackageFile> Read(string folder, string path, CancellationToken ct)
    {
        await using var content = File.OpenRead(System.IO.Path.Combine(folder, path));
        return new PackageFile(path, content.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct)));
    }

    /// <summary>Every file under a folder, whatever its name begins with.</summary>
    public static IReadOnlyList<string> All(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(file => System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
