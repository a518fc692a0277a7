using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Award;

/// <summary>A revised amount that was typed in wrong is put right by those who may tell of a change, as long as the plan is being written for it.</summary>
internal sealed class CorrectChange(Door door)
{
    /// <param name="answer">The visit the page showed: once the plan has been sent on, others build on the amount.</param>
    public Task<Refusal?> Correct(PlanChangeId id, PostedAnswer answer, Money amount, PersonId by, CancellationToken ct) => door.Write(async w =>
    {
        var today = OsloTime.On(w.Now).Date;
        if (await w.Db.Set<PlanChange>().SingleOrDefaultAsync(change => change.Id == id, ct) is not { } change
            || await w.Db.Set<Run>().SingleOrDefaultAsync(run => run.Id == answer.Run && run.DocumentKind == DocumentKind.Change && run.DocumentId == id.Value, ct) is not { } run
            || !(await Rights.Seen(w.Db, by, today, ct)).Contains(run.ProgrammeId))
        {
            return new FlowRefusal.NotFound();
        }

        var grant = await w.Db.Existing<Grant>(change.GrantId, ct);
        if (!await OpenChange.MayOpen(w.Db, by, await w.Db.Existing<PlanUnit>(grant.PlanUnitId, ct), today, ct))
        {
            return new FlowRefusal.NotYours();
        }

        if (change.Amount == amount)
        {
            return null;
        }

        if (!MayBe(change, run) || run.VisitNumber != answer.Visit)
        {
            return new FlowRefusal.AlreadyDone();
        }

        var before = change.Amount;
        if (change.CorrectAmount(grant, await w.Db.Existing<FundingSource>(grant.SourceId, ct), amount, w.Now) is { } refusal)
        {
            return refusal;
        }

        await RunTrail.Record(w, run, Actor.Of(by), "change-corrected", "change", id.Value, "", new JsonObject { ["amountOre"] = amount.Ore, ["beforeOre"] = before!.Value.Ore });
        return null;
    }, ct);

    /// <summary>Whether an amount can be put right: the plan is being written for it.</summary>
    public static bool MayBe(PlanChange change, Run run) => change.Amount is not null && run.IsOpen && run.StepKind == nameof(Draft);
}
