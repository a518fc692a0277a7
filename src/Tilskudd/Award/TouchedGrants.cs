using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Planning;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Award;

/// <summary>
/// Finds whose money a change moves once its plan is written. Who opened it has named those it was meant to touch; a plan that moves another
/// grantor's money needs that one's answer as much, or its letter's terms would be passed by.
/// </summary>
internal sealed class TouchedGrants(ProgrammeLimits limits)
{
    /// <param name="run">The change's run.</param>
    /// <param name="plan">With the version that has just been made of it.</param>
    public async Task<Refusal?> Follow(Writing w, Run run, Handlingsplan plan, PersonId by, CancellationToken ct)
    {
        var change = await w.Db.Existing<PlanChange>(new PlanChangeId(run.DocumentId), ct);
        var (approved, written) = (plan.Versions.Single(version => version.Number == change.FromVersion).Read(), plan.LatestVersion!.Read());
        var limit = await limits.Of(w.Db, run.ProgrammeId, ct);
        var paying = await PlanRuns.Grants(w.Db, plan.Id, run.ProgrammeId, plan.Year).Where(grant => grant.Letter!.AcceptedAt != null)
            .Join(w.Db.FundingSources.IgnoreAutoIncludes(), grant => grant.SourceId, source => source.Id, (grant, source) => new { grant.Id, grant.SourceId, source.Number, source.Code })
            .OrderBy(grant => grant.Number).ToListAsync(ct);
        foreach (var grant in paying)
        {
            if (await Over(w, grant.Id, grant.Code, plan, approved, written, ct) is { } over)
            {
                return over;
            }
        }

        var moved = paying.Where(grant => !change.Grants.Contains(grant.Id) && PlanChange.IsMaterialTo(grant.SourceId, approved, written, limit)).ToList();
        if (moved.Count == 0)
        {
            return null;
        }

        var grants = moved.Select(grant => grant.Id).ToList();
        if (await OpenChange.IsChanging(w.Db, grants, ct))
        {
            return new ChangeRefusal.GrantorBusy(string.Join(", ", moved.Select(grant => grant.Code)));
        }

        change.Touch(grants);
        await RunTrail.Record(w, run, Actor.Of(by), "change-widened", "change", change.Id.Value, $"{plan.LatestVersion!.Number}", new JsonObject
        {
            ["grants"] = new JsonArray([.. grants.Select(grant => (JsonNode)grant.ToString())]),
        });
        return null;
    }

    // A plan alone is held against its frame; of plans that share a letter each may be within its own, and all be beyond.
    private static async Task<ChangeRefusal?> Over(Writing w, GrantId id, string code, Handlingsplan plan, HandlingsplanContent approved, HandlingsplanContent written, CancellationToken ct)
    {
        var grant = await w.Db.Existing<Grant>(id, ct);
        if (!grant.IsGathered || ShowGrant.Asked([written], grant.SourceId) <= ShowGrant.Asked([approved], grant.SourceId))
        {
            return null;
        }

        var plans = await AnsweredPlans.Of(w.Db, grant, ct);
        var others = plans.Where(other => other.Plan != plan.Id && other.Version is not null).Select(other => other.Version!.Read());
        var given = grant.Granted!.Value + AnsweredPlans.CarriedIn(await w.Db.Existing<FundingSource>(grant.SourceId, ct), grant, plans);
        var planned = ShowGrant.Asked([.. others, written], grant.SourceId);
        return planned > given ? new ChangeRefusal.MoreThanTogether(code, given, planned - given) : null;
    }
}
