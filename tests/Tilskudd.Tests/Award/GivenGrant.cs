using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Planning;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Tests.Layout;
using Tilskudd.Tests.Planning;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Award;

/// <summary>
/// The real application with one programme, one state source (KDD) and a plan for 2025 that the steering group has approved: two
/// tiltak of 600 000 and 400 000 kr. The grant waits to be submitted. The clock stands at 20 November 2024.
/// </summary>
internal sealed partial class GivenGrant : GivenSite
{
    public static readonly GrantYear Year = new(2025);

    private readonly HashSet<string> _opened = [];

    private GivenGrant(RunningSite site) : base(site)
    {
    }

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

    /// <summary>The word in addresses of the file that goes with every plan.</summary>
    public static string FileWord { get; } = AttachmentFile.Read("kart.pdf", [.. "%PDF-1.7"u8]).File!.Sha256;

    public string RapportPath => $"/rapport/{Rapport}";

    public PlanUnitId Unit { get; private set; }

    public ProgrammeId Programme { get; private set; }

    private FundingSourceId Kdd { get; set; }

    /// <param name="tiltak">How many tiltak the plan has; 1 000 000 kr in all.</param>
    public static async Task<GivenGrant> Start(int tiltak = 2)
    {
        var given = new GivenGrant(await RunningSite.Start());
        await given.Fill(tiltak);
        return given;
    }

    /// <summary>
    /// The same programme with two plan units, whose plans a third sends together: each two tiltak of 600 000 and 400 000 kr. The first plan is
    /// approved; the second waits for <see cref="ApproveSecond"/>, and until then there is no grant.
    /// </summary>
    public static async Task<GivenGrant> StartGathered()
    {
        var given = new GivenGrant(await RunningSite.Start());
        await given.Database.Write(w =>
        {
            given.Lay(w, 2);
            var second = new PlanUnit(w.Ids.Next<PlanUnitId>(), given.Programme, "strom", "Strøm", PlanUnitKind.Area, null);
            var gathering = new PlanUnit(w.Ids.Next<PlanUnitId>(), given.Programme, "samlet", "Drammen samlet", PlanUnitKind.Gathering, null);
            w.Db.AddRange(second, gathering);
            var first = given.Plan;
            var source = w.Db.ChangeTracker.Entries<FundingSource>().Single().Entity;
            w.Db.Add(given.ApprovedPlan(w, second.Id, source, 2, isApproved: false));
            (given.SecondPlan, given.Plan, given.SecondUnit) = (given.Plan, first, second.Id);
        });
        await given.Raise(given.Plan, given.Unit);
        return given;
    }

    /// <summary>The last plan is approved, and all are on their way.</summary>
    public async Task ApproveSecond()
    {
        await Database.Write(async w => (await w.Db.Handlingsplaner.SingleAsync(plan => plan.Id == SecondPlan)).Approve(1, w.Now));
        await Raise(SecondPlan, SecondUnit);
        await using var db = Database.Read();
        Grant = await db.Grants.Select(grant => grant.Id).SingleAsync();
    }

    /// <summary>The second plan has been approved, past its own flow.</summary>
    public Task RaiseSecond() => Raise(SecondPlan, SecondUnit);

    /// <summary>A third unit's plan is begun and approved after that.</summary>
    /// <returns>Its plan.</returns>
    public async Task<HandlingsplanId> ApproveLate()
    {
        var (plan, late, unit) = (Plan, Plan, Unit);
        await Database.Write(async w =>
        {
            var third = new PlanUnit(w.Ids.Next<PlanUnitId>(), Programme, "fjell", "Fjell", PlanUnitKind.Area, null);
            w.Db.Add(third);
            w.Db.Add(ApprovedPlan(w, third.Id, await w.Db.FundingSources.SingleAsync(), 2));
            (unit, late, Plan) = (third.Id, Plan, plan);
        });
        await Raise(late, unit);
        return late;
    }

    /// <summary>The coordinator gives a plan's first tiltak another amount, and sends the plan on from its page.</summary>
    /// <param name="aid">What AID is to give the first tiltak; null to leave it.</param>
    public async Task Rewrite(HandlingsplanId id, long kroner, long? aid = null)
    {
        await GiveFromKdd(id, kroner);
        if (aid is { } also)
        {
            await GiveFromAid(id, also);
        }

        await Done(Amina, $"/plan/{id}", "form[action$='/send']");
    }

    /// <summary>KDD gives a plan's first tiltak this much; the plan is not sent on.</summary>
    public Task GiveFromKdd(HandlingsplanId id, long kroner) => WriteFirst(id, line => line.SourceId == Kdd ? Money.FromKroner(kroner) : line.Amount);

    /// <summary>AID gives a plan's first tiltak this much; the plan is not sent on.</summary>
    public async Task GiveFromAid(HandlingsplanId id, long kroner)
    {
        await using var db = Database.Read();
        var aid = await db.FundingSources.Where(source => source.Code == "AID").Select(source => source.Id).SingleAsync();
        await WriteFirst(id, line => line.Amount, (aid, Money.FromKroner(kroner)));
    }

    private async Task WriteFirst(HandlingsplanId id, Func<BudgetLine, Money> amount, (FundingSourceId Source, Money Amount)? also = null) => await Database.Door.Write(async w =>
    {
        var plan = await w.Db.Handlingsplaner.SingleAsync(plan => plan.Id == id);
        var first = plan.Tiltak.Single(tiltak => tiltak.Number == 1);
        var budget = first.Budget.ToDictionary(line => line.SourceId, amount);
        if (also is var (source, more))
        {
            budget[source] = more;
        }

        var text = new TiltakText(
            first.Name, first.Theme, first.SubTheme, first.Description, first.Target, first.Responsible, first.Status, first.Change, first.Criteria, budget, first.Baseline, first.HasNoBaseline);
        Assert.Null(plan.WriteTiltak(first.TiltakId, text, plan.Revision, Amina, w.Now));
        return null;
    });

    /// <summary>The programme leader answers what is to be done about what a grantor wants put right.</summary>
    /// <returns>The page it is answered on.</returns>
    public async Task<Answer> AnswerCorrection(string outcome, params (string Name, string Value)[] typed)
    {
        using var ingrid = await SignIn(Ingrid);
        var page = await ingrid.Get($"/plan/{Plan}");
        Assert.Equal(HttpStatusCode.SeeOther, (await ingrid.Post(page, "form[action$='/gjennomgang']", outcome, typed)).Status);
        await Turn();
        return page;
    }

    /// <summary>The body approves the plan that was made anew for the grant's letter, as the approval's own room does it.</summary>
    public async Task ApproveRevision(HandlingsplanId id)
    {
        await Database.Door.Write(async w =>
        {
            var plan = await w.Db.Handlingsplaner.SingleAsync(plan => plan.Id == id);
            plan.Approve(plan.LatestVersion!.Number, w.Now);
            return null;
        });
        await Answer(Grant.Value, "Approved");
    }

    /// <summary>The body has answered in a round on a version of the first plan, which is closed.</summary>
    public Task Decided(int version, AnswerKind answer) => Database.Write(w =>
    {
        var body = w.Db.Bodies.Single();
        var plan = w.Db.Handlingsplaner.Single();
        var hash = plan.Versions.Single(one => one.Number == version).Hash;
        var round = Round.Open(w.Ids.Next<RoundId>(), body, body.SeatsOn(new LocalDate(2024, 11, 20)), DocumentKind.Handlingsplan, plan.Id.Value, version, hash, [], true, w.Now.AddDays(14), w.Now);
        Assert.Null(round.Answer(w.Ids.Next<RoundAnswerId>(), Jonas, answer, answer == AnswerKind.SendBack ? "Nei." : "", hash, Assurance.LinkAndCode, w.Ids.Next(), w.Now));
        Assert.True(round.CloseIfDecided(w.Now));
        w.Db.Add(round);
    });

    public HandlingsplanId SecondPlan { get; private set; }

    public PlanUnitId SecondUnit { get; private set; }

    public Task SendPlan() => Done(Ingrid, Path, "#send");

    /// <summary>The grantor's contact answers by the link and the code of the last mail.</summary>
    /// <param name="choice">Received or Correction.</param>
    /// <param name="at">The address of whoever answers; null where only one has a mail.</param>
    public async Task<Answer> AnswerAsGrantor(string choice, string field, string text, string? at = null)
    {
        using var ola = await OpenLink(at);
        return await ola.Browser.Post(await ola.Browser.Get($"{ola.Path}/bekreft?svar={choice}"), "#svaret", (field, text), ("kode", ola.Code));
    }

    /// <summary>The contact opens the link of a mail not opened before, in a browser of its own.</summary>
    public async Task<GrantorVisit> OpenLink(string? at = null)
    {
        await Turn();
        var mail = Mails().Single(mail => (at is null || mail.To.Contains(at)) && MailLink().IsMatch(mail.Text) && _opened.Add(mail.MessageId));
        var browser = new Browsing(Address, ("ingen", "x"));
        var entered = await browser.Get(MailLink().Match(mail.Text).Value);
        Assert.Equal(HttpStatusCode.SeeOther, entered.Status);
        return new GrantorVisit(browser, entered.Location!, MailCode().Match(mail.Text).Groups[1].Value, MailLink().Match(mail.Text).Value);
    }

    /// <summary>AID pays for the plan too, or for both where two are sent together, by a letter that is accepted and asks for consent; Berit is its contact.</summary>
    public async Task<GrantId> AlsoPaidByAid()
    {
        var id = GrantId.From(Guid.Empty);
        await Database.Write(w =>
        {
            var aid = new Grantor(w.Ids.Next<GrantorId>(), "AID", "Arbeids- og inkluderingsdepartementet");
            var source = new FundingSource(w.Ids.Next<FundingSourceId>(), Programme, Year, 2, aid.Id, "AID", 671, 62, "kap. 671 post 62", "");
            var berit = Person(w, Programme, "Berit Nord", "berit@aid.example", null);
            var grant = SecondPlan == default ? new Grant(w.Ids.Next<GrantId>(), Unit, Year, source.Id, Plan) : Tilskudd.Cycle.Award.Grant.Gathering(w.Ids.Next<GrantId>(), Unit, Year, source.Id, [Plan, SecondPlan]);
            Assert.Null(grant.RegisterLetter(
                w.Ids.Next<TilskuddsbrevId>(), source, "25/8", new LocalDate(2024, 11, 20), Money.FromKroner(100_000),
                new LetterTerms(new LocalDate(2026, 3, 1), null, true, "") { ChangesNeedConsent = true }, Ingrid, w.Now, new LocalDate(2024, 11, 20)));
            Assert.Null(grant.AcceptLetter([], null, Limits.Default, Ingrid, w.Now));
            w.Db.AddRange(aid, source, new RoleAssignment(w.Ids.Next<RoleId>(), berit, Role.GrantorContact, null, null, aid.Id, new LocalDate(2024, 1, 1), null), grant);
            id = grant.Id;
        });
        return id;
    }

    /// <summary>The approved plan counts on AID too, for its first tiltak, and AID refuses; or nothing is voted for it.</summary>
    public Task NothingFromAid(long kroner, bool isRefused) => Database.Write(async w =>
    {
        var aid = new Grantor(w.Ids.Next<GrantorId>(), "AID", "Arbeids- og inkluderingsdepartementet");
        var source = new FundingSource(w.Ids.Next<FundingSourceId>(), Programme, Year, 2, aid.Id, "AID", 671, 62, "kap. 671 post 62", "");
        source.Record(AmountState.Proposed, null, Money.FromKroner(kroner), w.Now, "Prop. 1 S");
        w.Db.AddRange(aid, source);
        var plan = await w.Db.Handlingsplaner.SingleAsync();
        var first = plan.Tiltak.Single(tiltak => tiltak.Number == 1);
        var budget = first.Budget.ToDictionary(line => line.SourceId, line => line.Amount);
        budget[source.Id] = Money.FromKroner(kroner);
        Assert.Null(plan.WriteTiltak(first.TiltakId, Text(first.Name, 0) with { Budget = budget }, plan.Revision, Amina, w.Now));
        Assert.Null(plan.Freeze(w.Ids.Next<VersionId>(), Amina, w.Now, [.. await w.Db.FundingSources.ToListAsync(), source], await w.Db.Criteria.ToListAsync()));
        plan.Approve(plan.LatestVersion!.Number, w.Now);
        var grant = new Grant(w.Ids.Next<GrantId>(), Unit, Year, source.Id, Plan);
        Assert.Null(isRefused ? grant.RegisterRefusal(source, "Rammen er brukt opp.", w.Now) : grant.RecordNoVote(source, "Innst. 16 S", w.Now));
        w.Db.Add(grant);
    });

    public async Task Vote(string amount = "1 000 000") => await Done(Ingrid, Path, "#bevilget", ("belop", amount), ("dato", "20.11.2024"), ("grunnlag", "Innst. 16 S"));

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
    public async Task ReachReport(string auditorFrom = "", string carryOver = "ja", string amount = "1 000 000")
    {
        await ReachLetter(amount, auditorFrom, carryOver);
        await Done(Ingrid, Path, "#aksepter", ("fordeling", "Proportional"));
        await Answer(Grant.Value, "Reached");
        await KnowReport();
    }

    /// <summary>Remembers the report that has been opened.</summary>
    public async Task KnowReport()
    {
        await using var db = Database.Read();
        Rapport = await db.Rapporter.Select(rapport => rapport.Id).SingleAsync();
    }

    /// <summary>The coordinator writes the report and sends it on.</summary>
    public Task WriteReport(string spentOnFirst = "600 000", string spentOnSecond = "400 000") => Done(
        Amina, RapportPath, "#rapporten", ("sammendrag", "Et godt år."), ("resultat-1", "60 barn"), ("brukt-1", spentOnFirst), ("resultat-2", "12 i jobb"), ("brukt-2", spentOnSecond));

    /// <summary>The coordinator writes the report on two plans of two tiltak each, and it goes all the way to the grantor.</summary>
    public async Task ReachGrantorDecision(string first, string second, string third, string fourth)
    {
        await Done(
            Amina, RapportPath, "#rapporten", ("sammendrag", "Et godt år."), ("resultat-1", "60 barn"), ("brukt-1", first), ("resultat-2", "12 i jobb"), ("brukt-2", second),
            ("resultat-3", "60 barn"), ("brukt-3", third), ("resultat-4", "12 i jobb"), ("brukt-4", fourth));
        await ReceiveReport();
    }

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
        await ReceiveReport();
    }

    private async Task ReceiveReport()
    {
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
    /// <param name="of">The flow of the run, where the document has several.</param>
    public async Task Answer(Guid document, string outcome, string? of = null)
    {
        var flow = Services.GetRequiredService<Flow>();
        Assert.Null(await Database.Door.Write(async w =>
        {
            var run = await w.Db.Set<Run>().SingleAsync(run => run.DocumentId == document && run.ClosedAt == null && (of == null || run.Flow == of));
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

    /// <summary>The report on the same source's letter of the year after, opened when that year is over.</summary>
    public async Task<Rapport> ReportOnNextYear(Money granted, string? code = null)
    {
        var year = Year.Next();
        var flow = Services.GetRequiredService<Flow>();
        Assert.Null(await Database.Door.Write(async w =>
        {
            var last = await w.Db.FundingSources.SingleAsync(source => source.Id == Kdd);
            var source = new FundingSource(w.Ids.Next<FundingSourceId>(), Programme, year, 1, last.GrantorId, code ?? last.Code, last.Chapter, last.Post, last.AsReceived, "");
            source.Record(AmountState.Proposed, null, Money.FromKroner(1_500_000), w.Now, "Prop. 1 S");
            var plan = Handlingsplan.Start(w.Ids.Next<HandlingsplanId>(), Unit, year, w.Now);
            foreach (var section in Enum.GetValues<PlanSection>())
            {
                Assert.Null(plan.WriteSection(section, "Tekst", plan.Revision, Amina, w.Now));
            }

            var tiltak = plan.Add(w.Ids.Next<TiltakId>(), "", Amina, w.Now);
            var text = Text("Leksehjelp", 700_000) with { Budget = new Dictionary<FundingSourceId, Money> { [source.Id] = granted } };
            Assert.Null(plan.WriteTiltak(tiltak.TiltakId, text, plan.Revision, Amina, w.Now));
            Assert.Null(plan.Freeze(w.Ids.Next<VersionId>(), Amina, w.Now, [source], await w.Db.Criteria.ToListAsync()));
            plan.Approve(1, w.Now);
            var grant = new Grant(w.Ids.Next<GrantId>(), Unit, year, source.Id, plan.Id);
            Assert.Null(grant.RegisterLetter(
                w.Ids.Next<TilskuddsbrevId>(), source, "25/1", new LocalDate(2024, 11, 20), granted, new LetterTerms(new LocalDate(2027, 3, 1), null, true, ""), Ingrid, w.Now,
                new LocalDate(2024, 11, 20)));
            w.Db.AddRange(source, plan, grant);
            await flow.Raise(w, EventKeys.GrantEnded, new Subject(DocumentKind.Tilskuddsbrev, grant.Id.Value, Programme, Unit, year), Actor.System);
            return null;
        }));
        await using var db = Database.Read();
        return await db.Rapporter.SingleAsync(rapport => rapport.Year == year);
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

    private async Task Fill(int tiltak)
    {
        await Database.Write(w => Lay(w, tiltak));
        await Raise(Plan, Unit);
        await using var db = Database.Read();
        Grant = await db.Grants.Select(grant => grant.Id).SingleAsync();
    }

    private async Task Raise(HandlingsplanId plan, PlanUnitId unit)
    {
        var flow = Services.GetRequiredService<Flow>();
        Assert.Null(await Database.Door.Write(async w =>
        {
            await flow.Raise(w, EventKeys.PlanApproved, new Subject(DocumentKind.Handlingsplan, plan.Value, Programme, unit, Year), Actor.System);
            return null;
        }));
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
        Amina = Person(w, Programme, "Amina Yusuf", "amina@drammen.example", Role.Coordinator);
        Ingrid = Person(w, Programme, "Ingrid Solli", "ingrid@drammen.example", Role.ProgrammeLeader);
        Tor = Person(w, Programme, "Tor Lie", "tor@drammen.example", Role.Accountant);
        Ola = Person(w, Programme, "Ola Vest", "ola@kdd.example", null);
        Jonas = Person(w, Programme, "Jonas Berg", "jonas@drammen.example", null);
        Stranger = Person(w, Programme, "Per Ukjent", "per@oslo.example", null);
        w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), Ola, Role.GrantorContact, null, null, kdd.Id, from, null));
        var body = new Body(
            w.Ids.Next<BodyId>(), programme.Id, null, BodyKeys.Deciding, "Politisk styringsgruppe", Regime.Mandat,
            new Mandate(1, 2, Majority.Simple, TieRule.Leader, false, WrittenRule.Majority), Mode.Written, true, "Mandat av 1. januar 2024");
        body.Add(w.Ids.Next<SeatId>(), SeatRole.Leader, Jonas, null, "A", null, from, null);
        w.Db.Add(body);
        w.Db.Add(ApprovedPlan(w, unit.Id, source, count));
    }

    private Handlingsplan ApprovedPlan(Writing w, PlanUnitId unit, FundingSource source, int count, bool isApproved = true)
    {
        var plan = Handlingsplan.Start(w.Ids.Next<HandlingsplanId>(), unit, Year, w.Now);
        foreach (var section in Enum.GetValues<PlanSection>())
        {
            Assert.Null(plan.WriteSection(section, $"Tekst om {section}", plan.Revision, Amina, w.Now));
        }

        var file = AttachmentFile.Read("Kart over området.pdf", [.. "%PDF-1.7"u8]).File!;
        Assert.Null(plan.Attach(file, Amina, w.Now));
        w.Db.Add(new StoredFile(plan.Id, file.Sha256, [.. "%PDF-1.7"u8], w.Now));

        for (var number = 1; number <= count; number++)
        {
            var kroner = number == 1 ? 600_000 : 400_000 / (count - 1);
            var tiltak = plan.Add(w.Ids.Next<TiltakId>(), "", Amina, w.Now);
            Assert.Null(plan.WriteTiltak(tiltak.TiltakId, Text($"Tiltak {number}", kroner), plan.Revision, Amina, w.Now));
        }

        Assert.Null(plan.Freeze(w.Ids.Next<VersionId>(), Amina, w.Now, [source], [new Criterion("DRM-1", Programme, 1, "Trygge oppvekstmiljøer", ["K1"])]));
        if (isApproved)
        {
            plan.Approve(1, w.Now);
        }

        Plan = plan.Id;
        return plan;
    }

    private TiltakText Text(string name, long kroner) => new(
        name, "Oppvekst", "", "Leksehjelp to dager i uka", "60 barn", "Skole", TiltakStatus.Running, TiltakChange.New, ["DRM-1"],
        new Dictionary<FundingSourceId, Money> { [Kdd] = Money.FromKroner(kroner) }, "40 barn i 2024", false);

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
