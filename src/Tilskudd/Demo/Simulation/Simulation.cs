using System.Collections;
using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Clockwork;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Notices.Mailing;
using Tilskudd.Runs;
using Tilskudd.Setup;
using Tilskudd.Storage;
using Tilskudd.Year.Sources;

namespace Tilskudd.Demo.Simulation;

/// <summary>What an operator asks a simulated year to be.</summary>
/// <param name="Programmes">In the order of the sources; the first has an eventful year.</param>
/// <param name="Seed">All that is random comes from it.</param>
/// <param name="Folder">Where everything is written; it is made where it is missing.</param>
internal sealed record SimulationOrder(GrantYear Year, IReadOnlyList<ProgrammeSource> Programmes, int Seed, string Folder)
{
    /// <summary>What the application stands on; the year is the same on any.</summary>
    public Composition Composition { get; init; } = Composition.BuiltIn;

    /// <summary>The server the year is kept on while it is played; null for a file in the folder.</summary>
    public PostgresServer? Server { get; init; }
}

/// <summary>
/// A simulated year from beginning to end: the real application on a port of this machine with a database, a mail folder and a trail of its
/// own, a clock that is moved, and randomness from a seed.
/// </summary>
internal static class Simulation
{
    private const string Stromso = "stromso-2030";

    /// <summary>The links in the mails begin with this, whatever port is free.</summary>
    private const string BaseUrl = "http://localhost:5080";

    /// <param name="report">Told of every instant the clock is moved to.</param>
    public static async Task Run(SimulationOrder order, RealWorld world, Action<DateTimeOffset> report)
    {
        var watch = Stopwatch.StartNew();
        var settings = Settings(order);
        var clock = new SimulatedClock(SimulatedYear.OpensAt(order.Year));
        using var random = new SeededRandom(order.Seed);
        await using var app = DemoStart.Still(settings, clock, builder => Compose(builder.Services, settings, random), order.Composition);
        using var held = await Open(app.Services);
        await app.StartAsync();
        var programmes = await Play(app, clock, order, world, report);
        var files = new SimulationFiles(app.Services.GetRequiredService<IDbContextFactory<TilskuddDb>>(), settings.Trail, clock, order.Folder);
        await files.Write(order.Year.Number, order.Seed, programmes, watch.Elapsed);
        await app.StopAsync();
    }

    private static void Compose(IServiceCollection services, Settings settings, SeededRandom random)
    {
        services.AddSingleton(new ArrivingMails(settings.Mail.Folder));
        services.AddSingleton<IMailer>(parts => parts.GetRequiredService<ArrivingMails>());
        services.AddSingleton<RandomNumberGenerator>(random);
        services.ConfigureDbContext<TilskuddDb>(options => options.AddInterceptors(new UnhurriedDisk()));
    }

    private static Settings Settings(SimulationOrder order)
    {
        var inner = Path.Combine(order.Folder, "data");
        var (settings, faults) = Tilskudd.Settings.Read(
            [
                new("Urls", "http://127.0.0.1:0"), new("Site:BaseUrl", BaseUrl), new("Data:Folder", inner), new("Mail:Kind", "Folder"),
                new("Mail:Folder", Path.Combine(order.Folder, "mail")),
                .. Database(order.Server, inner),
            ],
            new Hashtable(), AppContext.BaseDirectory);
        return settings ?? throw new InvalidOperationException($"The settings of a simulated year do not hold: {string.Join(" ", faults)}");
    }

    private static IEnumerable<KeyValuePair<string, string?>> Database(PostgresServer? server, string folder) => server is null
        ? [new("Database:Connection", $"Data Source={Path.Combine(folder, "tilskudd.db")}")]
        : [new("Database:Provider", nameof(DatabaseProvider.Postgres)), new("Database:Connection", server.ConnectionString)];

    private static async Task<ServerLock> Open(IServiceProvider services)
    {
        var place = services.GetRequiredService<IDatabasePlace>();
        if (place.Prepare() is { } unusable)
        {
            throw new ToldFault(unusable);
        }

        var held = ServerLock.TryTake(place) ?? throw new ToldFault(ServerLock.IsTaken(place));
        if (place is PostgresServer server)
        {
            await server.Empty();
        }

        if (await services.GetRequiredService<Migrator>().Run(held) is { } refusal)
        {
            held.Dispose();
            throw new ToldFault(refusal);
        }

        await services.PublishFlows();
        return held;
    }

    private static async Task<IReadOnlyList<string>> Play(
        WebApplication app, SimulatedClock clock, SimulationOrder order, RealWorld world, Action<DateTimeOffset> report)
    {
        var (services, site, pages) = (app.Services, new Uri(app.Urls.First()), new LoadingPages());

        // The first who comes finds all closed and cold, and has come and gone when the programmes are in.
        using var passerBy = new Visitor(site, pages);
        pages.Add(Task.Run(() => passerBy.Open("/logg-inn")));
        var (door, databases) = (services.GetRequiredService<Door>(), services.GetRequiredService<IDbContextFactory<TilskuddDb>>());
        var load = new LoadProgramme(door, services.GetRequiredService<SecretSource>(), world, order.Seed);
        var loaded = new List<LoadedProgramme>();
        foreach (var source in order.Programmes)
        {
            loaded.Add(await load.Load(source, order.Year));
        }

        var scripts = new Dictionary<PlanUnitId, YearScript>();
        var units = loaded.SelectMany(programme => programme.Units.Where(unit => unit.Makes(order.Year)).Select(unit => new UnitYear(programme, unit, order.Year))).ToList();
        var kinds = Kinds(units);
        foreach (var unit in units)
        {
            scripts.Add(unit.Unit.Id, await Script(unit, world, databases, order.Seed, kinds.GetValueOrDefault(unit.Unit.Id)));
        }

        foreach (var programme in loaded.Where(programme => programme.Gathering is not null))
        {
            var parts = programme.Units.Where(unit => unit.Makes(order.Year)).OrderBy(unit => unit.Slug, StringComparer.Ordinal).Select(unit => scripts[unit.Id]).ToList();
            scripts.Add(programme.Gathering!.Id, YearScript.Together(new UnitYear(programme, programme.Gathering, order.Year), parts));
        }

        var people = loaded.SelectMany(programme => programme.People).DistinctBy(person => person.Id).ToDictionary(
            person => person.Who.Email, person => new SimulatedPerson(person, order.Seed, site, pages));
        try
        {
            var languages = people.Values.ToDictionary(person => person.Email, person => Languages.Find(person.Loaded.Who.Language)!.Value);
            var year = new SimulatedYear(
                new PlayedTime(clock, services.GetRequiredService<Sweeps>(), databases), clock,
                new PlayRuns(door, services.GetRequiredService<Flow>(), databases), new OfficeHours(services.GetRequiredService<WorkingCalendar>()),
                new Mailbox(services.GetRequiredService<ArrivingMails>(), languages), new CaseBook(databases), databases, people, scripts, pages, report);
            await year.Play();
            return [.. loaded.Select(programme => programme.Slug)];
        }
        finally
        {
            foreach (var person in people.Values)
            {
                person.Dispose();
            }
        }
    }

    // One unit has an eventful year: Strømsø, whose plan is real; else the first whose letters are its own. The two after it with letters of their own have each a year that ends otherwise.
    private static Dictionary<PlanUnitId, YearKind> Kinds(IReadOnlyList<UnitYear> units)
    {
        var own = units.Where(unit => unit.Programme.Gathering is null).OrderByDescending(unit => unit.Programme.Slug == Stromso).Concat(units).DistinctBy(unit => unit.Unit.Id).ToList();
        return own.Zip([YearKind.Eventful, YearKind.Higher, YearKind.Refused]).Where(pair => pair.Second == YearKind.Eventful || pair.First.Programme.Gathering is null)
            .ToDictionary(pair => pair.First.Unit.Id, pair => pair.Second);
    }

    private static async Task<YearScript> Script(UnitYear of, RealWorld world, IDbContextFactory<TilskuddDb> databases, int seed, YearKind kind)
    {
        await using var db = await databases.CreateDbContextAsync();
        var sources = await db.FundingSources.Where(source => source.ProgrammeId == of.Programme.Id && source.Year == of.Year && source.GrantorId != null)
            .OrderBy(source => source.Number).ToListAsync();
        var frames = sources.ToDictionary(source => source.Code, source => source.FrameFor(of.Unit.Id)!.Value);
        var criteria = await db.Criteria.Where(criterion => criterion.ProgrammeId == of.Programme.Id).OrderBy(criterion => criterion.Number).ToListAsync();
        var draft = of.Programme.Slug == Stromso && of.Year == world.StromsoTiltak.Year
            ? PlanDraft.ForStromso(world)
            : PlanDraft.OfIdeas(world, of.Unit.Name, of.Programme.Deciders, of.Year, criteria, frames, seed + of.Unit.Slug.Length);
        return new YearScript(of, draft, [.. sources.Select(source => source.Code)], of.Programme.Members, kind);
    }
}
