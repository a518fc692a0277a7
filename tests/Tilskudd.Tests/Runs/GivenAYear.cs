using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Tests.Layout;
using Tilskudd.Tests.SignIn;
using Tilskudd.Tests.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Runs;

/// <summary>
/// The running application with one programme in it, Strømsø 2030: a leader, a coordinator, a secretary, a group of five, a contact at
/// the grantor, an administrator, and a stranger with another programme. The year is opened on 20 September 2024.
/// </summary>
internal sealed class GivenAYear : IAsyncDisposable
{
    private static readonly LocalDate Since = new(2023, 1, 1);

    private GivenAYear(RunningSite site) => Site = site;

    public static GrantYear Year { get; } = new(2025);

    public RunningSite Site { get; private set; }

    public ProgrammeId Programme { get; private set; }

    public PlanUnitId Unit { get; private set; }

    public PersonId Leader { get; private set; }

    public PersonId Coordinator { get; private set; }

    public PersonId Secretary { get; private set; }

    public PersonId Administrator { get; private set; }

    public PersonId Stranger { get; private set; }

    public PersonId Grantor { get; private set; }

    /// <summary>The group: its leader first.</summary>
    public IReadOnlyList<PersonId> Members { get; private set; } = [];

    public RunId Run { get; private set; }

    public Door Door => Site.Services.GetRequiredService<Door>();

    public static async Task<GivenAYear> Create()
    {
        var given = new GivenAYear(await RunningSite.Start());
        given.At(2024, 9, 20, 9);
        Assert.Empty(await given.Site.Services.PublishFlows());
        await given.Write(w => given.Settle(w));
        await given.Write(w => given.Flow.Raise(w, EventKeys.YearOpened, new Subject(DocumentKind.Handlingsplan, Guid.Empty, given.Programme, given.Unit, Year), Actor.Of(given.Leader)));
        await using var db = given.Read();
        given.Run = (await db.Set<Run>().SingleAsync(TestContext.Current.CancellationToken)).Id;
        return given;
    }

    /// <summary>The application stops, and starts again with the plan's flow as <see cref="NewerFlow"/> has it.</summary>
    public async Task Restart()
    {
        Site = await Site.Restart(NewerFlow.In(Site.Database.Folder));
        Assert.Empty(await Site.Services.PublishFlows());
    }

    public Tilskudd.Runs.Flow Flow => Site.Services.GetRequiredService<Tilskudd.Runs.Flow>();

    public TilskuddDb Read() => Site.Services.GetRequiredService<IDbContextFactory<TilskuddDb>>().CreateDbContext();

    /// <summary>Puts the clock to a time of the day in Oslo.</summary>
    public void At(int year, int month, int day, int hour) => Site.Database.Clock.SetTo(OsloTime.At(new LocalDate(year, month, day), new LocalTime(hour, 0)));

    public async Task Write(Func<Writing, Task> story) => Assert.Null(await Door.Write(async w =>
    {
        await story(w);
        return null;
    }));

    /// <summary>Answers the waiting step as a person, whatever page it would be done on.</summary>
    public Task Answer(string outcome, PersonId by, string reason = "") => Write(async w =>
    {
        var run = await w.Db.Set<Run>().SingleAsync(run => run.Id == Run);
        Assert.Null(await Flow.Answer(w, run, run.VisitNumber, outcome, Actor.Of(by), reason));
    });

    /// <summary>The programme gets an internal steering group of one: the group's first member leads it.</summary>
    public async Task<BodyId> InternalGroup(bool isCompetent = false)
    {
        BodyId id = default;
        await Write(w =>
        {
            var group = new Body(id = w.Ids.Next<BodyId>(), Programme, null, BodyKeys.Internal, "Kommunaldirektørgruppa", Regime.Administrativ, Mandate.Default, Mode.Written, isCompetent, "");
            group.Add(w.Ids.Next<SeatId>(), SeatRole.Leader, Members[0], null, null, null, new LocalDate(2020, 1, 1), null);
            w.Db.Add(group);
            return Task.CompletedTask;
        });
        return id;
    }

    /// <summary>The plan is written, reviewed and put before the group, on 13 November 2024.</summary>
    public async Task BeforeTheGroup()
    {
        At(2024, 10, 1, 9);
        await Answer("Done", Leader);
        At(2024, 10, 30, 9);
        await Write(Freeze);
        await Answer("Done", Coordinator);
        At(2024, 11, 13, 9);
        await Answer("Accepted", Leader);
    }

    /// <summary>Some of the group answer: approved.</summary>
    public Task Approve(params PersonId[] members) => Write(async w =>
    {
        var round = await w.Db.Rounds.SingleAsync(round => round.ClosedAt == null);
        foreach (var member in members)
        {
            Assert.Null(round.Answer(w.Ids.Next<RoundAnswerId>(), member, AnswerKind.Approve, "", round.Hash, Assurance.LinkAndCode, w.Ids.Next(), w.Now));
        }
    });

    public async Task<Run> CurrentRun()
    {
        await using var db = Read();
        return await db.Set<Run>().SingleAsync(run => run.Id == Run, TestContext.Current.CancellationToken);
    }

    public async Task<IReadOnlyList<Notice>> Notices(NoticeKind kind)
    {
        await using var db = Read();
        return await db.Set<Notice>().Where(notice => notice.Kind == kind).OrderBy(notice => notice.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A browser in which the person is signed in.</summary>
    public async Task<Browser> SignedIn(PersonId person, string language = "nb", RunningSite? node = null)
    {
        var cookie = "";
        await Write(async w => cookie = await Site.Services.GetRequiredService<Sessions>().Start(w, person, null, isElectronic: false, default));
        var browser = new Browser(node ?? Site);
        browser.Cookies.Add(new Cookie("s", cookie, "/", browser.Address.Host));
        browser.Cookies.Add(new Cookie("sprak", language, "/", browser.Address.Host));
        return browser;
    }

    /// <summary>More units, each with a run of its own for the year.</summary>
    public Task MoreRuns(int count) => MoreRuns(0, count - 1);

    /// <summary>Those with the numbers from one to another.</summary>
    public Task MoreRuns(int from, int to) => Write(async w =>
    {
        for (var i = from; i <= to; i++)
        {
            var unit = new PlanUnit(w.Ids.Next<PlanUnitId>(), Programme, $"enhet-{i}", $"Enhet {i}", PlanUnitKind.Area, Unit);
            w.Db.Add(unit);
            await Flow.Raise(w, EventKeys.YearOpened, new Subject(DocumentKind.Handlingsplan, Guid.Empty, Programme, unit.Id, Year), Actor.Of(Leader));
        }
    });

    /// <summary>The run is due by the end of another day than its deadline says.</summary>
    public Task DueOn(LocalDate day)
    {
        DateTimeOffset? at = OsloTime.StartOf(day.PlusDays(1));
        return Write(w => w.Db.Set<Run>().Where(run => run.Id == Run).ExecuteUpdateAsync(set => set.SetProperty(run => run.DueAt, at)));
    }

    /// <summary>More programmes, each in a municipality of its own, whose year is opened and whom the leader leads.</summary>
    public Task MoreProgrammes(int count) => MoreProgrammes(1, count);

    /// <summary>Those with the numbers from one to another.</summary>
    public async Task MoreProgrammes(int from, int to)
    {
        foreach (var some in Enumerable.Range(from, to - from + 1).Chunk(60))
        {
            await Write(async w =>
            {
                foreach (var i in some)
                {
                    var municipality = new Municipality(w.Ids.Next<MunicipalityId>(), $"Kommune {i}", "nb");
                    var programme = new Programme(w.Ids.Next<ProgrammeId>(), municipality.Id, $"program-{i}", $"Program {i}", 2021, 2030, "");
                    var unit = new PlanUnit(w.Ids.Next<PlanUnitId>(), programme.Id, $"program-{i}", $"Program {i}", PlanUnitKind.Programme, null);
                    var body = new Body(w.Ids.Next<BodyId>(), programme.Id, null, BodyKeys.Deciding, "Politisk styringsgruppe", Regime.Mandat, Mandate.Default, Mode.Written, true, "");
                    body.Add(w.Ids.Next<SeatId>(), SeatRole.Leader, Members[0], null, null, null, Since, null);
                    w.Db.AddRange(municipality, programme, unit, body, new RoleAssignment(w.Ids.Next<RoleId>(), Leader, Role.ProgrammeLeader, programme.Id, null, null, Since, null));
                    await Flow.Raise(w, EventKeys.YearOpened, new Subject(DocumentKind.Handlingsplan, Guid.Empty, programme.Id, unit.Id, Year), Actor.Of(Leader));
                }
            });
        }
    }

    /// <summary>So many rounds of the group, each on the plan of a unit of its own, where all have approved but the last two.</summary>
    public async Task<IReadOnlyList<Round>> RoundsWithoutTwo(int count)
    {
        At(2024, 11, 13, 9);
        await MoreRuns(count);
        List<RunId> ids;
        await using (var db = Read())
        {
            ids = await db.Set<Run>().Where(run => run.Id != Run).OrderBy(run => run.Id).Select(run => run.Id).ToListAsync(TestContext.Current.CancellationToken);
        }

        foreach (var some in ids.Chunk(25))
        {
            await Write(async w =>
            {
                foreach (var run in await w.Db.Set<Run>().Where(run => some.Contains(run.Id)).ToListAsync())
                {
                    Assert.Null(await Flow.Answer(w, run, run.VisitNumber, "Done", Actor.Of(Leader)));
                    await Freeze(w, await w.Db.Existing<Handlingsplan>(new HandlingsplanId(run.DocumentId)));
                    Assert.Null(await Flow.Answer(w, run, run.VisitNumber, "Done", Actor.Of(Coordinator)));
                    Assert.Null(await Flow.Answer(w, run, run.VisitNumber, "Accepted", Actor.Of(Leader)));
                }
            });
        }

        await Write(async w =>
        {
            foreach (var round in await w.Db.Rounds.ToListAsync())
            {
                foreach (var member in Members.SkipLast(2))
                {
                    Assert.Null(round.Answer(w.Ids.Next<RoundAnswerId>(), member, AnswerKind.Approve, "", round.Hash, Assurance.LinkAndCode, w.Ids.Next(), w.Now));
                }
            }
        });
        await using var read = Read();
        return await read.Rounds.Where(round => round.ClosedAt == null).ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>How many questions each page asks the database.</summary>
    public async Task<IReadOnlyList<int>> Questions(Browser browser, params string[] pages)
    {
        var counts = new List<int>();
        foreach (var page in pages)
        {
            Commands.Reset();
            await browser.Get(page);
            counts.Add(Commands.Count);
        }

        return counts;
    }

    public CommandCounter Commands => Site.Database.Commands;

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    private Task Settle(Writing w)
    {
        var (db, ids) = (w.Db, w.Ids);
        var municipality = new Municipality(ids.Next<MunicipalityId>(), "Drammen", "nb");
        var programme = new Programme(ids.Next<ProgrammeId>(), municipality.Id, "stromso-2030", "Strømsø 2030", 2021, 2030, "Gode levekår");
        var other = new Programme(ids.Next<ProgrammeId>(), municipality.Id, "fjell", "Fjell 2020", 2021, 2030, "");
        var unit = new PlanUnit(ids.Next<PlanUnitId>(), programme.Id, "stromso", "Strømsø", PlanUnitKind.Programme, null);
        var kdd = new Grantor(ids.Next<GrantorId>(), "KDD", "Kommunal- og distriktsdepartementet");
        (Programme, Unit) = (programme.Id, unit.Id);
        db.AddRange(municipality, programme, other, unit, kdd, new Criterion("DRM-1", programme.Id, 1, "Levekår", ["K1"]));
        foreach (var year in new[] { Year.Previous(), Year })
        {
            var source = new FundingSource(ids.Next<FundingSourceId>(), programme.Id, year, 1, kdd.Id, "KDD", 590, 65, "kap. 590 post 65", "");
            source.Record(AmountState.Proposed, null, Money.FromKroner(11_500_000), w.Now, "Prop. 1 S");
            db.Add(source);
        }

        Leader = Person(w, "Ingrid Solli", Role.ProgrammeLeader, programme.Id);
        Coordinator = Person(w, "Amina Yusuf", Role.Coordinator, programme.Id);
        Secretary = Person(w, "Sindre Vik", Role.Secretary, programme.Id);
        Stranger = Person(w, "Jonas Berg", Role.ProgrammeLeader, other.Id);
        Administrator = Person(w, "Astrid Lie", Role.Administrator, null);
        Grantor = Person(w, "Grete Moe", null, null);
        db.Add(new RoleAssignment(ids.Next<RoleId>(), Grantor, Role.GrantorContact, null, null, kdd.Id, Since, null));
        var body = new Body(
            ids.Next<BodyId>(), programme.Id, null, BodyKeys.Deciding, "Politisk styringsgruppe", Regime.Mandat, Mandate.Default with { Written = WrittenRule.Majority }, Mode.Written, true, "Mandat");
        var members = new[] { "Kari Nordby", "Fatima Rahmani", "Ola Haugen", "Per-Erik Lunde", "Silje Moen" }.Select(name => Person(w, name, null, null)).ToList();
        foreach (var member in members)
        {
            body.Add(ids.Next<SeatId>(), member == members[0] ? SeatRole.Leader : SeatRole.Member, member, null, null, null, Since, null);
        }

        db.Add(body);
        Members = members;
        return Task.CompletedTask;
    }

    private static PersonId Person(Writing w, string name, Role? role, ProgrammeId? programme)
    {
        var id = w.Ids.Next<PersonId>();
        var address = string.Concat(name.ToLowerInvariant().Where(char.IsAsciiLetterLower)) + "@drammen.example";
        w.Db.Add(new Person(id, name, address, "nb", "", isInvented: true, "salt"));
        if (role is { } held)
        {
            w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), id, held, programme, null, null, Since, null));
        }

        return id;
    }

    /// <summary>The plan is written to the end and made into a version.</summary>
    public Task Freeze() => Write(Freeze);

    private async Task Freeze(Writing w) => await Freeze(w, await w.Db.Handlingsplaner.SingleAsync());

    private async Task Freeze(Writing w, Handlingsplan plan)
    {
        var sources = await w.Db.FundingSources.Where(source => source.Year == Year).ToListAsync();
        var criteria = await w.Db.Criteria.ToListAsync();
        foreach (var section in Enum.GetValues<PlanSection>())
        {
            Assert.Null(plan.WriteSection(section, "Tekst", plan.Revision, Coordinator, w.Now));
        }

        var tiltak = plan.Add(w.Ids.Next<TiltakId>(), "", Coordinator, w.Now);
        var text = new TiltakText(
            "Leksehjelp", "Oppvekst", "Skole", "Leksehjelp to dager i uka", "60 barn", "Oppvekst", TiltakStatus.Running, TiltakChange.Continued, ["DRM-1"],
            new Dictionary<FundingSourceId, Money> { [sources[0].Id] = Money.FromKroner(11_500_000) }, "40 barn i 2024", false);
        Assert.Null(plan.WriteTiltak(tiltak.TiltakId, text, plan.Revision, Coordinator, w.Now));
        Assert.Null(plan.Freeze(w.Ids.Next<VersionId>(), Coordinator, w.Now, sources, criteria));
    }
}
