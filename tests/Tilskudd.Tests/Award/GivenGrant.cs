using System.Collections;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Tilskudd.Clockwork;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices.Mailing;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Tests.House;
using Tilskudd.Tests.Planning;
using Tilskudd.Tests.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Award;

/// <summary>
/// The real application with one programme, one state source (KDD) and a plan for 2025 that the steering group has approved: two
/// tiltak of 600 000 and 400 000 kr. The grant waits to be submitted. The clock stands at 20 November 2024.
/// </summary>
internal sealed partial class GivenGrant : IAsyncDisposable
{
    public static readonly GrantYear Year = new(2025);

    private readonly WebApplication _app;
    private readonly HashSet<string> _opened = [];

    private GivenGrant(TestDatabase database, WebApplication app)
    {
        (Database, _app) = (database, app);
        Address = new Uri(app.Urls.First());
    }

    public TestDatabase Database { get; }

    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    public HandlingsplanId Plan { get; private set; }

    public GrantId Grant { get; private set; }

    public RapportId Rapport { get; private set; }

    /// <summary>Coordinator.</summary>
    public PersonId Amina { get; private set; }

    /// <summary>Programme leader.</summary>
    public PersonId Ingrid { get; private set; }

    /// <summary>Accountant.</summary>
    public PersonId Tor { get; private set; }

    /// <summary>Contact at the grantor.</summary>
    public PersonId Ola { get; private set; }

    /// <summary>Alone in the steering group.</summary>
    public PersonId Jonas { get; private set; }

    /// <summary>Has nothing to do with the programme.</summary>
    public PersonId Stranger { get; private set; }

    public string Path => $"/tilskudd/{Grant}";

    public string RapportPath => $"/rapport/{Rapport}";

    private PlanUnitId Unit { get; set; }

    private ProgrammeId Programme { get; set; }

    private FundingSourceId Kdd { get; set; }

    /// <param name="tiltak">How many tiltak the plan has; 1 000 000 kr in all.</param>
    public static async Task<GivenGrant> Start(int tiltak = 2)
    {
        var database = await TestDatabase.Create();
        List<KeyValuePair<string, string?>> words =
        [
            new("Urls", "http://127.0.0.1:0"), new("Site:Municipality", "Drammen kommune"), new("Mail:Kind", "Folder"), new("Mail:From", "ikke-svar@drammen.example"),
            new("Database:Connection", "Data Source=" + database.File.Path), new("Data:Folder", database.Folder),
        ];
        var settings = Settings.Read(words, new Hashtable(), Repository.Root).Settings!;
        var app = Site.Build(settings, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(database.Clock);
            builder.Services.RemoveAll<IHostedService>();
            builder.Services.ConfigureDbContext<TilskuddDb>(options => options.AddInterceptors(database.Commands));
        });
        await app.StartAsync();
        var given = new GivenGrant(database, app);
        await given.Fill(tiltak);
        return given;
    }

    public async Task<Browsing> SignIn(PersonId person)
    {
        var secret = Services.GetRequiredService<SecretSource>().Token();
        await Database.Write(w => w.Db.Add(new Session(SecretSource.Hash(secret), person, w.Now, w.Now + Sessions.Life)));
        return new Browsing(Address, (Services.GetRequiredService<Sessions>().CookieName, secret));
    }

    /// <summary>Posts a form of a page as a person.</summary>
    public async Task<Answer> Post(PersonId person, string path, string form, params (string Name, string Value)[] typed)
    {
        using var browser = await SignIn(person);
        return await browser.Post(await browser.Get(path), form, typed);
    }

    /// <summary>The same, which must be taken.</summary>
    public async Task Done(PersonId person, string path, string form, params (string Name, string Value)[] typed)
    {
        var answer = await Post(person, path, form, typed);
        Assert.True(answer.Status == HttpStatusCode.SeeOther, $"{answer.Status}: {answer.Text}");
    }

    public Task SendPlan() => Done(Ingrid, Path, "#send");

    /// <summary>The grantor's contact answers by the link and the code of the last mail.</summary>
    /// <param name="choice">Received or Correction.</param>
    public async Task<Answer> AnswerAsGrantor(string choice, string field, string text)
    {
        using var ola = await OpenLink();
        return await ola.Browser.Post(await ola.Browser.Get($"{ola.Path}/bekreft?svar={choice}"), "#svaret", (field, text), ("kode", ola.Code));
    }

    /// <summary>The contact opens the link of a mail not opened before, in a browser of its own.</summary>
    public async Task<GrantorVisit> OpenLink()
    {
        await Turn();
        var mail = Mails().Single(mail => MailLink().IsMatch(mail.Text) && _opened.Add(mail.MessageId));
        var browser = new Browsing(Address, ("ingen", "x"));
        var entered = await browser.Get(MailLink().Match(mail.Text).Value);
        Assert.Equal(HttpStatusCode.SeeOther, entered.Status);
        return new GrantorVisit(browser, entered.Location!, MailCode().Match(mail.Text).Groups[1].Value, MailLink().Match(mail.Text).Value);
    }

    public async Task Vote() => await Done(Ingrid, Path, "#bevilget", ("belop", "1 000 000"), ("dato", "20.11.2024"), ("grunnlag", "Innst. 16 S"));

    /// <summary>A letter with these terms; the clock stands at its day.</summary>
    public Task RegisterLetter(string amount, string auditorFrom = "", string carryOver = "ja") => Done(
        Ingrid, Path, "#brevet", ("referanse", "24/1234"), ("mottatt", "20.11.2024"), ("belop", amount), ("rapportfrist", "2026-03-01"),
        ("revisor", auditorFrom), ("overforing", carryOver), ("vilkar", "Pengene skal brukes etter planen."));

    /// <summary>The grant as far as its accepted letter.</summary>
    public async Task ReachLetter(string amount = "1 000 000", string auditorFrom = "", string carryOver = "ja")
    {
        await SendPlan();
        Assert.Equal(HttpStatusCode.SeeOther, (await AnswerAsGrantor("Received", "journal", "24/99")).Status);
        await Vote();
        await RegisterLetter(amount, auditorFrom, carryOver);
    }

    /// <summary>The grant's year is over, and the report waits to be written.</summary>
    public async Task ReachReport(string auditorFrom = "", string carryOver = "ja")
    {
        await ReachLetter("1 000 000", auditorFrom, carryOver);
        await Done(Ingrid, Path, "#aksepter");
        await Answer(Grant.Value, "Reached");
        await using var db = Database.Read();
        Rapport = await db.Rapporter.Select(rapport => rapport.Id).SingleAsync();
    }

    /// <summary>The coordinator writes the report and sends it on.</summary>
    public Task WriteReport(string spentOnFirst = "600 000", string spentOnSecond = "400 000") => Done(
        Amina, RapportPath, "#rapporten", ("sammendrag", "Et godt år."), ("resultat-1", "60 barn"), ("brukt-1", spentOnFirst), ("resultat-2", "12 i jobb"), ("brukt-2", spentOnSecond));

    /// <summary>The leader's check and the steering group's approval.</summary>
    public async Task ApproveReport()
    {
        await Done(Ingrid, RapportPath, "#kontroll");
        await Decide(Rapport.Value, "Approved");
    }

    /// <summary>The report is with the grantor, and received.</summary>
    public async Task ReachGrantorDecision(string spentOnFirst = "600 000")
    {
        await WriteReport(spentOnFirst);
        await ApproveReport();
        await Done(Ingrid, RapportPath, "#send");
        Assert.Equal(HttpStatusCode.SeeOther, (await AnswerAsGrantor("Received", "journal", "25/7")).Status);
    }

    /// <summary>The steering group's round is answered, as the approval's own room does it.</summary>
    public async Task Decide(Guid document, string outcome)
    {
        var flow = Services.GetRequiredService<Flow>();
        Assert.Null(await Database.Door.Write(async w =>
        {
            var run = await w.Db.Set<Run>().SingleAsync(run => run.DocumentId == document && run.ClosedAt == null);
            if (run.DocumentKind == DocumentKind.Rapport && outcome == "Approved")
            {
                var rapport = await w.Db.Rapporter.SingleAsync();
                rapport.Approve(rapport.LatestVersion!.Number);
            }

            return await flow.Answer(w, run, run.VisitNumber, outcome, Actor.Of(Jonas));
        }));
    }

    /// <summary>Answers the waiting step past the pages.</summary>
    public async Task Answer(Guid document, string outcome)
    {
        var flow = Services.GetRequiredService<Flow>();
        Assert.Null(await Database.Door.Write(async w =>
        {
            var run = await w.Db.Set<Run>().SingleAsync(run => run.DocumentId == document && run.ClosedAt == null);
            return await flow.Answer(w, run, run.VisitNumber, outcome, Actor.System);
        }));
    }

    /// <summary>The coordinator fits the plan to a letter: the first tiltak gets this much.</summary>
    public async Task Revise(long kroner)
    {
        await Database.Door.Write(async w =>
        {
            var plan = await w.Db.Handlingsplaner.SingleAsync();
            var first = plan.Tiltak.Single(tiltak => tiltak.Number == 1);
            Assert.Null(plan.WriteTiltak(first.TiltakId, Text(first.Name, kroner), plan.Revision, Amina, w.Now));
            Assert.Null(plan.Freeze(w.Ids.Next<VersionId>(), Amina, w.Now, await w.Db.FundingSources.ToListAsync(), await w.Db.Criteria.ToListAsync()));
            return null;
        });
        await Answer(Grant.Value, "Done");
    }

    public async Task<Grant> StoredGrant()
    {
        await using var db = Database.Read();
        return await db.Grants.SingleAsync();
    }

    public async Task<Rapport> StoredRapport()
    {
        await using var db = Database.Read();
        return await db.Rapporter.SingleAsync();
    }

    public async Task<Run> RunOf(Guid document)
    {
        await using var db = Database.Read();
        return await db.Set<Run>().SingleAsync(run => run.DocumentId == document);
    }

    /// <summary>What the source says of the unit's money, in order.</summary>
    public async Task<IReadOnlyList<(AmountState State, long Kroner)>> Amounts()
    {
        await using var db = Database.Read();
        var source = await db.FundingSources.SingleAsync(source => source.Id == Kdd);
        return [.. source.Amounts.Where(amount => amount.PlanUnitId == Unit).OrderBy(amount => amount.Number).Select(amount => (amount.State, amount.Amount.Ore / 100))];
    }

    /// <summary>The round that waits for the steering group.</summary>
    public async Task<RoundId> OpenRound()
    {
        await using var db = Database.Read();
        return await db.Rounds.Where(round => round.ClosedAt == null).Select(round => round.Id).SingleAsync();
    }

    public async Task<int> Rounds()
    {
        await using var db = Database.Read();
        return await db.Rounds.CountAsync(round => round.ClosedAt == null);
    }

    public IReadOnlyList<ReadMail> Mails()
    {
        var folder = System.IO.Path.Combine(Database.Folder, "mail");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(file => MailReader.Read(File.ReadAllBytes(file)))] : [];
    }

    /// <summary>Sends what waits to be sent.</summary>
    public async Task Turn()
    {
        var clockwork = Services.GetRequiredService<BackgroundLoop>();
        while (await clockwork.RunOnce(TestContext.Current.CancellationToken) > 0)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Database.DisposeAsync();
    }

    private async Task Fill(int tiltak)
    {
        await Database.Write(w => Lay(w, tiltak));
        var flow = Services.GetRequiredService<Flow>();
        Assert.Null(await Database.Door.Write(async w =>
        {
            await flow.Raise(w, EventKeys.PlanApproved, new Subject(DocumentKind.Handlingsplan, Plan.Value, Programme, Unit, Year), Actor.System);
            return null;
        }));
        await using var db = Database.Read();
        Grant = await db.Grants.Select(grant => grant.Id).SingleAsync();
    }

    private void Lay(Writing w, int count)
    {
        var from = new LocalDate(2024, 1, 1);
        var municipality = new Municipality(w.Ids.Next<MunicipalityId>(), "Drammen", "nb");
        var programme = new Programme(w.Ids.Next<ProgrammeId>(), municipality.Id, "stromso-2030", "Strømsø 2030", 2020, 2030, "Et godt sted å vokse opp");
        var unit = new PlanUnit(w.Ids.Next<PlanUnitId>(), programme.Id, "stromso", "Strømsø", PlanUnitKind.Programme, null);
        var kdd = new Grantor(w.Ids.Next<GrantorId>(), "KDD", "Kommunal- og distriktsdepartementet");
        var source = new FundingSource(w.Ids.Next<FundingSourceId>(), programme.Id, Year, 1, kdd.Id, "KDD", 590, 65, "kap. 590 post 65", "");
        source.Record(AmountState.Proposed, null, Money.FromKroner(1_500_000), w.Now, "Prop. 1 S");
        (Programme, Unit, Kdd) = (programme.Id, unit.Id, source.Id);
        w.Db.AddRange(municipality, programme, unit, kdd, source, new Criterion("DRM-1", programme.Id, 1, "Trygge oppvekstmiljøer", ["K1"]));
        Amina = Person(w, "Amina Yusuf", "amina@drammen.example", Role.Coordinator);
        Ingrid = Person(w, "Ingrid Solli", "ingrid@drammen.example", Role.ProgrammeLeader);
        Tor = Person(w, "Tor Lie", "tor@drammen.example", Role.Accountant);
        Ola = Person(w, "Ola Vest", "ola@kdd.example", null);
        Jonas = Person(w, "Jonas Berg", "jonas@drammen.example", null);
        Stranger = Person(w, "Per Ukjent", "per@oslo.example", null);
        w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), Ola, Role.GrantorContact, null, null, kdd.Id, from, null));
        var body = new Body(
            w.Ids.Next<BodyId>(), programme.Id, null, BodyKeys.Deciding, "Politisk styringsgruppe", Regime.Mandat,
            new Mandate(1, 2, Majority.Simple, TieRule.Leader, false, WrittenRule.Majority), Mode.Written, true, "Mandat av 1. januar 2024");
        body.Add(w.Ids.Next<SeatId>(), SeatRole.Leader, Jonas, null, "A", null, from, null);
        w.Db.Add(body);
        w.Db.Add(ApprovedPlan(w, unit.Id, source, count));
    }

    private Handlingsplan ApprovedPlan(Writing w, PlanUnitId unit, FundingSource source, int count)
    {
        var plan = Handlingsplan.Start(w.Ids.Next<HandlingsplanId>(), unit, Year, w.Now);
        foreach (var section in Enum.GetValues<PlanSection>())
        {
            Assert.Null(plan.WriteSection(section, $"Tekst om {section}", plan.Revision, Amina, w.Now));
        }

        for (var number = 1; number <= count; number++)
        {
            var kroner = number == 1 ? 600_000 : 400_000 / (count - 1);
            var tiltak = plan.Add(w.Ids.Next<TiltakId>(), "", Amina, w.Now);
            Assert.Null(plan.WriteTiltak(tiltak.TiltakId, Text($"Tiltak {number}", kroner), plan.Revision, Amina, w.Now));
        }

        Assert.Null(plan.Freeze(w.Ids.Next<VersionId>(), Amina, w.Now, [source], [new Criterion("DRM-1", Programme, 1, "Trygge oppvekstmiljøer", ["K1"])]));
        plan.Approve(1, w.Now);
        Plan = plan.Id;
        return plan;
    }

    private TiltakText Text(string name, long kroner) => new(
        name, "Oppvekst", "", "Leksehjelp to dager i uka", "60 barn", "Skole", TiltakStatus.Running, TiltakChange.New, ["DRM-1"],
        new Dictionary<FundingSourceId, Money> { [Kdd] = Money.FromKroner(kroner) });

    private PersonId Person(Writing w, string name, string email, Role? role)
    {
        var id = w.Ids.Next<PersonId>();
        w.Db.Add(new Person(id, name, email, "nb", "", isInvented: true, "salt"));
        if (role is { } held)
        {
            w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), id, held, Programme, null, null, new LocalDate(2024, 1, 1), null));
        }

        return id;
    }

    [GeneratedRegex("/k/[A-Za-z0-9_-]{43}")]
    private static partial Regex MailLink();

    [GeneratedRegex("Kode: ([0-9]+)")]
    private static partial Regex MailCode();
}

/// <summary>A grantor's contact on its page, with the code of the mail.</summary>
/// <param name="Link">The link as it stands in the mail.</param>
internal sealed record GrantorVisit(Browsing Browser, string Path, string Code, string Link) : IDisposable
{
    public void Dispose() => Browser.Dispose();
}
