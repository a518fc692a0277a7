using System.Text;
using System.Text.Json;

namespace Tilskudd.Workflows.Definitions;

/// <summary>
/// Reads JSON strictly: every key once, no keys that other readers act on, not too deep, not too large. Never throws.
/// </summary>
internal static class JsonText
{
    /// <summary>In bytes of UTF-8.</summary>
    public const int Largest = 1_000_000;

    private const int Deepest = 32;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly string[] Forbidden = ["$type", "__type", "__proto__"];

    /// <summary>The bytes as text, null and a fault when they are not UTF-8.</summary>
    public static string? Decode(byte[] bytes, FaultList faults)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            faults.Add("$", "Fila er ikke lagret som UTF-8. Lagre den på nytt med tegnkoding UTF-8.");
            return null;
        }
    }

    /// <summary>The whole text as a tree, or null when it is no JSON. Faults that leave a tree are listed beside it.</summary>
    public static JsonPart? Read(string text, string path, FaultList faults)
    {
        var json = text.StartsWith('\uFEFF') ? text[1..] : text;
        if (json.Length > Largest || Encoding.UTF8.GetByteCount(json) > Largest)
        {
            AddTooLarge(path, faults);
            return null;
        }

        try
        {
            // The reader's own limit is out of the way, so that depth is told apart from broken JSON below.
            var reader = new Utf8JsonReader(Strict.GetBytes(json), new JsonReaderOptions { MaxDepth = Largest });
            reader.Read();
            var part = Part(ref reader, path, faults);
            while (reader.Read())
            {
            }

            return part;
        }
        catch (JsonException broken)
        {
            faults.Add(path, $"Dette er ikke gyldig JSON (linje {broken.LineNumber + 1}, tegn {broken.BytePositionInLine + 1}). "
                + "Se etter komma, klamme eller hermetegn som mangler eller er for mye.");
        }
        catch (EncoderFallbackException)
        {
            faults.Add(path, "Teksten har et halvt tegn (et løst surrogat). Skriv tegnet på nytt.");
        }

        return null;
    }

    public static void AddTooLarge(string path, FaultList faults)
        => faults.Add(path,
            $"Fila er større enn {Largest / 1000} kB. En flyt er noen få titalls kB; fjern det som ikke hører til.");

    private static JsonPart Part(ref Utf8JsonReader reader, string path, FaultList faults)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= Deepest)
        {
            faults.Add(path, $"JSON-en er dypere enn {Deepest} nivåer. En flyt trenger ikke så mange; fjern nivåene.");
            reader.Skip();
            return new JsonPart(path, JsonValueKind.Null, "");
        }

        return reader.TokenType switch
        {
            JsonTokenType.StartObject => Members(ref reader, path, faults),
            JsonTokenType.StartArray => Items(ref reader, path, faults),
            JsonTokenType.String => new JsonPart(path, JsonValueKind.String, Unescaped(ref reader, path, faults)),
            JsonTokenType.Number => new JsonPart(path, JsonValueKind.Number, Encoding.UTF8.GetString(reader.ValueSpan)),
            JsonTokenType.True => new JsonPart(path, JsonValueKind.True, ""),
            JsonTokenType.False => new JsonPart(path, JsonValueKind.False, ""),
            JsonTokenType.Null => new JsonPart(path, JsonValueKind.Null, ""),
            JsonTokenType.None or JsonTokenType.EndObject or JsonTokenType.EndArray or JsonTokenType.PropertyName
                or JsonTokenType.Comment => throw new JsonException("A value was expected.", path, 0, 0),
        };
    }

    private static JsonPart Members(ref Utf8JsonReader reader, string path, FaultList faults)
    {
        var members = new Dictionary<string, JsonPart>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = Unescaped(ref reader, path, faults);
            var below = Below(path, key);
            if (Forbidden.Contains(key))
            {
                faults.Add(below,
                    $"Nøkkelen {Suggestion.Quote(key)} er ikke tillatt, for andre lesere av JSON handler på den. Fjern den.");
            }

            reader.Read();
            var part = Part(ref reader, below, faults);
            if (!members.TryAdd(key, part))
            {
                faults.Add(below, $"Nøkkelen {Suggestion.Quote(key)} står to ganger. Behold én.");
            }
        }

        return new JsonPart(path, JsonValueKind.Object, "") { Members = members };
    }

    private static JsonPart Items(ref Utf8JsonReader reader, string path, FaultList faults)
    {
        var items = new List<JsonPart>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Part(ref reader, $"{path}[{items.Count}]", faults));
        }

        return new JsonPart(path, JsonValueKind.Array, "") { Items = items };
    }

    private static string Unescaped(ref Utf8JsonReader reader, string path, FaultList faults)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 alone is good JSON and no text.
            faults.Add(path, "Teksten har et halvt tegn (et løst surrogat). Skriv tegnet på nytt.");
            return "";
        }
    }

    private static string Below(string path, string key)
        => key.Length is > 0 and <= 60 && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '$')
            ? $"{path}.{key}"
            : $"{path}[{Suggestion.Quote(key)}]";
}
