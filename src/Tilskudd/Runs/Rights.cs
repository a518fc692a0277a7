using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>Who may see and do what. Nobody learns that something exists which they may not see: it is simply not found.</summary>
internal static class Rights
{
    /// <summary>The programmes a person sees: those with a role, or a seat in a body, on the day. An administrator sees all.</summary>
    public static async Task<IReadOnlySet<ProgrammeId>> Seen(TilskuddDb db, PersonId person, LocalDate on, CancellationToken ct = default)
    {
        var byRole = Roles(db, person, on).Select(r => new { r.ProgrammeId, IsAdministrator = r.Role == Role.Administrator });
        var bySeat = Bodies(db, person, on).Select(b => new { ProgrammeId = (ProgrammeId?)b.ProgrammeId, IsAdministrator = false });
        var held = await byRole.Concat(bySeat).ToListAsync(ct);
        return held.Any(one => one.IsAdministrator)
            ? (await db.Set<Programme>().Select(p => p.Id).ToListAsync(ct)).ToHashSet()
            : held.Select(one => one.ProgrammeId).OfType<ProgrammeId>().ToHashSet();
    }

    /// <summary>The runs of those programmes. An administrator's are all there are, and no programme need be named.</summary>
    public static async Task<IQueryable<Run>> RunsSeen(TilskuddDb db, SignedIn reader, LocalDate on, CancellationToken ct)
    {
        if (reader.Has(Role.Administrator))
        {
            return db.Set<Run>();
        }

        var seen = (await Seen(db, reader.Id, on, ct)).ToList();
        return db.Set<Run>().Where(run => seen.Contains(run.ProgrammeId));
    }

    /// <summary>The same, to be asked together with what is read of a programme: where the person does not see it, nothing is found.</summary>
    public static IQueryable<Programme> SeenBy(TilskuddDb db, PersonId person, LocalDate on)
    {
        var (roles, bodies) = (Roles(db, person, on), Bodies(db, person, on));
        return db.Programmes.Where(p => roles.Any(r => r.Role == Role.Administrator || r.ProgrammeId == p.Id) || bodies.Any(b => b.ProgrammeId == p.Id));
    }

    /// <summary>Whether a person has a role for what a run is about; in the programme as a whole or in its unit.</summary>
    public static Task<bool> Holds(TilskuddDb db, PersonId person, Role role, ProgrammeId programme, PlanUnitId unit, LocalDate on, CancellationToken ct = default) =>
        Held(db, person, programme, unit, on).AnyAsync(r => r.Role == role, ct);

    /// <summary>The same for one who has either of two roles.</summary>
    public static Task<bool> Holds(TilskuddDb db, PersonId person, (Role One, Role Other) either, ProgrammeId programme, PlanUnitId unit, LocalDate on, CancellationToken ct = default)
    {
        var (one, other) = either;
        return Held(db, person, programme, unit, on).AnyAsync(r => r.Role == one || r.Role == other, ct);
    }

    /// <summary>Whether a person looks after every programme.</summary>
    public static Task<bool> Administers(TilskuddDb db, PersonId person, LocalDate on, CancellationToken ct = default) =>
        db.Set<RoleAssignment>().AnyAsync(r => r.PersonId == person && r.Role == Role.Administrator && r.FromOn <= on && (r.ToOn == null || r.ToOn >= on), ct);

    /// <summary>Whether the waiting step is this person's to answer. A body's members answer in their round, never here.</summary>
    public static async Task<bool> HasTurn(TilskuddDb db, Run run, PersonId person, LocalDate on, CancellationToken ct = default) =>
        run.IsOpen && Who.RoleOf(run.WaitsFor) is not null && (await Who.Holding(db, run.WaitsFor, run.Subject, on, ct)).Any(p => p.Id == person);

    /// <summary>The run, when it waits in this visit for this person; else why not.</summary>
    public static async Task<(Run? Run, Refusal? Refusal)> Turn(Writing w, RunId id, int visit, PersonId person)
    {
        var on = OsloTime.On(w.Now).Date;

        // The programme and the unit come with it, since the trail names both.
        var found = await w.Db.Set<Run>().AsSingleQuery().Where(run => run.Id == id)
            .Join(SeenBy(w.Db, person, on), run => run.ProgrammeId, programme => programme.Id, (run, programme) => new { run, programme })
            .Join(w.Db.PlanUnits, both => both.run.PlanUnitId, unit => unit.Id, (both, unit) => new { both.run, both.programme, unit }).SingleOrDefaultAsync();
        if (found?.run is not { } run)
        {
            return (null, new FlowRefusal.NotFound());
        }

        if (!run.IsOpen || run.VisitNumber != visit)
        {
            return (null, new FlowRefusal.AlreadyDone());
        }

        return await HasTurn(w.Db, run, person, on) ? (run, null) : (null, new FlowRefusal.NotYours());
    }

    private static IQueryable<RoleAssignment> Held(TilskuddDb db, PersonId person, ProgrammeId programme, PlanUnitId unit, LocalDate on) => db.Set<RoleAssignment>().Where(
        r => r.PersonId == person && r.ProgrammeId == programme && (r.PlanUnitId == null || r.PlanUnitId == unit) && r.FromOn <= on && (r.ToOn == null || r.ToOn >= on));

    // A grantor's contact follows links, and sees no programme.
    private static IQueryable<RoleAssignment> Roles(TilskuddDb db, PersonId person, LocalDate on) =>
        db.Set<RoleAssignment>().Where(r => r.PersonId == person && r.FromOn <= on && (r.ToOn == null || r.ToOn >= on) && r.Role != Role.GrantorContact);

    private static IQueryable<Body> Bodies(TilskuddDb db, PersonId person, LocalDate on) =>
        db.Set<Body>().Where(b => (b.ToOn == null || b.ToOn >= on) && b.Seats.Any(s => s.PersonId == person && s.FromOn <= on && (s.ToOn == null || s.ToOn >= on)));
}
