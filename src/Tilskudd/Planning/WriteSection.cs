using System.Text.Json.Nodes;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Planning;

/// <summary>Saves one text of a plan's draft.</summary>
internal sealed class WriteSection(Door door, Flow flow)
{
    /// <param name="revision">The revision the writer's page showed.</param>
    public Task<Refusal?> Write(HandlingsplanId id, PlanSection section, string text, int revision, PersonId by, CancellationToken ct) =>
        door.Write(async w =>
        {
            var (plan, run, refusal) = await PlanRuns.ToWrite(w, flow, id, by);
            if (plan is null)
            {
                return refusal;
            }

            var before = plan.Revision;
            if (plan.WriteSection(section, text, revision, by, w.Now) is { } no)
            {
                return no;
            }

            if (plan.Revision != before)
            {
                await RunTrail.Record(
                    w, run!, Actor.Of(by), "handlingsplan-written", "handlingsplan", id.Value, "", new JsonObject { ["section"] = section.ToString(), ["revision"] = plan.Revision });
            }

            return null;
        }, ct);
}
