using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Planning;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Award;

/// <summary>What somebody tells of a change, as it was posted.</summary>
/// <param name="Id">From the page that showed the form, so that the same form twice opens one change.</param>
/// <param name="Plan">Which of several plans; not read where the letter answers one.</param>
/// <param name="Reason">Null where none was chosen.</param>
/// <param name="Amount">The source's new amount; read only where the budget was revised.</param>
internal sealed record ChangeForm(PlanChangeId Id, HandlingsplanId? Plan, ChangeReason? Reason, string Text, Money Amount);

/// <summary>The coordinator or the programme leader tells that a year does not go as planned: a change of the plan is opened, and its flow starts.</summary>
internal sealed class OpenChange(Door door, Flow flow)
{
    public Task<Refusal?> Open(GrantId id, ChangeForm form, PersonId by, CancellationToken ct) => door.Write(async w =>
    {
        var today = OsloTime.On(w.Now).Date;
        if (await w.Db.Grants.SingleOrDefaultAsync(grant => grant.Id == id, ct) is not { } grant)
        {
            return new FlowRefusal.NotFound();
        }

        var unit = await w.Db.Existing<PlanUnit>(grant.PlanUnitId, ct);
        if (!(await Rights.Seen(w.Db, by, today, ct)).Contains(unit.ProgrammeId))
        {
            return new FlowRefusal.NotFound();
        }

        if (!await MayOpen(w.Db, by, unit, today, ct))
        {
            return new FlowRefusal.NotYours();
        }

        if (await w.Db.Set<PlanChange>().AnyAsync(change => change.Id == form.Id && change.GrantId == id, ct))
        {
            return null;
        }

        if ((grant.OnlyPlan ?? form.Plan) is not { } planId || !grant.Plans.Contains(planId))
        {
            return new ChangeRefusal.PlanMissing();
        }

        if (form.Reason is not { } reason)
        {
            return new ChangeRefusal.ReasonMissing();
        }

        if (await w.Db.Rapporter.AnyAsync(rapport => rapport.GrantId == id, ct))
        {
            return new ChangeRefusal.NotUnderWay();
        }

        if (await IsBusy(w, planId))
        {
            return new ChangeRefusal.AlreadyOpen();
        }

        var plan = await w.Db.Existing<Handlingsplan>(planId, ct);
        var (change, refusal) = PlanChange.Open(form.Id, grant, await w.Db.Existing<FundingSource>(grant.SourceId, ct), plan, reason, form.Text, form.Amount, by, w.Now);
        if (change is null)
        {
            return refusal;
        }

        w.Db.Add(change);
        await flow.Raise(w, EventKeys.ChangeOpened, new Subject(DocumentKind.Change, change.Id.Value, unit.ProgrammeId, plan.PlanUnitId, grant.Year), Actor.Of(by));
        foreach (var run in w.Db.Set<Run>().Local.Where(run => run.DocumentId == change.Id.Value).ToList())
        {
            await RunTrail.Record(w, run, Actor.Of(by), "change-opened", "change", change.Id.Value, $"{change.FromVersion}", new JsonObject
            {
                ["reason"] = $"{reason}", ["grant"] = id.ToString(), ["amountOre"] = change.Amount?.Ore,
            });
        }

        return null;
    }, ct);

    /// <summary>Those who carry the plan out may say that it does not go as planned.</summary>
    public static async Task<bool> MayOpen(TilskuddDb db, PersonId person, PlanUnit unit, NodaTime.LocalDate on, CancellationToken ct) =>
        await Rights.Holds(db, person, Role.Coordinator, unit.ProgrammeId, unit.Id, on, ct) || await Rights.Holds(db, person, Role.ProgrammeLeader, unit.ProgrammeId, unit.Id, on, ct);

    // The plan is written in one run at a time.
    private async Task<bool> IsBusy(Writing w, HandlingsplanId plan)
    {
        foreach (var run in (await PlanRuns.Of(w.Db, plan)).Where(run => run.IsOpen))
        {
            if (run.DocumentKind == DocumentKind.Change || PlanRuns.Concerns(run, await flow.StepOf(w.Db, run)))
            {
                return true;
            }
        }

        return false;
    }
}
