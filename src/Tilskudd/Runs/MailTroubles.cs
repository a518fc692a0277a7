using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Notices;
using Tilskudd.Notices.Inbound;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>Why waiting may be in vain: what is known about the mails to someone a run waits for.</summary>
public enum MailTrouble
{
    None,

    /// <summary>The last mail did not reach the person.</summary>
    NotArrived,

    /// <summary>A machine answered that the person is away.</summary>
    Away,

    /// <summary>A server on the way still tries.</summary>
    Delayed,
}

/// <summary>What is known about the mails of some runs' waiting steps, read at once.</summary>
internal sealed class MailTroubles
{
    private readonly Dictionary<(RunId, PersonId), MailTrouble> _troubles;

    private MailTroubles(Dictionary<(RunId, PersonId), MailTrouble> troubles) => _troubles = troubles;

    /// <param name="staff">Who has a part in the runs; it knows their rounds.</param>
    public static async Task<MailTroubles> Of(TilskuddDb db, IReadOnlyCollection<Run> runs, Staff staff, CancellationToken ct)
    {
        var open = runs.Where(run => run.IsOpen).ToList();
        var ids = open.Select(run => (Guid?)run.Id.Value).ToList();
        var rounds = open.SelectMany(staff.Rounds).Select(round => round.Id).ToList();

        // Those with no trouble at all, nearly all of them, stay in the database.
        var notices = db.Set<Notice>().Where(notice => notice.State != NoticeState.Cancelled);
        var mails = await notices
            .Where(notice => ((notice.RoundId != null && rounds.Contains(notice.RoundId.Value)) || (notice.Visit != null && ids.Contains(notice.RunId)))
                && (notice.State == NoticeState.Failed || db.Set<NoticeNews>().Any(news => news.NoticeId == notice.Id && news.Kind != NewsKind.Reply)))
            .Select(notice => new Mail(
                notice.PersonId, notice.RunId, notice.Visit, notice.RoundId, notice.State,
                db.Set<NoticeNews>().Any(news => news.NoticeId == notice.Id && news.Kind == NewsKind.Away),
                db.Set<NoticeNews>().Any(news => news.NoticeId == notice.Id && news.Kind == NewsKind.Delayed),
                !(notice.RoundId != null
                    ? notices.Any(later => later.RoundId == notice.RoundId && later.PersonId == notice.PersonId && later.QueuedAt > notice.QueuedAt)
                    : notices.Any(later => later.RunId == notice.RunId && later.Visit == notice.Visit && later.PersonId == notice.PersonId && later.QueuedAt > notice.QueuedAt))))
            .ToListAsync(ct);
        return new MailTroubles(open
            .SelectMany(run => mails.Where(mail => mail.IsAbout(run, staff)).GroupBy(mail => mail.Person), (run, person) => (Key: (run.Id, person.Key), Trouble: Told([.. person])))
            .ToDictionary(told => told.Key, told => told.Trouble));
    }

    public MailTrouble Of(Run run, PersonId person) => _troubles.GetValueOrDefault((run.Id, person));

    // A machine says once that someone is away, and then holds its peace for days; whether a mail arrives, each mail tells for itself.
    private static MailTrouble Told(List<Mail> mails) =>
        mails.Any(mail => mail is { IsLast: true, State: NoticeState.Failed }) ? MailTrouble.NotArrived
        : mails.Any(mail => mail.IsAway) ? MailTrouble.Away
        : mails.Any(mail => mail is { IsLast: true, IsDelayed: true }) ? MailTrouble.Delayed
        : MailTrouble.None;

    /// <summary>A mail something is known about.</summary>
    /// <param name="IsLast">No later mail went to the person about the same.</param>
    private sealed record Mail(PersonId Person, Guid? RunId, int? Visit, RoundId? RoundId, NoticeState State, bool IsAway, bool IsDelayed, bool IsLast)
    {
        public bool IsAbout(Run run, Staff staff) => run.Waiting.RoundId is not null ? staff.Rounds(run).Any(round => round.Id == RoundId) : RunId == run.Id.Value && Visit == run.VisitNumber;
    }
}
