using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tilskudd.Notices.Mailing;

/// <summary>
/// Writes a mail as the bytes every mailer sends: RFC 5322 headers and two parts, text and HTML, or three with a calendar's entry, in quoted-printable UTF-8. Nothing in
/// them is drawn by lot, and no line is longer than 78 characters, so nothing on the way has a reason to change them.
/// </summary>
internal static class MimeWriter
{
    public static byte[] Write(OutgoingMail mail)
    {
        var boundary = Boundary(mail.MessageId);
        var message = new StringBuilder();
        foreach (var (name, value) in Headers(mail, boundary))
        {
            message.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        message.Append("\r\n");
        Part(message, boundary, "text/plain", mail.Text);
        Part(message, boundary, "text/html", mail.Html);
        if (mail.Calendar is { } calendar)
        {
            // The last of the alternatives, so that programs which know calendars take it and the others show the text.
            Part(message, boundary, $"text/calendar; method={calendar.Method}", calendar.Text);
        }

        message.Append("--").Append(boundary).Append("--\r\n");
        return Encoding.ASCII.GetBytes(message.ToString());
    }

    private static IEnumerable<(string Name, string Value)> Headers(OutgoingMail mail, string boundary)
    {
        yield return ("Date", mail.Date.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        yield return ("From", HeaderText.Mailbox(mail.From));
        yield return ("To", HeaderText.Mailbox(mail.To));
        if (mail.ReplyTo is not null)
        {
            yield return ("Reply-To", HeaderText.Mailbox(mail.ReplyTo));
        }

        yield return ("Subject", HeaderText.Unstructured(mail.Subject));
        yield return ("Message-ID", Identity(mail.MessageId));
        if (mail.ThreadId != mail.MessageId)
        {
            yield return ("In-Reply-To", Identity(mail.ThreadId));
            yield return ("References", Identity(mail.ThreadId));
        }

        // Out-of-office answers must not come back for it (RFC 3834).
        yield return ("Auto-Submitted", "auto-generated");
        yield return ("X-Auto-Response-Suppress", "All");
        yield return ("MIME-Version", "1.0");
        yield return ("Content-Type", $"multipart/alternative;\r\n boundary=\"{boundary}\"");
    }

    private static void Part(StringBuilder message, string boundary, string type, string text) => message
        .Append("--").Append(boundary).Append("\r\n")
        .Append("Content-Type: ").Append(type).Append("; charset=utf-8\r\n")
        .Append("Content-Transfer-Encoding: quoted-printable\r\n\r\n")
        .Append(QuotedPrintable.Write(text)).Append("\r\n");

    private static string Identity(string id) =>
        id.Length <= 200 && id.All(letter => letter is > ' ' and < '\u007F' and not ('<' or '>'))
            ? $"<{id}>"
            : throw new ArgumentException("A message id has other characters than RFC 5322 allows.", nameof(id));

    // Quoted-printable never holds «=_», so the boundary cannot occur in a part.
    private static string Boundary(string messageId) => "=_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)))[..32];
}
