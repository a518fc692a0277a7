using Microsoft.EntityFrameworkCore;
using Tilskudd.Approval;
using Tilskudd.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>Queues word to those a run waits for, and to those behind them when it is late. What an occasion has said once, it never says again.</summary>
internal sealed class Reminding(NoticeQueue notices)
{
    /// <summary>Reminds those who have not done their part.</summary>
    /// <param name="occasion">Makes the reminder one of a kind for each person.</param>
    /// <param name="rung">Working days before the deadline, or null when a person sends it.</param>
    /// <param name="only">The one to remind; null for all.</param>
    /// <returns>How many reminders were queued now.</returns>
    public async Task<int> Remind(Writing w, Run run, string occasion, int? rung, PersonId? only = null)
    {
        var on = OsloTime.On(w.Now).Date;
        if (run.Waiting.RoundId is not { } lead)
        {
            var (kind, about) = await About(w.Db, run);
            return await Tell(w, await Who.WaitedFor(w.Db, run, on), only, kind, occasion, about with { DeadlineRung = rung });
        }

        // A member needs the personal link again, and who sits in two boards needs both.
        var told = 0;
        foreach (var round in await StepRounds.Of(w.Db, lead))
        {
            var missing = await Who.Named(w.Db, Who.Missing(round));
            told += await Tell(w, missing, only, NoticeKind.ApprovalReminder, round.Id == lead ? occasion : $"{occasion}/{round.Id}", new NoticeAbout { RoundId = round.Id, DeadlineRung = rung });
        }

        return told;
    }

    /// <summary>Tells the programme leader, and the leader of the body waited for, that the deadline has passed.</summary>
    /// <returns>How many were told.</returns>
    public async Task<int> Escalate(Writing w, Run run, string occasion, int rung)
    {
        var behind = await Who.Behind(w.Db, run, OsloTime.On(w.Now).Date);
        return await Tell(w, behind, null, NoticeKind.Escalation, occasion, new NoticeAbout { RunId = run.Id.Value, Visit = run.VisitNumber, DeadlineRung = rung });
    }

    // A grantor's contact needs the personal link again; the others know where to go.
    private static async Task<(NoticeKind Kind, NoticeAbout About)> About(TilskuddDb db, Run run)
    {
        var task = new NoticeAbout { RunId = run.Id.Value, Visit = run.VisitNumber };
        if (run.StepKind != nameof(AwaitReceipt))
        {
            return (NoticeKind.DeadlineReminder, task);
        }

        var (grant, rapport) = await OpenReceipt.Sent(db, run);
        return (NoticeKind.SubmissionSent, task with { GrantId = grant, RapportId = rapport });
    }

    private async Task<int> Tell(Writing w, IEnumerable<Person> people, PersonId? only, NoticeKind kind, string occasion, NoticeAbout about)
    {
        var told = 0;
        foreach (var person in people.Where(person => only is null || person.Id == only))
        {
            var notice = await notices.Queue(w, kind, person.Id, occasion, about);
            told += w.Db.Entry(notice).State == EntityState.Added ? 1 : 0;
        }

        return told;
    }
}
