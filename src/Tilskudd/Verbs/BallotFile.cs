using System.Text;
using System.Text.Json;
using Tilskudd.Cycle.Approval;

namespace Tilskudd.Verbs;

/// <summary>Opens a ballot file: one JSON value in UTF-8, of a sensible size, that can be read to its end.</summary>
internal static class BallotFile
{
    /// <summary>The largest file that is read, in bytes: room for thousands of seats.</summary>
    public const int MostBytes = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <returns>The ballot, or null with every fault as a Norwegian sentence that begins with the file or the place in it.</returns>
    public static (Ballot? Ballot, IReadOnlyList<string> Faults) Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var bytes = new byte[MostBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > MostBytes
                ? (null, [$"{path}: filen er større enn {MostBytes / 1024} kB."])
                : Parse(bytes.AsMemory(0, length), path);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, [$"{path}: filen finnes ikke."]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return (null, [$"{path}: filen kan ikke åpnes. Oppgi en vanlig fil du har lov til å lese."]);
        }
    }

    private static (Ballot? Ballot, IReadOnlyList<string> Faults) Parse(ReadOnlyMemory<byte> bytes, string path)
    {
        var json = bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        try
        {
            // Half a character, raw or as an escape, passes the parser and fails only where the text is used: look first.
            _ = Strict.GetCharCount(json.Span);
            using var document = JsonDocument.Parse(json);
            CheckText(json.Span);
            return BallotReader.Read(document.RootElement);
        }
        catch (JsonException failure)
        {
            return (null, [$"{path}: ikke gyldig JSON, linje {failure.LineNumber + 1}, tegn {failure.BytePositionInLine + 1}."]);
        }
        catch (DecoderFallbackException failure)
        {
            return (null, [$"{path}: ikke UTF-8 ved byte {failure.Index}. Lagre filen som UTF-8."]);
        }
        catch (InvalidOperationException)
        {
            return (null, [$"{path}: en tekst inneholder et halvt tegn (\\ud800–\\udfff uten sin makker)."]);
        }
    }

    private static void CheckText(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                _ = reader.GetString();
            }
        }
    }
}
