using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Reporting;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Year;

/// <summary>The programme leader opens a year: every plan unit gets its plan, and the flows of the year begin.</summary>
internal sealed class OpenYear(Door door, Flow flow)
{
    public Task<Refusal?> Open(string slug, GrantYear year, PersonId by, CancellationToken ct) => door.Write(async w =>
    {
        var today = OsloTime.On(w.Now).Date;
        if (await w.Db.Programmes.SingleOrDefaultAsync(programme => programme.Slug == slug) is not { } programme
            || !(await Rights.Seen(w.Db, by, today)).Contains(programme.Id))
        {
            return new FlowRefusal.NotFound();
        }

        if (!await Leads(w.Db, by, programme.Id, today))
        {
            return new FlowRefusal.NotYours();
        }

        if (!programme.Covers(year))
        {
            return new FlowRefusal.YearNotCovered(year.Number);
        }

        var units = await w.Db.PlanUnits.Where(unit => unit.ProgrammeId == programme.Id).OrderBy(unit => unit.Slug).ToListAsync();
        units.RemoveAll(unit => !unit.Makes(year));
        if (units.Count == 0)
        {
            return new FlowRefusal.YearNotCovered(year.Number);
        }

        var ids = units.Select(unit => unit.Id).ToList();
        var started = await w.Db.Handlingsplaner.Where(plan => ids.Contains(plan.PlanUnitId) && plan.Year == year).Select(plan => plan.PlanUnitId).ToListAsync();
        var waiting = units.Where(unit => !started.Contains(unit.Id)).ToList();
        if (waiting.Count == 0)
        {
            return new FlowRefusal.YearAlreadyOpen(year.Number);
        }

        await CarrySources(w, programme.Id, year);
        w.Record(new TrailEvent(
            Actor.Of(by), "year-opened", "programme", programme.Id.ToString(), "",
            new JsonObject { ["programme"] = programme.Slug, ["year"] = year.Number, ["units"] = waiting.Count }));
        foreach (var unit in waiting)
        {
            // The flow names the kind of document; the document itself is laid out when the run starts.
            await flow.Raise(w, EventKeys.YearOpened, new Subject(DocumentKind.Handlingsplan, Guid.Empty, programme.Id, unit.Id, year), Actor.Of(by));
        }

        if (programme.EvaluationYear == year.Number && started.Count == 0)
        {
            await OpenEvaluation.Raise(w, flow, programme, year, Actor.Of(by));
        }

        return null;
    }, ct);

    /// <summary>Whether a person leads the whole programme on a day.</summary>
    public static Task<bool> Leads(TilskuddDb db, PersonId person, ProgrammeId programme, NodaTime.LocalDate on, CancellationToken ct = default) =>
        Leaders(db, programme, on).AnyAsync(role => role.PersonId == person, ct);

    /// <summary>The roles that may open a year on a day: those who lead one unit alone may not.</summary>
    public static IQueryable<RoleAssignment> Leaders(TilskuddDb db, ProgrammeId programme, NodaTime.LocalDate on) =>
        db.Roles.LastingOn(on).Where(role => role.Role == Role.ProgrammeLeader && role.ProgrammeId == programme && role.PlanUnitId == null && role.FromOn <= on);

    // A year begins with the sources of the year before, but of grantors that are no more, without their money, but for what is carried over: chapter and post as they were last received.
    private static async Task CarrySources(Writing w, ProgrammeId programme, GrantYear year)
    {
        if (year.Number == GrantYear.Earliest || await w.Db.FundingSources.AnyAsync(source => source.ProgrammeId == programme && source.Year == year))
        {
            return;
        }

        var (before, first) = (year.Previous(), new NodaTime.LocalDate(year.Number, 1, 1));
        var over = w.Db.Grantors.Where(grantor => grantor.ToOn < first).Select(grantor => (GrantorId?)grantor.Id);
        foreach (var source in await w.Db.FundingSources.Where(source => source.ProgrammeId == programme && source.Year == before && source.ToOn == null && (source.GrantorId == null || !over.Contains(source.GrantorId))).OrderBy(source => source.Number).ToListAsync())
        {
            var next = new FundingSource(
                w.Ids.Next<FundingSourceId>(), programme, year, source.Number, source.GrantorId, source.Code, source.Chapter, source.Post, source.AsReceived, source.Condition, source.Remarks);
            next.CarryIn(source, w.Now);
            w.Db.Add(next);
        }
    }
}
