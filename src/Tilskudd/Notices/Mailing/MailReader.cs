using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tilskudd.Notices.Mailing;

/// <summary>A mail as its reader sees it.</summary>
/// <param name="To">The address alone.</param>
/// <param name="ReplyTo">The address alone, or empty.</param>
public sealed record ReadMail(
    string From, string To, string ToName, string ReplyTo, string Subject, string MessageId, string InReplyTo, DateTimeOffset Date, string Text, string Html);

/// <summary>Reads the mails the application has written, for the mailbox of Development and for simulated readers.</summary>
internal static partial class MailReader
{
    public static ReadMail Read(byte[] bytes)
    {
        var message = Encoding.UTF8.GetString(bytes);
        var (headers, body) = Split(message);
        var boundary = BoundaryParameter().Match(headers.GetValueOrDefault("content-type", "")).Groups[1].Value;
        var parts = boundary.Length == 0
            ? [(headers, body)]
            : body.Split("--" + boundary).Skip(1).Where(part => !part.StartsWith("--", StringComparison.Ordinal)).Select(part => Split(part[2..])).ToList();
        return new ReadMail(
            Decoded(headers, "from"), Address(headers, "to"), Name(headers, "to"), Address(headers, "reply-to"), Decoded(headers, "subject"),
            headers.GetValueOrDefault("message-id", "").Trim('<', '>'), headers.GetValueOrDefault("in-reply-to", "").Trim('<', '>'),
            DateTimeOffset.ParseExact(headers["date"], "ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture),
            Part(parts, "text/plain"), Part(parts, "text/html"));
    }

    private static (Dictionary<string, string> Headers, string Body) Split(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = text[..end].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        return (headers, text[(end + 4)..]);
    }

    private static string Part(List<(Dictionary<string, string> Headers, string Body)> parts, string type)
    {
        var body = parts.FirstOrDefault(part => part.Headers.GetValueOrDefault("content-type", "").StartsWith(type, StringComparison.OrdinalIgnoreCase)).Body ?? "";

        // The line break before the next boundary belongs to the boundary.
        return QuotedPrintable.Read(body.EndsWith("\r\n", StringComparison.Ordinal) ? body[..^2] : body);
    }

    private static string Decoded(Dictionary<string, string> headers, string name) =>
        EncodedWord().Replace(
            BetweenWords().Replace(headers.GetValueOrDefault(name, ""), "$1"),
            word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[1].Value)));

    private static string Address(Dictionary<string, string> headers, string name)
    {
        var header = headers.GetValueOrDefault(name, "");
        var start = header.LastIndexOf('<');
        return start < 0 ? header : header[(start + 1)..^1];
    }

    private static string Name(Dictionary<string, string> headers, string name)
    {
        var decoded = Decoded(headers, name);
        var start = decoded.LastIndexOf('<');
        var shown = start < 0 ? "" : decoded[..start].Trim();
        return shown.StartsWith('"') ? Escape().Replace(shown[1..^1], "$1") : shown;
    }

    [GeneratedRegex("boundary=\"([^\"]+)\"", RegexOptions.IgnoreCase)]
    private static partial Regex BoundaryParameter();

    [GeneratedRegex(@"=\?utf-8\?B\?([A-Za-z0-9+/=]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"(\?=)\s+(?==\?)")]
    private static partial Regex BetweenWords();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();
}
