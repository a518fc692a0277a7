using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Tilskudd.Tests.Conformance;

namespace Tilskudd.Benchmarks;

/// <summary>A mail server that takes over all it is given, after it has thought for a while about each.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _thinks;
    private readonly TcpStub _clients;

    /// <param name="thinks">From the end of a mail until it is taken over.</param>
    public MailServer(TimeProvider clock, TimeSpan thinks)
    {
        (_clock, _thinks) = (clock, thinks);
        _clients = new TcpStub(Talk);
    }

    public int Port => _clients.Port;

    /// <summary>The message ids of the mails taken over, as they came.</summary>
    public ConcurrentQueue<string> Taken { get; } = [];

    public ValueTask DisposeAsync() => _clients.DisposeAsync();

    private async Task Talk(TcpClient client)
    {
        client.NoDelay = true;
        try
        {
            var wire = client.GetStream();
            using var lines = new StreamReader(wire, Encoding.Latin1);
            await Say(wire, "220 bench");
            while (await lines.ReadLineAsync() is { } line)
            {
                if (line != "DATA")
                {
                    await Say(wire, line == "QUIT" ? "221 Bye" : "250 OK");
                    continue;
                }

                await Say(wire, "354 Go on");
                var id = await Mail(lines);
                await Task.Delay(_thinks, _clock);
                Taken.Enqueue(id);
                await Say(wire, "250 OK");
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            return;
        }
    }

    private static async Task<string> Mail(StreamReader lines)
    {
        var id = "";
        while (await lines.ReadLineAsync() is { } line && line != ".")
        {
            if (line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase))
            {
                id = line;
            }
        }

        return id;
    }

    private static ValueTask Say(NetworkStream wire, string line) => wire.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));
}
