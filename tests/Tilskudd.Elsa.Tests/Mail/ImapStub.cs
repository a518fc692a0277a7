using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Tilskudd.Tests.Conformance;

namespace Tilskudd.Elsa.Tests.Mail;

/// <summary>A mailbox server on this machine with one user, the folder INBOX, and as much of IMAP4rev1 as a reader of it needs (RFC 3501, RFC 6851).</summary>
internal sealed partial class ImapStub : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly TcpStub _clients;

    public ImapStub(X509Certificate2 certificate)
    {
        _certificate = certificate;
        _clients = new TcpStub(Talk);
    }

    public int Port => _clients.Port;

    /// <summary>The mails by folder and number.</summary>
    public ConcurrentDictionary<string, SortedDictionary<uint, byte[]>> Folders { get; } = new() { ["INBOX"] = [] };

    public uint Validity { get; set; } = 7;

    /// <summary>Hangs up before this command.</summary>
    public string HangsUpAt { get; set; } = "-";

    public ConcurrentQueue<string> Commands { get; } = [];

    public ValueTask DisposeAsync() => _clients.DisposeAsync();

    private async Task Talk(TcpClient client)
    {
        try
        {
            await using var wire = new SslStream(client.GetStream());
            await wire.AuthenticateAsServerAsync(_certificate);
            if (!wire.CanRead)
            {
                // The client did not trust the certificate, and left while it was being shown.
                throw new IOException("The client is gone.");
            }

            using var reader = new StreamReader(wire, Encoding.Latin1);
            await Say(wire, "* OK [CAPABILITY IMAP4rev1 MOVE UIDPLUS] stub\r\n");
            while (await reader.ReadLineAsync() is { } line)
            {
                var (tag, command) = (line.Split(' ')[0], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
                Commands.Enqueue(command.StartsWith("LOGIN", StringComparison.Ordinal) ? "LOGIN" : command);
                if (command.StartsWith(HangsUpAt, StringComparison.Ordinal))
                {
                    return;
                }

                await Say(wire, Answer(command) + $"{tag} {(IsAllowed(command) ? "OK" : "NO")} {(command.StartsWith("SELECT", StringComparison.Ordinal) ? "[READ-WRITE] " : "")}done\r\n");
            }
        }
        catch (Exception gone) when (gone is IOException or AuthenticationException or ObjectDisposedException)
        {
            Commands.Enqueue("(connection lost)");
        }
    }

    private static bool IsAllowed(string command) => !command.StartsWith("LOGIN", StringComparison.Ordinal) || command.Contains("hemmelig", StringComparison.Ordinal);

    private string Answer(string command)
    {
        lock (Folders)
        {
            var inbox = Folders["INBOX"];
            if (command.StartsWith("CAPABILITY", StringComparison.Ordinal))
            {
                return "* CAPABILITY IMAP4rev1 MOVE UIDPLUS\r\n";
            }

            if (command.StartsWith("LIST", StringComparison.Ordinal) && Quoted().Matches(command) is { Count: > 0 } names)
            {
                var name = names[^1].Groups[1].Value;
                return name.Length == 0 ? "* LIST (\\Noselect) \"/\" \"\"\r\n" : Folders.ContainsKey(name) ? $"* LIST () \"/\" \"{name}\"\r\n" : "";
            }

            if (command.StartsWith("SELECT", StringComparison.Ordinal))
            {
                return $"* FLAGS (\\Seen \\Deleted)\r\n* {inbox.Count} EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY {Validity}] ok\r\n* OK [UIDNEXT 1000] ok\r\n";
            }

            if (command.StartsWith("CREATE", StringComparison.Ordinal))
            {
                Folders.TryAdd(Name(command), []);
                return "";
            }

            if (command.StartsWith("UID SEARCH", StringComparison.Ordinal))
            {
                return $"* SEARCH {string.Join(' ', inbox.Keys)}\r\n".Replace(" \r", "\r", StringComparison.Ordinal);
            }

            if (Fetch().Match(command) is { Success: true } fetch)
            {
                var id = uint.Parse(fetch.Groups[1].Value, CultureInfo.InvariantCulture);
                var most = int.Parse(fetch.Groups[2].Value, CultureInfo.InvariantCulture);
                var mail = inbox[id][..Math.Min(most, inbox[id].Length)];
                return $"* {inbox.Keys.ToList().IndexOf(id) + 1} FETCH (UID {id} BODY[]<0> {{{mail.Length}}}\r\n{Encoding.Latin1.GetString(mail)})\r\n";
            }

            if (Move().Match(command) is { Success: true } move)
            {
                var id = uint.Parse(move.Groups[1].Value, CultureInfo.InvariantCulture);
                var number = inbox.Keys.ToList().IndexOf(id) + 1;
                inbox.Remove(id, out var mail);
                Folders[Name(move.Groups[2].Value)].Add(id, mail!);
                return $"* {number} EXPUNGE\r\n";
            }

            return "";
        }
    }

    private static string Name(string command) => command.Split(' ')[^1].Trim('"');

    private static Task Say(Stream wire, string text) => wire.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    [GeneratedRegex("(?:^LIST| )(?: \"\")? ?\"?([^\" ]*)\"?$")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^UID FETCH (\d+) \(?BODY\.PEEK\[\]<0\.(\d+)>")]
    private static partial Regex Fetch();

    [GeneratedRegex(@"^UID MOVE (\d+) (.+)$")]
    private static partial Regex Move();
}
