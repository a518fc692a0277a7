using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Approval;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;
using Tilskudd.Year;

namespace Tilskudd.Planning;

/// <summary>Reads a plan for a person who may see it; each page no more of it than it shows.</summary>
internal sealed class FindPlan(Flow flow, TimeProvider clock)
{
    private LocalDate Today => OsloTime.On(clock.GetUtcNow()).Date;

    /// <summary>The plan, or null when it does not exist or is not for this person to know of.</summary>
    public async Task<PlanCase?> Find(TilskuddDb db, HandlingsplanId id, PersonId reader, CancellationToken ct)
    {
        if (await Seen(db, WithTiltak(db, id), reader, ct) is not var (plan, place))
        {
            return null;
        }

        var choices = await ChoicesOf(db, place.Programme.Id, plan.Year, ct);
        var versions = await Versions(db, id, ct);
        var runs = await PlanRuns.Of(db, id, place.Programme.Id, plan.Year).ToListAsync(ct);
        var tasks = await WithDeadlines(db, await Tasks(db, plan, runs, reader, ct), ct);
        var names = await Names(db, plan, versions, runs, ct);
        return new PlanCase(plan, place, choices, versions, runs, tasks, names)
        {
            Grants = await Grants(db, plan, place.Programme, ct),
        };
    }

    /// <summary>The plan as its tiltak are written; null as for <see cref="Find"/>.</summary>
    public async Task<PlanDraft?> Draft(TilskuddDb db, HandlingsplanId id, PersonId reader, CancellationToken ct) =>
        await Seen(db, WithTiltak(db, id), reader, ct) is var (plan, place)
            ? new PlanDraft(plan, place, await ChoicesOf(db, place.Programme.Id, plan.Year, ct), await OpenTasks(db, plan, place, reader, ct))
            : null;

    /// <summary>The plan as its texts are written; null as for <see cref="Find"/>.</summary>
    public async Task<PlanTexts?> Texts(TilskuddDb db, HandlingsplanId id, PersonId reader, CancellationToken ct) =>
        await Seen(db, Plain(db, id), reader, ct) is var (plan, place) ? new PlanTexts(plan, place, await OpenTasks(db, plan, place, reader, ct)) : null;

    /// <summary>What the form of a tiltak is filled in with; null as for <see cref="Find"/>.</summary>
    public async Task<PlanChoices?> Choices(TilskuddDb db, HandlingsplanId id, PersonId reader, CancellationToken ct) =>
        await Seen(db, Plain(db, id), reader, ct) is var (plan, place) ? await ChoicesOf(db, place.Programme.Id, plan.Year, ct) : null;

    private static IQueryable<Handlingsplan> Plain(TilskuddDb db, HandlingsplanId id) => db.Handlingsplaner.IgnoreAutoIncludes().Where(plan => plan.Id == id);

    private static IQueryable<Handlingsplan> WithTiltak(TilskuddDb db, HandlingsplanId id) => Plain(db, id).Include(plan => plan.Tiltak).ThenInclude(tiltak => tiltak.Budget);

    private async Task<(Handlingsplan Plan, PlanPlace Place)?> Seen(TilskuddDb db, IQueryable<Handlingsplan> plans, PersonId reader, CancellationToken ct)
    {
        var found = await plans
            .Join(db.PlanUnits, plan => plan.PlanUnitId, unit => unit.Id, (plan, unit) => new { plan, unit })
            .Join(Rights.SeenBy(db, reader, Today), both => both.unit.ProgrammeId, programme => programme.Id, (both, programme) => new { both.plan, both.unit, programme })
            .Join(db.Municipalities, all => all.programme.MunicipalityId, municipality => municipality.Id, (all, municipality) => new { all.plan, all.unit, all.programme, municipality })
            .SingleOrDefaultAsync(ct);
        return found is null ? null : (found.plan, new PlanPlace(found.unit, found.programme, found.municipality));
    }

    private static async Task<PlanChoices> ChoicesOf(TilskuddDb db, ProgrammeId programme, GrantYear year, CancellationToken ct) => new(
        await db.FundingSources.AsSingleQuery().Where(source => source.ProgrammeId == programme && source.Year == year).OrderBy(source => source.Number).ToListAsync(ct),
        await db.Criteria.In(programme, year).ToListAsync(ct));

    private static async Task<IReadOnlyList<GrantLine>> Grants(TilskuddDb db, Handlingsplan plan, Programme programme, CancellationToken ct) =>
        await PlanRuns.Grants(db, plan.Id, programme.Id, plan.Year)
            .Join(db.FundingSources.IgnoreAutoIncludes(), grant => grant.SourceId, source => source.Id, (grant, source) => new { grant, source })
            .OrderBy(both => both.source.Number)
            .Select(both => new GrantLine(both.grant.Id, both.source.Code, both.grant.Letter != null && both.grant.Letter.AcceptedAt != null, both.grant.Revised ?? (both.grant.Letter == null ? null : both.grant.Letter.Amount))).ToListAsync(ct);

    private static async Task<IReadOnlyList<VersionLine>> Versions(TilskuddDb db, HandlingsplanId id, CancellationToken ct) =>
        await db.Set<HandlingsplanVersion>().Where(version => EF.Property<HandlingsplanId>(version, "HandlingsplanId") == id)
            .OrderBy(version => version.Number)
            .Select(version => new VersionLine(version.Number, version.Hash, version.FrozenAt, version.FrozenBy)).ToListAsync(ct);

    private async Task<IReadOnlyList<PlanTask>> OpenTasks(TilskuddDb db, Handlingsplan plan, PlanPlace place, PersonId reader, CancellationToken ct) =>
        await Tasks(db, plan, await PlanRuns.Of(db, plan.Id, place.Programme.Id, plan.Year).Where(run => run.ClosedAt == null).ToListAsync(ct), reader, ct);

    private async Task<IReadOnlyList<PlanTask>> Tasks(TilskuddDb db, Handlingsplan plan, IReadOnlyList<Run> runs, PersonId reader, CancellationToken ct)
    {
        var tasks = new List<PlanTask>();
        foreach (var run in runs.Where(run => run.IsOpen))
        {
            var step = await flow.StepOf(db, run, ct);
            if (PlanRuns.Concerns(run, step))
            {
                var people = await Who.Holding(db, run.WaitsFor, run.Subject, Today, ct);
                var isMine = Who.RoleOf(run.WaitsFor) is not null && people.Any(person => person.Id == reader);
                var barred = isMine && PlanRuns.IsReview(step) ? await FourEyes.Bar(plan.Writers, reader, () => Task.FromResult(people)) : null;
                tasks.Add(new PlanTask(run, step, people, isMine, barred));
            }
        }

        return tasks;
    }

    private static async Task<IReadOnlyList<PlanTask>> WithDeadlines(TilskuddDb db, IReadOnlyList<PlanTask> tasks, CancellationToken ct)
    {
        if (tasks.Count == 0)
        {
            return tasks;
        }

        var ids = tasks.Select(task => task.Run.Waiting.DeadlineId).OfType<DeadlineId>().ToList();
        var deadlines = await db.Set<Deadline>().IgnoreAutoIncludes().Where(deadline => ids.Contains(deadline.Id)).ToListAsync(ct);
        var boards = await BoardRow.In(db, [.. tasks.Select(task => task.Run.Waiting.RoundId).OfType<RoundId>()], ct);
        return [.. tasks.Select(task => task with
        {
            Deadline = deadlines.SingleOrDefault(deadline => deadline.Id == task.Run.Waiting.DeadlineId),
            Boards = task.Run.Waiting.RoundId is { } lead ? [.. boards[lead]] : [],
        })];
    }

    private static async Task<IReadOnlyDictionary<PersonId, string>> Names(
        TilskuddDb db, Handlingsplan plan, IReadOnlyList<VersionLine> versions, IReadOnlyList<Run> runs, CancellationToken ct)
    {
        var actors = runs.SelectMany(run => run.Visits).Select(visit => Actor.PersonIn(visit.Actor)).OfType<PersonId>();
        var ids = versions.Select(version => version.FrozenBy).Concat(actors).Concat(plan.SavedBy is { } writer ? [writer] : []).Distinct().ToList();
        return ids.Count == 0 ? new Dictionary<PersonId, string>() : await db.People.Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, ct);
    }
}
