using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tilskudd.Trail;

/// <summary>Follows a trail line by line, and says what is wrong with the first line that does not belong. Keeps only the latest hash.</summary>
internal sealed class TrailChain
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly string[] Texts = ["actor", "at", "event", "object", "version"];
    private static readonly string[] All = [.. Texts, "seq", "data", "prev", "hash"];

    /// <summary>Follows a trail from its first line.</summary>
    public TrailChain()
    {
    }

    /// <summary>Follows a piece of a trail from within: its first line is taken at its word about the line before.</summary>
    public TrailChain(long before, string head) => (Count, Head) = (before, head);

    /// <summary>The latest line's number: how many lines have been found whole, or were there before.</summary>
    public long Count { get; private set; }

    /// <summary>The latest line's hash.</summary>
    public string Head { get; private set; } = TrailEntry.Genesis;

    /// <summary>Takes the next line.</summary>
    /// <returns>What is wrong with it, in Norwegian; null when it continues the trail.</returns>
    public string? Take(string line)
    {
        try
        {
            return JsonNode.Parse(line, documentOptions: Strict) is JsonObject entry ? Shape(entry) ?? Link(entry) : "linjen er ikke et JSON-objekt";
        }
        catch (JsonException)
        {
            return "linjen er ikke JSON, eller har samme felt to ganger";
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as an escape: valid JSON, but no text.
            return "linjen har en tekst som ikke er gyldig Unicode";
        }
    }

    private static string? Shape(JsonObject entry)
    {
        if (All.FirstOrDefault(name => !entry.ContainsKey(name)) is { } missing)
        {
            return $"feltet «{missing}» mangler";
        }

        if (entry.Select(field => field.Key).FirstOrDefault(name => !All.Contains(name)) is { } unknown)
        {
            return $"feltet «{unknown}» hører ikke til";
        }

        if (Texts.FirstOrDefault(name => entry[name]?.GetValueKind() != JsonValueKind.String) is { } text)
        {
            return $"feltet «{text}» er ikke en tekst";
        }

        return entry["data"] is not JsonObject ? "feltet «data» er ikke et objekt"
            : IsInstant(entry["at"]!.GetValue<string>()) ? null : "feltet «at» er ikke et tidspunkt i UTC med millisekunder";
    }

    private string? Link(JsonObject entry)
    {
        var expected = (Count + 1).ToString(CultureInfo.InvariantCulture);
        if (entry["seq"]?.ToJsonString() != expected)
        {
            return $"nummeret er {entry["seq"]?.ToJsonString() ?? "null"}, men skal være {expected}";
        }

        if (entry["prev"]?.ToJsonString() != $"\"{Head}\"")
        {
            return "«prev» er ikke hashen til linjen foran";
        }

        var given = entry["hash"]?.ToJsonString();
        var computed = TrailEntry.HashOf(entry);
        if (given != $"\"{computed}\"")
        {
            return "innholdet stemmer ikke med hashen";
        }

        (Count, Head) = (Count + 1, computed);
        return null;
    }

    private static bool IsInstant(string at) =>
        DateTime.TryParseExact(at, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
