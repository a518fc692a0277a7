using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;
using Tilskudd.Year;

namespace Tilskudd.Reporting;

/// <summary>Opens the evaluation of a programme: by the calendar, when the year it is planned for is opened; or when its leader says that it is time.</summary>
internal sealed class OpenEvaluation(Door door, Flow flow)
{
    public Task<Refusal?> Open(string slug, GrantYear year, PersonId by, CancellationToken ct) => door.Write(async w =>
    {
        var today = OsloTime.On(w.Now).Date;
        if (await w.Db.Programmes.SingleOrDefaultAsync(programme => programme.Slug == slug, ct) is not { } programme || !(await Rights.Seen(w.Db, by, today, ct)).Contains(programme.Id))
        {
            return new FlowRefusal.NotFound();
        }

        if (!await OpenYear.Leads(w.Db, by, programme.Id, today, ct))
        {
            return new FlowRefusal.NotYours();
        }

        if (!programme.Covers(year))
        {
            return new FlowRefusal.YearNotCovered(year.Number);
        }

        if (!await IsOpened(w, programme, year))
        {
            if (programme.LastToEvaluate(year) < today.Year)
            {
                return programme.ToYear < today.Year ? new FlowRefusal.EvaluationAfterAgreement(programme.ToYear.Value) : new FlowRefusal.EvaluationYearOver(year.Number, today.Year);
            }

            programme.PlanEvaluation(year);
            await Raise(w, flow, programme, year, Actor.Of(by));
        }

        return null;
    }, ct);

    // Pressed twice, or come to in two ways, it is opened once.
    private static Task<bool> IsOpened(Writing w, Programme programme, GrantYear year) => w.Db.Set<Evaluation>().AnyAsync(evaluation => evaluation.ProgrammeId == programme.Id && evaluation.Year == year);

    /// <summary>Starts the flow that begins with an evaluation, in the name of the programme as a whole; once a year.</summary>
    public static async Task Raise(Writing w, Flow flow, Programme programme, GrantYear year, Actor by)
    {
        if (await IsOpened(w, programme, year))
        {
            return;
        }

        var unit = await w.Db.PlanUnits.Where(unit => unit.ProgrammeId == programme.Id).OrderBy(unit => unit.Kind != PlanUnitKind.Programme).ThenBy(unit => unit.Slug).FirstOrDefaultAsync();
        if (unit is not null)
        {
            await flow.Raise(w, EventKeys.EvaluationDue, new Subject(DocumentKind.Evaluation, Guid.Empty, programme.Id, unit.Id, year), by);
        }
    }
}
