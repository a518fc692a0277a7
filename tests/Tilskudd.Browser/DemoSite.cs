using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Demo;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Tests.Runs;
using Tilskudd.Trail;

namespace Tilskudd.Browser;

/// <summary>
/// The demonstration in this process on a free port, standing still at the instant it begins. The flow of its plans has since come in a newer version.
/// </summary>
internal sealed partial class DemoSite : IAsyncDisposable
{
    private static readonly DateTimeOffset At = new(2024, 11, 20, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The programme whose group is about to meet.</summary>
    public const string Meets = "omradesatsing-saupstad-kolstad";

    /// <summary>The programme with a member whose habilitet is to be decided.</summary>
    public const string Doubts = "oslo";

    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;
    private readonly ServerLock _held;
    private readonly IReadOnlyList<DemoLink> _links;
    private readonly IReadOnlyList<(string Route, TemplateMatcher Matcher)> _routes;

    private DemoSite(DirectoryInfo folder, WebApplication app, ServerLock held, string address, IReadOnlyList<DemoLink> links)
    {
        (_folder, _app, _held, Address, _links) = (folder, app, held, address, links);
        _routes = [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .OrderBy(endpoint => endpoint.RoutePattern.InboundPrecedence)
            .Select(endpoint => endpoint.RoutePattern.RawText!).Distinct()
            .Select(route => (route, new TemplateMatcher(TemplateParser.Parse(Constraint().Replace(route, "").TrimStart('/')), [])))];
    }

    public string Address { get; }

    /// <summary>The routes that answer a GET.</summary>
    public IEnumerable<string> Routes => _routes.Select(known => known.Route);

    public static async Task<DemoSite> Start()
    {
        var folder = Directory.CreateTempSubdirectory("tilskudd-demo-");
        var address = $"http://127.0.0.1:{StromsoYear.FreePort()}";
        var database = await OwnDatabase.Make();
        var settings = Read(folder, address, database);
        var held = OwnDatabase.Take(settings.Database);
        var newer = Read(folder, address, database, NewerFlow.In(folder.FullName));
        var app = DemoStart.Still(newer, new SimulatedClock(At), builder => builder.Services.AddSingleton<DemoLinks>());
        Assert.Null(await app.Services.GetRequiredService<Migrator>().Run(held));
        await DemoStart.Fill(settings, At, Composition.BuiltIn);
        Assert.Empty(await app.Services.PublishFlows());
        await CallMeeting(app.Services);
        await Meet(app.Services);
        await app.StartAsync();
        return new DemoSite(folder, app, held, settings.Urls, await app.Services.GetRequiredService<DemoLinks>().Issue());
    }

    /// <summary>The page of a plan's run that could be moved to the newer version.</summary>
    public async Task<string> OlderRun()
    {
        await using var db = await _app.Services.GetRequiredService<IDbContextFactory<TilskuddDb>>().CreateDbContextAsync();
        return $"/prosess/{(await db.Set<Run>().Where(run => run.ClosedAt == null && run.Flow == "handlingsplan").OrderBy(run => run.Id).FirstAsync()).Id}";
    }

    /// <summary>The page of a meeting nobody is called to yet.</summary>
    public async Task<string> PlannedMeeting()
    {
        await using var db = await _app.Services.GetRequiredService<IDbContextFactory<TilskuddDb>>().CreateDbContextAsync();
        return $"/mote/{await db.Meetings.OrderByDescending(meeting => meeting.StartsAt).Select(meeting => meeting.Id).FirstAsync()}";
    }

    /// <summary>A programme with so many units that the overview of who sees it all takes more than one page. Nobody has a part in it.</summary>
    public async Task OpenManyUnits()
    {
        Assert.Null(await _app.Services.GetRequiredService<Door>().Write(async w =>
        {
            var (flow, year) = (_app.Services.GetRequiredService<Flow>(), new GrantYear(2025));
            var municipality = new Municipality(w.Ids.Next<MunicipalityId>(), "Storby", "nb");
            var programme = new Programme(w.Ids.Next<ProgrammeId>(), municipality.Id, "mange-bydeler", "Mange bydeler", 2021, 2030, "");
            w.Db.AddRange(municipality, programme);
            for (var number = 1; number <= Tilskudd.Layout.CountedPaging.Rows; number++)
            {
                var unit = new PlanUnit(w.Ids.Next<PlanUnitId>(), programme.Id, $"bydel-{number}", $"Bydel {number}", PlanUnitKind.Area, null);
                w.Db.Add(unit);
                await flow.Raise(w, EventKeys.YearOpened, new Subject(DocumentKind.Handlingsplan, Guid.Empty, programme.Id, unit.Id, year), Actor.System);
            }

            return null;
        }));
    }

    /// <summary>The page where a substitute is named for the first member of some body.</summary>
    public async Task<string> SubstitutePage()
    {
        await using var db = await _app.Services.GetRequiredService<IDbContextFactory<TilskuddDb>>().CreateDbContextAsync();
        return $"/stedfortreder/{(await db.Bodies.OrderBy(body => body.Id).FirstAsync()).Seats[0].Id}";
    }

    /// <summary>The page on which a funding source is changed, and from which it is taken away.</summary>
    public async Task<string> SourcePage()
    {
        await using var db = await _app.Services.GetRequiredService<IDbContextFactory<TilskuddDb>>().CreateDbContextAsync();
        return $"/admin/kilder/{await db.FundingSources.OrderBy(source => source.Id).Select(source => source.Id).FirstAsync()}/endre";
    }

    /// <summary>The first way in of a role, as the demonstration prints it.</summary>
    public string LinkOf(string role) => _links.First(link => link.Role == role).Address;

    /// <summary>The route an address leads to; the address itself where it leads nowhere.</summary>
    public string RouteOf(string path) => _routes.FirstOrDefault(known => known.Matcher.TryMatch(path.Split('?')[0], [])).Route ?? path;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _held.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    // The demonstration has no group that wants to meet, and so no decision to register.
    private static async Task CallMeeting(IServiceProvider services) => Assert.Null(await services.GetRequiredService<Door>().Write(async w =>
    {
        var programme = await w.Db.Programmes.SingleAsync(programme => programme.Slug == Meets);
        var run = await w.Db.Set<Run>().SingleAsync(run => run.ProgrammeId == programme.Id && run.ClosedAt == null);
        var round = await w.Db.Rounds.SingleAsync(round => round.ClosedAt == null && round.DocumentId == run.DocumentId);
        var person = round.Seats.First(seat => seat.PersonId is not null && round.SeatOf(seat.PersonId.Value) is not null).PersonId!.Value;
        Assert.Null(round.Answer(w.Ids.Next<RoundAnswerId>(), person, AnswerKind.ObjectToWritten, "", round.Hash, Assurance.LinkAndCode, w.Ids.Next(), w.Now));
        Assert.True(round.CloseIfDecided(w.Now));
        return await services.GetRequiredService<Flow>().Answer(w, run, run.VisitNumber, $"{round.Outcome}", Actor.Of(person));
    }));

    // The group of Strømsø meets on its plan now, and a meeting after that is planned.
    private static async Task Meet(IServiceProvider services) => Assert.Null(await services.GetRequiredService<Door>().Write(async w =>
    {
        var programme = await w.Db.Programmes.SingleAsync(programme => programme.Slug == "stromso-2030");
        var body = await w.Db.Bodies.SingleAsync(body => body.ProgrammeId == programme.Id);
        var secretary = await w.Db.Roles.SingleAsync(role => role.ProgrammeId == programme.Id && role.Role == Role.Secretary);
        var round = await w.Db.Rounds.SingleAsync(round => round.BodyId == body.Id && round.ClosedAt == null);
        var held = new Meeting(w.Ids.Next<MeetingId>(), body, new MeetingFrame(w.Now, w.Now.AddHours(2), "Rådhuset", ""), secretary.PersonId, w.Now);
        Assert.Null(held.Add(w.Ids.Next<AgendaItemId>(), round, "Handlingsplan 2025"));
        Assert.Null(held.Note([.. held.Seats.Where(seat => seat.IsOfBody).Select(seat => new SeatAttendance(seat.SeatId, Attendance.Present, null, null))], null, w.Now));
        Assert.Null(held.Propose(held.Agenda[0], held.Seats[0].SeatId, "Saken utsettes til neste møte, slik at gruppa kan se tallene på nytt."));
        var next = new Meeting(w.Ids.Next<MeetingId>(), body, new MeetingFrame(w.Now.AddDays(14), null, "", "https://mote.example.no/sal/neste"), secretary.PersonId, w.Now);
        Assert.Null(next.Add(w.Ids.Next<AgendaItemId>(), "Status for året", "Tall og erfaringer så langt."));
        Assert.Null(next.Add(w.Ids.Next<AgendaItemId>(), "Neste års plan", ""));
        w.Db.AddRange(held, next);
        return null;
    }));

    /// <param name="workflows">The folder of the flows; null for those that are shipped.</param>
    private static Settings Read(DirectoryInfo folder, string address, IReadOnlyList<KeyValuePair<string, string?>> database, string? workflows = null)
    {
        var (settings, faults) = DemoFolder.Read([new("Urls", address), new("Data:Folder", folder.FullName), new("Workflows:Folder", workflows), .. database], folder.FullName);
        Assert.Empty(faults);
        return settings!;
    }

    // What is asked for has passed them.
    [GeneratedRegex(@":[a-z]+(?=\})")]
    private static partial Regex Constraint();
}
