using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Elsa.Mail;

/// <summary>
/// Hands each mail to a server by MailKit, over a few connections that are kept as long as they are of use. The mail is the bytes every
/// mailer sends, and what comes of it is told in the same words as by the built-in one.
/// </summary>
internal sealed class MailKitMailer : IMailer, IAsyncDisposable
{
    private static readonly TimeSpan PatienceBefore = TimeSpan.FromSeconds(30);

    // RFC 5321 asks for ten minutes after the final dot; five is this house's choice.
    private static readonly TimeSpan PatienceAfterDot = TimeSpan.FromMinutes(5);

    private readonly MailSettings _settings;
    private readonly AccessTokens? _tokens;
    private readonly X509ChainPolicy? _trust;
    private readonly MailLines<MailLine> _lines;

    /// <param name="tokens">Where a user without a password gets in; null where none is.</param>
    /// <param name="trust">Whom to trust instead of the machine's own list; null but for an internal certificate.</param>
    public MailKitMailer(MailSettings settings, TimeProvider clock, AccessTokens? tokens = null, X509ChainPolicy? trust = null) =>
        (_settings, _tokens, _trust, _lines) = (settings, tokens, trust, new MailLines<MailLine>(clock, Open, ServerTrust.IsOfTheWire));

    public int AtOnce(int waiting) => MailLines.AtOnce(waiting);

    public async Task<MailResult> Send(OutgoingMail mail, CancellationToken ct)
    {
        using var bytes = new MemoryStream(MimeWriter.Write(mail));
        using var message = await MimeMessage.LoadAsync(bytes, ct);
        return await _lines.Send(() => Send(mail, message, ct), ct);
    }

    public ValueTask DisposeAsync() => _lines.DisposeAsync();

    private async Task<MailResult?> Send(OutgoingMail mail, MimeMessage message, CancellationToken ct)
    {
        MailLine? line = null;
        try
        {
            line = await _lines.Take(ct);
            using var talking = Patience.Within(PatienceBefore, ct);
            line.Begin(handedOver: () => talking.CancelAfter(PatienceAfterDot));
            await line.SendAsync(FormatOptions.Default, message, Mailbox(mail.From), [Mailbox(mail.To)], talking.Token, line);
            _lines.Keep(line);
            return new MailResult.Sent();
        }
        catch (SmtpCommandException tired) when (tired.StatusCode == SmtpStatusCode.ServiceNotAvailable && line is { IsUsed: true, IsAddressed: false })
        {
            // Servers take only so many mails over one line.
            line.Dispose();
            return null;
        }
        catch (SmtpCommandException refusal) when (line is not null)
        {
            _lines.Keep(line);
            return Told(refusal, line.IsAddressed);
        }
        catch (Exception broken) when (ServerTrust.IsOfTheWire(broken) && !ct.IsCancellationRequested)
        {
            line?.Dispose();
            return line is { IsHandedOver: true } ? new MailResult.Uncertain(Reason(broken))
                : line is { IsUsed: true } ? null
                : new MailResult.Unavailable(Reason(broken));
        }
        catch
        {
            line?.Dispose();
            throw;
        }
    }

    // What is refused before the recipient is named is about us, and not about this mail.
    private static MailResult Told(SmtpCommandException refusal, bool isAddressed)
    {
        var said = MailReason.Of($"{(int)refusal.StatusCode} {refusal.Message}");
        var isAboutThisMail = refusal.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted || isAddressed;
        return isAboutThisMail ? new MailResult.Refused(said, (int)refusal.StatusCode >= 500) : new MailResult.Unavailable(said);
    }

    private static string Reason(Exception broken) => broken switch
    {
        NotSupportedException when broken.Message.Contains("STARTTLS", StringComparison.Ordinal) => "Serveren tilbyr ikke STARTTLS, så ingenting ble sendt.",
        SslHandshakeException => MailReason.NotSecured,
        SocketException or IOException or OperationCanceledException => MailReason.Of(broken),
        _ => MailReason.Of(broken.Message), // What the server said.
    };

    private static MailboxAddress Mailbox(Mailbox mailbox) => new("", mailbox.Address.Text);

    private async Task<MailLine> Open(CancellationToken ct)
    {
        var line = new MailLine { LocalDomain = _settings.From.Domain, Timeout = (int)PatienceAfterDot.TotalMilliseconds };
        line.Guard(_trust);

        // The end of a mail is small, and must not wait for an acknowledgement of what went before it.
        var wire = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var opening = Patience.Within(PatienceBefore, ct);
            await wire.ConnectAsync(_settings.Host, _settings.Port, opening.Token);
            await line.ConnectAsync(wire, _settings.Host, _settings.Port, Security(_settings.Security), opening.Token);
            await SignIn(line, opening.Token);
            return line;
        }
        catch (SmtpCommandException refusal)
        {
            wire.Dispose();
            line.Dispose();
            throw new SmtpProtocolException($"{(int)refusal.StatusCode} {refusal.Message}", refusal);
        }
        catch
        {
            wire.Dispose();
            line.Dispose();
            throw;
        }
    }

    private async Task SignIn(MailLine line, CancellationToken ct)
    {
        if (_settings.User is not { } user)
        {
            return;
        }

        if (_settings.Password is { } password)
        {
            await line.AuthenticateAsync(user, password, ct);
        }
        else if (_tokens is not null)
        {
            await _tokens.SignIn(line, user, ct);
        }
    }

    private static SecureSocketOptions Security(MailSecurity security) => security switch
    {
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
    };
}
