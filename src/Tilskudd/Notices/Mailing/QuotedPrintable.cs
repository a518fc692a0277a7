using System.Globalization;
using System.Text;

namespace Tilskudd.Notices.Mailing;

/// <summary>Text as short lines of ASCII (RFC 2045 section 6.7), and back.</summary>
internal static class QuotedPrintable
{
    private const int LongestLine = 76;

    public static string Write(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        return string.Join("\r\n", lines.Select(Line));
    }

    /// <summary>The bytes that were written; what is not quoted-printable stands for itself. Each letter of the text is a byte.</summary>
    public static byte[] Read(string written)
    {
        var bytes = new List<byte>(written.Length);
        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] == '=' && i + 2 < written.Length && byte.TryParse(written.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else if (written[i] == '=' && EndOfLine(written, i + 1) is { } end)
            {
                i = end;
            }
            else
            {
                bytes.Add((byte)written[i]);
            }
        }

        return [.. bytes];
    }

    // Spaces after the «=» that says the line goes on were added on the way.
    private static int? EndOfLine(string written, int from)
    {
        var end = from;
        while (end < written.Length && written[end] is ' ' or '\t' or '\r')
        {
            end++;
        }

        return end == written.Length ? end - 1 : written[end] == '\n' ? end : null;
    }

    private static string Line(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        var written = new StringBuilder();
        var width = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var isLast = i == bytes.Length - 1;
            var letter = IsPlain(bytes[i], isLast) ? ((char)bytes[i]).ToString() : "=" + bytes[i].ToString("X2", CultureInfo.InvariantCulture);

            // Room is kept for the «=» that says the line goes on.
            if (width + letter.Length > LongestLine - (isLast ? 0 : 1))
            {
                written.Append("=\r\n");
                width = 0;
            }

            written.Append(letter);
            width += letter.Length;
        }

        return written.ToString();
    }

    // A space at the end of a line may be lost on the way.
    private static bool IsPlain(byte value, bool isLast) => value is >= 0x21 and <= 0x7E and not (byte)'=' || (value == ' ' && !isLast);
}
