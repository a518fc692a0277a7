using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Storage;

/// <summary>A whole year of one programme, written and read back.</summary>
public class RoundTripTests
{
    [Fact]
    public async Task Every_document_comes_back_as_it_was_saved()
    {
        await using var database = await TestDatabase.Create();
        var saved = new Dictionary<string, string>();
        await database.Write(writing =>
        {
            SmallYear.Write(writing);
            saved = Values(writing.Db);
        });

        await using var db = database.Read();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        await LoadAll(db);

        var read = Values(db);
        var cycle = db.Model.GetEntityTypes().Where(type => type.ClrType.Assembly == typeof(Handlingsplan).Assembly).Select(type => type.ClrType.Name);
        Assert.Equal(saved, read.Where(entity => !entity.Key.StartsWith(nameof(TrailEntry), StringComparison.Ordinal)).ToDictionary());
        Assert.Empty(cycle.Except(saved.Keys.Select(key => key.Split(' ')[0])));
    }

    [Fact]
    public async Task A_document_always_comes_with_its_parts()
    {
        await using var database = await TestDatabase.Create();
        await database.Write(SmallYear.Write);

        await using var db = database.Read();
        var plan = await db.Handlingsplaner.SingleAsync(TestContext.Current.CancellationToken);
        var grant = await db.Grants.SingleAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Money.FromKroner(1_900_000), plan.Tiltak[0].Total);
        Assert.Single(plan.Versions);
        Assert.Equal("24/1234", grant.Letter!.Reference);
        Assert.Single(grant.Submissions);
    }

    [Fact]
    public async Task A_question_about_many_is_asked_in_the_same_words_as_one_about_few()
    {
        await using var database = await TestDatabase.Create();
        await using var db = database.Read();

        foreach (var count in new[] { 1, 20, 900 })
        {
            var ids = Enumerable.Range(0, count).Select(_ => database.Ids.Next<DeadlineId>()).ToList();
            await db.Deadlines.Where(deadline => ids.Contains(deadline.Id)).ToListAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(3, database.Commands.Count);
        Assert.Single(database.Commands.Texts.Distinct());
    }

    [Fact]
    public async Task A_budget_is_changed_in_place_a_tiltak_removed_and_a_letter_replaced()
    {
        await using var database = await TestDatabase.Create();
        await database.Write(SmallYear.Write);

        var refusal = await database.Door.Write(
            async writing =>
            {
                var plan = await writing.Db.Handlingsplaner.SingleAsync(TestContext.Current.CancellationToken);
                var source = await writing.Db.FundingSources.SingleAsync(TestContext.Current.CancellationToken);
                var person = (await writing.Db.People.FirstAsync(TestContext.Current.CancellationToken)).Id;
                var grant = await writing.Db.Grants.SingleAsync(TestContext.Current.CancellationToken);
                return plan.WriteTiltak(plan.Tiltak[0].TiltakId, SmallYear.Text(source.Id, 2_000_000), plan.Revision, person, writing.Now)
                    ?? plan.Remove(plan.Tiltak[1].TiltakId, plan.Revision, person, writing.Now)
                    ?? grant.RegisterLetter(
                        writing.Ids.Next<TilskuddsbrevId>(), source, "24/9999", new LocalDate(2024, 11, 19), Money.FromKroner(5), SmallYear.Terms, person, writing.Now, new LocalDate(2024, 11, 20));
            },
            TestContext.Current.CancellationToken);

        await using var db = database.Read();
        var after = await db.Handlingsplaner.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Null(refusal);
        Assert.Equal(Money.FromKroner(2_000_000), Assert.Single(after.Tiltak).Total);
        Assert.Equal("24/9999", (await db.Grants.SingleAsync(TestContext.Current.CancellationToken)).Letter!.Reference);
        Assert.Equal(1L, await database.Sql("SELECT Writes FROM Handlingsplaner"));
        Assert.Equal(1L, await database.Sql("SELECT count(*) FROM Tilskuddsbrev"));
    }

    [Fact]
    public async Task Instants_compare_in_time_order_and_ids_in_the_order_they_were_made()
    {
        await using var database = await TestDatabase.Create();
        await database.Write(SmallYear.Write);
        var now = database.Clock.GetUtcNow();

        await using var db = database.Read();

        Assert.Equal(1, await db.Handlingsplaner.CountAsync(plan => plan.SavedAt <= now, TestContext.Current.CancellationToken));
        Assert.Equal(0, await db.Handlingsplaner.CountAsync(plan => plan.SavedAt < now, TestContext.Current.CancellationToken));
        Assert.Equal(1, await db.Handlingsplaner.CountAsync(plan => plan.SavedAt < now.AddMilliseconds(1).ToOffset(TimeSpan.FromHours(1)), TestContext.Current.CancellationToken));
        Assert.Equal("2024-11-20 08:00:00", await database.Sql("SELECT SavedAt FROM Handlingsplaner"));
        Assert.Equal(2024L, await database.Sql("SELECT Year - 1 FROM Handlingsplaner"));
        Assert.Equal("Handlingsplan", await database.Sql("SELECT DocumentKind FROM Rounds"));
    }

    private static async Task LoadAll(TilskuddDb db)
    {
        await db.Municipalities.LoadAsync();
        await db.Programmes.LoadAsync();
        await db.PlanUnits.LoadAsync();
        await db.Criteria.LoadAsync();
        await db.Grantors.LoadAsync();
        await db.FundingSources.LoadAsync();
        await db.People.LoadAsync();
        await db.Roles.LoadAsync();
        await db.Bodies.LoadAsync();
        await db.Handlingsplaner.LoadAsync();
        await db.Rounds.LoadAsync();
        await db.Deadlines.LoadAsync();
        await db.Set<Decision>().LoadAsync();
        await db.Grants.LoadAsync();
        await db.Rapporter.LoadAsync();
        await db.Set<PlanChange>().LoadAsync();
        await db.Set<PaymentArrival>().LoadAsync();
        await db.Set<OfficeClosedDay>().LoadAsync();
        await db.Set<Evaluation>().LoadAsync();
        await db.Meetings.LoadAsync();
        await db.Set<Substitute>().LoadAsync();
    }

    private static Dictionary<string, string> Values(TilskuddDb db) => db.ChangeTracker.Entries().ToDictionary(
        entry => $"{entry.Metadata.ClrType.Name} {string.Join('/', entry.Properties.Where(property => property.Metadata.IsPrimaryKey()).Select(property => property.CurrentValue))}",
        entry => string.Join("; ", entry.Properties.OrderBy(property => property.Metadata.Name, StringComparer.Ordinal).Select(Shown)));

    private static string Shown(PropertyEntry property) => property.CurrentValue is System.Collections.IEnumerable list and not string
        ? $"{property.Metadata.Name}=[{string.Join(',', list.Cast<object>())}]"
        : $"{property.Metadata.Name}={property.CurrentValue}";
}

/// <summary>One of everything.</summary>
internal static class SmallYear
{
    private static LetterTerms InTwo => Terms with
    {
        Payments = [new PlannedPayment(new LocalDate(2025, 3, 1), Money.FromKroner(2_000_000)), new PlannedPayment(new LocalDate(2025, 9, 1), Money.FromKroner(500_000))],
    };

    public static LetterTerms Terms { get; } = new(new LocalDate(2026, 3, 1), Money.FromKroner(500_000), MayCarryOver: true, "Vilkår æøå 😀");

    public static TiltakText Text(FundingSourceId source, long kroner) => new(
        "Ung i Strømsø", "Oppvekst", "Fritid", "Åpen hall", "40 unge", "Kultur", TiltakStatus.Running, TiltakChange.Continued, ["DRM-1"], new Dictionary<FundingSourceId, Money> { [source] = Money.FromKroner(kroner) }, "30 unge i 2024", false);

    public static void Write(Writing writing)
    {
        var (db, ids, now) = (writing.Db, writing.Ids, writing.Now);
        var municipality = new Municipality(ids.Next<MunicipalityId>(), "Drammen", "nb");
        writing.Db.Add(new OfficeClosedDay(ids.Next<OfficeClosedDayId>(), municipality.Id, "12-24", "Julaften"));
        var programme = new Programme(ids.Next<ProgrammeId>(), municipality.Id, "drammen", "Områdesatsing Strømsø", 2021, null, "Levekår");
        var whole = new PlanUnit(ids.Next<PlanUnitId>(), programme.Id, "drammen", "Hele", PlanUnitKind.Programme, null);
        var unit = new PlanUnit(ids.Next<PlanUnitId>(), programme.Id, "stromso", "Strømsø", PlanUnitKind.Area, whole.Id);
        var criterion = new Criterion("DRM-1", programme.Id, 1, "Levekår", ["K1", "K3"]);
        var grantor = new Grantor(ids.Next<GrantorId>(), "KDD", "Departementet");
        var source = new FundingSource(ids.Next<FundingSourceId>(), programme.Id, new GrantYear(2025), 1, grantor.Id, "KDD", 590, 65, "kap. 590 post 65", "");
        source.Record(AmountState.Proposed, unit.Id, Money.FromKroner(11_500_000), now, "Prop. 1 S");
        var person = new Person(ids.Next<PersonId>(), "Kari Øst", "Kari@kommune.example", "nn", "", true, "salt");
        var member = new Person(ids.Next<PersonId>(), "Ola Vest", "ola@parti.example", "nb", "A", true, "salt2");
        var role = new RoleAssignment(ids.Next<RoleId>(), person.Id, Role.Coordinator, programme.Id, unit.Id, null, new LocalDate(2024, 1, 1), new LocalDate(2027, 12, 31));
        var body = new Body(ids.Next<BodyId>(), programme.Id, unit.Id, "deciding-body", "Styringsgruppa", Regime.Mandat, Mandate.Default, Mode.Written, true, "Mandat av 2021");
        var seat = body.Add(ids.Next<SeatId>(), SeatRole.Leader, member.Id, null, "A", null, new LocalDate(2023, 10, 1), null);
        body.Add(ids.Next<SeatId>(), SeatRole.Deputy, null, 1, "A", seat.Id, new LocalDate(2023, 10, 1), null);
        db.AddRange(municipality, programme, whole, unit, criterion, grantor, source, person, member, role, body);

        var plan = Plan(writing, unit, source, criterion, person);
        var version = plan.LatestVersion!;
        var round = Round.Open(ids.Next<RoundId>(), body, body.SeatsOn(new LocalDate(2024, 11, 20)), DocumentKind.Handlingsplan, plan.Id.Value, 1, version.Hash, [person.Id], true, now.AddDays(14), now);
        Assert.Null(round.RaiseDoubt(member.Id, "Sitter i styret", ids.Next(), now));
        Assert.Null(round.Decide(round.Undecided[0].SeatId, new DoubtVotes(new Dictionary<SeatId, bool> { [seat.Id] = false }, seat.Id, "sak 1/24"), person.Id, now));
        Assert.Null(round.Answer(ids.Next<RoundAnswerId>(), member.Id, AnswerKind.ApproveWithRemark, "Bra", version.Hash, Assurance.LinkAndCode, ids.Next(), now));
        db.Add(Substitute.Name(ids.Next<SubstituteId>(), body, seat, person.Id, new LocalDate(2024, 12, 1), new LocalDate(2024, 12, 24), [], member.Id, now, new LocalDate(2024, 11, 20)).Named!);
        plan.Approve(1, now);
        var grant = Grant(writing, plan, unit, source, person);
        var (change, _) = PlanChange.Open(ids.Next<PlanChangeId>(), grant, source, plan, ChangeReason.Deviation, "Partneren trakk seg", Money.Zero, person.Id, now);
        Assert.Null(change!.RecordConsent(grant.Id, true, "Greit.", now));
        db.Add(change);
        db.Add(PaymentArrival.Register(grant, [], new LocalDate(2024, 11, 20), new Money(1_000_050), person.Id, now, new LocalDate(2024, 11, 20)).Arrival!);
        programme.PlanEvaluation(new GrantYear(2025));
        var evaluation = new Evaluation(ids.Next<EvaluationId>(), programme.Id, whole.Id, new GrantYear(2025), now);
        Assert.Null(evaluation.Deliver(new EvaluationReport("Midtveis", "Et selskap", new LocalDate(2024, 11, 19), "Funn", "Sak 1"), person.Id, now, new LocalDate(2024, 11, 20)));
        db.Add(evaluation);
        var rapport = Rapport.Open(ids.Next<RapportId>(), grant, [.. PlannedLine.Of(plan.Id, version.Read(), source.Id)], Money.Zero, now);
        Assert.Null(rapport.Write("Året", rapport.Results.ToDictionary(result => result.TiltakId, _ => ("Gjort", (Money?)Money.FromKroner(7))), 0, person.Id, now));
        Assert.Null(rapport.Freeze(ids.Next<VersionId>(), person.Id, now));
        var deadline = Deadline.Set(
            ids.Next<DeadlineId>(), "decide-plan", new LocalDate(2024, 12, 12), new LocalTime(12, 0), "Y-1 12-12", new Ladder([10, 5, 1], [1], new LocalTime(8, 0)), new WorkingCalendar([]), now);
        var decision = new Decision(
            ids.Next<DecisionId>(), body.Id, DocumentKind.Handlingsplan, plan.Id.Value, 1, isApproved: true,
            new DecisionText(new LocalDate(2024, 11, 19), "12/24", "Planen er godkjent"), person.Id, now, new LocalDate(2024, 11, 20));
        db.AddRange(plan, round, grant, rapport, deadline, decision, Meeting(writing, body, round, decision, person));
    }

    private static Handlingsplan Plan(Writing writing, PlanUnit unit, FundingSource source, Criterion criterion, Person person)
    {
        var plan = Handlingsplan.Start(writing.Ids.Next<HandlingsplanId>(), unit.Id, new GrantYear(2025), writing.Now);
        Assert.Null(plan.Attach(new AttachmentContent("kart.pdf", "application/pdf", 1_234, new string('a', 64)), person.Id, writing.Now));
        foreach (var kroner in new[] { 1_900_000L, 600_000 })
        {
            var tiltak = plan.Add(writing.Ids.Next<TiltakId>(), "Ordrett", person.Id, writing.Now);
            Assert.Null(plan.WriteTiltak(tiltak.TiltakId, Text(source.Id, kroner) with { Name = $"Tiltak {kroner}" }, plan.Revision, person.Id, writing.Now));
        }

        foreach (var section in Enum.GetValues<PlanSection>())
        {
            Assert.Null(plan.WriteSection(section, $"Tekst om {section}", plan.Revision, person.Id, writing.Now));
        }

        Assert.Null(plan.Freeze(writing.Ids.Next<VersionId>(), person.Id, writing.Now, [source], [criterion]));
        return plan;
    }

    private static Meeting Meeting(Writing writing, Body body, Round round, Decision decision, Person person)
    {
        var now = writing.Now;
        var meeting = new Meeting(writing.Ids.Next<MeetingId>(), body, new MeetingFrame(now.AddHours(2), now.AddHours(4), "Formannskapssalen", "https://mote.example.no/1"), person.Id, now);
        Assert.Null(meeting.Add(writing.Ids.Next<AgendaItemId>(), round, "Handlingsplan 2025"));
        Assert.Null(meeting.Add(writing.Ids.Next<AgendaItemId>(), "Status", "Året så langt"));
        Assert.NotNull(meeting.Call(body, "", WorkingCalendar.Norwegian, person.Id, now).Call);
        var (item, seat) = (meeting.Agenda[0], meeting.Seats[0].SeatId);
        Assert.Null(meeting.Note([new SeatAttendance(seat, Attendance.Present, null, meeting.Agenda[1].Id)], null, now));
        Assert.Null(meeting.Propose(item, seat, "Utsett saken"));
        Assert.Null(meeting.Register(item, round, [new SeatVote(seat, AnswerKind.SendBack, 1, false, "stemme")]));
        item.Decide(CountOutcome.Returned, decision.Id);
        return meeting;
    }

    private static Grant Grant(Writing writing, Handlingsplan plan, PlanUnit unit, FundingSource source, Person person)
    {
        // As if it were two plans, so that what is sent beside the first is kept too.
        var sent = new PlanToSend(plan.Id, plan.LatestVersion!, 1);
        var grant = Tilskudd.Cycle.Award.Grant.Gathering(writing.Ids.Next<GrantId>(), unit.Id, new GrantYear(2025), source.Id, [plan.Id, plan.Id]);
        Assert.Null(grant.Submit(writing.Ids.Next<SubmissionId>(), [sent, sent], person.Id, writing.Now));
        Assert.Null(grant.Receive("2024/1", writing.Now));
        Assert.Null(grant.RegisterLetter(
            writing.Ids.Next<TilskuddsbrevId>(), source, "24/1234", new LocalDate(2024, 11, 18), Money.FromKroner(2_500_000), InTwo, person.Id, writing.Now, new LocalDate(2024, 11, 20)));
        Assert.Null(grant.AcceptLetter([.. PlannedLine.Of(plan.Id, plan.LatestVersion!.Read(), source.Id).Take(1)], LetterSpread.Proportional, new Limits(100, Money.Largest, Money.Zero), person.Id, writing.Now));
        return grant;
    }
}
