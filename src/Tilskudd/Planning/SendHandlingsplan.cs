using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Award;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;
using Tilskudd.Year;

namespace Tilskudd.Planning;

/// <summary>The coordinator is done: the draft becomes a version, and the plan goes on to those who read it.</summary>
internal sealed class SendHandlingsplan(Door door, Flow flow, TouchedGrants touched)
{
    public Task<Refusal?> Send(HandlingsplanId id, PostedAnswer turn, PersonId by, CancellationToken ct) => door.Write(async w =>
    {
        var (plan, run, step, refusal) = await PlanRuns.ToAnswer(w, flow, id, turn, by);
        if (plan is null)
        {
            return refusal;
        }

        if (!PlanRuns.IsWriting(step!))
        {
            return new FlowRefusal.NotFound();
        }

        // A change that is with the grantors may yet fall, and the plan with it: what was written meanwhile would fall too.
        if (await PlanRuns.AnyOpen(w, flow, id, run!.ProgrammeId, plan.Year, (other, at) => other.Id != run.Id && !PlanRuns.IsWriting(at) && !PlanRuns.IsCorrection(at) && (PlanRuns.Concerns(other, at) || other.DocumentKind == DocumentKind.Change)))
        {
            return new PlanRefusal.UnderDecision();
        }

        var sources = await w.Db.FundingSources.Where(source => source.ProgrammeId == run.ProgrammeId && source.Year == plan.Year).ToListAsync(ct);
        var criteria = await w.Db.Criteria.In(run.ProgrammeId, plan.Year).ToListAsync(ct);
        var before = plan.Versions.Count;
        if (plan.Freeze(w.Ids.Next<VersionId>(), by, w.Now, sources, criteria) is { } faults)
        {
            return faults;
        }

        if (plan.Versions.Count > before)
        {
            var version = plan.LatestVersion!;
            await RunTrail.Record(
                w, run, Actor.Of(by), "handlingsplan-frozen", "handlingsplan", id.Value, $"{version.Number}",
                new JsonObject { ["hash"] = version.Hash, ["totalOre"] = version.Read().TotalOre });
        }

        if (run.DocumentKind == DocumentKind.Change && await touched.Follow(w, run, plan, by, ct) is { } busy)
        {
            return busy;
        }

        return await flow.Answer(w, run, turn.Visit, turn.Outcome, Actor.Of(by));
    }, ct);
}
