using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tilskudd.Clockwork;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Demo;
using Tilskudd.Demo.Simulation;
using Tilskudd.Layout;
using Tilskudd.Notices.Mailing;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Year.Sources;

namespace Tilskudd.Browser;

/// <summary>
/// The real application in this process on a free port, with Strømsø 2030 and its invented people, and the year 2025 not opened yet. Its clock
/// stands still until it is moved, by way of everything that comes due.
/// </summary>
internal sealed class StromsoYear : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;
    private readonly ServerLock _held;
    private readonly Settings _settings;
    private readonly LoadedProgramme _programme;
    private readonly PlayedTime _time;
    private readonly HashSet<string> _read = [];

    private StromsoYear(DirectoryInfo folder, WebApplication app, ServerLock held, Settings settings, LoadedProgramme programme, PlayedTime time) =>
        (_folder, _app, _held, _settings, _programme, _time) = (folder, app, held, settings, programme, time);

    public static GrantYear Year { get; } = new(2025);

    public string Address => _settings.Urls;

    private IDbContextFactory<TilskuddDb> Databases => _app.Services.GetRequiredService<IDbContextFactory<TilskuddDb>>();

    public static async Task<StromsoYear> Begin()
    {
        var folder = Directory.CreateTempSubdirectory("tilskudd-year-");
        var (settings, faults) = DemoFolder.Read([new("Urls", $"http://127.0.0.1:{FreePort()}"), new("Data:Folder", folder.FullName), .. await OwnDatabase.Make()], folder.FullName);
        Assert.Empty(faults);
        var held = OwnDatabase.Take(settings!.Database);
        var clock = new SimulatedClock(SimulatedYear.OpensAt(Year));
        var app = DemoStart.Still(settings, clock);
        Assert.Null(await app.Services.GetRequiredService<Migrator>().Run(held));
        await app.Services.PublishFlows();
        var world = RealWorld.Read().Trusted();
        var load = new LoadProgramme(app.Services.GetRequiredService<Door>(), app.Services.GetRequiredService<Notices.SecretSource>(), world, DemoStart.Seed);
        var programme = await load.Load(world.Programmes.Single(source => LoadedProgramme.SlugOf(source) == "stromso-2030"), Year);
        await app.StartAsync();
        var time = new PlayedTime(clock, app.Services.GetRequiredService<Sweeps>(), app.Services.GetRequiredService<IDbContextFactory<TilskuddDb>>());
        return new StromsoYear(folder, app, held, settings, programme, time);
    }

    /// <summary>The first person with a role.</summary>
    public LoadedPerson Who(Role role) => _programme.Roles.First(held => held.Role == role).Person;

    /// <summary>To nine in the morning of a date, by way of everything due before it.</summary>
    public Task MoveTo(LocalDate date) => _time.MoveTo(OsloTime.At(date, new LocalTime(9, 0)));

    /// <summary>Half an hour passes: who asks for many sign-in links at once gets none.</summary>
    public Task Wait() => _time.MoveTo(_time.Now + TimeSpan.FromMinutes(30));

    /// <summary>The mails with such a link that have come since the last time, oldest first.</summary>
    public async Task<IReadOnlyList<ReadMail>> NewMails(string path)
    {
        await _time.Settle();
        return [.. Directory.EnumerateFiles(_settings.Mail.Folder, "*.eml").Order(StringComparer.Ordinal).Select(file => MailReader.Read(File.ReadAllBytes(file)))
            .Where(mail => LinkIn(mail, path) is not null && _read.Add(mail.MessageId))];
    }

    /// <summary>Where the new mails that ask a person to do something lead, or to sign in; each place once.</summary>
    public async Task<IReadOnlyList<string>> NewLinks(LoadedPerson person, string path)
    {
        await _time.Settle();
        return [.. Directory.EnumerateFiles(_settings.Mail.Folder, "*.eml").Order(StringComparer.Ordinal).Select(file => MailReader.Read(File.ReadAllBytes(file)))
            .Where(mail => mail.To == person.Who.Email && LinkIn(mail, path) is not null && (path == "/l/" || IsAsking(mail)) && _read.Add(mail.MessageId)).Select(mail => LinkIn(mail, path)!).Distinct()];
    }

    private static bool IsAsking(ReadMail mail) =>
        new[] { Language.Nb, Language.Nn, Language.En }.Select(language => ReceivedMail.Of(mail, language)).Any(read => read.IsTask);

    /// <summary>A port of this machine nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static string CodeIn(ReadMail mail) => new[] { Language.Nb, Language.Nn, Language.En }.Select(language => ReceivedMail.Of(mail, language).Code).First(code => code is not null)!;

    /// <summary>The steps the open runs wait in.</summary>
    public async Task<IReadOnlyList<string>> OpenRuns()
    {
        await using var db = Databases.CreateDbContext();
        return await db.Set<Run>().Where(run => run.ClosedAt == null).Select(run => run.StepId).ToListAsync();
    }

    public async Task<int> OpenRounds()
    {
        await using var db = Databases.CreateDbContext();
        return await db.Set<Round>().CountAsync(round => round.ClosedAt == null);
    }

    /// <summary>The version of the plan the group approved last.</summary>
    public async Task<int> ApprovedVersion()
    {
        await using var db = Databases.CreateDbContext();
        return (await db.Handlingsplaner.SingleAsync()).ApprovedVersion ?? 0;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _held.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private string? LinkIn(ReadMail mail, string path) => mail.Text.Split((char[]?)null).FirstOrDefault(word => word.StartsWith(Address + path, StringComparison.Ordinal));
}
