using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>Tells the mails whether a task still waits, for whom, and until when.</summary>
internal sealed class WaitingTasks(FlowLibrary library)
{
    /// <summary>The task a notice is about as it is now; null when it has been done, or the person no longer has anything to do with it.</summary>
    public async Task<WaitingTask?> Find(TilskuddDb db, Notice notice, Person person, Language language, DateTimeOffset now, CancellationToken ct)
    {
        if (notice.RunId is not { } id || await db.FindAsync<Run>([new RunId(id)], ct) is not { IsOpen: true } run || run.VisitNumber != notice.Visit)
        {
            return null;
        }

        var on = OsloTime.On(now).Date;
        var waitedFor = await Who.WaitedFor(db, run, on, ct);
        var leaders = await Who.Holding(db, RoleKeys.ProgrammeLeader, run.Subject, on, ct);
        var told = notice.Kind == NoticeKind.Escalation ? await Who.Behind(db, run, on, ct) : waitedFor;
        if (!told.Any(one => one.Id == person.Id))
        {
            return null;
        }

        var deadline = run.Waiting.DeadlineId is { } due ? await db.Deadlines.IgnoreAutoIncludes().SingleAsync(known => known.Id == due, ct) : null;
        if (notice.Kind == NoticeKind.Escalation && deadline?.IsOverdue(now) != true)
        {
            // It was moved while the mail waited, and is not past any more.
            return null;
        }

        var step = (await library.Of(db, run, ct)).Find(run.StepId)!;
        var words = library.Words(run.Flow, language.Code()).Steps[run.StepId];
        var document = await MailFacts.Document(db, run.DocumentKind, run.DocumentId, language, now, ct);
        var plan = await Who.PlanBehind(db, run.Subject, ct);
        return new WaitingTask(
            words.Task, document.Title, TaskPath.Of(run, step.Step, plan), deadline?.EffectiveOn, deadline?.Time,
            document.Place.Municipality.Name, string.Join(", ", waitedFor.Select(one => one.Name)), run.Incident, leaders.FirstOrDefault(leader => leader.Id != person.Id))
        {
            Because = step.Step is Draft or RegisterDecision ? Because(run, language) : null,
        };
    }

    private (string Step, string Reason)? Because(Run run, Language language) =>
        run.Visits.Where(visit => visit.LeftAt is not null).MaxBy(visit => visit.Number) is { Reason.Length: > 0 } last
            ? (library.Words(run.Flow, language.Code()).Steps.TryGetValue(last.StepId, out var words) ? words.Name : last.StepId, last.Reason)
            : null;
}
