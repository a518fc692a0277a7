using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Planning;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Tests.Award;
using Tilskudd.Tests.Planning;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Storage;

/// <summary>How a page is reached.</summary>
/// <param name="Reader">The browser of somebody who may see it.</param>
internal sealed record BusyPage(Func<BusyYear, Browsing> Reader, Func<BusyYear, string> Path, HttpStatusCode Status = HttpStatusCode.OK);

/// <summary>
/// A year in which every page has something to show: a report before the steering group, a draft, a frame to set, a meeting to register, a
/// submission with the grantor. There is a given number of times as much of everything: tiltak, members, answers and programmes beside.
/// </summary>
internal sealed partial class BusyYear : IAsyncDisposable
{
    private const string Slug = "stromso-2030";

    private readonly List<IDisposable> _open = [];

    private BusyYear(GivenGrant given) => Given = given;

    public static IReadOnlyDictionary<string, BusyPage> Pages { get; } = new Dictionary<string, BusyPage>
    {
        ["/"] = new(y => y.Ingrid, _ => "/"),
        ["/innboks"] = new(y => y.Ingrid, _ => "/innboks"),
        ["/planer"] = new(y => y.Ingrid, _ => "/planer"),
        ["/landet"] = new(y => y.Ingrid, _ => "/landet?aar=2025"),
        ["/landet/eksport"] = new(y => y.Ingrid, _ => "/landet/eksport?aar=2025&form=xlsx"),
        ["/program/{slug}"] = new(y => y.Ingrid, _ => $"/program/{Slug}"),
        ["/program/{slug}/paminnelser/{key}"] = new(y => y.Ingrid, _ => $"/program/{Slug}/paminnelser/plan-draft"),
        ["/program/{slug}/{year}"] = new(y => y.Ingrid, _ => $"/program/{Slug}/2025"),
        ["/frister"] = new(y => y.Ingrid, _ => "/frister"),
        ["/frister/{id:guid}/flytt"] = new(y => y.Ingrid, y => $"/frister/{y.Deadline}/flytt"),
        ["/frister/kommende/{slug}/{year:int}/{key}"] = new(y => y.Ingrid, y => y.LinkOn("/frister", "/kommende/")),
        ["/prosess"] = new(y => y.Ingrid, _ => "/prosess"),
        ["/prosess/{id:guid}"] = new(y => y.Ingrid, y => $"/prosess/{y.ReportRun}"),
        ["/prosess/{id:guid}/flytt"] = new(y => y.Ingrid, y => $"/prosess/{y.ReportRun}/flytt", HttpStatusCode.Forbidden), // an administrator's, where a newer flow is published
        ["/prosess/{run:guid}/vedtak"] = new(y => y.Ingrid, y => $"/prosess/{y.MeetingRun}/vedtak"),
        ["/spor"] = new(y => y.Ingrid, _ => "/spor"),
        ["/spor/eksport"] = new(y => y.Ingrid, _ => "/spor/eksport"),
        ["/frister/kalender"] = new(y => y.Ingrid, _ => "/frister/kalender"),
        ["/frister/{feedKey}.ics"] = new(y => y.Nobody, _ => $"/frister/{Secret}.ics"),
        ["/api/v1/programmes"] = new(y => y.Program, _ => "/api/v1/programmes"),
        ["/api/v1/plans"] = new(y => y.Program, _ => "/api/v1/plans"),
        ["/api/v1/runs"] = new(y => y.Program, _ => "/api/v1/runs"),
        ["/api/v1/deadlines"] = new(y => y.Program, _ => "/api/v1/deadlines"),
        ["/api/v1/trail"] = new(y => y.Program, _ => "/api/v1/trail"),
        ["/openapi/v1.json"] = new(y => y.Nobody, _ => "/openapi/v1.json"),
        ["/admin"] = new(y => y.Kari, _ => "/admin"),
        ["/admin/{register}"] = new(y => y.Kari, _ => "/admin/personer"),
        ["/admin/{register}/ny"] = new(y => y.Ingrid, y => $"/admin/kilder/ny?i={y.Main}"),
        ["/admin/{register}/{id:guid}"] = new(y => y.Ingrid, y => $"/admin/programmer/{y.Main}"),
        ["/admin/{register}/{id:guid}/endre"] = new(y => y.Ingrid, y => $"/admin/programmer/{y.Main}/endre"),
        ["/admin/{register}/{id:guid}/ta-bort"] = new(y => y.Ingrid, y => $"/admin/kilder/{y.Source}/ta-bort"),
        ["/admin/{register}/{id:guid}/avslutt"] = new(y => y.Kari, y => $"/admin/personer/{y.Given.Amina}/avslutt"),
        ["/admin/personer/importer"] = new(y => y.Kari, _ => "/admin/personer/importer"),
        ["/plan/{id:guid}"] = new(y => y.Amina, y => $"/plan/{y.Draft}"),
        ["/plan/{id:guid}/ramme"] = new(y => y.Ingrid, y => $"/plan/{y.Frameless}/ramme"),
        ["/plan/{id:guid}/endringer"] = new(y => y.Amina, y => $"/plan/{y.Draft}/endringer"),
        ["/plan/{id:guid}/utskrift"] = new(y => y.Amina, y => $"/plan/{y.Draft}/utskrift"),
        ["/plan/{id:guid}/del/{section}"] = new(y => y.Amina, y => $"/plan/{y.Draft}/del/hovedmal"),
        ["/plan/{id:guid}/tiltak/ny"] = new(y => y.Amina, y => $"/plan/{y.Draft}/tiltak/ny"),
        ["/plan/{id:guid}/tiltak/{tiltakId:guid}"] = new(y => y.Amina, y => $"/plan/{y.Draft}/tiltak/{y.FirstTiltak}"),
        ["/plan/{id:guid}/tiltak/{tiltakId:guid}/fjern"] = new(y => y.Amina, y => $"/plan/{y.Draft}/tiltak/{y.FirstTiltak}/fjern"),
        ["/tilskudd/{id:guid}"] = new(y => y.Ingrid, y => y.Given.Path),
        ["/endring/{id:guid}"] = new(y => y.Ingrid, y => $"/endring/{y.Change}"),
        ["/evaluering/{id:guid}"] = new(y => y.Ingrid, y => $"/evaluering/{y.Evaluation}"),
        ["/rapport/{id:guid}"] = new(y => y.Ingrid, y => y.Given.RapportPath),
        ["/godkjenning/{round:guid}"] = new(y => y.Jonas, y => $"/godkjenning/{y.Round}"),
        ["/godkjenning/{round:guid}/utskrift"] = new(y => y.Jonas, y => $"/godkjenning/{y.Round}/utskrift"),
        ["/godkjenning/{round:guid}/bekreft"] = new(y => y.Jonas, y => y.LinkOn($"/godkjenning/{y.Round}", "bekreft")),
        ["/godkjenning/{round:guid}/kvittering"] = new(y => y.Member, y => $"/godkjenning/{y.Round}/kvittering"),
        ["/godkjenning/{round:guid}/protokoll"] = new(y => y.Ingrid, y => $"/godkjenning/{y.Round}/protokoll"),
        ["/godkjenning/{round:guid}/protokoll.pdf"] = new(y => y.Ingrid, y => $"/godkjenning/{y.Round}/protokoll.pdf", HttpStatusCode.NotFound), // no Pdf:Browser is set
        ["/godkjenning/{round:guid}/utskrift.pdf"] = new(y => y.Jonas, y => $"/godkjenning/{y.Round}/utskrift.pdf", HttpStatusCode.NotFound), // as above
        ["/godkjenning/{round:guid}/ikke-meg"] = new(y => y.Follower, y => $"/godkjenning/{y.Round}/ikke-meg"),
        ["/godkjenning/{round:guid}/hva-om"] = new(y => y.Ingrid, y => $"/godkjenning/{y.Round}/hva-om"),
        ["/godkjenning/{round:guid}/svar"] = new(y => y.Ingrid, y => $"/godkjenning/{y.Round}/svar"),
        ["/mote/ny"] = new(y => y.Ingrid, y => $"/mote/ny?organ={y.Body}&runde={y.Round}"),
        ["/mote/{id:guid}"] = new(y => y.Ingrid, y => $"/mote/{y.Held}"),
        ["/mote/{id:guid}/endre"] = new(y => y.Ingrid, y => $"/mote/{y.Planned}/endre"),
        ["/mote/{id:guid}/oppmote"] = new(y => y.Ingrid, y => $"/mote/{y.Held}/oppmote"),
        ["/mote/{id:guid}/saker/{item:guid}"] = new(y => y.Ingrid, y => $"/mote/{y.Held}/saker/{y.Item}"),
        ["/mote/{id:guid}/saker/{item:guid}/dorer"] = new(y => y.Ingrid, y => $"/mote/{y.Held}/saker/{y.Item}/dorer"),
        ["/mote/{id:guid}/protokoll.pdf"] = new(y => y.Ingrid, y => $"/mote/{y.Held}/protokoll.pdf", HttpStatusCode.NotFound), // no Pdf:Browser is set
        ["/mote/{id:guid}/protokoll"] = new(y => y.Ingrid, y => $"/mote/{y.Held}/protokoll"),
        ["/godkjenning/{round:guid}/habilitet/{seat:guid}"] = new(y => y.Ingrid, y => $"/godkjenning/{y.Round}/habilitet/{y.SeatInDoubt}"),
        ["/stedfortreder/{seat:guid}"] = new(y => y.Jonas, y => y.LinkIn("/innboks", "/stedfortreder/")),
        ["/g/{token}"] = new(y => y.Nobody, y => y.MailLink("/g/"), HttpStatusCode.SeeOther),
        ["/g"] = new(y => y.Nobody, _ => "/g", HttpStatusCode.NotFound), // a link cut before its token
        ["/g/sendt"] = new(y => y.Nobody, _ => "/g/sendt"),
        ["/k"] = new(y => y.Nobody, _ => "/k", HttpStatusCode.NotFound), // as above
        ["/k/{token}"] = new(y => y.Nobody, y => y.Grantor.Link, HttpStatusCode.SeeOther),
        ["/mottak/{id:guid}"] = new(y => y.Grantor.Browser, y => y.Grantor.Path),
        ["/mottak/{id:guid}/bekreft"] = new(y => y.Grantor.Browser, y => $"{y.Grantor.Path}/bekreft?svar=Received"),
        ["/mottak/{id:guid}/kvittering"] = new(y => y.Grantor.Browser, y => $"{y.Grantor.Path}/kvittering", HttpStatusCode.SeeOther),
        ["/mottak/{id:guid}" + AttachmentPages.Route] = new(y => y.Grantor.Browser, y => $"{y.Grantor.Path}/vedlegg/{GivenGrant.FileWord}", HttpStatusCode.NotFound), // a report was sent, which has no files
        ["/plan/{id:guid}" + AttachmentPages.Route] = new(y => y.Ingrid, y => $"/plan/{y.Given.Plan}/vedlegg/{GivenGrant.FileWord}"),
        ["/godkjenning/{round:guid}" + AttachmentPages.Route] = new(y => y.Jonas, y => $"/godkjenning/{y.Round}/vedlegg/{GivenGrant.FileWord}", HttpStatusCode.NotFound), // as above
        ["/mottak/{id:guid}/utskrift"] = new(y => y.Grantor.Browser, y => $"{y.Grantor.Path}/utskrift"),
        ["/forste-start"] = new(y => y.Nobody, _ => "/forste-start", HttpStatusCode.NotFound), // there is an administrator
        ["/logg-inn"] = new(y => y.Nobody, _ => "/logg-inn"),
        ["/logg-inn/sendt"] = new(y => y.Nobody, _ => "/logg-inn/sendt"),
        ["/l"] = new(y => y.Nobody, _ => "/l", HttpStatusCode.NotFound), // a link cut before its token
        ["/l/{token}"] = new(y => y.Nobody, y => y.MailLink("/l/")),
        ["/postkasse"] = new(y => y.Nobody, _ => "/postkasse"),
        ["/postkasse/{id:guid}"] = new(y => y.Nobody, y => $"/postkasse/{y.Mail}"),
        ["/health/live"] = new(y => y.Nobody, _ => "/health/live"),
        ["/health/ready"] = new(y => y.Nobody, _ => "/health/ready"),
        ["/tilgjengelighet"] = new(y => y.Nobody, _ => "/tilgjengelighet"),
        ["/personvern"] = new(y => y.Nobody, _ => "/personvern"),
        ["/om"] = new(y => y.Nobody, _ => "/om"),
    };

    public GivenGrant Given { get; }

    public Browsing Ingrid { get; private set; } = null!;

    /// <summary>An administrator.</summary>
    public Browsing Kari { get; private set; } = null!;

    /// <summary>Another program, with a key of the programme leader's.</summary>
    public Browsing Program { get; private set; } = null!;

    /// <summary>What opens the programme leader's calendar, and the API.</summary>
    public const string Secret = "hemmelig";

    /// <summary>The programme everything but what is beside belongs to.</summary>
    public ProgrammeId Main { get; private set; }

    private FundingSourceId Source { get; set; }

    public Browsing Amina { get; private set; } = null!;

    public Browsing Jonas { get; private set; } = null!;

    /// <summary>A member who has answered.</summary>
    public Browsing Member { get; private set; } = null!;

    /// <summary>Somebody who follows the link of the member who is asked.</summary>
    public Browsing Follower { get; private set; } = null!;

    /// <summary>Not signed in.</summary>
    public Browsing Nobody { get; private set; } = null!;

    public GrantorVisit Grantor { get; private set; } = null!;

    public RunId ReportRun { get; private set; }

    /// <summary>What holds for the steering group's answers.</summary>
    public DeadlineId Deadline { get; private set; }

    public RunId MeetingRun { get; private set; }

    public RoundId Round { get; private set; }

    public BodyId Body { get; private set; }

    /// <summary>A meeting under way, with votes in its first item.</summary>
    public MeetingId Held { get; private set; }

    public AgendaItemId Item { get; private set; }

    /// <summary>A meeting that is called to.</summary>
    public MeetingId Planned { get; private set; }

    /// <summary>The seat of a member of that round whose habilitet is asked about.</summary>
    public SeatId SeatInDoubt { get; private set; }

    /// <summary>A change of the plan whose report is before the steering group.</summary>
    public PlanChangeId Change { get; private set; }

    /// <summary>The evaluation of the programme, whose assignment is to be described.</summary>
    public Guid Evaluation { get; private set; }

    public HandlingsplanId Draft { get; private set; }

    public HandlingsplanId Frameless { get; private set; }

    public TiltakId FirstTiltak { get; private set; }

    /// <summary>The name of a mail's file.</summary>
    public string Mail => Path.GetFileNameWithoutExtension(Directory.GetFiles(Path.Combine(Given.Database.Folder, "mail"), "*.eml").Order(StringComparer.Ordinal).First());

    /// <summary>A route as the table writes it.</summary>
    public static string Written(string route) => route.TrimEnd('/') is { Length: > 0 } path ? path : "/";

    public static async Task<BusyYear> Of(int times)
    {
        var year = new BusyYear(await GivenGrant.Start(tiltak: 2 * times));
        var members = await year.Seat(3 * times);
        await year.ReachDecision(2 * times, members, answers: times);
        await year.Meet(members, times);
        await year.Beside(3 * times);
        await year.OpenNextYear();
        await year.SignAllIn(members[0]);
        return year;
    }

    /// <summary>A link of a page as the programme leader sees it, or a member of a round.</summary>
    public string LinkOn(string page, string part)
    {
        var reader = page.StartsWith("/godkjenning", StringComparison.Ordinal) ? Jonas : Ingrid;
        var answer = reader.Get(page).GetAwaiter().GetResult();
        return answer.Page.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!).FirstOrDefault(href => href.Contains(part, StringComparison.Ordinal))
            ?? $"{page}/{part}?svar={answer.Page.QuerySelector("[name='svar']")?.GetAttribute("value")}";
    }

    /// <summary>A link of a page as a member of the steering group sees it.</summary>
    public string LinkIn(string page, string part) =>
        Jonas.Get(page).GetAwaiter().GetResult().Page.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!).First(href => href.StartsWith(part, StringComparison.Ordinal));

    /// <summary>A link of this kind in the last mail that has one.</summary>
    public string MailLink(string kind) => AnyLink().Matches(string.Join('\n', Given.Mails().Select(mail => mail.Text))).Last(match => match.Value.StartsWith(kind, StringComparison.Ordinal)).Value;

    public async ValueTask DisposeAsync()
    {
        _open.ForEach(browser => browser.Dispose());
        await Given.DisposeAsync();
    }

    private async Task<IReadOnlyList<PersonId>> Seat(int count)
    {
        var members = new List<PersonId>();
        await Given.Database.Write(w =>
        {
            var body = w.Db.Bodies.Single();
            for (var number = 1; number <= count; number++)
            {
                var person = w.Ids.Next<PersonId>();
                w.Db.Add(new Person(person, $"Medlem {number}", $"medlem{number}@drammen.example", "nb", "A", isInvented: true, "salt"));
                body.Add(w.Ids.Next<SeatId>(), SeatRole.Member, person, number, "A", null, new LocalDate(2024, 1, 1), null);
                members.Add(person);
            }
        });
        return members;
    }

    // The report is before the steering group, and some have answered.
    private async Task ReachDecision(int tiltak, IReadOnlyList<PersonId> members, int answers)
    {
        await Given.ReachReport("2 000 000");
        var typed = Enumerable.Range(1, tiltak).SelectMany(number => new[] { ($"resultat-{number}", "60 barn"), ($"brukt-{number}", "1 000") });
        await Given.Done(Given.Amina, Given.RapportPath, "#rapporten", [("sammendrag", "Et godt år."), .. typed]);
        await Given.Done(Given.Ingrid, Given.RapportPath, "#kontroll");
        await Given.Database.Write(w =>
        {
            var grant = w.Db.Grants.Single();
            var (change, _) = PlanChange.Open(w.Ids.Next<PlanChangeId>(), grant, w.Db.FundingSources.Single(), w.Db.Handlingsplaner.Single(plan => plan.Id == grant.PlanId), ChangeReason.RevisedBudget, "Revidert budsjett", Money.FromKroner(1_100_000), Given.Amina, w.Now);
            w.Db.Add(change!);
            Change = change!.Id;
        });
        var grantRun = await Given.RunOf(Given.Grant.Value);
        await Raise(EventKeys.ChangeOpened, grantRun.Subject with { Kind = DocumentKind.Change, Document = Change.Value });
        await Raise(EventKeys.EvaluationDue, grantRun.Subject with { Kind = DocumentKind.Evaluation, Document = Guid.Empty });
        await using (var db = Given.Database.Read())
        {
            Evaluation = await db.Set<Run>().Where(run => run.DocumentKind == DocumentKind.Evaluation).Select(run => run.DocumentId).SingleAsync();
        }

        var run = await Given.RunOf(Given.Rapport.Value);
        (ReportRun, Deadline) = (run.Id, run.Waiting.DeadlineId!.Value);
        await Given.Database.Write(w =>
        {
            var round = w.Db.Rounds.Single(round => round.ClosedAt == null);
            Round = round.Id;
            foreach (var member in members.Take(answers))
            {
                Assert.Null(round.Answer(w.Ids.Next<RoundAnswerId>(), member, AnswerKind.ApproveWithRemark, "Bra", round.Hash, Assurance.LinkAndCode, w.Ids.Next(), w.Now));
            }

            foreach (var member in members.TakeLast(answers))
            {
                Assert.Null(round.RaiseDoubt(member, "Sitter i styret", w.Ids.Next(), w.Now));
            }

            SeatInDoubt = round.Undecided[0].SeatId;
        });
    }

    // The steering group meets: one meeting is under way, and it is called to another.
    private Task Meet(IReadOnlyList<PersonId> members, int times) => Given.Database.Write(w =>
    {
        var (body, round) = (w.Db.Bodies.Single(), w.Db.Rounds.Single(round => round.Id == Round));
        var held = new Meeting(w.Ids.Next<MeetingId>(), body, new MeetingFrame(w.Now, w.Now.AddHours(2), "Formannskapssalen", ""), Given.Ingrid, w.Now);
        var planned = new Meeting(w.Ids.Next<MeetingId>(), body, new MeetingFrame(w.Now.AddDays(20), null, "", "https://mote.example.no/1"), Given.Ingrid, w.Now);
        Assert.Null(held.Add(w.Ids.Next<AgendaItemId>(), round, "Rapport 2025"));
        foreach (var meeting in new[] { held, planned })
        {
            for (var number = 1; number <= times; number++)
            {
                Assert.Null(meeting.Add(w.Ids.Next<AgendaItemId>(), $"Orientering {number}", "Om året"));
            }
        }

        Assert.NotNull(planned.Call(body, "", WorkingCalendar.Norwegian, Given.Ingrid, w.Now).Call);
        Assert.Null(held.Note([.. held.Seats.Select(seat => new SeatAttendance(seat.SeatId, Attendance.Present, null, null))], null, w.Now));
        var item = held.Agenda[0];
        Assert.Null(held.Propose(item, held.Seats[0].SeatId, "Utsett saken"));
        Assert.Null(held.Register(item, round, [.. held.Seats.Where(seat => members.Take(times).Contains(seat.PersonId!.Value)).Select(seat => new SeatVote(seat.SeatId, AnswerKind.Approve, null, false, ""))]));
        (Body, Held, Planned, Item) = (body.Id, held.Id, planned.Id, item.Id);
        w.Db.AddRange(held, planned);
    });

    // Programmes of the same people: each has sent its plan, and begun the next. The first waits for its receipt, the second for a meeting.
    private async Task Beside(int count)
    {
        for (var number = 1; number <= count; number++)
        {
            var (subject, source) = await Programme(number);
            await Raise(EventKeys.PlanApproved, subject);
            await Raise(EventKeys.YearOpened, subject with { Document = Guid.Empty, Year = GivenGrant.Year.Next() });
            await using var db = Given.Database.Read();
            if (number == 1)
            {
                var grant = await db.Grants.Where(grant => grant.SourceId == source).Select(grant => grant.Id).SingleAsync();
                await Given.Done(Given.Ingrid, $"/tilskudd/{grant}", "#send");
                Frameless = await db.Handlingsplaner.Where(plan => plan.PlanUnitId == subject.Unit && plan.Year == GivenGrant.Year.Next()).Select(plan => plan.Id).SingleAsync();
                Grantor = await Given.OpenLink();
                _open.Add(Grantor);
            }
            else if (number == 2)
            {
                await Raise(EventKeys.YearOpened, subject with { Document = Guid.Empty });
                foreach (var outcome in new[] { "Done", "Done", "Accepted", "ToMeeting" })
                {
                    await Given.Answer(subject.Document, outcome, "handlingsplan");
                }

                MeetingRun = await db.Set<Run>().Where(run => run.DocumentId == subject.Document && run.Flow == "handlingsplan").Select(run => run.Id).SingleAsync();
            }
            else
            {
                await Promise(source);
            }
        }
    }

    // A letter whose money should have come yesterday; some of it did.
    private Task Promise(FundingSourceId id) => Given.Database.Write(w =>
    {
        var (grant, source, on, today) = (w.Db.Grants.Single(grant => grant.SourceId == id), w.Db.FundingSources.Single(source => source.Id == id), new LocalDate(2024, 11, 19), new LocalDate(2024, 11, 20));
        var terms = new LetterTerms(new LocalDate(2026, 3, 1), null, true, "") { Payments = [new(on, Money.FromKroner(600_000))] };
        Assert.Null(grant.RegisterLetter(w.Ids.Next<TilskuddsbrevId>(), source, "24/1", on, Money.FromKroner(600_000), terms, Given.Ingrid, w.Now, today));
        w.Db.Add(PaymentArrival.Register(grant, [], on, Money.FromKroner(200_000), Given.Ingrid, w.Now, today).Arrival!);
    });

    private async Task<(Subject Subject, FundingSourceId Source)> Programme(int number)
    {
        Subject subject = null!;
        FundingSourceId id = default;
        await Given.Database.Write(w =>
        {
            var from = new LocalDate(2024, 1, 1);
            var programme = new Programme(w.Ids.Next<ProgrammeId>(), w.Db.Municipalities.Single().Id, $"program-{number}", $"Program {number}", 2020, 2030, "Et godt sted");
            var unit = new PlanUnit(w.Ids.Next<PlanUnitId>(), programme.Id, $"enhet-{number}", $"Enhet {number}", PlanUnitKind.Programme, null);
            var criterion = new Criterion($"P{number}-1", programme.Id, 1, "Trygge oppvekstmiljøer", ["K1"]);
            w.Db.AddRange(programme, unit, criterion);
            var sources = new[] { GivenGrant.Year, GivenGrant.Year.Next() }.Select(year => new FundingSource(
                w.Ids.Next<FundingSourceId>(), programme.Id, year, 1, w.Db.Grantors.Single().Id, "KDD", 590, 65, "kap. 590 post 65", "")).ToList();
            foreach (var source in sources)
            {
                source.Record(AmountState.Proposed, null, Money.FromKroner(1_000_000), w.Now, "Prop. 1 S");
                w.Db.Add(source);
            }

            id = sources[0].Id;
            foreach (var (person, role) in new[] { (Given.Amina, Role.Coordinator), (Given.Ingrid, Role.ProgrammeLeader), (Given.Ingrid, Role.Secretary), (Given.Tor, Role.Accountant) })
            {
                w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), person, role, programme.Id, null, null, from, null));
            }

            var body = new Body(w.Ids.Next<BodyId>(), programme.Id, null, BodyKeys.Deciding, "Politisk styringsgruppe", Regime.Mandat, Mandate.Default, Mode.Written, true, "");
            body.Add(w.Ids.Next<SeatId>(), SeatRole.Leader, Given.Jonas, null, "A", null, from, null);
            w.Db.Add(body);
            var plan = Approved(w, unit.Id, sources[0], criterion);
            subject = new Subject(DocumentKind.Handlingsplan, plan.Id.Value, programme.Id, unit.Id, GivenGrant.Year);
        });
        return (subject, id);
    }

    private Handlingsplan Approved(Writing w, PlanUnitId unit, FundingSource source, Criterion criterion)
    {
        var plan = Handlingsplan.Start(w.Ids.Next<HandlingsplanId>(), unit, GivenGrant.Year, w.Now);
        foreach (var section in Enum.GetValues<PlanSection>())
        {
            Assert.Null(plan.WriteSection(section, $"Tekst om {section}", plan.Revision, Given.Amina, w.Now));
        }

        var tiltak = plan.Add(w.Ids.Next<TiltakId>(), "", Given.Amina, w.Now);
        var text = new TiltakText(
            "Leksehjelp", "Oppvekst", "", "Leksehjelp to dager i uka", "60 barn", "Skole", TiltakStatus.Running, TiltakChange.New, [criterion.Id],
            new Dictionary<FundingSourceId, Money> { [source.Id] = Money.FromKroner(600_000) }, "40 barn i 2024", false);
        Assert.Null(plan.WriteTiltak(tiltak.TiltakId, text, plan.Revision, Given.Amina, w.Now));
        Assert.Null(plan.Freeze(w.Ids.Next<VersionId>(), Given.Amina, w.Now, [source], [criterion]));
        plan.Approve(1, w.Now);
        w.Db.Add(plan);
        return plan;
    }

    private async Task OpenNextYear()
    {
        await using var db = Given.Database.Read();
        var approved = await db.Set<Run>().SingleAsync(run => run.DocumentId == Given.Grant.Value);
        await Given.Database.Write(w =>
        {
            var source = new FundingSource(w.Ids.Next<FundingSourceId>(), approved.ProgrammeId, GivenGrant.Year.Next(), 1, w.Db.Grantors.Single().Id, "KDD", 590, 65, "kap. 590 post 65", "");
            source.Record(AmountState.Proposed, null, Money.FromKroner(1_500_000), w.Now, "Prop. 1 S");
            w.Db.Add(source);
        });
        await Raise(EventKeys.YearOpened, approved.Subject with { Kind = DocumentKind.Handlingsplan, Document = Guid.Empty, Year = GivenGrant.Year.Next() });
        var draft = await db.Handlingsplaner.SingleAsync(plan => plan.PlanUnitId == approved.PlanUnitId && plan.Year == GivenGrant.Year.Next());
        (Draft, FirstTiltak) = (draft.Id, draft.Tiltak.OrderBy(tiltak => tiltak.Number).First().TiltakId);
        await Given.Answer(draft.Id.Value, "Done");
        await Given.Turn();
    }

    private async Task SignAllIn(PersonId member)
    {
        (Ingrid, Amina, Jonas, Member) = (await Given.SignIn(Given.Ingrid), await Given.SignIn(Given.Amina), await Given.SignIn(Given.Jonas), await Given.SignIn(member));
        var kari = default(PersonId);
        await Given.Database.Write(w =>
        {
            kari = w.Ids.Next<PersonId>();
            w.Db.Add(new Person(kari, "Kari Nordby", "kari@drammen.example", "nb", "", isInvented: true, "salt"));
            w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), kari, Role.Administrator, null, null, null, new LocalDate(2024, 1, 1), null));
            w.Db.Add(new Tilskudd.SignIn.FeedKey(Tilskudd.Notices.SecretSource.Hash(Secret), Given.Ingrid, w.Now));
            w.Db.Add(new Tilskudd.Api.ApiKey(w.Ids.Next<Tilskudd.Api.ApiKeyId>(), "Prøve", Tilskudd.Notices.SecretSource.Hash(Secret), Given.Ingrid, readsTrail: true, w.Now));
            Main = w.Db.Programmes.Single(programme => programme.Slug == Slug).Id;
            Source = w.Db.FundingSources.OrderBy(source => source.Id).First(source => source.ProgrammeId == Main && w.Db.Grants.Any(grant => grant.SourceId == source.Id)).Id;
        });
        Kari = await Given.SignIn(kari);
        Program = new Browsing(Given.Address, ("ingen", "x"), Secret);
        _open.AddRange([Kari, Program]);
        (Nobody, Follower) = (new Browsing(Given.Address, ("ingen", "x")), new Browsing(Given.Address, ("ingen", "x")));
        _open.AddRange([Ingrid, Amina, Jonas, Member, Nobody, Follower]);
        await Nobody.Post(await Nobody.Get("/logg-inn"), "form.form", ("epost", "amina@drammen.example"));
        await Given.Turn();
        await Follow();
    }

    // The link whose round is this one is among those that were mailed.
    private async Task Follow()
    {
        foreach (var link in AnyLink().Matches(string.Join('\n', Given.Mails().Select(mail => mail.Text))).Select(match => match.Value).Where(link => link.StartsWith("/g/", StringComparison.Ordinal)))
        {
            if ((await Follower.Get(link)).Location == $"/godkjenning/{Round}")
            {
                return;
            }
        }

        throw new InvalidOperationException("No mail leads to the round of the report.");
    }

    private async Task Raise(string happening, Subject subject)
    {
        var flow = Given.Services.GetRequiredService<Flow>();
        Assert.Null(await Given.Database.Door.Write(async w =>
        {
            await flow.Raise(w, happening, subject, Actor.System);
            return null;
        }));
    }

    [GeneratedRegex("/[gkl]/[A-Za-z0-9_-]{43}")]
    private static partial Regex AnyLink();
}
