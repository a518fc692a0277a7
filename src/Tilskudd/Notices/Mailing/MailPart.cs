using System.Text;
using System.Text.RegularExpressions;

namespace Tilskudd.Notices.Mailing;

/// <summary>
/// A mail, or a part of one, as it came (RFC 5322, RFC 2045–2047). Anybody may send anything, so nothing is demanded: what is missing is
/// empty, what is broken is taken as far as it goes, and what is too long, too deep or too many is left out. It never throws.
/// </summary>
internal sealed partial class MailPart
{
    /// <summary>What is read of a mail; the rest, such as large attachments, is left out.</summary>
    public const int MostBytes = 1024 * 1024;

    private const int MostDepth = 8;
    private const int MostParts = 100;
    private const int MostHeaders = 500;
    private const int LongestHeader = 16 * 1024;
    private const int LongestBoundary = 200;

    private readonly IReadOnlyList<(string Name, string Value)> _headers;
    private readonly string _body;

    private MailPart(IReadOnlyList<(string Name, string Value)> headers, string body, IReadOnlyList<MailPart> parts) =>
        (_headers, _body, Parts) = (headers, body, parts);

    /// <summary>The parts of a multipart; of a mail within the mail, that mail.</summary>
    public IReadOnlyList<MailPart> Parts { get; }

    /// <summary>False for what is no mail at all.</summary>
    public bool HasHeaders => _headers.Count > 0;

    /// <summary>Type and subtype in lower case.</summary>
    public string Type => TypeOf(_headers);

    /// <summary>The mail and everything in it, from the outside in.</summary>
    public IEnumerable<MailPart> All => Parts.SelectMany(part => part.All).Prepend(this);

    /// <summary>The part's text, whatever its transfer encoding and charset.</summary>
    public string Text => Charset.Read(Content(_headers, _body), Parameter(this["Content-Type"], "charset"));

    /// <summary>A header on one line as people read it, encoded words decoded; empty where it is missing.</summary>
    public string this[string name] => HeaderText.Read(Charset.Read(Encoding.Latin1.GetBytes(Raw(_headers, name)), ""));

    public static MailPart Read(ReadOnlySpan<byte> bytes)
    {
        // A letter a byte: what the bytes mean is told part by part. Line ends of both kinds become one.
        var message = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, MostBytes)]).Replace("\r\n", "\n", StringComparison.Ordinal);
        var left = MostParts;
        return Read(message.TrimStart('\n'), 0, ref left);
    }

    /// <summary>Groups of fields as a delivery report has them, an empty line between (RFC 3464).</summary>
    public IEnumerable<MailPart> FieldGroups() => Text.ReplaceLineEndings("\n").Split("\n\n", MostParts, StringSplitOptions.RemoveEmptyEntries)
        .Select(group => new MailPart(Headers(group.TrimStart('\n')), "", []));

    /// <summary>A parameter of this part's type, such as its boundary; empty where it is missing.</summary>
    public string Parameter(string name) => Parameter(this["Content-Type"], name);

    private static MailPart Read(string message, int depth, ref int left)
    {
        left--;

        // A part may begin with the empty line: it has no headers.
        var end = message.StartsWith('\n') ? -1 : message.IndexOf("\n\n", StringComparison.Ordinal);
        var isBodyOnly = message.StartsWith('\n');
        var headers = Headers(isBodyOnly ? "" : end < 0 ? message : message[..end]);
        var body = isBodyOnly ? message[1..] : end < 0 ? "" : message[(end + 2)..];
        return new MailPart(headers, body, depth < MostDepth ? Within(headers, body, depth + 1, ref left) : []);
    }

    private static List<MailPart> Within(IReadOnlyList<(string Name, string Value)> headers, string body, int depth, ref int left)
    {
        var parts = new List<MailPart>();
        var type = TypeOf(headers);
        if (type.StartsWith("multipart/", StringComparison.Ordinal))
        {
            foreach (var part in Split(body, Parameter(Raw(headers, "Content-Type"), "boundary"), left))
            {
                if (left > 0)
                {
                    parts.Add(Read(part, depth, ref left));
                }
            }
        }
        else if (type is "message/rfc822" or "message/global" or "text/rfc822-headers" or "message/global-headers" && left > 0)
        {
            parts.Add(Read(Encoding.Latin1.GetString(Content(headers, body)).Replace("\r\n", "\n", StringComparison.Ordinal).TrimStart('\n'), depth, ref left));
        }

        return parts;
    }

    // The line break before a delimiter belongs to it, and a mail cut short has no last one.
    private static List<string> Split(string body, string boundary, int most)
    {
        var parts = new List<string>();
        if (boundary.Length is 0 or > LongestBoundary)
        {
            return parts;
        }

        var lines = "\n" + body + "\n";
        var delimiter = "\n--" + boundary;
        var start = -1;
        for (var at = lines.IndexOf(delimiter, StringComparison.Ordinal); at >= 0 && parts.Count < most; at = lines.IndexOf(delimiter, at + 1, StringComparison.Ordinal))
        {
            var endOfLine = lines.IndexOf('\n', at + delimiter.Length);
            var rest = lines[(at + delimiter.Length)..endOfLine].TrimEnd();
            if (rest is not ("" or "--"))
            {
                continue;
            }

            if (start >= 0)
            {
                parts.Add(lines[Math.Min(start, at)..at]);
            }

            start = rest.Length == 0 ? endOfLine + 1 : -1;
            if (rest.Length > 0)
            {
                break;
            }
        }

        if (start >= 0 && start < lines.Length && parts.Count < most)
        {
            parts.Add(lines[start..]);
        }

        return parts;
    }

    private static List<(string Name, string Value)> Headers(string text)
    {
        var headers = new List<(string Name, string Value)>();
        foreach (var line in text.Split('\n', 10 * MostHeaders))
        {
            if (line.Length > 0 && line[0] is ' ' or '\t' && headers.Count > 0)
            {
                var (name, value) = headers[^1];
                headers[^1] = (name, value.Length < LongestHeader ? $"{value} {line.Trim()}" : value);
            }
            else if (headers.Count < MostHeaders && Field().Match(line) is { Success: true } field)
            {
                headers.Add((field.Groups[1].Value, Short(field.Groups[2].Value.Trim())));
            }
        }

        return headers;
    }

    private static string Short(string value) => value.Length <= LongestHeader ? value : value[..LongestHeader];

    private static string Raw(IReadOnlyList<(string Name, string Value)> headers, string name) =>
        headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    private static string TypeOf(IReadOnlyList<(string Name, string Value)> headers)
    {
        var type = Raw(headers, "Content-Type").Split(';')[0].Trim();
        return type.Length == 0 ? "text/plain" : string.Concat(type.Select(char.ToLowerInvariant));
    }

    private static string Parameter(string header, string name) =>
        Parameters().Matches(header).FirstOrDefault(found => found.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase))?.Groups["value"].Value ?? "";

    private static byte[] Content(IReadOnlyList<(string Name, string Value)> headers, string body)
    {
        var encoding = Raw(headers, "Content-Transfer-Encoding").Split(' ', ';', '(')[0];
        return encoding.Equals("base64", StringComparison.OrdinalIgnoreCase) ? Charset.Base64(body)
            : encoding.Equals("quoted-printable", StringComparison.OrdinalIgnoreCase) ? QuotedPrintable.Read(body)
            : Encoding.Latin1.GetBytes(body);
    }

    [GeneratedRegex(@"^([!-9;-~]+)[ \t]*:(.*)$", RegexOptions.Singleline)]
    private static partial Regex Field();

    [GeneratedRegex("""[;\s](?<name>[\w*-]{1,40})\s*=\s*(?:"(?<value>[^"]*)"|(?<value>[^;\s]*))""")]
    private static partial Regex Parameters();
}
