using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Planning;

/// <summary>Puts a file beside a plan's draft, and takes it away again.</summary>
internal sealed class AttachFile(Door door, Flow flow)
{
    public Task<Refusal?> Attach(HandlingsplanId id, AttachmentContent file, byte[] bytes, PersonId by, CancellationToken ct) => door.Write(async w =>
    {
        var (plan, run, refusal) = await PlanRuns.ToWrite(w, flow, id, by);
        if (plan is null)
        {
            return refusal;
        }

        var before = plan.Attachments.Count;
        if (plan.Attach(file, by, w.Now) is { } no)
        {
            return no;
        }

        if (plan.Attachments.Count != before)
        {
            // A version may have it from before.
            if (!await w.Db.Set<StoredFile>().AnyAsync(known => known.PlanId == id && known.Sha256 == file.Sha256, ct))
            {
                w.Db.Add(new StoredFile(id, file.Sha256, bytes, w.Now));
            }

            await RunTrail.Record(w, run!, Actor.Of(by), "attachment-added", "handlingsplan", id.Value, "", new JsonObject { ["sha256"] = file.Sha256, ["size"] = file.Size, ["type"] = file.MediaType });
        }

        return null;
    }, ct);

    public Task<Refusal?> Detach(HandlingsplanId id, string sha256, PersonId by, CancellationToken ct) => door.Write(async w =>
    {
        var (plan, run, refusal) = await PlanRuns.ToWrite(w, flow, id, by);
        if (plan is null)
        {
            return refusal;
        }

        if (plan.Detach(sha256, by, w.Now))
        {
            // What nobody was sent is not kept: a file chosen by mistake is gone.
            if (!plan.Versions.Any(version => version.Read().Attachments?.Any(file => file.Sha256 == sha256) == true))
            {
                w.Db.Remove(await w.Db.Set<StoredFile>().SingleAsync(known => known.PlanId == id && known.Sha256 == sha256, ct));
            }

            await RunTrail.Record(w, run!, Actor.Of(by), "attachment-removed", "handlingsplan", id.Value, "", new JsonObject { ["sha256"] = sha256 });
        }

        return null;
    }, ct);
}
