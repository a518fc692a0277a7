using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Runs;

/// <summary>Writes trail entries that say which programme, unit, flow, run and step an act belongs to.</summary>
internal static class RunTrail
{
    public static Task Record(Writing w, Run run, Actor by, string happening, string objectKind, Guid objectId, string version, JsonObject more) =>
        Record(w, run, by, happening, objectKind, objectId, version, run.StepId, "", more);

    public static async Task Record(Writing w, Run run, Actor by, string happening, string objectKind, Guid objectId, string version, string step, string outcome, JsonObject more)
    {
        // Every act asks who it belongs to, so both are fetched at once where the story has not met them.
        if (w.Db.AtHand<PlanUnit>().FindEntry(run.PlanUnitId) is null)
        {
            await w.Db.PlanUnits.Where(unit => unit.Id == run.PlanUnitId).Join(w.Db.Programmes, unit => unit.ProgrammeId, programme => programme.Id, (unit, programme) => new { unit, programme }).LoadAsync();
        }

        var programme = await w.Db.Existing<Programme>(run.ProgrammeId);
        var unit = await w.Db.Existing<PlanUnit>(run.PlanUnitId);
        more["programme"] = programme.Slug;
        more["unit"] = unit.Slug;
        more["flow"] = run.Flow;
        more["run"] = run.Id.ToString();
        more["step"] = step;
        more["outcome"] = outcome;
        w.Record(new TrailEvent(by, happening, objectKind, objectId.ToString(), version, more));
    }
}
