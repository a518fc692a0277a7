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

    private const string HalfACharacter = "Teksten har et halvt tegn (et løst surrogat). Skriv tegnet på nytt.";

    // Some say which class to make, others point at another place in the text; Elsa's own readers take them whatever their case.
    private static readonly HashSet<string> Forbidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "$type", "$id", "$ref", "$values", "__type", "__proto__", "_type", "_items", "_island",
    };

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

    /// <summary>The text without the byte order mark some editors begin a file with; other readers of JSON refuse it.</summary>
    public static string WithoutMark(string text) => text.StartsWith('\uFEFF') ? text[1..] : text;

    /// <summary>The whole text as a tree, or null when it is no JSON. Faults that leave a tree are listed beside it.</summary>
    public static JsonPart? Read(string text, string path, FaultList faults)
    {
        var json = WithoutMark(text);
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
            var part = Part(ref reader, null, path, faults);
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
            faults.Add(path, HalfACharacter);
        }

        return null;
    }

    public static void AddTooLarge(string path, FaultList faults)
        => faults.Add(path,
            $"Fila er større enn {Largest / 1000} kB. En flyt er noen få titalls kB; fjern det som ikke hører til.");

    private static JsonPart Part(ref Utf8JsonReader reader, JsonPart? above, string segment, FaultList faults)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= Deepest)
        {
            var well = new JsonPart(above, segment, JsonValueKind.Null);
            faults.Add(well.Path, $"JSON-en er dypere enn {Deepest} nivåer. En flyt trenger ikke så mange; fjern nivåene.");
            reader.Skip();
            return well;
        }

        return reader.TokenType switch
        {
            JsonTokenType.StartObject => Members(ref reader, above, segment, faults),
            JsonTokenType.StartArray => Items(ref reader, above, segment, faults),
            JsonTokenType.String => String(ref reader, above, segment, faults),
            JsonTokenType.Number => new JsonPart(above, segment, JsonValueKind.Number, Encoding.UTF8.GetString(reader.ValueSpan)),
            JsonTokenType.True => new JsonPart(above, segment, JsonValueKind.True),
            JsonTokenType.False => new JsonPart(above, segment, JsonValueKind.False),
            JsonTokenType.Null => new JsonPart(above, segment, JsonValueKind.Null),
            JsonTokenType.None or JsonTokenType.EndObject or JsonTokenType.EndArray or JsonTokenType.PropertyName
                or JsonTokenType.Comment => throw new JsonException("A value was expected.", segment, 0, 0),
        };
    }

    private static JsonPart Members(ref Utf8JsonReader reader, JsonPart? above, string segment, FaultList faults)
    {
        var members = new Dictionary<string, JsonPart>(StringComparer.Ordinal);
        var spelt = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var whole = new JsonPart(above, segment, JsonValueKind.Object) { Members = members };
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var text = Unescaped(ref reader);
            if (text is null)
            {
                faults.Add(whole.Path, HalfACharacter);
            }

            var key = text ?? "";
            reader.Read();
            var part = Part(ref reader, whole, Segment(key), faults);
            if (Forbidden.Contains(key))
            {
                faults.Add(part.Path,
                    $"Nøkkelen {Suggestion.Quote(key)} er ikke tillatt, for andre lesere av JSON handler på den. Fjern den.");
            }

            if (!members.TryAdd(key, part))
            {
                faults.Add(part.Path, $"Nøkkelen {Suggestion.Quote(key)} står to ganger. Behold én.");
            }
            else if (!spelt.TryAdd(key, key))
            {
                faults.Add(part.Path,
                    $"Nøkkelen {Suggestion.Quote(key)} står også som {Suggestion.Quote(spelt[key])}, og Elsa skiller ikke mellom store og små bokstaver. Behold én.");
            }
        }

        return whole;
    }

    private static JsonPart Items(ref Utf8JsonReader reader, JsonPart? above, string segment, FaultList faults)
    {
        var items = new List<JsonPart>();
        var whole = new JsonPart(above, segment, JsonValueKind.Array) { Items = items };
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Part(ref reader, whole, $"[{items.Count}]", faults));
        }

        return whole;
    }

    private static JsonPart String(ref Utf8JsonReader reader, JsonPart? above, string segment, FaultList faults)
    {
        var text = Unescaped(ref reader);
        var part = new JsonPart(above, segment, JsonValueKind.String, text ?? "");
        if (text is null)
        {
            faults.Add(part.Path, HalfACharacter);
        }

        return part;
    }

    // Null for an escape such as \ud800 alone, which is good JSON and no text.
    private static string? Unescaped(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Segment(string key)
        => key.Length is > 0 and <= 60 && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '$')
            ? "." + key
            : $"[{Suggestion.Quote(key)}]";
}
