using System.Globalization;
using System.Text.Json.Nodes;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Reporting;

/// <summary>The coordinator saves the report, or saves it and sends it on to be checked.</summary>
internal sealed class WriteRapport(Door door, Flow flow, AnswerTask task)
{
    /// <summary>Saves a draft, which may be incomplete.</summary>
    public Task<Refusal?> Save(RapportId id, PostedAnswer answer, RapportForm form, PersonId by, CancellationToken ct) => door.Write(async w =>
    {
        var (run, refusal) = await Rights.Turn(w, answer.Run, answer.Visit, by);
        if (run is null)
        {
            return refusal;
        }

        return run.DocumentId == id.Value && (await flow.StepOf(w.Db, run, ct)).Step is Draft { Task: TaskKeys.Report }
            ? await Write(w, run, id, form, by, ct)
            : new FlowRefusal.NotFound();
    }, ct);

    /// <summary>Saves it and makes it a version people can check and decide on; nothing is kept when something is missing.</summary>
    public Task<Refusal?> Send(RapportId id, PostedAnswer answer, RapportForm form, PersonId by, CancellationToken ct) => task.Answer<Draft>(id.Value, answer, by, async (w, run, step) =>
    {
        if (step.Task != TaskKeys.Report)
        {
            return new FlowRefusal.NotFound();
        }

        var rapport = await w.Db.Existing<Rapport>(id, ct);
        if (await Write(w, run, id, form, by, ct) is { } refusal)
        {
            return refusal;
        }

        if (rapport.Freeze(w.Ids.Next<VersionId>(), by, w.Now) is { } incomplete)
        {
            return incomplete;
        }

        var version = rapport.LatestVersion!;
        await RunTrail.Record(w, run, Actor.Of(by), "rapport-frozen", "rapport", id.Value, version.Number.ToString(CultureInfo.InvariantCulture), new JsonObject
        {
            ["hash"] = version.Hash, ["spentOre"] = rapport.Spent.Ore, ["unspentOre"] = rapport.Unspent.Ore,
        });
        return null;
    }, "", ct);

    private static async Task<Refusal?> Write(Writing w, Run run, RapportId id, RapportForm form, PersonId by, CancellationToken ct)
    {
        var rapport = await w.Db.Existing<Rapport>(id, ct);
        var before = rapport.Revision;
        if (rapport.Write(form.Summary, form.Results, form.Revision, by, w.Now) is { } refusal)
        {
            return refusal;
        }

        if (rapport.Revision != before)
        {
            await RunTrail.Record(w, run, Actor.Of(by), "rapport-written", "rapport", id.Value, "", new JsonObject { ["revision"] = rapport.Revision });
        }

        return null;
    }
}
