using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tilskudd.Benchmarks;

/// <summary>A mail server that takes over all it is given, after it has thought for a while about each.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopped = new();
    private readonly ConcurrentBag<Task> _talks = [];
    private readonly TimeSpan _thinks;
    private readonly Task _serving;

    /// <param name="thinks">From the end of a mail until it is taken over.</param>
    public MailServer(TimeSpan thinks)
    {
        _thinks = thinks;
        _listener.Start();
        _serving = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The message ids of the mails taken over, as they came.</summary>
    public ConcurrentQueue<string> Taken { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _listener.Stop();
        await _serving;
        await Task.WhenAll(_talks);
        _stopped.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                _talks.Add(Talk(await _listener.AcceptTcpClientAsync(_stopped.Token)));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            return;
        }
    }

    private async Task Talk(TcpClient client)
    {
        using var taken = client;
        client.NoDelay = true;
        try
        {
            using var lines = new StreamReader(client.GetStream(), Encoding.Latin1);
            await Say(client, "220 bench");
            while (await lines.ReadLineAsync(_stopped.Token) is { } line)
            {
                if (line != "DATA")
                {
                    await Say(client, line == "QUIT" ? "221 Bye" : "250 OK");
                    continue;
                }

                await Say(client, "354 Go on");
                var id = await Mail(lines);
                await Task.Delay(_thinks, _stopped.Token);
                Taken.Enqueue(id);
                await Say(client, "250 OK");
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return;
        }
    }

    private async Task<string> Mail(StreamReader lines)
    {
        var id = "";
        while (await lines.ReadLineAsync(_stopped.Token) is { } line && line != ".")
        {
            if (line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase))
            {
                id = line;
            }
        }

        return id;
    }

    private ValueTask Say(TcpClient client, string line) => client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), _stopped.Token);
}
