using System.Collections;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Elsa.Tests;

/// <summary>The application on Elsa, Hangfire and MailKit, on a free port of this machine. Its clock stands still, and no sweep runs by itself.</summary>
internal sealed class ElsaSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestDatabase _database;
    private readonly HttpClient _client;

    private ElsaSite(WebApplication app, TestDatabase database)
    {
        (_app, _database) = (app, database);
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public IServiceProvider Services => _app.Services;

    public static Settings SettingsIn(string folder) => Settings.Read(
        [
            new("Urls", "http://127.0.0.1:0"), new("Data:Folder", folder), new("Database:Connection", $"Data Source={System.IO.Path.Combine(folder, "tilskudd.db")}"),
            new("Mail:Kind", "Folder"),
        ],
        new Hashtable(), AppContext.BaseDirectory).Settings!;

    public static async Task<ElsaSite> Start()
    {
        var database = await TestDatabase.Create();
        var app = Site.Build(SettingsIn(database.Folder), builder =>
        {
            builder.Services.AddSingleton<IDbContextFactory<TilskuddDb>>(database);
            builder.Services.AddSingleton<TimeProvider>(database.Clock);
            builder.Services.RemoveAll<IHostedService>();
        }, ElsaComposition.Instance);
        await app.StartAsync();
        return new ElsaSite(app, database);
    }

    /// <summary>A new person with the role, signed in.</summary>
    /// <returns>The cookie header.</returns>
    public async Task<string> SignIn(Role role)
    {
        var secret = "";
        await _database.Door.Write(async writing =>
        {
            var person = new Person(writing.Ids.Next<PersonId>(), "Kari Nordby", $"{role}@drammen.example", "nb", "", isInvented: true, "salt");
            writing.Db.Add(person);
            writing.Db.Add(new RoleAssignment(writing.Ids.Next<RoleId>(), person.Id, role, null, null, null, new LocalDate(2024, 1, 1), null));
            secret = await Services.GetRequiredService<Sessions>().Start(writing, person.Id, null, isElectronic: false, TestContext.Current.CancellationToken);
            return null;
        }, TestContext.Current.CancellationToken);
        return $"s={secret}";
    }

    public async Task<(HttpStatusCode Status, string Text)> Send(HttpMethod method, string path, string? cookie)
    {
        using var request = new HttpRequestMessage(method, path);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }
}
