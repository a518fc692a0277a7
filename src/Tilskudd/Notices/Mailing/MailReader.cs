using System.Globalization;
using System.Text.RegularExpressions;

namespace Tilskudd.Notices.Mailing;

/// <summary>A mail as its reader sees it. What the mail does not say is empty.</summary>
/// <param name="To">The address alone.</param>
/// <param name="ReplyTo">The address alone, or empty.</param>
/// <param name="Date">As the sender says; the beginning of time where that cannot be read.</param>
/// <param name="Text">The text part, with LF between the lines; the words of the HTML part where there is none.</param>
public sealed record ReadMail(
    string From, string To, string ToName, string ReplyTo, string Subject, string MessageId, string InReplyTo, DateTimeOffset Date, string Text, string Html);

/// <summary>Reads mails: the application's own, for the mailbox of Development and simulated readers, and those others send it.</summary>
internal static partial class MailReader
{
    public static ReadMail Read(ReadOnlySpan<byte> bytes) => Read(MailPart.Read(bytes));

    public static ReadMail Read(MailPart mail)
    {
        var html = Part(mail, "text/html")?.Text ?? "";
        return new ReadMail(
            mail["From"], Address(mail["To"]), Name(mail["To"]), Address(mail["Reply-To"]), mail["Subject"],
            Ids(mail["Message-ID"]).FirstOrDefault(""), Ids(mail["In-Reply-To"]).FirstOrDefault(""), Date(mail["Date"]),
            Part(mail, "text/plain")?.Text ?? HtmlText.Of(html), html);
    }

    /// <summary>The message ids in a header, without their brackets.</summary>
    public static IReadOnlyList<string> Ids(string header) => [.. Bracketed().Matches(header).Select(id => id.Groups[1].Value)];

    /// <summary>The address in a header, without the name.</summary>
    public static string Address(string header)
    {
        var start = header.LastIndexOf('<');
        var end = header.IndexOf('>', Math.Max(start, 0));
        return start < 0 ? header : end < 0 ? header[(start + 1)..] : header[(start + 1)..end];
    }

    // Not in a mail within the mail: that one has a reader of its own.
    private static MailPart? Part(MailPart mail, string type) =>
        mail.Type == type && !mail["Content-Disposition"].StartsWith("attachment", StringComparison.OrdinalIgnoreCase) ? mail
        : mail.Type.StartsWith("multipart/", StringComparison.Ordinal) ? mail.Parts.Select(part => Part(part, type)).FirstOrDefault(part => part is not null)
        : null;

    private static string Name(string header)
    {
        var start = header.LastIndexOf('<');
        var shown = start < 0 ? "" : header[..start].Trim();
        return shown is ['"', .., '"'] ? Escape().Replace(shown[1..^1], "$1") : shown;
    }

    // The name of a time zone may stand behind it in brackets.
    private static DateTimeOffset Date(string header) =>
        DateTimeOffset.TryParse(header.Split('(')[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : DateTimeOffset.MinValue;

    [GeneratedRegex("<([^<>\\s]{1,300})>")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();
}
