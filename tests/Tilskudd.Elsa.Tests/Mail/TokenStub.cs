using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tilskudd.Elsa.Tests.Mail;

/// <summary>An identity provider on this machine that gives tokens of an hour.</summary>
internal sealed class TokenStub : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public TokenStub()
    {
        var port = FreePort();
        _listener.Prefixes.Add($"http://localhost:{port}/");
        _listener.Start();
        Settings = new OAuthSettings(new Uri($"http://localhost:{port}/token"), "tilskudd", "hemmelig", "mail");
        _serving = Serve();
    }

    public OAuthSettings Settings { get; }

    public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

    public ConcurrentQueue<string> Asked { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                Asked.Enqueue(await reader.ReadToEndAsync());
                context.Response.StatusCode = (int)Status;
                await context.Response.OutputStream.WriteAsync(Encoding.ASCII.GetBytes($"{{\"access_token\":\"tegn-{Asked.Count}\",\"expires_in\":3600,\"token_type\":\"Bearer\"}}"));
                context.Response.Close();
            }
        }
        catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
        {
            return;
        }
    }
}
