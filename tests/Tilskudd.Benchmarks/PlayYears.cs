using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tilskudd.Approval;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Demo;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;
using Tilskudd.Year.Sources;

namespace Tilskudd.Benchmarks;

/// <summary>A programme of a municipality of its own, and those who sit in its group.</summary>
/// <param name="Tiltak">The ids its tiltak have for life.</param>
internal sealed record LaidProgramme(LoadedProgramme Programme, IReadOnlyList<PersonId> Members, Dictionary<string, TiltakId> Tiltak)
{
    public UnitYear In(GrantYear year, int unit = 0) => new(Programme, Programme.Units[unit], year);
}

/// <summary>
/// Lays programmes out and plays their years, as the demonstration does: through the application's own rules, flows and door, a commit for each
/// act of a person. What is sent is left in the outbox.
/// </summary>
internal sealed class PlayYears(Ground ground)
{
    /// <summary>The one source of every programme; its amount is below what needs an auditor.</summary>
    private const string Kdd = "KDD";

    private static readonly LocalDate Since = new(2010, 1, 1);
    private static readonly GrantYear First = new(2010);
    private static readonly GrantYear Last = new(2030);
    private static readonly Money Frame = Money.FromKroner(400_000);

    // Each act is a little later than the one before, as ids and trail are in real life.
    private static readonly Duration Pause = Duration.FromMilliseconds(20);

    private readonly PlayRuns _play = new(ground.Door, ground.Services.GetRequiredService<Flow>(), ground.Databases);
    private readonly SettleRound _settle = ground.Services.GetRequiredService<SettleRound>();
    private readonly NoticeQueue _notices = ground.Services.GetRequiredService<NoticeQueue>();
    private readonly ProgrammeSource _anySource = RealWorld.Read().Trusted().Programmes[0];
    private GrantorId _kdd;
    private LoadedPerson _contact = null!;

    /// <summary>The same country, where the application has begun anew.</summary>
    public PlayYears On(Ground other) => new(other) { _kdd = _kdd, _contact = _contact };

    /// <summary>Lays out the ministry that gives the money, and whoever answers for it.</summary>
    public Task Begin() => ground.Write(w =>
    {
        var kdd = new Grantor(w.Ids.Next<GrantorId>(), Kdd, "Kommunal- og distriktsdepartementet");
        (_kdd, _contact) = (kdd.Id, Person(w, "kontakt"));
        w.Db.AddRange(kdd, new RoleAssignment(w.Ids.Next<RoleId>(), _contact.Id, Role.GrantorContact, null, null, kdd.Id, Since, null));
        return Task.CompletedTask;
    });

    /// <summary>A programme with its people, its group, and its money for some years.</summary>
    /// <param name="number">Its number in the country, from 1.</param>
    public async Task<LaidProgramme> Lay(int number, IReadOnlyList<GrantYear> years, int units = 1, int members = 3)
    {
        LaidProgramme? laid = null;
        await ground.Write(w =>
        {
            laid = Lay(w, number.ToString(CultureInfo.InvariantCulture), years, units, members);
            return Task.CompletedTask;
        });
        return laid!;
    }

    /// <summary>Opens the year, and takes the plan as far as the group's answers. Five acts after the opening.</summary>
    public async Task ToTheGroup(LaidProgramme laid, UnitYear of)
    {
        await Act(() => _play.Open(of));
        await Act(() => _play.Answer(of, DocumentKind.Handlingsplan, null, "Done", of.Leader));
        await Act(() => _play.Write(of, Draft(of), laid.Tiltak));
        await Act(() => _play.Send(of));
        await Act(() => _play.Answer(of, DocumentKind.Handlingsplan, null, "Accepted", of.Leader));
    }

    /// <summary>A whole year, from the opening to the accepted report: a plan, a letter and a report, each with a run of its own.</summary>
    public async Task Whole(LaidProgramme laid, UnitYear of)
    {
        await ToTheGroup(laid, of);
        await Decide(laid, of, DocumentKind.Handlingsplan);
        var today = OsloTime.On(ground.Clock.GetUtcNow()).Date;
        await Act(() => _play.Submit(of, Kdd));
        await Act(() => _play.Receive(of, Kdd, "24/99"));
        await Act(() => _play.RecordVote(of, Kdd, today));

        // A year played when it was over has its letter late, and no report is due before its letter.
        var due = LocalDate.Max(new LocalDate(of.Year.Number + 1, 3, 1), today.PlusMonths(1));
        await Act(() => _play.RegisterLetter(of, Kdd, Money.Zero, due));
        await Act(() => _play.AcceptLetter(of, Kdd));
        await Act(() => _play.EndYear(of, Kdd));
        await Act(() => Report(of, "Done", of.Coordinator, (w, rapport) => Account(w, rapport, of.Coordinator.Id)));
        await Act(() => Report(of, "Accepted", of.Leader, (_, _) => null));
        await Decide(laid, of, DocumentKind.Rapport);
        await Act(() => Report(of, "Submitted", of.Leader, (w, rapport) => rapport.Submit(w.Db.Grants.Single(grant => grant.Id == rapport.GrantId).Letter!, Limits.Default, w.Now)));
        await Act(() => Report(of, "Received", _contact, (w, rapport) => rapport.Receive("25/7", w.Now)));
        await Act(() => Report(of, "Approved", of.Leader, (w, rapport) =>
        {
            var grant = w.Db.Grants.Single(grant => grant.Id == rapport.GrantId);
            rapport.Accept(w.Db.FundingSources.Single(source => source.Id == grant.SourceId), w.Now);
            return null;
        }));
    }

    /// <summary>What is opened of a year for all of a programme's units, in one story.</summary>
    public Task OpenAll(LaidProgramme laid, GrantYear year) => ground.Write(async w =>
    {
        var flow = ground.Services.GetRequiredService<Flow>();
        for (var unit = 0; unit < laid.Programme.Units.Count; unit++)
        {
            await flow.Raise(w, EventKeys.YearOpened, laid.In(year, unit).Subject, Actor.Of(laid.In(year).Leader.Id));
        }
    });

    private async Task Decide(LaidProgramme laid, UnitYear of, DocumentKind kind)
    {
        foreach (var member in laid.Members)
        {
            await Act(() => ground.Write(w => Answer(w, of, kind, member)));
        }
    }

    private async Task Answer(Writing w, UnitYear of, DocumentKind kind, PersonId member)
    {
        var run = await w.Db.Set<Run>().AsSingleQuery().SingleAsync(run => run.PlanUnitId == of.Unit.Id && run.Year == of.Year && run.DocumentKind == kind && run.ClosedAt == null);
        var round = await w.Db.Existing<Round>(run.Waiting.RoundId!.Value);
        var answer = round.Answer(w.Ids.Next<RoundAnswerId>(), member, AnswerKind.Approve, "", round.Hash, Assurance.LinkAndCode, w.Ids.Next(), w.Now);
        Ground.Demand(answer is null, $"An answer was refused: {answer}");
        await RunTrail.Record(w, run, Actor.Of(member), "answer-given", "round", round.Id.Value, $"{round.Version}", run.StepId, nameof(AnswerKind.Approve), new JsonObject { ["hash"] = round.Hash });
        await _notices.Queue(w, NoticeKind.AnswerReceipt, member, $"round/{round.Id}/answer/1", new NoticeAbout { RoundId = round.Id });
        await _settle.IfDecided(w, run, round);
    }

    private Task Report(UnitYear of, string outcome, LoadedPerson by, Func<Writing, Rapport, Refusal?> act) => _play.Answer(
        of, DocumentKind.Rapport, Kdd, outcome, by, act: async (w, run) => act(w, await w.Db.Existing<Rapport>(new RapportId(run.DocumentId))));

    private static Refusal? Account(Writing w, Rapport rapport, PersonId by) =>
        rapport.Write("Et godt år.", rapport.Results.ToDictionary(result => result.TiltakId, result => ("60 barn var med", (Money?)result.Planned)), rapport.Revision, by, w.Now)
        ?? rapport.Freeze(w.Ids.Next<VersionId>(), by, w.Now);

    private async Task Act(Func<Task> act)
    {
        ground.Clock.Advance(Pause.ToTimeSpan());
        await act();
    }

    private LaidProgramme Lay(Writing w, string number, IReadOnlyList<GrantYear> years, int units, int seats)
    {
        var municipality = new Municipality(w.Ids.Next<MunicipalityId>(), $"Kommune {number}", "nb");
        var programme = new Programme(w.Ids.Next<ProgrammeId>(), municipality.Id, $"program-{number}", $"Program {number}", First.Number, Last.Number, "Et godt sted å vokse opp");
        w.Db.AddRange(municipality, programme, new Criterion(CriterionOf(programme.Slug), programme.Id, 1, "Trygge oppvekstmiljøer", ["K1"]));
        var parts = Enumerable.Range(1, units).Select(unit => new PlanUnit(w.Ids.Next<PlanUnitId>(), programme.Id, $"enhet-{number}-{unit}", $"Enhet {number}.{unit}", units == 1 ? PlanUnitKind.Programme : PlanUnitKind.Area, null)).ToList();
        w.Db.AddRange(parts);
        foreach (var year in years)
        {
            var source = new FundingSource(w.Ids.Next<FundingSourceId>(), programme.Id, year, 1, _kdd, Kdd, 590, 65, "kap. 590 post 65", "");
            source.Record(AmountState.Proposed, null, Frame, w.Now, "Prop. 1 S");
            w.Db.Add(source);
        }

        var (coordinator, leader) = (Person(w, $"koordinator{number}"), Person(w, $"leder{number}"));
        List<LoadedRole> roles =
        [
            .. parts.Select(part => new LoadedRole(Role.Coordinator, part.Slug, coordinator)),
            new(Role.ProgrammeLeader, "", leader), new(Role.Secretary, "", leader), new(Role.Accountant, "", Person(w, $"regnskap{number}")),
        ];
        foreach (var (role, _, person) in roles.DistinctBy(role => role.Role))
        {
            w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), person.Id, role, programme.Id, null, null, Since, null));
        }

        var members = Enumerable.Range(1, seats).Select(seat => Person(w, $"medlem{number}-{seat}").Id).ToList();
        var body = new Body(
            w.Ids.Next<BodyId>(), programme.Id, null, BodyKeys.Deciding, "Politisk styringsgruppe", Regime.Mandat, Mandate.Default with { Written = WrittenRule.Majority }, Mode.Written, true, "");
        foreach (var member in members)
        {
            body.Add(w.Ids.Next<SeatId>(), member == members[0] ? SeatRole.Leader : SeatRole.Member, member, null, null, null, Since, null);
        }

        w.Db.Add(body);
        roles.Add(new LoadedRole(Role.GrantorContact, Kdd, _contact));

        // Nothing of the source is read while a year is played.
        return new LaidProgramme(new LoadedProgramme(programme.Id, programme.Slug, _anySource, parts, null, roles, [], []), members, []);
    }

    private static PlanDraft Draft(UnitYear of) => new(
        Enum.GetValues<PlanSection>().ToDictionary(section => section, section => $"Tekst om {section} i {of.Year}."),
        [.. new[] { 200_000, 150_000, 50_000 }.Select((kroner, index) => new DraftTiltak(
            $"{index}", "", $"Tiltak {index + 1}", "Oppvekst", "", "Leksehjelp to dager i uka", "60 barn", "40 barn året før", "Skole", TiltakStatus.Running, TiltakChange.New,
            ImmutableArray.Create(CriterionOf(of.Programme.Slug)), new Dictionary<string, Money> { [Kdd] = Money.FromKroner(kroner) }))]);

    private static string CriterionOf(string slug) => $"{slug}-1";

    private static LoadedPerson Person(Writing w, string name)
    {
        var id = w.Ids.Next<PersonId>();
        var who = new InventedPerson(name, $"{name}@kommune.example", "nb");
        w.Db.Add(new Person(id, who.Name, who.Email, who.Language, "", isInvented: true, "salt"));
        return new LoadedPerson(id, who);
    }
}
