using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tilskudd.Verbs;

/// <summary>Writes one JSON value as one line on standard output, with letters as they are.</summary>
internal static class JsonOut
{
    // Nothing here is put into a web page, so æ, ø and å need no escapes.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteLine(TextWriter to, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            write(json);
        }

        to.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    /// <summary>Writes an explanation under the key <c>why</c>.</summary>
    public static void WriteWhy(this Utf8JsonWriter json, Cycle.Why why)
    {
        json.WriteStartObject("why");
        json.WriteString("nb", why.Nb);
        json.WriteString("nn", why.Nn);
        json.WriteString("en", why.En);
        json.WriteEndObject();
    }
}
