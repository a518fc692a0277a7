using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tilskudd.Elsa.Studio;

/// <summary>
/// Writes a flow as our files stand: a line to each part of the flow, to each part of a step and to each connection, so that a change in
/// Studio is a small change in the file.
/// </summary>
internal static class FlowText
{
    // No page reads these files, so a letter stays a letter.
    private static readonly JsonSerializerOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Written over several lines; all else stands on the line of its key.
    private static readonly string[] Open = ["$", "$.root", "$.root.activities", "$.root.activities[]", "$.root.connections", "$.variables"];

    public static string Of(JsonObject flow)
    {
        var text = new StringBuilder();
        Write(text, flow, "$", 0);
        return text.Append('\n').ToString();
    }

    /// <summary>A piece of a flow, as it stands behind its key.</summary>
    public static string OnOneLine(JsonNode node)
    {
        var text = new StringBuilder();
        WriteOnOneLine(text, node);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node, string place, int depth)
    {
        if (!Open.Contains(place))
        {
            WriteOnOneLine(text, node);
        }
        else if (node is JsonObject { Count: > 0 } whole)
        {
            Lines(text, '{', '}', depth, [.. whole.Select(member => (Action)(() =>
            {
                Key(text, member.Key);
                Write(text, member.Value, $"{place}.{member.Key}", depth + 1);
            }))]);
        }
        else if (node is JsonArray { Count: > 0 } list)
        {
            Lines(text, '[', ']', depth, [.. list.Select(item => (Action)(() => Write(text, item, place + "[]", depth + 1)))]);
        }
        else
        {
            WriteOnOneLine(text, node);
        }
    }

    private static void Lines(StringBuilder text, char open, char close, int depth, IReadOnlyList<Action> lines)
    {
        text.Append(open).Append('\n');
        for (var line = 0; line < lines.Count; line++)
        {
            text.Append(' ', 2 * (depth + 1));
            lines[line]();
            text.Append(line < lines.Count - 1 ? ",\n" : "\n");
        }

        text.Append(' ', 2 * depth).Append(close);
    }

    private static void WriteOnOneLine(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } whole:
                text.Append("{ ");
                Separated(text, whole, member =>
                {
                    Key(text, member.Key);
                    WriteOnOneLine(text, member.Value);
                });
                text.Append(" }");
                break;
            case JsonArray list:
                text.Append('[');
                Separated(text, list, item => WriteOnOneLine(text, item));
                text.Append(']');
                break;
            default:
                text.Append(node?.ToJsonString(Plainly) ?? "null");
                break;
        }
    }

    private static void Key(StringBuilder text, string key) => text.Append(JsonSerializer.Serialize(key, Plainly)).Append(": ");

    private static void Separated<T>(StringBuilder text, IEnumerable<T> parts, Action<T> write)
    {
        var first = true;
        foreach (var part in parts)
        {
            text.Append(first ? "" : ", ");
            write(part);
            first = false;
        }
    }
}
