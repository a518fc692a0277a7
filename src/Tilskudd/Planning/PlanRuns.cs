using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Planning;

/// <summary>Finds the runs a plan is written, read and decided in, and whose turn it is.</summary>
internal static class PlanRuns
{
    public static bool IsWriting(StepDefinition step) => step.Step is Draft { Task: TaskKeys.Plan or TaskKeys.PlanRevision };

    public static bool IsReview(StepDefinition step) => step.Step is Review { Task: TaskKeys.Plan or TaskKeys.PlanRevision } || IsCorrection(step);

    /// <summary>Whether it is asked what to do about a grantor's wish, and nothing is decided of the plan.</summary>
    public static bool IsCorrection(StepDefinition step) => step.Step is Review { Task: TaskKeys.Correction };

    /// <summary>The plan's own runs, those of the grants that stand on it, and those of its changes, the oldest first.</summary>
    /// <param name="programme">The programme of the plan's unit.</param>
    /// <param name="year">The plan's year.</param>
    public static IQueryable<Run> Of(TilskuddDb db, HandlingsplanId plan, ProgrammeId programme, GrantYear year)
    {
        // A run is about documents of several kinds, so it has a bare Guid where they have ids of their own.
        var grants = Grants(db, plan, programme, year).Select(grant => (Guid)(object)grant.Id);
        var changes = db.Set<PlanChange>().Where(change => change.PlanId == plan).Select(change => (Guid)(object)change.Id);
        return db.Set<Run>().AsSingleQuery().Include(run => run.Visits)
            .Where(run => (run.DocumentKind == DocumentKind.Handlingsplan && run.DocumentId == plan.Value)
                || (run.DocumentKind == DocumentKind.Tilskuddsbrev && grants.Contains(run.DocumentId))
                || (run.DocumentKind == DocumentKind.Change && changes.Contains(run.DocumentId)))
            .OrderBy(run => run.StartedAt).ThenBy(run => run.Id);
    }

    /// <summary>The grants that answer a plan, its unit's own or those of the unit that gathers: looked for among the year's of its programme.</summary>
    public static IQueryable<Grant> Grants(TilskuddDb db, HandlingsplanId plan, ProgrammeId programme, GrantYear year) => db.PlanUnits.Where(unit => unit.ProgrammeId == programme)
        .Join(db.Grants.IgnoreAutoIncludes().Where(grant => grant.Year == year), unit => unit.Id, grant => grant.PlanUnitId, (_, grant) => grant)
        .Where(grant => grant.PlanId == plan || grant.OtherPlans.Contains(plan));

    /// <summary>Whether a waiting step is about the plan itself: all of its own flow's, and of a grant's those that change or decide the plan.</summary>
    public static bool Concerns(Run run, StepDefinition step) => run.IsOpen
        && (run.DocumentKind == DocumentKind.Handlingsplan || IsWriting(step) || IsReview(step) || step.Step is AskForApproval or RegisterDecision { Body: not null });

    /// <summary>Whether an open run of the plan stands where it counts.</summary>
    public static async Task<bool> AnyOpen(Writing w, Flow flow, HandlingsplanId plan, ProgrammeId programme, GrantYear year, Func<Run, StepDefinition, bool> counts)
    {
        foreach (var run in await Of(w.Db, plan, programme, year).Where(run => run.ClosedAt == null).ToListAsync())
        {
            if (counts(run, await flow.StepOf(w.Db, run)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The plan and the run in which it waits for the person's writing; else why not.</summary>
    public static async Task<(Handlingsplan? Plan, Run? Run, Refusal? Refusal)> ToWrite(Writing w, Flow flow, HandlingsplanId id, PersonId person)
    {
        if (await Seen(w, id, person) is not var (plan, programme))
        {
            return (null, null, new FlowRefusal.NotFound());
        }

        Refusal refusal = new PlanRefusal.NotOpenForWriting();
        foreach (var run in await Of(w.Db, id, programme.Id, plan.Year).Where(run => run.ClosedAt == null).ToListAsync())
        {
            if (IsWriting(await flow.StepOf(w.Db, run)))
            {
                if (await Rights.HasTurn(w.Db, run, person, OsloTime.On(w.Now).Date))
                {
                    return (plan, run, null);
                }

                refusal = new FlowRefusal.NotYours();
            }
        }

        return (null, null, refusal);
    }

    /// <summary>The plan and the run that waits in this visit for the person's answer; else why not.</summary>
    public static async Task<(Handlingsplan? Plan, Run? Run, StepDefinition? Step, Refusal? Refusal)> ToAnswer(
        Writing w, Flow flow, HandlingsplanId id, PostedAnswer turn, PersonId person)
    {
        var (run, refusal) = await Rights.Turn(w, turn.Run, turn.Visit, person);
        if (run is null)
        {
            return (null, null, null, refusal);
        }

        if (await Seen(w, id, person) is not var (plan, programme) || !await Of(w.Db, id, programme.Id, plan.Year).AnyAsync(known => known.Id == run.Id))
        {
            return (null, null, null, new FlowRefusal.NotFound());
        }

        return (plan, run, await flow.StepOf(w.Db, run), null);
    }

    // The unit comes with it, since the trail names both it and the programme.
    private static async Task<(Handlingsplan Plan, Programme Programme)?> Seen(Writing w, HandlingsplanId id, PersonId person)
    {
        var found = await w.Db.Handlingsplaner.Where(plan => plan.Id == id)
            .Join(w.Db.PlanUnits, plan => plan.PlanUnitId, unit => unit.Id, (plan, unit) => new { plan, unit })
            .Join(Rights.SeenBy(w.Db, person, OsloTime.On(w.Now).Date), both => both.unit.ProgrammeId, programme => programme.Id, (both, programme) => new { both.plan, both.unit, programme })
            .SingleOrDefaultAsync();
        return found is null ? null : (found.plan, found.programme);
    }
}
