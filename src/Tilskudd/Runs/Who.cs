using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Approval;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>Turns the flows' role and body keys into people, on a day.</summary>
internal static class Who
{
    private static readonly Func<TilskuddDb, Role, Cycle.Year.ProgrammeId, Cycle.Year.PlanUnitId, LocalDate, IAsyncEnumerable<Person>> InProgramme = Compiled.Query((TilskuddDb db, Role role, Cycle.Year.ProgrammeId programme, Cycle.Year.PlanUnitId unit, LocalDate on) =>
        db.Roles.Where(r => r.Role == role && r.FromOn <= on && (r.ToOn == null || r.ToOn >= on) && r.ProgrammeId == programme && (r.PlanUnitId == null || r.PlanUnitId == unit))
            .Join(db.People, r => r.PersonId, p => p.Id, (_, p) => p).OrderBy(p => p.Name));

    private static readonly Func<TilskuddDb, List<Cycle.Year.GrantorId>, LocalDate, IAsyncEnumerable<Person>> AtGrantors = Compiled.Query((TilskuddDb db, List<Cycle.Year.GrantorId> grantors, LocalDate on) =>
        db.Roles.Where(r => r.Role == Role.GrantorContact && r.FromOn <= on && (r.ToOn == null || r.ToOn >= on) && r.GrantorId != null && grantors.Contains(r.GrantorId.Value))
            .Join(db.People, r => r.PersonId, p => p.Id, (_, p) => p).OrderBy(p => p.Name));

    /// <summary>The role a flow's key names, or null when it names a body.</summary>
    public static Role? RoleOf(string key) => key switch
    {
        "coordinator" => Role.Coordinator,
        "programme-leader" => Role.ProgrammeLeader,
        "secretary" => Role.Secretary,
        "accountant" => Role.Accountant,
        "grantor" => Role.GrantorContact,
        _ => null,
    };

    /// <summary>Those who have the role for what the run is about; at the grantor, the contacts of the grantor whose money it is.</summary>
    public static async Task<IReadOnlyList<Person>> Holding(TilskuddDb db, string key, Subject subject, LocalDate on, CancellationToken ct = default)
    {
        if (RoleOf(key) is not { } role)
        {
            return await Sitting(db, key, subject, on, ct);
        }

        // The contact of two grantors is one person.
        var held = await (role == Role.GrantorContact ? AtGrantors(db, await GrantorsOf(db, subject, ct), on) : InProgramme(db, role, subject.Programme, subject.Unit, on)).ToListAsync(ct);
        return [.. held.DistinctBy(person => person.Id)];
    }

    /// <summary>The contacts of the grantor whose money a grant is, by name.</summary>
    public static async Task<IReadOnlyList<Person>> ContactsOf(TilskuddDb db, Grant grant, LocalDate on, CancellationToken ct = default)
    {
        var contacts = await db.FundingSources.IgnoreAutoIncludes().Where(source => source.Id == grant.SourceId)
            .Join(db.Set<RoleAssignment>().Where(r => r.Role == Role.GrantorContact && r.FromOn <= on && (r.ToOn == null || r.ToOn >= on)), source => source.GrantorId, r => r.GrantorId, (_, r) => r)
            .Join(db.Set<Person>(), r => r.PersonId, p => p.Id, (_, p) => p).OrderBy(p => p.Name).ToListAsync(ct);
        return [.. contacts.DistinctBy(person => person.Id)];
    }

    /// <summary>Whether a person is contact at the grantor behind a grant, or behind the grant a report is about.</summary>
    public static Task<bool> IsContactOf(TilskuddDb db, PersonId person, GrantId? grant, RapportId? rapport, LocalDate on, CancellationToken ct = default)
    {
        var grants = grant is { } id ? db.Grants.Where(one => one.Id == id) : db.Rapporter.Where(one => one.Id == rapport).Join(db.Grants, one => one.GrantId, one => one.Id, (_, one) => one);
        return grants.IgnoreAutoIncludes()
            .Join(db.FundingSources, one => one.SourceId, source => source.Id, (_, source) => source.GrantorId)
            .Join(db.Roles.Where(role => role.PersonId == person && role.Role == Role.GrantorContact && role.FromOn <= on && (role.ToOn == null || role.ToOn >= on)), grantor => grantor, role => role.GrantorId, (_, role) => role)
            .AnyAsync(ct);
    }

    /// <summary>The people a run waits for now: where rounds are open those who have not answered, else those who have the role.</summary>
    public static async Task<IReadOnlyList<Person>> WaitedFor(TilskuddDb db, Run run, LocalDate on, CancellationToken ct = default)
    {
        if (run.Waiting.RoundId is not { } id)
        {
            // Members answer in a round: where none could be opened, nobody has been asked.
            return RoleOf(run.WaitsFor) is null ? [] : await Holding(db, run.WaitsFor, run.Subject, on, ct);
        }

        var missing = (await StepRounds.Of(db, id, ct)).SelectMany(Missing).ToList();
        return await Named(db, missing, ct);
    }

    /// <summary>People by their ids, in the order of their names.</summary>
    public static async Task<IReadOnlyList<Person>> Named(TilskuddDb db, IReadOnlyList<PersonId> people, CancellationToken ct = default) =>
        await db.Set<Person>().Where(p => people.Contains(p.Id)).OrderBy(p => p.Name).ToListAsync(ct);

    /// <summary>Those entitled in a round who have not said where they stand; none once it is closed.</summary>
    public static IReadOnlyList<PersonId> Missing(Round round) => [.. round.Missing.Select(seat => seat.PersonId).OfType<PersonId>()];

    /// <summary>Those who are told that a run is late: the programme leader, and the leaders of the bodies it waits for.</summary>
    public static async Task<IReadOnlyList<Person>> Behind(TilskuddDb db, Run run, LocalDate on, CancellationToken ct = default)
    {
        var leaders = await Holding(db, Cycle.Steps.RoleKeys.ProgrammeLeader, run.Subject, on, ct);
        if (run.WaitsFor.Length == 0 || RoleOf(run.WaitsFor) is not null || await BodiesOf(db, run.WaitsFor, run.Subject, ct) is not { Count: > 0 } bodies)
        {
            return leaders;
        }

        // Of several boards, those that have answered are not late.
        var open = run.Waiting.RoundId is { } lead ? (await StepRounds.Of(db, lead, ct)).Where(round => round.IsOpen).Select(round => round.BodyId).ToHashSet() : [];
        var late = bodies.Where(body => open.Contains(body.Id)).ToList();
        var seated = (late.Count > 0 ? late : bodies).SelectMany(body => body.SeatsOn(on)).Where(seat => seat.Role == SeatRole.Leader).Select(seat => seat.PersonId).OfType<PersonId>().ToList();
        var heads = await db.Set<Person>().Where(p => seated.Contains(p.Id)).ToListAsync(ct);
        return [.. leaders.Concat(heads).DistinctBy(p => p.Id)];
    }

    /// <summary>The bodies a flow's key names, by name: the unit's own where it has any, else those of the whole programme.</summary>
    public static async Task<IReadOnlyList<Body>> BodiesOf(TilskuddDb db, string key, Subject subject, CancellationToken ct = default) =>
        Nearest(await db.Set<Body>().AsSingleQuery().Where(b => b.ProgrammeId == subject.Programme && b.Key == key && b.ToOn == null && (b.PlanUnitId == null || b.PlanUnitId == subject.Unit)).ToListAsync(ct));

    /// <summary>Of a unit's own bodies and those of its programme the first where there are any, else the others; by name.</summary>
    public static IReadOnlyList<Body> Nearest(IReadOnlyCollection<Body> bodies) =>
        [.. bodies.Where(body => body.PlanUnitId is not null || bodies.All(other => other.PlanUnitId is null)).OrderBy(body => body.Name, StringComparer.Ordinal).ThenBy(body => body.Id.Value)];

    private static async Task<IReadOnlyList<Person>> Sitting(TilskuddDb db, string key, Subject subject, LocalDate on, CancellationToken ct)
    {
        var bodies = await BodiesOf(db, key, subject, ct);

        // A deputy sits when called in, and then a round says so.
        var sitting = bodies.SelectMany(body => body.SeatsOn(on)).Where(seat => seat.Role != SeatRole.Deputy).Select(seat => seat.PersonId).OfType<PersonId>().ToList();
        return await db.Set<Person>().Where(p => sitting.Contains(p.Id)).OrderBy(p => p.Name).ToListAsync(ct);
    }

    // Of a change that touches several, those who have not confirmed what was sent; where all have, or nothing was sent, every one.
    private static async Task<List<Cycle.Year.GrantorId>> GrantorsOf(TilskuddDb db, Subject subject, CancellationToken ct)
    {
        if (subject.Kind != DocumentKind.Change && await Saved(db, subject)
            .Join(db.FundingSources, grant => grant.SourceId, source => source.Id, (_, source) => new { source.GrantorId }).SingleOrDefaultAsync(ct) is { } saved)
        {
            return saved.GrantorId is { } only ? [only] : [];
        }

        var grants = await GrantsOf(db, subject, ct);
        var grantors = new List<Cycle.Year.GrantorId>();
        foreach (var grant in grants.Any(grant => grant.IsAwaited) ? grants.Where(grant => grant.IsAwaited) : grants)
        {
            if ((await db.Existing<Cycle.Year.FundingSource>(grant.SourceId, ct)).GrantorId is { } grantor)
            {
                grantors.Add(grantor);
            }
        }

        return grantors;
    }

    /// <summary>The one plan behind a run: that of its change, or of its grant; null where the grant answers several, and where there is none.</summary>
    public static async Task<Cycle.Planning.HandlingsplanId?> PlanBehind(TilskuddDb db, Subject subject, CancellationToken ct = default) =>
        subject.Kind is DocumentKind.Handlingsplan or DocumentKind.Evaluation ? null
        : subject.Kind == DocumentKind.Change ? (await db.Existing<PlanChange>(new PlanChangeId(subject.Document), ct)).PlanId
        : await Saved(db, subject).Select(grant => new { grant.IsGathered, grant.PlanId }).SingleOrDefaultAsync(ct) is { } saved ? saved.IsGathered ? null : saved.PlanId
        : (await GrantOf(db, subject, ct))?.OnlyPlan;

    /// <summary>The code of the source whose money a letter or a report is about; null for other documents.</summary>
    public static Task<string?> SourceOf(TilskuddDb db, Subject subject, CancellationToken ct = default) =>
        Saved(db, subject).Join(db.FundingSources, grant => grant.SourceId, source => source.Id, (_, source) => source.Code).SingleOrDefaultAsync(ct);

    // The grant of a letter or a report as the tables have it, for what never changes of it; one that was opened in the same story is not there yet.
    private static IQueryable<Grant> Saved(TilskuddDb db, Subject subject)
    {
        var (grant, rapport) = (new GrantId(subject.Document), new RapportId(subject.Document));
        return subject.Kind == DocumentKind.Rapport
            ? db.Rapporter.IgnoreAutoIncludes().Where(known => known.Id == rapport).Join(db.Grants, known => known.GrantId, known => known.Id, (_, known) => known)
            : db.Grants.IgnoreAutoIncludes().Where(known => known.Id == grant);
    }

    /// <summary>The grants a run is about: every one whose grantor must know of a change, else the one there is, or none.</summary>
    public static async Task<IReadOnlyList<Grant>> GrantsOf(TilskuddDb db, Subject subject, CancellationToken ct = default)
    {
        if (subject.Kind != DocumentKind.Change)
        {
            return await GrantOf(db, subject, ct) is { } only ? [only] : [];
        }

        var grants = new List<Grant>();
        var change = await db.Existing<PlanChange>(new PlanChangeId(subject.Document), ct);
        foreach (var id in change.MustBeTold ? change.Told : change.Grants)
        {
            grants.Add(await db.Existing<Grant>(id, ct));
        }

        return grants;
    }

    /// <summary>The grant a run is about: its own document, or that of the report or the change it is about; of several the first. Found also when it was added in the same story.</summary>
    public static async Task<Grant?> GrantOf(TilskuddDb db, Subject subject, CancellationToken ct = default)
    {
        switch (subject.Kind)
        {
            case DocumentKind.Tilskuddsbrev:
                return await db.Existing<Grant>(new GrantId(subject.Document), ct);
            case DocumentKind.Rapport:
                var rapport = await db.Existing<Rapport>(new RapportId(subject.Document), ct);
                return await db.Existing<Grant>(rapport.GrantId, ct);
            case DocumentKind.Change:
                var change = await db.Existing<PlanChange>(new PlanChangeId(subject.Document), ct);
                return await db.Existing<Grant>(change.GrantId, ct);
            case DocumentKind.Handlingsplan or DocumentKind.Evaluation:
                return null;
            default:
                throw new System.Diagnostics.UnreachableException($"A run about {subject.Kind} has no grant rule.");
        }
    }
}
