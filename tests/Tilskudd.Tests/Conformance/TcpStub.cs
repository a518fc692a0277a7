using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tilskudd.Tests.Conformance;

/// <summary>Takes connections on a port of this machine, each in a talk of its own, and hangs up on all when it is put away.</summary>
internal sealed class TcpStub : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopped = new();
    private readonly ConcurrentBag<Task> _talks = [];
    private readonly Func<TcpClient, Task> _talk;
    private readonly Task _serving;
    private int _connections;

    /// <param name="talk">It ends by itself when it is hung up on.</param>
    public TcpStub(Func<TcpClient, Task> talk)
    {
        _talk = talk;
        _listener.Start();
        _serving = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How often a client has connected.</summary>
    public int Connections => _connections;

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
                var client = await _listener.AcceptTcpClientAsync(_stopped.Token);
                Interlocked.Increment(ref _connections);
                _talks.Add(Talk(client));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            return;
        }
    }

    private async Task Talk(TcpClient client)
    {
        using var taken = client;
        await using var hangUp = _stopped.Token.Register(client.Close);
        await _talk(client);
    }
}
