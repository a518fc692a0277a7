namespace Tilskudd.Notices.Mailing;

/// <summary>A mail to one person, ready to be sent. The same mail always becomes the same bytes.</summary>
/// <param name="Id">The notice it comes from; the folder mailer's file is named by it.</param>
/// <param name="ReplyTo">The person questions go to, or null.</param>
/// <param name="MessageId">Without angle brackets. A mail sent again keeps it, so that readers can tell.</param>
/// <param name="Date">When it was queued, in UTC.</param>
/// <param name="ThreadId">The message id of the first mail in the thread; equal to <paramref name="MessageId"/> for that one.</param>
/// <param name="Text">The text part, with line breaks of any kind.</param>
/// <param name="Html">The HTML part.</param>
internal sealed record OutgoingMail(
    Guid Id, Mailbox From, Mailbox To, Mailbox? ReplyTo, string Subject, string MessageId, DateTimeOffset Date, string ThreadId, string Text, string Html)
{
    /// <summary>An entry for the reader's calendar; null in most mails.</summary>
    public CalendarPart? Calendar { get; init; }
}

/// <summary>What came of trying to send a mail.</summary>
internal abstract record MailResult
{
    /// <summary>The server, or the folder, has taken it over.</summary>
    public sealed record Sent : MailResult;

    /// <summary>This mail, or its recipient, was refused; others may well be taken over.</summary>
    /// <param name="Reason">What the other side said, without addresses.</param>
    /// <param name="IsPermanent">Trying again would be refused too: the mailbox does not exist, or the mail is not wanted.</param>
    public sealed record Refused(string Reason, bool IsPermanent) : MailResult;

    /// <summary>No mail can be sent now: the server or the folder is gone, or does not keep what is asked of it. Nothing was sent.</summary>
    public sealed record Unavailable(string Reason) : MailResult;

    /// <summary>The whole mail was handed over, but the server's answer never came: it may have arrived (RFC 5321 section 6.1).</summary>
    public sealed record Uncertain(string Reason) : MailResult;
}

/// <summary>A way out for mails.</summary>
internal interface IMailer
{
    /// <summary>Sends one mail. What a server or a disk can cause is answered, not thrown.</summary>
    Task<MailResult> Send(OutgoingMail mail, CancellationToken ct);

    /// <summary>How many mails it may be given at once when so many wait. Each that is on its way when the process dies may come twice, so no more than pays.</summary>
    int AtOnce(int waiting);
}
