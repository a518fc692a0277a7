using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tilskudd.Cycle;

namespace Tilskudd.Trail;

/// <summary>
/// A signed statement of how far the trail had come. Kept where the writer of the trail cannot change it, it shows a trail that
/// was cut short or written anew: the hashes alone do not.
/// </summary>
/// <param name="Log">Which trail: the hash of its first entry.</param>
/// <param name="Seq">The latest entry.</param>
/// <param name="Hash">The latest entry's hash.</param>
/// <param name="Count">How many entries there were.</param>
/// <param name="At">When it was signed, UTC with milliseconds.</param>
/// <param name="Signature">Over the rest as canonical JSON, base64.</param>
internal sealed record Checkpoint(string Log, long Seq, string Hash, long Count, string At, string Signature)
{
    public static Checkpoint Sign(string log, long seq, string hash, DateTimeOffset at, TrailKey key)
    {
        var unsigned = new Checkpoint(log, seq, hash, seq, TrailEntry.Write(at), "");
        return unsigned with { Signature = key.Sign(unsigned.Signed()) };
    }

    /// <summary>Reads a checkpoint file; null when it is none, or has been given anything more.</summary>
    public static Checkpoint? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = document.RootElement;
            return root.EnumerateObject().Count() == 6
                ? new Checkpoint(
                    root.GetProperty("log").GetString()!, root.GetProperty("seq").GetInt64(), root.GetProperty("hash").GetString()!,
                    root.GetProperty("count").GetInt64(), root.GetProperty("at").GetString()!, root.GetProperty("signature").GetString()!)
                : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The name of its file: the line it vouches for.</summary>
    public string FileName => NameOf(Seq);

    public static string NameOf(long seq) => seq.ToString(CultureInfo.InvariantCulture) + ".json";

    public bool IsSignedBy(TrailKey key) => Log is not null && Hash is not null && At is not null && Signature is not null && key.HasSigned(Signed(), Signature);

    public string ToLine() => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"log\":{Quoted(Log)},\"seq\":{Seq},\"hash\":{Quoted(Hash)},\"count\":{Count},\"at\":{Quoted(At)},\"signature\":{Quoted(Signature)}}}");

    private string Signed() => Canonical.Text(new JsonObject { ["log"] = Log, ["seq"] = Seq, ["hash"] = Hash, ["count"] = Count, ["at"] = At });

    private static string Quoted(string text) => Canonical.Text(JsonValue.Create(text));
}
