using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tilskudd.Cycle;

/// <summary>
/// JSON in one form only: sorted keys, no spaces, UTF-8, so that equal content always has the same SHA-256. Texts are escaped as in
/// RFC 8785: quotation mark, backslash and control characters, and nothing else, so that other languages' JSON writers agree.
/// </summary>
public static class Canonical
{
    public static string Text(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    /// <summary>SHA-256 of the text's UTF-8 bytes, in lower-case hexadecimal.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Write(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject fields:
                WriteFields(text, fields);
                break;
            case JsonArray items:
                WriteItems(text, items);
                break;
            default:
                if (node.GetValueKind() == JsonValueKind.String)
                {
                    WriteText(text, node.AsValue().TryGetValue<string>(out var value) ? value : JsonSerializer.Deserialize<string>(node)!);
                }
                else
                {
                    text.Append(node.ToJsonString());
                }

                break;
        }
    }

    private static void WriteFields(StringBuilder text, JsonObject fields)
    {
        text.Append('{');
        var separator = "";
        foreach (var (name, value) in fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            text.Append(separator);
            WriteText(text, name);
            text.Append(':');
            Write(text, value);
            separator = ",";
        }

        text.Append('}');
    }

    private static void WriteItems(StringBuilder text, JsonArray items)
    {
        text.Append('[');
        var separator = "";
        foreach (var item in items)
        {
            text.Append(separator);
            Write(text, item);
            separator = ",";
        }

        text.Append(']');
    }

    private static void WriteText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var rune in value.EnumerateRunes())
        {
            // Half a surrogate pair has no UTF-8; it is enumerated as U+FFFD, which is what every reader would make of it.
            switch (rune.Value)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case < 0x20: text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"); break;
                default: Append(text, rune); break;
            }
        }

        text.Append('"');
    }

    private static void Append(StringBuilder text, Rune rune)
    {
        if (rune.IsBmp)
        {
            text.Append((char)rune.Value);
        }
        else
        {
            text.Append(rune.ToString());
        }
    }
}
