using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tilskudd.Workflows.Definitions;

/// <summary>
/// A fingerprint of what a definition does. Moving a box on the drawing or mending a word leaves it alone; a new deadline,
/// person, outcome or step changes it, and then the version number must change too.
/// </summary>
internal static class BehaviourHash
{
    /// <summary>SHA-256 in small hex over JSON with sorted keys, no spaces, UTF-8.</summary>
    public static string Of(Definition definition)
    {
        var json = new ArrayBufferWriter<byte>();
        // Nothing reads this JSON as part of a page, so a plus sign stays a plus sign and an å stays an å.
        var plainly = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(json, plainly))
        {
            Write(writer, definition);
        }

        return Convert.ToHexStringLower(SHA256.HashData(json.WrittenSpan));
    }

    // Keys stand in ordinal order, and so do steps, connections and variables: their order in the file decides nothing.
    private static void Write(Utf8JsonWriter writer, Definition definition)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("connections");
        foreach (var connection in definition.Connections
            .OrderBy(each => each.From, StringComparer.Ordinal)
            .ThenBy(each => each.Outcome, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("from", connection.From);
            writer.WriteString("outcome", connection.Outcome);
            writer.WriteString("to", connection.To);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("document", definition.Document);
        writer.WriteString("id", definition.Id);
        writer.WriteString("start", definition.Start.Id);
        writer.WriteString("startsOn", definition.StartsOn);
        writer.WriteStartArray("steps");
        foreach (var step in definition.Steps.OrderBy(each => each.Id, StringComparer.Ordinal))
        {
            WriteStep(writer, step);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("variables");
        foreach (var variable in definition.Variables.OrderBy(each => each.Name, StringComparer.Ordinal))
        {
            writer.WriteString(variable.Name, InputValue.Canonical(variable.Value));
        }

        writer.WriteEndObject();
        writer.WriteNumber("version", definition.Version);
        writer.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter writer, StepDefinition step)
    {
        writer.WriteStartObject();
        writer.WriteString("id", step.Id);
        writer.WriteStartObject("inputs");
        foreach (var (name, value) in step.Given.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WriteString(name, InputValue.Canonical(value));
        }

        writer.WriteEndObject();
        writer.WriteString("phase", step.Phase);
        writer.WriteString("type", step.Type);
        writer.WriteEndObject();
    }
}
