using Microsoft.EntityFrameworkCore;
using Tilskudd.Clockwork;
using Tilskudd.Cycle.People;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Notices;

/// <summary>Where the application's rooms say that somebody is to be told something, inside the story that makes it true.</summary>
internal sealed class NoticeQueue(Settings settings, Wake wake)
{
    /// <summary>Queues a mail; it goes out after the story is committed, if it is still true then.</summary>
    /// <param name="occasion">What makes this mail one of a kind for the person, such as <c>round/…/asked</c>. A second one for the same occasion is not queued.</param>
    /// <returns>The notice; the one queued before, where there is one.</returns>
    public async Task<Notice> Queue(Writing writing, NoticeKind kind, PersonId to, string occasion, NoticeAbout about, CancellationToken ct = default)
    {
        if (writing.Db.AtHand<Notice>().FirstOrDefault(notice => notice.PersonId == to && notice.Occasion == occasion) is { } queued)
        {
            return queued;
        }

        // The reader, what was told before, and the first mail of the thread are asked for in one: every mail is queued here, and most stories queue some.
        var (earlier, thread) = (writing.Db.Set<Notice>().Where(notice => notice.PersonId == to), Thread(writing.Db, to, about));
        var found = await writing.Db.People.Where(person => person.Id == to)
            .SelectMany(_ => earlier.Where(notice => notice.Occasion == occasion).DefaultIfEmpty(), (person, known) => new { person, known, Thread = thread.FirstOrDefault() })
            .SingleOrDefaultAsync(ct);
        return found?.known ?? Add(writing, kind, found?.person ?? await writing.Db.Existing<Person>(to, ct), occasion, about, found?.Thread);
    }

    /// <summary>Queues one of many mails, asking the database nothing.</summary>
    /// <param name="before">What has been told about what it is about; it is kept up.</param>
    /// <returns>Whether it is queued now; false where the person was told on this occasion before.</returns>
    public bool Queue(Writing writing, NoticeKind kind, Person to, string occasion, NoticeAbout about, ToldBefore before)
    {
        if (before.Includes(to.Id, occasion))
        {
            return false;
        }

        before.Note(Add(writing, kind, to, occasion, about, before.Thread(to.Id, about)));
        return true;
    }

    /// <summary>Queues a message that is written here and now, in the reader's language.</summary>
    /// <param name="about">The run it is about, which its button leads to; none where it leads nowhere.</param>
    public Task<Notice> Say(Writing writing, PersonId to, string occasion, MessageText text, RunId? about = null, CancellationToken ct = default) =>
        Queue(writing, NoticeKind.Message, to, occasion, new NoticeAbout { RunId = about?.Value, Text = text.ToString() }, ct);

    /// <summary>The same to one who is no user of the application: it is about a document whose page the reader cannot open, so no button leads there.</summary>
    /// <param name="about">The grant or the report it is about, whose municipality it comes from and whose programme leader gets the answers.</param>
    public Task<Notice> Say(Writing writing, PersonId to, string occasion, MessageText text, NoticeAbout about, CancellationToken ct = default) =>
        Queue(writing, NoticeKind.Message, to, occasion, about with { Text = text.ToString() }, ct);

    private Notice Add(Writing writing, NoticeKind kind, Person to, string occasion, NoticeAbout about, string? thread)
    {
        var id = writing.Ids.Next<NoticeId>();
        var notice = new Notice(id, kind, occasion, to.Id, to.Language, about, Notice.MessageIdOf(id, settings.Mail.From.Domain), thread, writing.Now);
        writing.Db.Add(notice);
        writing.AfterCommit(wake.Up);
        return notice;
    }

    /// <summary>Cancels what waits about a round, in the story that ends it; what is being sent finds out for itself.</summary>
    public static async Task Cancel(Writing writing, Cycle.Approval.RoundId round, CancellationToken ct = default)
    {
        var waiting = await writing.Db.Set<Notice>()
            .Where(notice => notice.RoundId == round && notice.State == NoticeState.Queued
                && (notice.Kind == NoticeKind.ApprovalAsked || notice.Kind == NoticeKind.ApprovalReminder || notice.Kind == NoticeKind.ApprovalShown || notice.Kind == NoticeKind.DoubtRaised || notice.Kind == NoticeKind.DoubtFollows || notice.Kind == NoticeKind.FreshCode))
            .ToListAsync(ct);
        foreach (var notice in waiting)
        {
            notice.Cancel();
        }
    }

    // Mails about the same round, the same meeting or the same visit of a task stand together in the reader's mailbox.
    private static IQueryable<string> Thread(TilskuddDb db, PersonId to, NoticeAbout about)
    {
        var earlier = db.Set<Notice>().Where(notice => notice.PersonId == to);
        var same = about switch
        {
            { RoundId: { } round } => earlier.Where(notice => notice.RoundId == round),
            { RunId: { } run, Visit: { } visit } => earlier.Where(notice => notice.RunId == run && notice.Visit == visit),
            { MeetingId: { } meeting } => earlier.Where(notice => notice.MeetingId == meeting),
            _ => earlier.Where(_ => false),
        };
        return same.OrderBy(notice => notice.QueuedAt).ThenBy(notice => notice.Id).Select(notice => notice.ThreadId);
    }
}
