using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Planning;

/// <summary>What came of writing in a plan: why not, or the plan as it was saved.</summary>
internal sealed record PlanWritten(Refusal? Refusal, Handlingsplan? Plan);

/// <summary>Saves, adds and removes the tiltak of a plan's draft.</summary>
internal sealed class WriteTiltak(Door door, Flow flow)
{
    /// <summary>Saves what was written of a tiltak the plan has.</summary>
    /// <param name="revision">The revision the writer's page showed.</param>
    public Task<PlanWritten> Write(HandlingsplanId id, TiltakId tiltak, TiltakText text, int revision, PersonId by, CancellationToken ct) =>
        Change(id, tiltak, by, "tiltak-written", (_, plan, at) => Task.FromResult(plan.WriteTiltak(tiltak, text, revision, by, at)), ct);

    /// <summary>
    /// Adds a tiltak. Its id comes from the page that showed the form, so that the same form twice adds one tiltak and not two.
    /// </summary>
    public Task<PlanWritten> Add(HandlingsplanId id, TiltakId tiltak, TiltakText text, int revision, PersonId by, CancellationToken ct) =>
        Change(id, tiltak, by, "tiltak-added", async (w, plan, at) =>
        {
            if (plan.Tiltak.Any(known => known.TiltakId == tiltak))
            {
                return null;
            }

            if (plan.Revision != revision)
            {
                return plan.ChangedMeanwhile(by);
            }

            // An id is one tiltak's for life, so one that is another unit's cannot be taken into use here.
            if (await w.Db.Handlingsplaner.AnyAsync(other => other.PlanUnitId != plan.PlanUnitId && other.Tiltak.Any(known => known.TiltakId == tiltak)))
            {
                return new FlowRefusal.NotFound();
            }

            plan.Add(tiltak, "", by, at);
            return plan.WriteTiltak(tiltak, text, plan.Revision, by, at);
        }, ct);

    /// <summary>Takes a tiltak out of the draft. One that is gone already is no fault: it is out.</summary>
    public Task<PlanWritten> Remove(HandlingsplanId id, TiltakId tiltak, int revision, PersonId by, CancellationToken ct) =>
        Change(id, tiltak, by, "tiltak-removed", (_, plan, at) => Task.FromResult(
            plan.Tiltak.Any(known => known.TiltakId == tiltak) ? plan.Remove(tiltak, revision, by, at) : null), ct);

    private async Task<PlanWritten> Change(
        HandlingsplanId id, TiltakId tiltak, PersonId by, string happening, Func<Writing, Handlingsplan, DateTimeOffset, Task<Refusal?>> change, CancellationToken ct)
    {
        Handlingsplan? saved = null;
        var refused = await door.Write(async w =>
        {
            var (plan, run, refusal) = await PlanRuns.ToWrite(w, flow, id, by);
            if (plan is null)
            {
                return refusal;
            }

            var before = plan.Revision;
            if (await change(w, plan, w.Now) is { } no)
            {
                return no;
            }

            if (plan.Revision != before)
            {
                var total = plan.Tiltak.FirstOrDefault(known => known.TiltakId == tiltak)?.Total.Ore;
                await RunTrail.Record(
                    w, run!, Actor.Of(by), happening, "handlingsplan", id.Value, "",
                    new JsonObject { ["tiltak"] = tiltak.ToString(), ["totalOre"] = total, ["revision"] = plan.Revision });
            }

            saved = plan;
            return null;
        }, ct);
        return new PlanWritten(refused, refused is null ? saved : null);
    }
}
