using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace Tilskudd.Layout;

/// <summary>The files of wwwroot: styles, font and mark. Their addresses carry a fingerprint, so a browser may keep them.</summary>
internal sealed class Assets(IWebHostEnvironment environment)
{
    private const string Version = "v";
    private readonly ConcurrentDictionary<string, string?> _fingerprints = new(StringComparer.Ordinal);

    /// <summary>The address of a file with its fingerprint, or null where the file is not there (styles not fetched).</summary>
    /// <param name="file">The path under wwwroot, such as <c>lib/designsystemet.css</c>.</param>
    public string? Url(string file) =>
        _fingerprints.GetOrAdd(file, Fingerprint) is { } fingerprint ? $"/{file}?{Version}={fingerprint}" : null;

    /// <summary>How long a file may be kept: for ever under its fingerprint, else a day.</summary>
    public static void LetKeep(StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl = file.Context.Request.Query.ContainsKey(Version)
            ? "public, max-age=31536000, immutable"
            : "public, max-age=86400";

    private string? Fingerprint(string file)
    {
        var found = environment.WebRootFileProvider.GetFileInfo(file);
        if (!found.Exists)
        {
            return null;
        }

        using var content = found.CreateReadStream();
        return Convert.ToHexStringLower(SHA256.HashData(content))[..12];
    }
}
