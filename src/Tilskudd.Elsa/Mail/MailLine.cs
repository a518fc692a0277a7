using MailKit;
using MailKit.Net.Smtp;
using MimeKit;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Elsa.Mail;

/// <summary>One open connection to the mail server, and how far it has come with the mail in hand.</summary>
internal sealed class MailLine : SmtpClient, ITransferProgress, IMailLine
{
    private Action _handedOver = static () => { };

    public bool IsUsed { get; set; }

    /// <summary>The recipient was accepted; what is refused after that is the mail.</summary>
    public bool IsAddressed { get; private set; }

    /// <summary>All of the mail but its end is on the way. From here on, silence no longer means that it is lost.</summary>
    public bool IsHandedOver { get; private set; }

    public void Begin(Action handedOver) => (_handedOver, IsAddressed, IsHandedOver) = (handedOver, false, false);

    public Task Ask(CancellationToken ct) => NoOpAsync(ct);

    public Task Leave(CancellationToken ct) => DisconnectAsync(quit: true, ct);

    public void Report(long bytesTransferred, long totalSize)
    {
        if (bytesTransferred >= totalSize && !IsHandedOver)
        {
            IsHandedOver = true;
            _handedOver();
        }
    }

    public void Report(long bytesTransferred)
    {
        // Without a size nobody knows when it is all; the size is always given here.
    }

    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        IsAddressed = true;
        base.OnRecipientAccepted(message, mailbox, response);
    }

    // The bytes are made to need no other encoding on the way; both mailers send the same.
    protected override void Prepare(FormatOptions options, MimeMessage message, EncodingConstraint constraint, int maxLineLength)
    {
    }
}
