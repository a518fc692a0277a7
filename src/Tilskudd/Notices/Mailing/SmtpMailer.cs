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
/// <param name="trust">Whom to trust beside the machine's own list; null but for an internal certificate.</param>
internal sealed class SmtpMailer(MailSettings settings, X509ChainPolicy? trust = null) : IMailer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // RFC 5321 asks for ten minutes after the final dot. A client that gives up sooner makes duplicates; five is this house's choice.
    private static readonly TimeSpan PatienceAfterDot = TimeSpan.FromMinutes(5);

    public async Task<MailResult> Send(OutgoingMail mail, CancellationToken ct)
    {
        var isHandedOver = false;
        try
        {
            // The end of a mail is small, and must not wait for an acknowledgement of what went before it.
            using var client = new TcpClient { NoDelay = true };
            using (var connecting = Within(Patience, ct))
            {
                await client.ConnectAsync(settings.Host, settings.Port, connecting.Token);
            }

            await using var talk = await Open(client.GetStream(), ct);
            using (var talking = Within(Patience, ct))
            {
                await Introduce(talk, talking.Token);
                await Address(talk, mail, talking.Token);
                await talk.Write(MimeWriter.Write(mail), talking.Token);
            }

            // From the final dot on, silence no longer means that the mail is lost.
            isHandedOver = true;
            using var waiting = Within(PatienceAfterDot, ct);
            await talk.End(waiting.Token);
            await talk.Leave(waiting.Token);
            return new MailResult.Sent();
        }
        catch (SmtpRefusal refusal)
        {
            return refusal.IsAboutThisMail ? new MailResult.Refused(MailReason.Of(refusal.Message), refusal.IsPermanent) : new MailResult.Unavailable(MailReason.Of(refusal.Message));
        }
        catch (Exception broken) when (IsOfTheWire(broken) && !ct.IsCancellationRequested)
        {
            return isHandedOver ? new MailResult.Uncertain(MailReason.Of(broken.Message)) : new MailResult.Unavailable(MailReason.Of(broken.Message));
        }
    }

    private static bool IsOfTheWire(Exception broken) =>
        broken is IOException or SocketException or AuthenticationException or OperationCanceledException or Win32Exception or InvalidDataException;

    private async Task<SmtpTalk> Open(Stream wire, CancellationToken ct)
    {
        using var opening = Within(Patience, ct);
        if (settings.Security == MailSecurity.Tls)
        {
            wire = await Secure(wire, opening.Token);
        }

        var talk = new SmtpTalk(wire);
        try
        {
            await talk.Expect(2, null, isAboutThisMail: false, opening.Token);
            return talk;
        }
        catch
        {
            await talk.DisposeAsync();
            throw;
        }
    }

    private async Task Introduce(SmtpTalk talk, CancellationToken ct)
    {
        var name = "EHLO " + settings.From.Domain;
        var offers = await talk.Expect(2, name, isAboutThisMail: false, ct);
        if (settings.Security == MailSecurity.StartTls)
        {
            if (!offers.Any(offer => offer.Equals("STARTTLS", StringComparison.OrdinalIgnoreCase)))
            {
                throw new SmtpRefusal("Serveren tilbyr ikke STARTTLS, så ingenting ble sendt.", isAboutThisMail: false, isPermanent: false);
            }

            await talk.Expect(2, "STARTTLS", isAboutThisMail: false, ct);
            await talk.Change(wire => Secure(wire, ct));
            offers = await talk.Expect(2, name, isAboutThisMail: false, ct);
        }

        if (settings.User is not null && settings.Password is not null)
        {
            await SignIn(talk, offers, settings.User, settings.Password, ct);
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
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = settings.Host, CertificateChainPolicy = trust }, ct);
        return secured;
    }

    private static CancellationTokenSource Within(TimeSpan patience, CancellationToken ct)
    {
        var within = CancellationTokenSource.CreateLinkedTokenSource(ct);
        within.CancelAfter(patience);
        return within;
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
