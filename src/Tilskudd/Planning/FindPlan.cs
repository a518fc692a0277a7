using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Approval;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Year;

namespace Tilskudd.Planning;

/// <summary>Reads a plan for a person who may see it.</summary>
internal sealed class FindPlan(Flow flow, TimeProvider clock)
{
    /// <summary>The plan, or null when it does not exist or is not for this person to know of.</summary>
    public async Task<PlanCase?> Find(TilskuddDb db, HandlingsplanId id, PersonId reader, CancellationToken ct)
    {
        var plan = await db.Handlingsplaner.IgnoreAutoIncludes()
            .Include(plan => plan.Tiltak).ThenInclude(tiltak => tiltak.Budget)
            .SingleOrDefaultAsync(plan => plan.Id == id, ct);
        if (plan is null)
        {
            return null;
        }

        var today = OsloTime.On(clock.GetUtcNow()).Date;
        var place = await db.PlanUnits.Where(unit => unit.Id == plan.PlanUnitId)
            .Join(db.Programmes, unit => unit.ProgrammeId, programme => programme.Id, (unit, programme) => new { unit, programme })
            .Join(
                db.Municipalities, both => both.programme.MunicipalityId, municipality => municipality.Id,
                (both, municipality) => new { both.unit, both.programme, municipality })
            .SingleAsync(ct);
        if (!(await Rights.Seen(db, reader, today, ct)).Contains(place.programme.Id))
        {
            return null;
        }

        var sources = await db.FundingSources
            .Where(source => source.ProgrammeId == place.programme.Id && source.Year == plan.Year)
            .OrderBy(source => source.Number).ToListAsync(ct);
        var criteria = await db.Criteria.In(place.programme.Id, plan.Year).ToListAsync(ct);
        var versions = await Versions(db, id, ct);
        var runs = await PlanRuns.Of(db, id, ct);
        var tasks = await Tasks(db, plan, runs, reader, today, ct);
        var names = await Names(db, plan, versions, runs, ct);
        return new PlanCase(plan, place.unit, place.programme, place.municipality, sources, criteria, versions, runs, tasks, names)
        {
            Grants = await Grants(db, plan, place.programme, ct),
        };
    }

    private static async Task<IReadOnlyList<GrantLine>> Grants(TilskuddDb db, Handlingsplan plan, Programme programme, CancellationToken ct) =>
        await PlanRuns.Grants(db, plan.Id, programme.Id, plan.Year)
            .Join(db.FundingSources.IgnoreAutoIncludes(), grant => grant.SourceId, source => source.Id, (grant, source) => new { grant, source })
            .OrderBy(both => both.source.Number)
            .Select(both => new GrantLine(both.grant.Id, both.source.Code, both.grant.Letter != null && both.grant.Letter.AcceptedAt != null)).ToListAsync(ct);

    private static async Task<IReadOnlyList<VersionLine>> Versions(TilskuddDb db, HandlingsplanId id, CancellationToken ct) =>
        await db.Set<HandlingsplanVersion>().Where(version => EF.Property<HandlingsplanId>(version, "HandlingsplanId") == id)
            .OrderBy(version => version.Number)
            .Select(version => new VersionLine(version.Number, version.Hash, version.FrozenAt, version.FrozenBy)).ToListAsync(ct);

    private async Task<IReadOnlyList<PlanTask>> Tasks(TilskuddDb db, Handlingsplan plan, IReadOnlyList<Run> runs, PersonId reader, LocalDate today, CancellationToken ct)
    {
        var open = runs.Where(run => run.IsOpen).ToList();
        var ids = open.Select(run => run.Waiting.DeadlineId).OfType<DeadlineId>().ToList();
        var deadlines = await db.Set<Deadline>().IgnoreAutoIncludes().Where(deadline => ids.Contains(deadline.Id)).ToListAsync(ct);
        var boards = await BoardRow.In(db, [.. open.Select(run => run.Waiting.RoundId).OfType<RoundId>()], ct);
        var tasks = new List<PlanTask>();
        foreach (var run in open)
        {
            var step = await flow.StepOf(db, run, ct);
            if (PlanRuns.Concerns(run, step))
            {
                var people = await Who.Holding(db, run.WaitsFor, run.Subject, today, ct);
                var isMine = Who.RoleOf(run.WaitsFor) is not null && people.Any(person => person.Id == reader);
                var barred = isMine && PlanRuns.IsReview(step) ? FourEyes.Bar(plan.Writers, reader, people) : null;
                tasks.Add(new PlanTask(run, step, people, deadlines.SingleOrDefault(deadline => deadline.Id == run.Waiting.DeadlineId), isMine, barred) { Boards = run.Waiting.RoundId is { } lead ? [.. boards[lead]] : [] });
            }
        }

        return tasks;
    }

    private static async Task<IReadOnlyDictionary<PersonId, string>> Names(
        TilskuddDb db, Handlingsplan plan, IReadOnlyList<VersionLine> versions, IReadOnlyList<Run> runs, CancellationToken ct)
    {
        var actors = runs.SelectMany(run => run.Visits).Select(visit => ActorId(visit.Actor)).OfType<PersonId>();
        var ids = versions.Select(version => version.FrozenBy).Concat(actors).Concat(plan.SavedBy is { } writer ? [writer] : []).Distinct().ToList();
        return await db.People.Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, ct);
    }

    /// <summary>The person behind a visit's actor; null for the system.</summary>
    public static PersonId? ActorId(string actor) =>
        actor.StartsWith("person/", StringComparison.Ordinal) && Guid.TryParse(actor["person/".Length..], out var id) ? new PersonId(id) : null;
}
