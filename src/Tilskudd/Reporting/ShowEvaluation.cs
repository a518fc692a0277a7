using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Reporting;

/// <summary>Reads an evaluation for a person who may see it.</summary>
internal sealed class ShowEvaluation(IDbContextFactory<TilskuddDb> databases, FlowLibrary library, ViewTask tasks, TimeProvider clock)
{
    public async Task<EvaluationRow?> Find(EvaluationId id, PersonId reader, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var today = OsloTime.On(now).Date;
        if (await db.Set<Evaluation>().SingleOrDefaultAsync(evaluation => evaluation.Id == id, ct) is not { } evaluation || !(await Rights.Seen(db, reader, today, ct)).Contains(evaluation.ProgrammeId))
        {
            return null;
        }

        var place = await db.Programmes.Where(programme => programme.Id == evaluation.ProgrammeId)
            .Join(db.Municipalities, programme => programme.MunicipalityId, municipality => municipality.Id, (programme, municipality) => new { programme.Name, programme.Slug, municipality.Language }).SingleAsync(ct);
        var run = await db.Set<Run>().SingleAsync(run => run.DocumentKind == DocumentKind.Evaluation && run.DocumentId == id.Value, ct);
        var actors = run.Visits.Select(visit => Actor.PersonIn(visit.Actor)).Append(evaluation.RegisteredBy).OfType<PersonId>().Distinct().ToList();
        var names = await db.People.Where(person => actors.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, ct);
        var (kind, task) = run.IsOpen ? await Task(db, run, reader, now, ct) : (EvaluationTask.Elsewhere, null);
        return new EvaluationRow(
            $"/evaluering/{id}", Texts.Of<RapportWords>("Evaluation.Title", place.Name, evaluation.Year), place.Name, $"/program/{place.Slug}", $"/program/{place.Slug}/{evaluation.Year}", evaluation.Year.Number,
            place.Language == Languages.Current.Code() ? null : place.Language, tasks.State(run), !run.IsOpen ? Tone.Success : run.IsLate(now) ? Tone.Danger : Tone.Info, kind, task,
            [.. Done(run, names)], evaluation.RegisteredAt is { } at ? Report(evaluation, names[evaluation.RegisteredBy!.Value], at) : null, $"/prosess/{run.Id}")
        {
            Decisions = await Decisions(db, id, ct),
        };
    }

    private static async Task<IReadOnlyList<EvaluationDecisionRow>> Decisions(TilskuddDb db, EvaluationId id, CancellationToken ct) =>
        [.. (await db.Set<Decision>().Where(decision => decision.DocumentKind == DocumentKind.Evaluation && decision.DocumentId == id.Value)
            .Select(decision => new { Body = db.Bodies.Where(body => body.Id == decision.BodyId).Select(body => body.Name).FirstOrDefault(), decision.Version, decision.DecidedOn, decision.Reference, decision.Text, decision.RegisteredAt })
            .ToListAsync(ct)).OrderByDescending(decision => decision.RegisteredAt).ThenByDescending(decision => decision.Version).Select(decision => new EvaluationDecisionRow(decision.Body ?? "", decision.Version, decision.DecidedOn, decision.Reference, decision.Text))];

    private async Task<(EvaluationTask Kind, TaskView? Task)> Task(TilskuddDb db, Run run, PersonId reader, DateTimeOffset now, CancellationToken ct)
    {
        var (step, view) = await tasks.Of(db, run, null, reader, now, ct);
        return (step.Step switch
        {
            Draft { Task: TaskKeys.EvaluationNote } => EvaluationTask.Note,
            Draft { Task: TaskKeys.EvaluationReport } => EvaluationTask.Report,
            _ => EvaluationTask.Elsewhere,
        }, view);
    }

    // What people did; what the flow does by itself has no deadline.
    private IEnumerable<EvaluationStep> Done(Run run, Dictionary<PersonId, string> names)
    {
        var words = library.Words(run.Flow, Languages.Current.Code());
        return run.Visits.Where(visit => visit is { LeftAt: not null, DeadlineId: not null }).OrderBy(visit => visit.Number).Select(visit => new EvaluationStep(
            words.Steps.TryGetValue(visit.StepId, out var step) ? step.Name : visit.StepId, step is not null && step.Outcomes.TryGetValue(visit.Outcome, out var outcome) ? outcome : visit.Outcome,
            Actor.PersonIn(visit.Actor) is { } person ? names.GetValueOrDefault(person, "") : "", visit.LeftAt!.Value, visit.Reason));
    }

    private static EvaluationReportRow Report(Evaluation evaluation, string by, DateTimeOffset at) =>
        new(evaluation.Version, evaluation.Title, evaluation.Evaluator, evaluation.DeliveredOn!.Value, evaluation.Findings, evaluation.Place, by, at);
}
