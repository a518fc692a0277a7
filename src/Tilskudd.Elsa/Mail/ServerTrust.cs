using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Security;

namespace Tilskudd.Elsa.Mail;

/// <summary>Whom this machine believes to be the mail server, and what can go wrong on the way to it.</summary>
internal static class ServerTrust
{
    /// <summary>Demands a certificate for the host's name that is vouched for and not withdrawn.</summary>
    /// <param name="trust">Whom to trust instead of the machine's own list; null but for an internal certificate.</param>
    public static void Guard(this IMailService server, X509ChainPolicy? trust)
    {
        if (trust is null)
        {
            server.CheckCertificateRevocation = true;
            return;
        }

        server.ServerCertificateValidationCallback = (_, certificate, _, errors) =>
            (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None && certificate is X509Certificate2 shown && IsVouchedFor(shown, trust);
    }

    public static bool IsOfTheWire(Exception broken) => broken is IOException or SocketException or ProtocolException or CommandException or SslHandshakeException or AuthenticationException
        or System.Security.Authentication.AuthenticationException or NotSupportedException or ServiceNotConnectedException or ServiceNotAuthenticatedException or OperationCanceledException;

    private static bool IsVouchedFor(X509Certificate2 certificate, X509ChainPolicy trust)
    {
        using var chain = new X509Chain { ChainPolicy = trust.Clone() };
        return chain.Build(certificate);
    }
}
