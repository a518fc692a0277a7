using Tilskudd.Layout;

namespace Tilskudd.Notices;

/// <summary>Mails about a step that waits: to the one who is to do it, before the deadline, and to the one who must know that it is late.</summary>
internal sealed class TaskMails(SiteAddress site, FindWaitingTask find)
{
    public async Task<MailContent?> Compose(Turn turn)
    {
        if (await find(turn.Db, turn.Notice, turn.Person, turn.Language, turn.Writing.Now, turn.Ct) is not { } task)
        {
            return null;
        }

        return turn.Notice.Kind switch
        {
            NoticeKind.DeadlineReminder => Reminder(turn, task),
            NoticeKind.Escalation => Late(turn, task),
            _ => Waiting(turn, task),
        };
    }

    private MailContent Waiting(Turn turn, WaitingTask task)
    {
        var subject = task.DueOn is { } due
            ? turn.Words("Task.Subject.By", Dates.Long(due, turn.Today, turn.Language), task.Document)
            : turn.Words("Task.Subject", task.Document);
        return Told(turn, task, subject, turn.Words("Task.Heading", task.Document)) with { Paragraphs = [task.Task, .. task.Because is var (step, reason) ? new[] { turn.Words("Task.Because", step), reason } : []], Deadline = Deadline(turn, task, "Deadline") };
    }

    private MailContent Reminder(Turn turn, WaitingTask task) =>
        Told(turn, task, turn.Words("Reminder.Subject", task.Document), turn.Words(IsPast(turn, task) ? "Reminder.Heading.Past" : "Reminder.Heading", Dates.Within(task.Document))) with
        {
            Paragraphs = [task.Task],
            Deadline = Deadline(turn, task, IsPast(turn, task) ? "Escalation.Passed" : "Deadline"),
        };

    // As when the application has been stopped over the day.
    private static bool IsPast(Turn turn, WaitingTask task) => task.DueOn < turn.Today;

    private MailContent Late(Turn turn, WaitingTask task) =>
        Told(turn, task, turn.Words("Escalation.Subject", task.Document), turn.Words("Escalation.Heading", Dates.Within(task.Document))) with
        {
            Paragraphs = [task.Task, task.Incident.Length > 0 ? task.Incident : task.WaitsFor.Length == 0 ? turn.Words("Escalation.Nobody") : turn.Words("Escalation.Waits", task.WaitsFor)],
            Deadline = Deadline(turn, task, "Escalation.Passed"),
        };

    private MailContent Told(Turn turn, WaitingTask task, string subject, string heading) => new(turn.Language, subject, heading)
    {
        Municipality = task.Municipality,
        Preheader = task.Task,
        Greeting = turn.Greeting,
        Action = new(turn.Words("Task.Action"), site.Link(task.Path)),
        Footer = [.. turn.Questions(task.Contact)],
        ReplyTo = task.Contact,
    };

    private static string? Deadline(Turn turn, WaitingTask task, string sentence) =>
        task.DueOn is { } due ? turn.Words(sentence, Dates.Deadline(due, task.DueAt, turn.Today, turn.Language)) : null;
}
