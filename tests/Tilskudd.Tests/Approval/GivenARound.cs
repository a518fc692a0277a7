using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Notices.Mailing;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Tests.Layout;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Approval;

/// <summary>
/// Strømsø's plan for 2025 before its political group on 20 November 2024: three members and two deputies, asked by mail. Kari leads.
/// </summary>
internal sealed partial class GivenARound : IAsyncDisposable
{
    public const string Second = "Styret for oppvekst";
    public const string Third = "Styret for sysselsetting";

    private static readonly LocalDate Beginning = new(2024, 1, 1);
    private static readonly GrantYear Year = new(2025);
    private readonly Dictionary<string, PersonId> _people = [];
    private readonly ProgrammeId _programme;
    private readonly PlanUnitId _unit;
    private readonly FundingSourceId _source;
    private readonly int _tiltak;

    private GivenARound(RunningSite site, int tiltak)
    {
        Site = site;
        _tiltak = tiltak;
        (_programme, _unit, _source) = (Next<ProgrammeId>(), Next<PlanUnitId>(), Next<FundingSourceId>());
    }

    public RunningSite Site { get; }

    public RoundId Round { get; private set; }

    public string Page => $"/godkjenning/{Round}";

    public PersonId this[string name] => _people[name];

    public static async Task<GivenARound> Open(
        Regime regime = Regime.Mandat, Mode mode = Mode.Written, Mandate? mandate = null, bool isCompetent = true, int tiltak = 3, bool hasLastYear = false,
        string drafter = "Jonas", string? logs = null, int boards = 1, IEnumerable<KeyValuePair<string, string?>>? settings = null, Assurance assurance = Assurance.LinkAndCode,
        Mode? others = null)
    {
        var given = new GivenARound(await RunningSite.Start(logs: logs, more: settings), tiltak);
        await given.People();
        var group = new Body(
            given.Next<BodyId>(), given._programme, null, BodyKeys.Deciding, "Politisk styringsgruppe", regime, mandate ?? Mandate.Default, mode, isCompetent, "");
        group.Require(assurance);
        await given.Body(group);
        if (boards > 1)
        {
            await given.Board(others ?? mode, Second, "Berit", "Dag", "Odd");
        }

        if (boards > 2)
        {
            await given.Board(others ?? mode, Third, "Eva", "Finn", null);
        }

        if (hasLastYear)
        {
            await given.LastYear();
        }

        Assert.Empty(await given.Site.Services.PublishFlows());
        await given.Start();
        await given.SendToTheGroup(given[drafter]);
        await given.Turn();
        return given;
    }

    /// <summary>The coordinator changes the plan, and a new version goes to the group.</summary>
    public async Task SendAnewVersion()
    {
        await Tell(async w =>
        {
            var run = await w.Db.Set<Run>().SingleAsync();
            var flow = Site.Services.GetRequiredService<Flow>();
            Assert.Null(await flow.Answer(w, run, run.VisitNumber, "Returned", Actor.System));
            var plan = await w.Db.Set<Handlingsplan>().SingleAsync(plan => plan.Year == Year);
            Assert.Null(plan.WriteSection(PlanSection.Challenges, "En ny tekst", plan.Revision, this["Jonas"], w.Now));
        });
        await SendToTheGroup(this["Jonas"], again: true);
        await Turn();
    }

    /// <summary>What was sent back is sent to the group again, in a new version.</summary>
    public async Task SendToTheGroupAgain()
    {
        await Tell(async w =>
        {
            var plan = await w.Db.Set<Handlingsplan>().SingleAsync(plan => plan.Year == Year);
            Assert.Null(plan.WriteSection(PlanSection.Challenges, "En ny tekst", plan.Revision, this["Jonas"], w.Now));
        });
        await SendToTheGroup(this["Jonas"], again: true);
        await Turn();
    }

    /// <summary>The group meets under the same link as before, seen by who holds it.</summary>
    public async Task<Member> Member(string name, string? page = null)
    {
        var (token, code) = Access(name);
        var member = new Member(page ?? Page, new SignIn.Browser(Site), token, code);
        await member.Follow();
        return member;
    }

    public async Task<SignIn.Browser> SignedIn(string name)
    {
        var browser = new SignIn.Browser(Site);
        await browser.Submit("/logg-inn", null, ("epost", Address(name)));
        await Turn();
        var entered = await browser.Submit(SignInLink().Match(Mails(name).Last(mail => SignInLink().IsMatch(mail.Text)).Text).Value);
        Assert.Equal(HttpStatusCode.SeeOther, entered.Status);
        return browser;
    }

    /// <summary>Where a member's habilitet is decided.</summary>
    public async Task<string> HabilitetOf(string member)
    {
        var round = await Read();
        return $"{Page}/habilitet/{round.Undecided.FirstOrDefault(doubt => doubt.PersonId == this[member])?.SeatId ?? round.Seats.Single(seat => seat.PersonId == this[member]).SeatId}";
    }

    /// <summary>The secretary registers that the others, of one mind, found a member inhabil or habil, and the mails go out.</summary>
    public async Task Decide(string member, bool isInhabil = true)
    {
        using var secretary = await SignedIn("Silje");
        var answer = await secretary.Submit(await HabilitetOf(member), null, ("utfall", isInhabil ? "inhabil" : "habil"), (isInhabil ? "for" : "mot", "2"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        await Turn();
    }

    /// <summary>The address of a board's open round, or its last.</summary>
    public async Task<string> PageOf(string board)
    {
        await using var db = Site.Database.Read();
        var rounds = db.Set<Round>().Join(db.Bodies, round => round.BodyId, body => body.Id, (round, body) => new { round.Id, body.Name });
        return $"/godkjenning/{await rounds.Where(round => round.Name == board).OrderBy(round => round.Id).Select(round => round.Id).LastAsync()}";
    }

    /// <summary>The token and the code in the last mail that asks.</summary>
    public (string Token, string Code) Access(string name)
    {
        var mail = Mails(name).Last(mail => Token().IsMatch(mail.Text)).Text;
        return (Token().Match(mail).Groups[1].Value, FourDigits().Match(mail).Groups[1].Value);
    }

    /// <summary>The fresh code in the last mail.</summary>
    public string FreshCode(string name) => SixDigits().Match(Mails(name)[^1].Text).Groups[1].Value;

    public IReadOnlyList<ReadMail> Mails(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Site.Database.Folder, "mail")).FullName;
        return [.. Directory.GetFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(file => MailReader.Read(File.ReadAllBytes(file))).Where(mail => mail.To.Contains(Address(name), StringComparison.Ordinal))];
    }

    /// <summary>The text of a mail as one line: it is wrapped at a width of its own.</summary>
    public static string Said(ReadMail mail) => string.Join(' ', mail.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static string Address(string name) => $"{name.ToLowerInvariant()}@drammen.example";

    public async Task<Round> Read(RoundId? id = null)
    {
        await using var db = Site.Database.Read();
        return await db.Set<Round>().SingleAsync(round => round.Id == (id ?? Round));
    }

    public async Task<Run> Run()
    {
        await using var db = Site.Database.Read();
        return await db.Set<Run>().SingleAsync(run => run.Flow == "handlingsplan");
    }

    public async Task<Handlingsplan> Plan()
    {
        await using var db = Site.Database.Read();
        return await db.Set<Handlingsplan>().SingleAsync(plan => plan.Year == Year);
    }

    public async Task<IReadOnlyList<TrailEntry>> Trail(string happening)
    {
        await using var db = Site.Database.Read();
        return await db.Trail.Where(entry => entry.Event == happening).OrderBy(entry => entry.Seq).ToListAsync();
    }

    /// <summary>Everything that is kept, but for the counters of a scanner's visits, as one number per table.</summary>
    public async Task<IReadOnlyList<int>> Kept()
    {
        await using var db = Site.Database.Read();
        return [await db.Trail.CountAsync(), await db.Set<RoundAnswer>().CountAsync(), await db.Set<Link>().CountAsync(link => link.RevokedAt == null), await db.Set<Notice>().CountAsync()];
    }

    /// <summary>Lets the mails go out, and a second pass, so that later mails stand last in the mailbox.</summary>
    public async Task Turn()
    {
        await Site.Turn();
        Site.Database.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    public async Task Tell(Func<Writing, Task> story) => Assert.Null(await Site.Services.GetRequiredService<Door>().Write(async w =>
    {
        await story(w);
        return null;
    }));

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    private TId Next<TId>() where TId : struct, IId<TId> => Site.Database.Ids.Next<TId>();

    private Task People() => Site.Database.Write(w =>
    {
        var municipality = new Municipality(Next<MunicipalityId>(), "Drammen kommune", "nb");
        w.Db.Add(municipality);
        w.Db.Add(new Programme(_programme, municipality.Id, "drammen", "Strømsø 2030", 2021, 2030, "Bedre levekår"));
        w.Db.Add(new PlanUnit(_unit, _programme, "stromso", "Strømsø", PlanUnitKind.Programme, null));
        w.Db.Add(new Criterion("DRM-1", _programme, 1, "Flere i arbeid", ["K1"]));
        foreach (var name in new[] { "Kari", "Fatima", "Ola", "Per", "Anne", "Ingrid", "Jonas", "Silje", "Utenfor", "Berit", "Dag", "Odd", "Eva", "Finn" })
        {
            var id = Next<PersonId>();
            _people[name] = id;
            w.Db.Add(new Person(id, name + " Nordby", Address(name), "nb", "", isInvented: true, "salt"));
        }

        Give(w, "Ingrid", Role.ProgrammeLeader);
        Give(w, "Jonas", Role.Coordinator);
        Give(w, "Silje", Role.Secretary);
        var grantor = new Grantor(Next<GrantorId>(), "KDD", "Kommunal- og distriktsdepartementet");
        w.Db.Add(grantor);
        foreach (var year in new[] { Year.Previous(), Year })
        {
            var source = new FundingSource(year == Year ? _source : Next<FundingSourceId>(), _programme, year, 1, grantor.Id, "KDD", 590, 65, "kap. 590 post 65", "");
            source.Record(AmountState.Proposed, null, Money.FromKroner(100_000_000), w.Now, "Prop. 1 S");
            w.Db.Add(source);
        }
    });

    private void Give(Writing w, string name, Role role) => w.Db.Add(new RoleAssignment(Next<RoleId>(), _people[name], role, _programme, null, null, Beginning, null));

    private Task Body(Body body) => Site.Database.Write(w =>
    {
        body.Add(Next<SeatId>(), SeatRole.Leader, this["Kari"], null, null, null, Beginning, null);
        body.Add(Next<SeatId>(), SeatRole.Member, this["Fatima"], null, null, null, Beginning, null);
        body.Add(Next<SeatId>(), SeatRole.Member, this["Ola"], null, null, null, Beginning, null);
        body.Add(Next<SeatId>(), SeatRole.Deputy, this["Per"], 1, null, null, Beginning, null);
        body.Add(Next<SeatId>(), SeatRole.Deputy, this["Anne"], 2, null, null, Beginning, null);
        w.Db.Add(body);
    });

    private Task Board(Mode mode, string name, string leader, string member, string? observer) => Site.Database.Write(w =>
    {
        var board = new Body(
            Next<BodyId>(), _programme, null, BodyKeys.Deciding, name, mode == Mode.Meeting ? Regime.Kommuneloven : Regime.Mandat,
            Mandate.Default with { Written = WrittenRule.Majority }, mode, isCompetent: true, "");
        board.Add(Next<SeatId>(), SeatRole.Leader, this[leader], null, null, null, Beginning, null);
        board.Add(Next<SeatId>(), SeatRole.Member, this[member], null, null, null, Beginning, null);
        if (observer is not null)
        {
            board.Add(Next<SeatId>(), SeatRole.Observer, this[observer], null, null, null, Beginning, null);
        }

        w.Db.Add(board);
    });

    private Task LastYear() => Tell(async w =>
    {
        var sources = await w.Db.Set<FundingSource>().Where(source => source.Year == Year.Previous()).ToListAsync();
        var plan = Handlingsplan.Start(Next<HandlingsplanId>(), _unit, Year.Previous(), w.Now);
        Write(plan, sources[0].Id, w.Now, 400_000);
        Assert.Null(plan.Freeze(Next<VersionId>(), this["Jonas"], w.Now, sources, await w.Db.Set<Criterion>().ToListAsync()));
        plan.Approve(1, w.Now);
        w.Db.Add(plan);
    });

    private Task Start() => Tell(async w =>
    {
        var flow = Site.Services.GetRequiredService<Flow>();
        await flow.Raise(w, EventKeys.YearOpened, new Subject(DocumentKind.Handlingsplan, Guid.Empty, _programme, _unit, Year), Actor.System);
        var plan = w.Db.Set<Handlingsplan>().Local.Single(plan => plan.Year == Year);
        Write(plan, _source, w.Now, 500_000);
    });

    private void Write(Handlingsplan plan, FundingSourceId source, DateTimeOffset at, long kroner)
    {
        foreach (var section in Enum.GetValues<PlanSection>())
        {
            Assert.Null(plan.WriteSection(section, section == PlanSection.Proposal ? "Gruppa godkjenner handlingsplanen for 2025." : "Tekst om " + section, plan.Revision, this["Jonas"], at));
        }

        for (var i = plan.Tiltak.Count; i < _tiltak; i++)
        {
            plan.Add(Next<TiltakId>(), "", this["Jonas"], at);
        }

        foreach (var tiltak in plan.Tiltak.OrderBy(tiltak => tiltak.Number).ToList())
        {
            var text = new TiltakText(
                $"Tiltak {tiltak.Number}", tiltak.Number % 2 == 0 ? "Oppvekst" : "Arbeid", "", "Beskrivelse", "60 barn", "Oppvekst", TiltakStatus.Running,
                TiltakChange.Continued, ["DRM-1"], new Dictionary<FundingSourceId, Money> { [source] = Money.FromKroner(kroner) }, "40 barn i 2024", false);
            Assert.Null(plan.WriteTiltak(tiltak.TiltakId, text, plan.Revision, this["Jonas"], at));
        }
    }

    private Task SendToTheGroup(PersonId drafter, bool again = false) => Tell(async w =>
    {
        var flow = Site.Services.GetRequiredService<Flow>();
        var run = await w.Db.Set<Run>().SingleAsync(run => run.Flow == "handlingsplan");
        var plan = await w.Db.Set<Handlingsplan>().SingleAsync(plan => plan.Year == Year);
        if (!again)
        {
            Assert.Null(await flow.Answer(w, run, run.VisitNumber, "Done", Actor.System));
        }

        Assert.Null(plan.Freeze(
            Next<VersionId>(), drafter, w.Now, await w.Db.Set<FundingSource>().Where(source => source.Year == Year).ToListAsync(), await w.Db.Set<Criterion>().ToListAsync()));
        Assert.Null(await flow.Answer(w, run, run.VisitNumber, "Done", Actor.System));
        Assert.Null(await flow.Answer(w, run, run.VisitNumber, "Accepted", Actor.System));
        Assert.Empty(run.Incident);
        Round = run.Visits.Last(visit => visit.RoundId is not null).RoundId!.Value;
    });

    [GeneratedRegex("/g/([A-Za-z0-9_-]{43})")]
    private static partial Regex Token();

    [GeneratedRegex(@"\b(\d{4})\b")]
    private static partial Regex FourDigits();

    [GeneratedRegex(@"\b(\d{6})\b")]
    private static partial Regex SixDigits();

    [GeneratedRegex("/l/[A-Za-z0-9_-]{43}")]
    private static partial Regex SignInLink();
}

/// <summary>A member with the mail before them, and a browser of their own.</summary>
internal sealed partial class Member(string round, SignIn.Browser browser, string token, string code) : IDisposable
{
    public SignIn.Browser Browser => browser;

    public string Token => token;

    public string Code => code;

    public Task<(HttpStatusCode Status, string Text, string? Location)> Follow() => browser.Get($"/g/{token}");

    public Task<(HttpStatusCode Status, string Text, string? Location)> Get(string page = "") => browser.Get(round + page);

    /// <summary>The confirm page's own fields, as it was shown.</summary>
    public async Task<IReadOnlyList<(string Name, string Value)>> Form(string answer)
    {
        var shown = await Get($"/bekreft?svar={answer}");
        Assert.Equal(HttpStatusCode.OK, shown.Status);
        return Fields(shown.Text);
    }

    // The foot of a page has a form of its own.
    public static IReadOnlyList<(string Name, string Value)> Fields(string page) =>
        [.. Hidden().Matches(page.Split("<footer")[0]).Select(field => (field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)))];

    public Task<(HttpStatusCode Status, string Text, string? Location)> Post(IEnumerable<(string Name, string Value)> form, params (string Name, string Value)[] typed) =>
        browser.Post(round + "/bekreft", [.. form.Where(field => typed.All(other => other.Name != field.Name)), .. typed]);

    /// <summary>Chooses, types the code from the mail, and confirms.</summary>
    public async Task<(HttpStatusCode Status, string Text, string? Location)> Answer(string answer, string remark = "") =>
        await Post(await Form(answer), ("merk", remark), ("kode", code));

    public void Dispose() => browser.Dispose();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
