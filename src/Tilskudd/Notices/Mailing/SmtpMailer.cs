using System.ComponentModel;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Tilskudd.Notices.Mailing;

/// <summary>
/// Hands each mail to a server by SMTP (RFC 5321). .NET's own client cannot speak TLS from the first byte, draws its MIME boundaries by
/// lot and does not tell a mail that was lost from one that may have arrived; so this house has a small one of its own.
/// </summary>
internal sealed class SmtpMailer : IMailer, IAsyncDisposable
{
    private static readonly TimeSpan PatienceBefore = TimeSpan.FromSeconds(30);

    // RFC 5321 asks for ten minutes after the final dot. A client that gives up sooner makes duplicates; five is this house's choice.
    private static readonly TimeSpan PatienceAfterDot = TimeSpan.FromMinutes(5);

    private readonly MailSettings _settings;
    private readonly X509ChainPolicy? _trust;
    private readonly MailLines<SmtpTalk> _lines;

    /// <param name="trust">Whom to trust beside the machine's own list; null but for an internal certificate.</param>
    public SmtpMailer(MailSettings settings, TimeProvider clock, X509ChainPolicy? trust = null) =>
        (_settings, _trust, _lines) = (settings, trust, new MailLines<SmtpTalk>(clock, Open, broken => broken is SmtpRefusal || IsOfTheWire(broken)));

    public int AtOnce(int waiting) => MailLines.AtOnce(waiting);

    public Task<MailResult> Send(OutgoingMail mail, CancellationToken ct)
    {
        var message = MimeWriter.Write(mail);
        return _lines.Send(() => Send(mail, message, ct), ct);
    }

    public ValueTask DisposeAsync() => _lines.DisposeAsync();

    private async Task<MailResult?> Send(OutgoingMail mail, byte[] message, CancellationToken ct)
    {
        SmtpTalk? line = null;
        var isHandedOver = false;
        try
        {
            line = await _lines.Take(ct);
            using (var talking = Patience.Within(PatienceBefore, ct))
            {
                await Address(line, mail, talking.Token);
                await line.Write(message, talking.Token);
            }

            // From the final dot on, silence no longer means that the mail is lost.
            isHandedOver = true;
            using var waiting = Patience.Within(PatienceAfterDot, ct);
            await line.End(waiting.Token);
            _lines.Keep(line);
            return new MailResult.Sent();
        }
        catch (SmtpRefusal) when (!isHandedOver && line is { IsUsed: true, IsConnected: false })
        {
            // Servers take only so many mails over one line.
            line.Dispose();
            return null;
        }
        catch (SmtpRefusal refusal)
        {
            await Reset(line, ct);
            return refusal.IsAboutThisMail ? new MailResult.Refused(MailReason.Of(refusal.Message), refusal.IsPermanent) : new MailResult.Unavailable(MailReason.Of(refusal.Message));
        }
        catch (Exception broken) when (IsOfTheWire(broken) && !ct.IsCancellationRequested)
        {
            line?.Dispose();
            return isHandedOver ? new MailResult.Uncertain(MailReason.Of(broken))
                : line is { IsUsed: true } ? null
                : new MailResult.Unavailable(MailReason.Of(broken));
        }
        catch
        {
            line?.Dispose();
            throw;
        }
    }

    // What was said of a mail that was refused is taken back, and the line is good for the next.
    private async Task Reset(SmtpTalk? line, CancellationToken ct)
    {
        if (line is not { IsConnected: true })
        {
            line?.Dispose();
            return;
        }

        try
        {
            using var asking = Patience.Within(PatienceBefore, ct);
            await line.Expect(2, "RSET", isAboutThisMail: false, asking.Token);
            _lines.Keep(line);
        }
        catch (Exception gone) when (gone is SmtpRefusal || IsOfTheWire(gone))
        {
            line.Dispose();
        }
    }

    private static bool IsOfTheWire(Exception broken) =>
        broken is IOException or SocketException or AuthenticationException or OperationCanceledException or Win32Exception or InvalidDataException;

    private async Task<SmtpTalk> Open(CancellationToken ct)
    {
        // The end of a mail is small, and must not wait for an acknowledgement of what went before it.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        SmtpTalk? talk = null;
        try
        {
            using var opening = Patience.Within(PatienceBefore, ct);
            await socket.ConnectAsync(_settings.Host, _settings.Port, opening.Token);
            Stream wire = new NetworkStream(socket, ownsSocket: true);
            talk = new SmtpTalk(_settings.Security == MailSecurity.Tls ? await Secure(wire, opening.Token) : wire);
            await talk.Expect(2, null, isAboutThisMail: false, opening.Token);
            await Introduce(talk, opening.Token);
            return talk;
        }
        catch
        {
            talk?.Dispose();
            socket.Dispose();
            throw;
        }
    }

    private async Task Introduce(SmtpTalk talk, CancellationToken ct)
    {
        var name = "EHLO " + _settings.From.Domain;
        var offers = await talk.Expect(2, name, isAboutThisMail: false, ct);
        if (_settings.Security == MailSecurity.StartTls)
        {
            if (!offers.Any(offer => offer.Equals("STARTTLS", StringComparison.OrdinalIgnoreCase)))
            {
                throw new SmtpRefusal("Serveren tilbyr ikke STARTTLS, så ingenting ble sendt.", isAboutThisMail: false, isPermanent: false);
            }

            await talk.Expect(2, "STARTTLS", isAboutThisMail: false, ct);
            await talk.Change(wire => Secure(wire, ct));
            offers = await talk.Expect(2, name, isAboutThisMail: false, ct);
        }

        if (_settings.User is not null && _settings.Password is not null)
        {
            await SignIn(talk, offers, _settings.User, _settings.Password, ct);
        }
    }

    private static async Task SignIn(SmtpTalk talk, IReadOnlyList<string> offers, string user, string password, CancellationToken ct)
    {
        var ways = offers.FirstOrDefault(offer => offer.StartsWith("AUTH ", StringComparison.OrdinalIgnoreCase))?.Split(' ') ?? [];
        if (ways.Contains("PLAIN", StringComparer.OrdinalIgnoreCase))
        {
            await talk.Expect(2, "AUTH PLAIN " + SmtpTalk.Base64($"\0{user}\0{password}"), isAboutThisMail: false, ct);
        }
        else if (ways.Contains("LOGIN", StringComparer.OrdinalIgnoreCase))
        {
            await talk.Expect(3, "AUTH LOGIN", isAboutThisMail: false, ct);
            await talk.Expect(3, SmtpTalk.Base64(user), isAboutThisMail: false, ct);
            await talk.Expect(2, SmtpTalk.Base64(password), isAboutThisMail: false, ct);
        }
        else
        {
            throw new SmtpRefusal("Serveren tilbyr verken AUTH PLAIN eller AUTH LOGIN.", isAboutThisMail: false, isPermanent: false);
        }
    }

    private static async Task Address(SmtpTalk talk, OutgoingMail mail, CancellationToken ct)
    {
        await talk.Expect(2, $"MAIL FROM:<{mail.From.Address.Text}>", isAboutThisMail: false, ct);
        await talk.Expect(2, $"RCPT TO:<{mail.To.Address.Text}>", isAboutThisMail: true, ct);
        await talk.Expect(3, "DATA", isAboutThisMail: true, ct);
    }

    private async Task<Stream> Secure(Stream wire, CancellationToken ct)
    {
        var secured = new SslStream(wire);
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = _settings.Host, CertificateChainPolicy = _trust }, ct);
        return secured;
    }
}

/// <summary>The server said no.</summary>
/// <param name="isAboutThisMail">It may say yes to others.</param>
/// <param name="isPermanent">It says no for good.</param>
internal sealed class SmtpRefusal(string message, bool isAboutThisMail, bool isPermanent) : Exception(message)
{
    public bool IsAboutThisMail { get; } = isAboutThisMail;

    public bool IsPermanent { get; } = isPermanent;
}
