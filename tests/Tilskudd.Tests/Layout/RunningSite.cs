using System.Collections;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tilskudd.Clockwork;
using Tilskudd.Layout;
using Tilskudd.Storage;
using Tilskudd.Tests.House;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Layout;

/// <summary>The real application on a free port of this machine, with a few pages of its own that fail in known ways.</summary>
internal sealed class RunningSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestDatabase _database;
    private readonly bool _isFirst;

    private RunningSite(WebApplication app, Journal journal, TestDatabase database, bool isFirst)
    {
        _app = app;
        _database = database;
        _isFirst = isFirst;
        Log = journal;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(app.Urls.First()),
        };
    }

    public HttpClient Client { get; }

    public Journal Log { get; }

    /// <param name="patience">Seconds to wait when another process holds the database.</param>
    /// <param name="logs">How much is logged.</param>
    /// <param name="more">Other settings.</param>
    public static async Task<RunningSite> Start(string? baseUrl = null, int patience = 15, string? logs = null, IEnumerable<KeyValuePair<string, string?>>? more = null) =>
        await Start(await TestDatabase.Create(patience), baseUrl, logs, null, more);

    /// <summary>A second node: the application once more on the same database and folder, with a door of its own.</summary>
    public Task<RunningSite> Beside() => Start(_database, null, null, null, isFirst: false);

    /// <summary>Stops, and starts again on the same database with the flows of another folder.</summary>
    public async Task<RunningSite> Restart(string workflows)
    {
        Client.Dispose();
        await _app.DisposeAsync();
        return await Start(_database, null, null, workflows);
    }

    private static async Task<RunningSite> Start(
        TestDatabase database, string? baseUrl, string? logs, string? workflows, IEnumerable<KeyValuePair<string, string?>>? more = null, bool isFirst = true)
    {
        List<KeyValuePair<string, string?>> words =
        [
            new("Urls", "http://127.0.0.1:0"), new("Site:BaseUrl", baseUrl), new("Site:Municipality", "Drammen kommune"),
            .. database.Settings, new("Data:Folder", database.Folder),
            new("Mail:Kind", "Folder"), new("Mail:From", "ikke-svar@drammen.example"), new("Logging:Level", logs), new("Workflows:Folder", workflows), .. more ?? [],
        ];
        var settings = Settings.Read(words, new Hashtable(), Repository.Root).Settings!;
        var journal = new Journal();
        var app = Site.Build(settings, builder =>
        {
            builder.Services.AddSingleton<ILoggerProvider>(journal);

            // The same file, through a door that counts.
            builder.Services.AddSingleton<IDbContextFactory<TilskuddDb>>(database);

            // Time stands still, and the clockwork is turned by hand.
            builder.Services.AddSingleton<TimeProvider>(database.Clock);
            builder.Services.RemoveAll<IHostedService>();
        });
        app.MapGet("/prove/{token}/feiler", string (string token) => throw new InvalidOperationException("Inside " + token));
        app.MapGet("/prove/borte", () => Refused.Gone("Runden ble avsluttet 26. november."));
        app.MapGet("/prove/lenke", () => Refused.NotFound with { NewLink = new("/ny-lenke") });
        app.MapPost("/prove/skjema", () => "tatt imot");
        await app.StartAsync();
        return new RunningSite(app, journal, database, isFirst);
    }

    public TestDatabase Database => _database;

    public IServiceProvider Services => _app.Services;

    /// <summary>Lets the clockwork run until it finds nothing more to do.</summary>
    public async Task Turn()
    {
        var sweeps = Services.GetRequiredService<Sweeps>();
        while (await sweeps.RunAll(TestContext.Current.CancellationToken) > 0)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    public Task<HttpResponseMessage> Get(string path, string? cookie = null) => Send(HttpMethod.Get, path, cookie);

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? cookie = null, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<(HttpStatusCode Status, string Text)> Read(string path, string? cookie = null)
    {
        using var answer = await Get(path, cookie);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        if (_isFirst)
        {
            await _database.DisposeAsync();
        }
    }
}

/// <summary>Keeps the lines of the log.</summary>
internal sealed class Journal : ILoggerProvider, ILogger
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lock)
        {
            _lines.Add($"{logLevel}: {formatter(state, exception)}");
        }
    }

    public void Dispose()
    {
    }
}
