using System.Collections.Concurrent;
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
/// <param name="tokens">Where a user without a password gets in; null where none is.</param>
/// <param name="trust">Whom to trust instead of the machine's own list; null but for an internal certificate.</param>
internal sealed class MailKitMailer(MailSettings settings, TimeProvider clock, AccessTokens? tokens = null, X509ChainPolicy? trust = null) : IMailer, IAsyncDisposable
{
    private const int MostLines = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // RFC 5321 asks for ten minutes after the final dot; five is this house's choice.
    private static readonly TimeSpan PatienceAfterDot = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PatienceForGoodbye = TimeSpan.FromSeconds(2);

    // Servers hang up on idle lines after some minutes. One that has rested a while is asked whether it is there.
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ShortRest = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _room = new(MostLines, MostLines);
    private readonly ConcurrentStack<MailLine> _resting = [];

    public async Task<MailResult> Send(OutgoingMail mail, CancellationToken ct)
    {
        using var bytes = new MemoryStream(MimeWriter.Write(mail));
        using var message = await MimeMessage.LoadAsync(bytes, ct);
        await _room.WaitAsync(ct);
        try
        {
            // A kept line may turn out to be dead; then nothing was sent, and the next is tried. A new one has the last word.
            while (true)
            {
                if (await Send(mail, message, ct) is { } result)
                {
                    return result;
                }
            }
        }
        finally
        {
            _room.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_resting.TryPop(out var line))
        {
            await Leave(line);
        }

        _room.Dispose();
    }

    private async Task<MailResult?> Send(OutgoingMail mail, MimeMessage message, CancellationToken ct)
    {
        MailLine? line = null;
        try
        {
            line = await Rested(ct) ?? await Open(ct);
            using var talking = ServerTrust.Within(Patience, ct);
            line.Begin(handedOver: () => talking.CancelAfter(PatienceAfterDot));
            await line.SendAsync(FormatOptions.Default, message, Mailbox(mail.From), [Mailbox(mail.To)], talking.Token, line);
            Keep(line);
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
            Keep(line);
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

    private static string Reason(Exception broken) => broken is NotSupportedException && broken.Message.Contains("STARTTLS", StringComparison.Ordinal)
        ? "Serveren tilbyr ikke STARTTLS, så ingenting ble sendt."
        : MailReason.Of(broken.Message);

    private static MailboxAddress Mailbox(Mailbox mailbox) => new("", mailbox.Address.Text);

    private async Task<MailLine?> Rested(CancellationToken ct)
    {
        while (_resting.TryPop(out var line))
        {
            var rest = clock.GetUtcNow() - line.UsedAt;
            if (line.IsConnected && rest < LongestRest && (rest < ShortRest || await IsThere(line, ct)))
            {
                return line;
            }

            line.Dispose();
        }

        return null;
    }

    private static async Task<bool> IsThere(MailLine line, CancellationToken ct)
    {
        try
        {
            using var asking = ServerTrust.Within(Patience, ct);
            await line.NoOpAsync(asking.Token);
            return true;
        }
        catch (Exception broken) when (ServerTrust.IsOfTheWire(broken) && !ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<MailLine> Open(CancellationToken ct)
    {
        var line = new MailLine { LocalDomain = settings.From.Domain, Timeout = (int)PatienceAfterDot.TotalMilliseconds };
        line.Guard(trust);

        // The end of a mail is small, and must not wait for an acknowledgement of what went before it.
        var wire = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var opening = ServerTrust.Within(Patience, ct);
            await wire.ConnectAsync(settings.Host, settings.Port, opening.Token);
            await line.ConnectAsync(wire, settings.Host, settings.Port, Security(settings.Security), opening.Token);
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
        if (settings.User is not { } user)
        {
            return;
        }

        if (settings.Password is { } password)
        {
            await line.AuthenticateAsync(user, password, ct);
        }
        else if (tokens is not null)
        {
            await tokens.SignIn(line, user, ct);
        }
    }

    private static SecureSocketOptions Security(MailSecurity security) => security switch
    {
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
    };

    private void Keep(MailLine line)
    {
        if (!line.IsConnected)
        {
            line.Dispose();
            return;
        }

        (line.UsedAt, line.IsUsed) = (clock.GetUtcNow(), true);
        _resting.Push(line);
    }

    private static async Task Leave(MailLine line)
    {
        try
        {
            using var leaving = ServerTrust.Within(PatienceForGoodbye, CancellationToken.None);
            await line.DisconnectAsync(quit: true, leaving.Token);
        }
        catch (Exception gone) when (ServerTrust.IsOfTheWire(gone))
        {
            return;
        }
        finally
        {
            line.Dispose();
        }
    }
}
