using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>
/// What waits for a person. What waits for a role is found and counted by the database, however many programmes the role is held in; only where
/// a body answers are rounds read to see whose answer is missing, and only those the person has something to do with.
/// </summary>
internal sealed class PersonTasks
{
    // No person sits in so many bodies that decide at once.
    private const int MostInBodies = 500;

    private PersonTasks(IQueryable<Run> runs) => Runs = runs;

    /// <summary>The runs that wait for the person, in no order.</summary>
    public IQueryable<Run> Runs { get; }

    /// <summary>How many the runs are.</summary>
    public required int RunCount { get; init; }

    /// <summary>How many tasks they are: in one run a person may have an answer to give, and doubts to decide.</summary>
    public required int Count { get; init; }

    /// <summary>The runs, the one that is due first first; those without a deadline last.</summary>
    public IQueryable<Run> MostUrgentFirst => Runs.OrderBy(run => run.DueAt == null).ThenBy(run => run.DueAt).ThenBy(run => run.Id);

    /// <param name="seen">The programmes the person sees.</param>
    public static async Task<PersonTasks> Of(TilskuddDb db, SignedIn reader, IReadOnlySet<ProgrammeId> seen, DateTimeOffset now, CancellationToken ct)
    {
        var inBodies = await InBodies(db, reader, seen, now, ct);
        var ids = inBodies.Select(task => task.Run).Concat(await AtGrantor(db, reader, Dates.On(now), ct)).ToList();
        var held = ByRole(db, reader);
        var runs = db.Set<Run>().AsNoTracking().Where(run => run.ClosedAt == null && (ids.Contains(run.Id) || held.Contains(run.Id)));
        var count = await runs.CountAsync(ct);
        return new PersonTasks(runs) { RunCount = count, Count = count - inBodies.Count + inBodies.Sum(task => task.Tasks) };
    }

    // The roles held today say which programmes and units; for a date nobody is waited for.
    private static IQueryable<RunId> ByRole(TilskuddDb db, SignedIn reader)
    {
        List<ProgrammeId> Programmes(Role role) => [.. reader.Roles.Where(held => held.Role == role && held.PlanUnitId is null).Select(held => held.ProgrammeId).OfType<ProgrammeId>()];
        List<PlanUnitId> Units(Role role) => [.. reader.Roles.Where(held => held.Role == role).Select(held => held.PlanUnitId).OfType<PlanUnitId>()];
        var (coordinator, leader, secretary, accountant) = (Programmes(Role.Coordinator), Programmes(Role.ProgrammeLeader), Programmes(Role.Secretary), Programmes(Role.Accountant));
        var (coordinatorOf, leaderOf, secretaryOf, accountantOf) = (Units(Role.Coordinator), Units(Role.ProgrammeLeader), Units(Role.Secretary), Units(Role.Accountant));
        return db.Set<Run>().Where(run => run.ClosedAt == null && run.StepKind != nameof(WaitUntil) && (
            (run.WaitsFor == RoleKeys.Coordinator && (coordinator.Contains(run.ProgrammeId) || coordinatorOf.Contains(run.PlanUnitId)))
            || (run.WaitsFor == RoleKeys.ProgrammeLeader && (leader.Contains(run.ProgrammeId) || leaderOf.Contains(run.PlanUnitId)))
            || (run.WaitsFor == RoleKeys.Secretary && (secretary.Contains(run.ProgrammeId) || secretaryOf.Contains(run.PlanUnitId)))
            || (run.WaitsFor == RoleKeys.Accountant && (accountant.Contains(run.ProgrammeId) || accountantOf.Contains(run.PlanUnitId)))))
            .Select(run => run.Id);
    }

    /// <summary>The runs that wait for the grantors the person answers for. Of those a contact sees the deadline, and not the programme they are in.</summary>
    public static async Task<IReadOnlyList<RunId>> AtGrantor(TilskuddDb db, SignedIn reader, LocalDate today, CancellationToken ct)
    {
        if (Grantors(reader) is not { Count: > 0 } grantors)
        {
            return [];
        }

        var letters = await OfLetters(db, grantors, db.Set<Run>().Where(run => run.ClosedAt == null && run.WaitsFor == RoleKeys.Grantor && run.StepKind != nameof(WaitUntil)), ct);

        // A change may touch several grantors, of whom some have answered.
        var changes = await db.Set<Run>().AsNoTracking().Where(run => run.ClosedAt == null && run.WaitsFor == RoleKeys.Grantor && run.DocumentKind == DocumentKind.Change).ToListAsync(ct);
        var staff = await Staff.Of(db, changes, today, ct);
        return [.. letters, .. changes.Where(run => staff.WaitedFor(run).Any(one => one.Id == reader.Id)).Select(run => run.Id)];
    }

    /// <summary>The runs about money of the grantors the person answers for, that are open or have ended since an instant, whether they wait for the grantor now or not.</summary>
    public static async Task<IReadOnlyList<RunId>> AboutGrantor(TilskuddDb db, SignedIn reader, DateTimeOffset since, CancellationToken ct)
    {
        if (Grantors(reader) is not { Count: > 0 } grantors)
        {
            return [];
        }

        var recent = db.Set<Run>().Where(run => run.ClosedAt == null || run.ClosedAt > since);
        var changes = await recent.Where(run => run.DocumentKind == DocumentKind.Change).Select(run => new { run.Id, Change = new PlanChangeId(run.DocumentId) }).ToListAsync(ct);
        var ids = changes.Select(run => run.Change).ToList();
        var told = await db.Set<PlanChange>().Where(change => ids.Contains(change.Id)).ToDictionaryAsync(change => change.Id, change => change.Told, ct);
        var theirs = await Theirs(db, grantors, [.. told.Values.SelectMany(grants => grants).Distinct()], ct);
        return [.. await OfLetters(db, grantors, recent, ct), .. changes.Where(run => told[run.Change].Any(theirs.Contains)).Select(run => run.Id)];
    }

    private static List<GrantorId> Grantors(SignedIn reader) => [.. reader.Roles.Where(held => held.Role == Role.GrantorContact).Select(held => held.GrantorId).OfType<GrantorId>()];

    // Those of some runs that are about a letter of these grantors, or the report on it. What a run is about is known by a plain number, which no index of
    // grants is found by: so in three short questions.
    private static async Task<IReadOnlyList<RunId>> OfLetters(TilskuddDb db, List<GrantorId> grantors, IQueryable<Run> some, CancellationToken ct)
    {
        var waiting = await some.Where(run => run.DocumentKind == DocumentKind.Tilskuddsbrev || run.DocumentKind == DocumentKind.Rapport)
            .Select(run => new { run.Id, run.DocumentKind, run.DocumentId }).ToListAsync(ct);
        var reports = waiting.Where(run => run.DocumentKind == DocumentKind.Rapport).Select(run => new RapportId(run.DocumentId)).ToList();
        var reported = await db.Rapporter.Where(rapport => reports.Contains(rapport.Id)).Select(rapport => new { rapport.Id, rapport.GrantId }).ToDictionaryAsync(rapport => rapport.Id.Value, rapport => rapport.GrantId, ct);
        var grants = waiting.ToDictionary(run => run.Id, run => run.DocumentKind == DocumentKind.Rapport ? reported[run.DocumentId] : new GrantId(run.DocumentId));
        var theirs = await Theirs(db, grantors, [.. grants.Values.Distinct()], ct);
        return [.. grants.Where(run => theirs.Contains(run.Value)).Select(run => run.Key)];
    }

    private static async Task<IReadOnlySet<GrantId>> Theirs(TilskuddDb db, List<GrantorId> grantors, List<GrantId> grants, CancellationToken ct) =>
        (await db.Grants.Where(grant => grants.Contains(grant.Id) && db.FundingSources.Any(source => source.Id == grant.SourceId && source.GrantorId != null && grantors.Contains(source.GrantorId.Value)))
            .Select(grant => grant.Id).ToListAsync(ct)).ToHashSet();

    /// <summary>The runs in which a body is waited for and the person is one of those, with how many tasks the person has there.</summary>
    private static async Task<IReadOnlyList<(RunId Run, int Tasks)>> InBodies(TilskuddDb db, SignedIn reader, IReadOnlySet<ProgrammeId> seen, DateTimeOffset now, CancellationToken ct)
    {
        var (person, today) = (reader.Id, Dates.On(now));
        var leads = reader.Roles.Where(held => held.Role is Role.ProgrammeLeader or Role.Secretary).Select(held => held.ProgrammeId).OfType<ProgrammeId>().ToList();
        var rounds = db.Rounds.Where(round => round.ClosedAt == null && (round.Seats.Any(seat => seat.PersonId == person) || round.Doubts.Any(doubt => doubt.DecidedAt == null)));
        var asked = db.Set<Run>().Where(run => run.ClosedAt == null && BodyKeys.All.Contains(run.WaitsFor) && (
            run.Visits.Any(visit => visit.Number == run.VisitNumber && visit.RoundId != null
                    && rounds.Any(round => (round.Id == visit.RoundId || round.FirstId == visit.RoundId) && (leads.Contains(run.ProgrammeId) || round.Seats.Any(seat => seat.PersonId == person))))
                || (run.Visits.Any(visit => visit.Number == run.VisitNumber && visit.RoundId == null)
                    && db.Bodies.Any(body => body.ProgrammeId == run.ProgrammeId && body.Seats.Any(seat => seat.PersonId == person && seat.FromOn <= today && (seat.ToOn == null || seat.ToOn >= today))))));
        var found = await asked.OrderBy(run => run.DueAt == null).ThenBy(run => run.DueAt).ThenBy(run => run.Id).Take(MostInBodies).AsNoTracking().ToListAsync(ct);
        var runs = found.Where(run => seen.Contains(run.ProgrammeId)).ToList();
        var staff = await Staff.Of(db, runs, today, ct);
        return [.. runs.Select(run => (run.Id, Tasks: (staff.WaitedFor(run).Any(one => one.Id == person) ? 1 : 0) + staff.DoubtsBefore(person, run).Count())).Where(task => task.Tasks > 0)];
    }
}
