using Tilskudd.Award;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>What reminders about some runs need to know, read at once: who has a part in them, and what was said before.</summary>
internal sealed record ReminderFacts(Staff Staff, ToldBefore Told)
{
    public static async Task<ReminderFacts> Of(Writing w, IReadOnlyCollection<Run> runs, CancellationToken ct = default)
    {
        var staff = await Staff.Of(w.Db, runs, OsloTime.On(w.Now).Date, ct);
        return new(staff, await ToldBefore.About(w, [.. runs.Select(run => run.Id.Value)], [.. runs.SelectMany(staff.Rounds).Select(round => round.Id)], ct));
    }
}

/// <summary>Queues word to those a run waits for, and to those behind them when it is late. What an occasion has said once, it never says again.</summary>
internal sealed class Reminding(NoticeQueue notices)
{
    /// <summary>Reminds those who have not done their part.</summary>
    /// <param name="occasion">Makes the reminder one of a kind for each person.</param>
    /// <param name="rung">Working days before the deadline, or null when a person sends it.</param>
    /// <param name="only">The one to remind; null for all.</param>
    /// <returns>How many reminders were queued now.</returns>
    public int Remind(Writing w, ReminderFacts facts, Run run, string occasion, int? rung, PersonId? only = null)
    {
        if (facts.Staff.Rounds(run) is not { Count: > 0 } rounds)
        {
            return run.StepKind == nameof(AwaitReceipt) && facts.Staff.Grant(run) is { } behind
                ? behind.Asked.Sum(asked => Tell(
                    w, facts, facts.Staff.ContactsOf(asked), only, NoticeKind.SubmissionSent, OpenReceipt.Occasion(run, asked.Grant, occasion), Receipt(run, asked.Grant) with { DeadlineRung = rung }))
                : Tell(w, facts, facts.Staff.Concerned(run), only, NoticeKind.DeadlineReminder, occasion, new NoticeAbout { RunId = run.Id.Value, Visit = run.VisitNumber, DeadlineRung = rung });
        }

        // A member needs the personal link again, and who sits in two boards needs both.
        return rounds.Sum(round => Tell(
            w, facts, facts.Staff.Missing(round), only, NoticeKind.ApprovalReminder, round.Id == round.Lead ? occasion : ReminderOccasion.Part(occasion, round.Id.Value),
            new NoticeAbout { RoundId = round.Id, DeadlineRung = rung }));
    }

    /// <summary>Tells the programme leader, and the leader of the body waited for, that the deadline has passed.</summary>
    /// <returns>How many were told.</returns>
    public int Escalate(Writing w, ReminderFacts facts, Run run, string occasion, int rung) => Tell(
        w, facts, facts.Staff.Behind(run), null, NoticeKind.Escalation, occasion, new NoticeAbout { RunId = run.Id.Value, Visit = run.VisitNumber, DeadlineRung = rung });

    // A grantor's contact needs the personal link again; the others know where to go.
    private static NoticeAbout Receipt(Run run, GrantId grant)
    {
        var (id, rapport) = OpenReceipt.About(run, grant);
        return new NoticeAbout { RunId = run.Id.Value, Visit = run.VisitNumber, GrantId = id, RapportId = rapport };
    }

    private int Tell(Writing w, ReminderFacts facts, IEnumerable<Person> people, PersonId? only, NoticeKind kind, string occasion, NoticeAbout about) =>
        people.Where(person => only is null || person.Id == only).Count(person => notices.Queue(w, kind, person, occasion, about, facts.Told));
}
