using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tilskudd.Tests.Conformance;

/// <summary>A mail server on this machine that misbehaves as it is told.</summary>
internal sealed class SmtpStub : IAsyncDisposable
{
    /// <summary>Heard when a client has connected, before the greeting.</summary>
    public const string Connected = "(connected)";

    /// <summary>Heard when the first line of a mail has come.</summary>
    public const string InTheBody = "(in the body)";

    /// <summary>Heard when a mail has been taken over and the client has been told.</summary>
    public const string TakenOver = "(taken over)";

    private readonly SemaphoreSlim _heard = new(0);

    private readonly TcpStub _clients;

    public SmtpStub() => _clients = new TcpStub(Talk);

    public int Port => _clients.Port;

    public bool OffersStartTls { get; set; }

    /// <summary>TLS from the first byte.</summary>
    public bool IsTls { get; set; }

    public bool OffersAuth { get; set; }

    /// <summary>The ways to sign in that are offered with <see cref="OffersAuth"/>.</summary>
    public string Ways { get; set; } = "PLAIN LOGIN";

    /// <summary>Hangs up after each mail taken over, as busy servers do.</summary>
    public bool HangsUpAfterMail { get; set; }

    /// <summary>How many mails it takes over one connection before it says so and hangs up.</summary>
    public int MostMails { get; set; } = int.MaxValue;

    /// <summary>Connections taken so far.</summary>
    public int Connections => _clients.Connections;

    /// <summary>Says this right after the yes to STARTTLS, still in clear.</summary>
    public string SaidBeforeTls { get; set; } = "";

    /// <summary>The reply to a recipient, where it is not 250.</summary>
    public ConcurrentDictionary<string, string> RecipientReplies { get; } = [];

    /// <summary>Hangs up when the mail's end has come, without a reply.</summary>
    public bool DropsAfterData { get; set; }

    /// <summary>Hangs up in the middle of the mail.</summary>
    public bool DropsDuringData { get; set; }

    public string DataCommandReply { get; set; } = "354 Go on";

    public string DataReply { get; set; } = "250 2.0.0 OK";

    public ConcurrentQueue<string> Commands { get; } = [];

    /// <summary>Is told each thing the client says and does, before it is answered.</summary>
    public Func<string, Task> Heard { get; set; } = _ => Task.CompletedTask;

    /// <summary>The mails taken over, as they came, dots unstuffed.</summary>
    public ConcurrentQueue<byte[]> Mails { get; } = [];

    public X509Certificate2 Certificate { get; } = Issue();

    public X509ChainPolicy Trust => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { Certificate },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    /// <summary>Waits until something is so, looking after each thing heard.</summary>
    public async Task Until(Func<bool> isSo)
    {
        while (!isSo())
        {
            await _heard.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _clients.DisposeAsync();
        _heard.Dispose();
        Certificate.Dispose();
    }

    private static X509Certificate2 Issue()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var issued = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(issued.Export(X509ContentType.Pfx), null);
    }

    private async Task Talk(TcpClient client)
    {
        Stream wire = client.GetStream();
        try
        {
            await Hear(Connected);
            wire = IsTls ? await Secure(wire) : wire;
            await Say(wire, "220 stub ESMTP");
            var begun = 0;
            while (await Line(wire) is { } line)
            {
                Commands.Enqueue(line);
                await Hear(line);
                if (line == "STARTTLS")
                {
                    await Say(wire, "220 Ready" + (SaidBeforeTls.Length > 0 ? "\r\n" + SaidBeforeTls : ""));
                    wire = await Secure(wire);
                }
                else if (line.StartsWith("MAIL", StringComparison.Ordinal) && ++begun > MostMails)
                {
                    await Say(wire, "421 4.7.0 Enough over this line");
                    return;
                }
                else if (!await Answer(wire, line))
                {
                    return;
                }
            }
        }
        catch (Exception gone) when (gone is IOException or AuthenticationException or ObjectDisposedException)
        {
            Commands.Enqueue("(connection lost)");
        }
    }

    private async Task<Stream> Secure(Stream wire)
    {
        SslStream secured;
        try
        {
            secured = new SslStream(wire);
        }
        catch (ArgumentException) when (!wire.CanRead)
        {
            throw new IOException("The client, and the test with it, hung up before TLS.");
        }

        await secured.AuthenticateAsServerAsync(Certificate);
        return secured;
    }

    private async Task<bool> Answer(Stream wire, string line)
    {
        switch (line.Split(' ')[0])
        {
            case "EHLO":
                var offers = new List<string> { "stub" };
                offers.AddRange(OffersStartTls && wire is not SslStream ? ["STARTTLS"] : []);
                offers.AddRange(OffersAuth ? ["AUTH " + Ways] : []);
                await Say(wire, string.Join("\r\n", offers.Select((offer, place) => $"250{(place == offers.Count - 1 ? ' ' : '-')}{offer}")));
                return true;
            case "AUTH":
                await Say(wire, "235 2.7.0 OK");
                return true;
            case "RCPT":
                await Say(wire, RecipientReplies.GetValueOrDefault(line["RCPT TO:<".Length..^1]) ?? "250 OK");
                return true;
            case "DATA":
                await Say(wire, DataCommandReply);
                return DataCommandReply[0] != '3' || await Take(wire);
            case "QUIT":
                await Say(wire, "221 Bye");
                return false;
            default:
                await Say(wire, "250 OK");
                return true;
        }
    }

    private async Task<bool> Take(Stream wire)
    {
        var mail = new StringBuilder();
        var isWhole = false;
        while (!isWhole && await Line(wire) is { } line)
        {
            if (line == ".")
            {
                isWhole = true;
                continue;
            }

            if (mail.Length == 0)
            {
                await Hear(InTheBody);
            }

            mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            if (DropsDuringData)
            {
                return false;
            }
        }

        if (DropsAfterData || !isWhole)
        {
            return false;
        }

        if (DataReply[0] == '2')
        {
            Mails.Enqueue(Encoding.Latin1.GetBytes(mail.ToString()));
        }

        await Say(wire, DataReply);
        await Hear(TakenOver);
        return !HangsUpAfterMail;
    }

    private async Task Hear(string word)
    {
        await Heard(word);
        _heard.Release();
    }

    private static Task Say(Stream wire, string line) => wire.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n")).AsTask();

    // Only CRLF ends a line, so that a lone LF would be seen as part of one.
    private static async Task<string?> Line(Stream wire)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await wire.ReadAsync(one) == 1)
        {
            line.Add(one[0]);
            if (line is [.., (byte)'\r', (byte)'\n'])
            {
                return Encoding.Latin1.GetString([.. line])[..^2];
            }
        }

        return null;
    }
}
