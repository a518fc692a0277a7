using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Approval;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>The grant behind a run: the plan it is for, where that is one, and the source it is from; of a change that touches several, every source.</summary>
/// <param name="Asked">The grantors it concerns; of several those who have not confirmed what was sent, where some have not.</param>
/// <param name="ReportDueOn">The day its letter wants the report by; null before there is a letter, and of a change.</param>
internal sealed record GrantBehind(HandlingsplanId? Plan, string Source, IReadOnlyList<AskedGrantor> Asked, LocalDate? ReportDueOn = null);

/// <summary>A grant, and the grantor it is from; null for a source that is not a grantor's.</summary>
internal sealed record AskedGrantor(GrantId Grant, GrantorId? Grantor);

/// <summary>
/// Everyone with a part in some runs on a day, read at once, so that a page of many runs asks the database the same few questions as a
/// page of one. Tells the same as <see cref="Who"/>. What is read here is for reading, in a story of writing too.
/// </summary>
internal sealed class Staff
{
    private readonly LocalDate _on;
    private readonly ILookup<Role, RoleAssignment> _roles;
    private readonly IReadOnlyList<Body> _bodies;
    private readonly ILookup<RoundId, Round> _rounds;
    private readonly Dictionary<Guid, GrantBehind> _grants;
    private readonly Dictionary<PersonId, Person> _people;

    private Staff(
        LocalDate on, IEnumerable<RoleAssignment> roles, IReadOnlyList<Body> bodies, IEnumerable<Round> rounds, Dictionary<Guid, GrantBehind> grants, IEnumerable<Person> people) =>
        (_on, _roles, _bodies, _rounds, _grants, _people) =
        (on, roles.ToLookup(role => role.Role), bodies, rounds.ToLookup(round => round.Lead), grants, people.ToDictionary(person => person.Id));

    /// <summary>Reads who has a part in the runs: roles, bodies, open rounds, grants and people.</summary>
    public static async Task<Staff> Of(TilskuddDb db, IReadOnlyCollection<Run> runs, LocalDate on, CancellationToken ct)
    {
        var programmes = runs.Select(run => run.ProgrammeId).Distinct().ToList();
        var roles = await db.Roles.AsNoTracking().Where(role => role.FromOn <= on && (role.ToOn == null || role.ToOn >= on)
            && (role.GrantorId != null || (role.ProgrammeId != null && programmes.Contains(role.ProgrammeId.Value)))).ToListAsync(ct);
        var bodies = await db.Bodies.AsNoTracking().Where(body => programmes.Contains(body.ProgrammeId)).ToListAsync(ct);
        var open = runs.Where(run => run.IsOpen && run.Waiting.RoundId is not null).Select(run => run.Waiting.RoundId!.Value).ToList();
        var rounds = open.Count == 0 ? [] : await StepRounds.Of(db, open).AsNoTracking().ToListAsync(ct);
        var ids = roles.Select(role => role.PersonId)
            .Concat(bodies.SelectMany(body => body.Seats).Select(seat => seat.PersonId).OfType<PersonId>())
            .Concat(rounds.SelectMany(round => round.Seats).SelectMany(seat => new[] { seat.PersonId, seat.OnLeave }).OfType<PersonId>())
            .Distinct().ToList();
        var people = await db.People.AsNoTracking().Where(person => ids.Contains(person.Id)).ToListAsync(ct);
        return new Staff(on, roles, bodies, rounds, await Grants(db, runs, ct), people);
    }

    /// <summary>The people a run waits for now, by name: in its rounds those who have not answered, else those who have the role. For a date, nobody.</summary>
    public IReadOnlyList<Person> WaitedFor(Run run) => !run.IsOpen || run.StepKind == nameof(WaitUntil) ? [] : Concerned(run);

    /// <summary>Whom a reminder of the waiting step goes to: those it waits for, and who looks after a step that only waits for a date.</summary>
    public IReadOnlyList<Person> Concerned(Run run) => Rounds(run) is { Count: > 0 } rounds ? Named(rounds.SelectMany(Who.Missing))

        // Members answer in a round: where none could be opened, nobody has been asked.
        : Who.RoleOf(run.WaitsFor) is null ? [] : Holding(run.WaitsFor, run);

    /// <summary>Those entitled in a round who have not said where they stand, by name.</summary>
    public IReadOnlyList<Person> Missing(Round round) => Named(Who.Missing(round));

    /// <summary>Those in a run's rounds whose habilitet is not decided yet, by name.</summary>
    public IReadOnlyList<Person> InDoubt(Run run) => Named(Rounds(run).SelectMany(round => round.Undecided).Select(doubt => doubt.PersonId));

    /// <summary>For whom a person answers in a run's rounds, by name; null for who answers for himself.</summary>
    public string? InsteadOf(Run run, PersonId person) => Rounds(run)
        .Select(round => round.SeatOf(person) is { } seat && round.InsteadOf(seat) is { } member ? _people[member].Name : null).FirstOrDefault(name => name is not null);

    /// <summary>The doubts a person is to decide or register what was decided of: who leads the round, and in line who leads the body. Never one's own.</summary>
    public IEnumerable<(Round Round, Doubt Doubt, Person Person)> DoubtsBefore(PersonId person, Run run) =>
        from round in Rounds(run)
        from doubt in round.Undecided
        where doubt.PersonId != person && (DecideDoubt.DecidesInLine(round, person) || Holding(RoleKeys.ProgrammeLeader, run).Concat(Holding(RoleKeys.Secretary, run)).Any(one => one.Id == person))
        select (round, doubt, _people[doubt.PersonId]);

    /// <summary>Those who are told that a run is late: the programme leader, and the leaders of the bodies it waits for.</summary>
    public IReadOnlyList<Person> Behind(Run run)
    {
        var bodies = run.WaitsFor.Length == 0 || Who.RoleOf(run.WaitsFor) is not null ? [] : BodiesOf(run.WaitsFor, run);

        // Of several boards, those that have answered are not late.
        var open = Rounds(run).Where(round => round.IsOpen).Select(round => round.BodyId).ToHashSet();
        var late = bodies.Where(body => open.Contains(body.Id)).ToList();
        var heads = (late.Count > 0 ? late : bodies).SelectMany(body => body.SeatsOn(_on)).Where(seat => seat.Role == SeatRole.Leader).Select(seat => seat.PersonId).OfType<PersonId>();
        return [.. Holding(RoleKeys.ProgrammeLeader, run).Concat(Named(heads)).DistinctBy(person => person.Id)];
    }

    /// <summary>The rounds a run waits in, one for each board that was asked, those that have ended too; none where it waits for something else.</summary>
    public IReadOnlyList<Round> Rounds(Run run) => run.IsOpen && run.Waiting.RoundId is { } lead ? [.. _rounds[lead].OrderBy(BoardOf, StringComparer.Ordinal)] : [];

    /// <summary>The board a round is in.</summary>
    public string BoardOf(Round round) => _bodies.Single(body => body.Id == round.BodyId).Name;

    /// <summary>The grant a run is about, or null for a plan's.</summary>
    public GrantBehind? Grant(Run run) => _grants.GetValueOrDefault(run.DocumentId);

    /// <summary>The bodies a flow names for a run.</summary>
    public IReadOnlyList<Body> BodiesOf(string key, Run run) => Who.Nearest(
        [.. _bodies.Where(body => body.ProgrammeId == run.ProgrammeId && body.Key == key && body.ToOn is null && (body.PlanUnitId is null || body.PlanUnitId == run.PlanUnitId))]);

    /// <summary>Those who have the role, or sit in the body, for what a run is about.</summary>
    public IReadOnlyList<Person> Holding(string key, Run run)
    {
        if (key.Length == 0)
        {
            return [];
        }

        if (Who.RoleOf(key) is not { } role)
        {
            // A deputy sits when called in, and then a round says so.
            return Named(BodiesOf(key, run).SelectMany(body => body.SeatsOn(_on)).Where(seat => seat.Role != SeatRole.Deputy).Select(seat => seat.PersonId).OfType<PersonId>());
        }

        return Named(_roles[role].Where(held => role == Role.GrantorContact
            ? held.GrantorId is not null && Grant(run)?.Asked.Any(asked => asked.Grantor == held.GrantorId) == true
            : held.ProgrammeId == run.ProgrammeId && (held.PlanUnitId is null || held.PlanUnitId == run.PlanUnitId)).Select(held => held.PersonId));
    }

    /// <summary>The contacts of one of the grantors a run concerns.</summary>
    public IReadOnlyList<Person> ContactsOf(AskedGrantor asked) => Named(_roles[Role.GrantorContact].Where(held => held.GrantorId is not null && held.GrantorId == asked.Grantor).Select(held => held.PersonId));

    /// <summary>Whether the waiting step is this person's to answer; a body's members answer in their round.</summary>
    public bool HasTurn(Run run, PersonId person) => run.IsOpen && Who.RoleOf(run.WaitsFor) is not null && Holding(run.WaitsFor, run).Any(one => one.Id == person);

    /// <summary>Whether the person may press others: the programme leader, the coordinator and an administrator.</summary>
    /// <param name="unit">The unit the run is about: who has one unit presses nobody in another.</param>
    public static bool MayRemind(SignIn.SignedIn person, ProgrammeId programme, PlanUnitId unit) => person.Roles.Any(held => held.Role == Role.Administrator
        || (held.Role is Role.ProgrammeLeader or Role.Coordinator && held.ProgrammeId == programme && (held.PlanUnitId is null || held.PlanUnitId == unit)));

    /// <summary>Whether the person runs the programme, or this unit of it: its leader, or an administrator. Who leads one unit does not run the others.</summary>
    /// <param name="unit">The unit; null for the programme as a whole.</param>
    public static bool Leads(SignIn.SignedIn person, ProgrammeId programme, PlanUnitId? unit = null) =>
        person.Roles.Any(held => held.Role == Role.Administrator || (held.Role == Role.ProgrammeLeader && held.ProgrammeId == programme && (held.PlanUnitId is null || held.PlanUnitId == unit)));

    private List<Person> Named(IEnumerable<PersonId> ids) => [.. ids.Distinct().Select(id => _people[id]).OrderBy(person => person.Name, StringComparer.Ordinal)];

    private static async Task<Dictionary<Guid, GrantBehind>> Grants(TilskuddDb db, IReadOnlyCollection<Run> runs, CancellationToken ct)
    {
        var letters = runs.Where(run => run.DocumentKind == DocumentKind.Tilskuddsbrev).Select(run => new GrantId(run.DocumentId)).Distinct().ToList();
        var rapporter = runs.Where(run => run.DocumentKind == DocumentKind.Rapport).Select(run => new RapportId(run.DocumentId)).Distinct().ToList();
        var changes = runs.Where(run => run.DocumentKind == DocumentKind.Change).Select(run => new PlanChangeId(run.DocumentId)).Distinct().ToList();
        if (letters.Count + rapporter.Count + changes.Count == 0)
        {
            return [];
        }

        var changed = changes.Count == 0 ? [] : await db.Set<PlanChange>().Where(change => changes.Contains(change.Id)).Select(change => new { change.Id, change.GrantId, change.OtherGrants, change.PlanId }).ToListAsync(ct);
        var reported = await db.Rapporter.IgnoreAutoIncludes().Where(rapport => rapporter.Contains(rapport.Id)).Select(rapport => new { rapport.Id, rapport.GrantId }).ToListAsync(ct);
        var wanted = letters.Concat(reported.Select(rapport => rapport.GrantId)).Concat(changed.SelectMany(change => change.OtherGrants.Prepend(change.GrantId))).Distinct().ToList();
        var grants = await db.Grants.IgnoreAutoIncludes().Where(grant => wanted.Contains(grant.Id))
            .Join(db.FundingSources.IgnoreAutoIncludes(), grant => grant.SourceId, source => source.Id, (grant, source) => new { grant.Id, grant.PlanId, grant.IsGathered, source.Code, source.GrantorId, ReportDueOn = (LocalDate?)grant.Letter!.ReportDueOn })
            .ToListAsync(ct);
        var found = grants.ToDictionary(grant => grant.Id.Value, grant => new GrantBehind(grant.IsGathered ? null : grant.PlanId, grant.Code, [new AskedGrantor(grant.Id, grant.GrantorId)], grant.ReportDueOn));
        var waiting = await Awaited(db, [.. changed.Where(change => change.OtherGrants.Count > 0).SelectMany(change => change.OtherGrants.Prepend(change.GrantId)).Distinct()], ct);
        foreach (var rapport in reported)
        {
            found[rapport.Id.Value] = found[rapport.GrantId.Value];
        }

        foreach (var change in changed)
        {
            var touched = change.OtherGrants.Prepend(change.GrantId).Select(id => found[id.Value]).ToList();
            var all = touched.SelectMany(one => one.Asked).ToList();
            var asked = all.Where(one => waiting.Contains(one.Grant)).ToList();
            found[change.Id.Value] = new GrantBehind(change.PlanId, string.Join(", ", touched.Select(one => one.Source)), asked.Count > 0 ? asked : all);
        }

        return found;
    }

    // Those whose grantor has something it has not answered; asked only where a change touches several.
    private static async Task<IReadOnlySet<GrantId>> Awaited(TilskuddDb db, IReadOnlyList<GrantId> grants, CancellationToken ct)
    {
        if (grants.Count == 0)
        {
            return new HashSet<GrantId>();
        }

        var sent = await db.Set<Submission>().Where(sent => grants.Contains(EF.Property<GrantId>(sent, "GrantId")))
            .Select(sent => new { Grant = EF.Property<GrantId>(sent, "GrantId"), sent.Number, IsAwaited = sent.ReceivedAt == null && sent.CorrectionAskedAt == null }).ToListAsync(ct);
        return sent.GroupBy(one => one.Grant).Where(one => one.MaxBy(last => last.Number)!.IsAwaited).Select(one => one.Key).ToHashSet();
    }
}
