using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Clockwork;
using Tilskudd.Cycle.People;
using Tilskudd.Notices.Mailing;
using Tilskudd.Storage;

namespace Tilskudd.Notices;

/// <summary>
/// Sends what is queued and still true. A mail is claimed in one story, sent, and its fate told in the next, which claims the mail after it; so a
/// crash between the two leaves one mail marked, and it is sent again with the same message id. Nothing is lost, and a double is rare and harmless.
/// Where the mailer takes several at once, as many go on side by side, each in this way.
/// </summary>
internal sealed partial class OutboxSweep(
    IDbContextFactory<TilskuddDb> databases, Door door, MailComposer composer, MailRenderer renderer, IMailer mailer, Settings settings, ILogger<OutboxSweep> log) : ISweep
{
    // No fewer than what a mailer holds for many, else it would never be told of them.
    private const int Batch = 100;

    /// <summary>Longer than any mailer waits for its server.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>Less than the half minute a host waits for its loops.</summary>
    private static readonly TimeSpan AfterStop = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan WhileClosed = TimeSpan.FromMinutes(1);

    private static readonly Func<TilskuddDb, NoticeId, IAsyncEnumerable<Notice>> ById = Compiled.Query((TilskuddDb db, NoticeId id) => db.Set<Notice>().Where(notice => notice.Id == id));

    private static readonly Func<TilskuddDb, DateTimeOffset, bool, IAsyncEnumerable<DueMail>> Next = Compiled.Query((TilskuddDb db, DateTimeOffset now, bool isFirst) => db.Set<Notice>()
        .Where(notice => ((notice.State == NoticeState.Queued || notice.State == NoticeState.Uncertain || notice.State == NoticeState.Sending) && notice.NextAttemptAt <= now)
            || (isFirst && notice.State == NoticeState.Sending))
        .OrderBy(notice => notice.State != NoticeState.Sending).ThenBy(notice => notice.NextAttemptAt).ThenBy(notice => notice.Id)
        .Select(notice => new DueMail(notice.Id, notice.State)).Take(Batch));

    private static readonly Func<TilskuddDb, NoticeId, NoticeId, IAsyncEnumerable<Found>> ToSend = Compiled.Query((TilskuddDb db, NoticeId id, NoticeId told) => db.Set<Notice>()
        .Where(notice => notice.Id == id || notice.Id == told)
        .Join(db.People, notice => notice.PersonId, person => person.Id, (notice, person) => new { notice, person })
        .SelectMany(both => db.Rounds.Where(round => round.Id == both.notice.RoundId).DefaultIfEmpty(), (both, round) => new Found(
            both.notice,
            both.person,
            (int?)EF.Property<int>(round!, Mapping.Writes),
            db.Bodies.Where(body => body.Id == round!.BodyId).Select(body => body.Name).FirstOrDefault(),
            db.Rounds.Count(other => other.Id == (round!.FirstId ?? round.Id) || other.FirstId == (round.FirstId ?? round.Id)))));

    private bool _hasStarted;
    private bool _isLetGo;
    private bool _hasToldOfHold;

    // In milliseconds of Unix time; told by any of those that send side by side.
    private long _closedUntil;

    public string Name => "outbox";

    // One marked as being sent may be left by a node that is gone, which only the one that runs this can tell.
    public IQueryable<string> Due(TilskuddDb db, DateTimeOffset now) => ISweep.OnceIfAny(db, Name, db.Set<Notice>()
        .Where(notice => notice.State == NoticeState.Sending || ((notice.State == NoticeState.Queued || notice.State == NoticeState.Uncertain) && notice.NextAttemptAt <= now)));

    // Once let go it stays so for as long as the program runs: a copy is brought back only while it does not.
    private async Task<bool> IsHeld(CancellationToken ct)
    {
        if (_isLetGo)
        {
            return false;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        if (await OutboxHold.Since(db, ct) is not { } since)
        {
            _isLetGo = true;
            return false;
        }

        if (!_hasToldOfHold)
        {
            _hasToldOfHold = true;
            LogHeld(since);
        }

        return true;
    }

    private bool IsFirst => !_hasStarted || Storage.Lease.Current?.IsTakenOver == true;

    public async Task<int> Run(DateTimeOffset now, CancellationToken ct)
    {
        if (await IsHeld(ct))
        {
            return 0;
        }

        var due = await Due(now, ct);
        if (due.Any(notice => notice.State == NoticeState.Sending))
        {
            await TakeUpAbandoned(now, ct);
            due = await Due(now, ct);
        }

        _hasStarted = true;
        using var mails = new MailsInHand(new ConcurrentQueue<NoticeId>(due.Select(notice => notice.Id)));
        var lines = Enumerable.Range(0, Math.Min(due.Count, mailer.AtOnce(due.Count))).Select(_ => Task.Run(() => SendOneByOne(mails, now, ct), CancellationToken.None));
        return (await Task.WhenAll(lines)).Sum() + mails.SetAside;
    }

    private async Task<int> SendOneByOne(MailsInHand mails, DateTimeOffset now, CancellationToken ct)
    {
        var sent = 0;
        Fate? untold = null;
        try
        {
            while (now.ToUnixTimeMilliseconds() >= Volatile.Read(ref _closedUntil) && !mails.Waiting.IsEmpty)
            {
                ct.ThrowIfCancellationRequested();
                var before = untold;
                untold = await ToTheEnd(grace => Send(before, mails, grace), ct);
                sent += untold != before && untold?.Result is MailResult.Sent ? 1 : 0;
            }
        }
        finally
        {
            await ToTheEnd(grace => TellInTurn(untold, mails, grace), ct);
        }

        return sent;
    }

    // At the start every mail marked as being sent was left by a process that is gone, since one at a time runs this; so it was where another node
    // never gave it back. Later, those whose time is out.
    private Task TakeUpAbandoned(DateTimeOffset now, CancellationToken ct) => door.Write(async writing =>
    {
        var isFirst = IsFirst;
        foreach (var notice in await writing.Db.Set<Notice>().Where(notice => notice.State == NoticeState.Sending && (isFirst || notice.NextAttemptAt <= now)).ToListAsync(ct))
        {
            notice.Abandoned(writing.Now);
        }

        return null;
    }, ct);

    private async Task<List<DueMail>> Due(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Next(db, now, IsFirst).ToListAsync(ct);
    }

    // A stop does not break off the mail in hand: half a conversation is a mail that may have arrived.
    private static async Task<Fate?> ToTheEnd(Func<CancellationToken, Task<Fate?>> act, CancellationToken stopping)
    {
        using var grace = new CancellationTokenSource();
        await using var stopped = stopping.Register(() => grace.CancelAfter(AfterStop));
        return await act(grace.Token);
    }

    /// <param name="before">What became of the mail before, where that is not told yet; it is once this returns.</param>
    /// <returns>What became of this one, still to be told; null where all is told. The one before again where another line took the last.</returns>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A notice that cannot be written must not stop the next one; it is logged, kept and shown.")]
    private async Task<Fate?> Send(Fate? before, MailsInHand mails, CancellationToken ct)
    {
        var id = default(NoticeId);
        try
        {
            Claimed? claimed;
            using (await mails.Turn.Enter(ct))
            {
                if (!mails.Waiting.TryDequeue(out id))
                {
                    return before;
                }

                claimed = await Claim(id, before, mails.Batch, ct);
            }

            if (claimed is null)
            {
                // Not to be sent after all: it is out of the way, and those behind it need not wait for the next round.
                mails.SetOneAside();
                return null;
            }

            var fate = new Fate(id, await mailer.Send(await Write(claimed), ct));
            return fate.Result is MailResult.Unavailable ? await TellInTurn(fate, mails, ct) : fate;
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or DoorClosed))
        {
            // The message may quote what someone wrote, so only its kind and its place are told.
            LogPoison(id, failure.GetType().Name, failure.StackTrace ?? "");
            using (await mails.Turn.Enter(ct))
            {
                await Tell(before, ct);
                await Poisoned(id, failure.GetType().Name, ct);
            }

            return null;
        }
    }

    private async Task<Claimed?> Claim(NoticeId id, Fate? before, MailBatch batch, CancellationToken ct)
    {
        Claimed? claimed = null;
        var refusal = await door.Write(async writing =>
        {
            claimed = null;
            var told = before?.Id ?? id;
            var db = writing.Db;
            var found = await ToSend(db, id, told).ToListAsync(ct);
            if (before is not null)
            {
                Settle(before, found.Single(one => one.Notice.Id == told).Notice, writing.Now);
            }

            var own = found.Single(one => one.Notice.Id == id);
            var (notice, person) = (own.Notice, own.Person);
            if (!notice.IsDue(writing.Now))
            {
                return null;
            }

            if (await composer.Compose(new Turn(writing, notice, person, own.Writes is { } writes ? new AskedRound(notice.RoundId!.Value, writes, own.Body!, own.Boards) : null, batch, ct)) is not { } content)
            {
                notice.Cancel();
                return null;
            }

            notice.Claim(writing.Now, Lease);
            claimed = new Claimed(notice, person, content);
            return null;
        }, ct);
        if (refusal is null)
        {
            return claimed;
        }

        // Somebody else took it.
        await Tell(before, ct);
        return null;
    }

    private async Task<OutgoingMail> Write(Claimed claimed)
    {
        var (notice, person, content) = claimed;
        var contact = content.ReplyTo;
        return new OutgoingMail(
            notice.Id.Value,
            new Mailbox(settings.Mail.From, content.Sender),
            new Mailbox(Address(person), person.Name),
            contact is null || contact.Id == person.Id ? null : new Mailbox(Address(contact), contact.Name),
            content.Subject, notice.MessageId, notice.QueuedAt, notice.ThreadId,
            MailText.Write(content), await renderer.Html(content)) { Calendar = content.Calendar };
    }

    private static EmailAddress Address(Person person) =>
        EmailAddress.Read(person.Email) ?? throw new InvalidOperationException($"The address kept for person {person.Id} is not one.");

    private async Task<Fate?> TellInTurn(Fate? fate, MailsInHand mails, CancellationToken ct)
    {
        using (await mails.Turn.Enter(ct))
        {
            return await Tell(fate, ct);
        }
    }

    private async Task<Fate?> Tell(Fate? fate, CancellationToken ct)
    {
        if (fate is not null)
        {
            await Change(fate.Id, async writing => Settle(fate, await ById(writing.Db, fate.Id).SingleAsync(ct), writing.Now), ct);
        }

        return null;
    }

    // A fate may be told twice, where the story that told it failed afterwards; once told, the mail is no longer being sent.
    private void Settle(Fate fate, Notice notice, DateTimeOffset now)
    {
        if (notice.State != NoticeState.Sending)
        {
            return;
        }

        switch (fate.Result)
        {
            case MailResult.Sent:
                notice.Delivered(now);
                break;
            case MailResult.Refused refused:
                notice.Failed(refused.Reason, refused.IsPermanent, now);
                break;
            case MailResult.Uncertain uncertain:
                notice.BecameUncertain(uncertain.Reason, now);
                break;
            case MailResult.Unavailable unavailable:
                notice.PutBack(unavailable.Reason, now + WhileClosed);
                Volatile.Write(ref _closedUntil, (now + WhileClosed).ToUnixTimeMilliseconds());
                LogClosed(unavailable.Reason);
                break;
            default:
                throw new InvalidOperationException($"A mailer answered {fate.Result.GetType().Name}, which is not in the list.");
        }

        if (notice.State == NoticeState.Failed)
        {
            LogGivenUp(notice.Id, notice.Attempts);
        }
    }

    // Before it was claimed, nothing tells that it was tried; so the try is counted here.
    private Task Poisoned(NoticeId id, string error, CancellationToken ct) => Change(id, async writing =>
    {
        var notice = await ById(writing.Db, id).SingleAsync(ct);
        if (notice.State != NoticeState.Sending)
        {
            notice.Claim(writing.Now, Lease);
        }

        notice.Failed(error, isForGood: false, writing.Now);
    }, ct);

    private async Task Change(NoticeId id, Func<Writing, Task> change, CancellationToken ct)
    {
        var refusal = await door.Write(async writing =>
        {
            await change(writing);
            return null;
        }, ct);
        if (refusal is not null)
        {
            LogChangedMeanwhile(id);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A copy was brought back at {Since}, and no mail is sent before «release» is run")]
    private partial void LogHeld(DateTimeOffset since);

    [LoggerMessage(LogLevel.Error, "Notice {Notice} could not be written: {Failure} {Where}")]
    private partial void LogPoison(NoticeId notice, string failure, string where);

    [LoggerMessage(LogLevel.Error, "The way out for mails is closed, and the queue waits: {Reason}")]
    private partial void LogClosed(string reason);

    [LoggerMessage(LogLevel.Warning, "Notice {Notice} was given up after {Attempts} tries")]
    private partial void LogGivenUp(NoticeId notice, int attempts);

    [LoggerMessage(LogLevel.Warning, "Notice {Notice} was changed by someone else while it was being sent")]
    private partial void LogChangedMeanwhile(NoticeId notice);

    private sealed record DueMail(NoticeId Id, NoticeState State);

    /// <param name="Writes">Of the round it is about; null where it is about none.</param>
    /// <param name="Body">The name of the round's body.</param>
    /// <param name="Boards">How many boards were asked at the same time.</param>
    private sealed record Found(Notice Notice, Person Person, int? Writes, string? Body, int Boards);

    private sealed record Claimed(Notice Notice, Person Person, MailContent Content);

    private sealed record Fate(NoticeId Id, MailResult Result);

    /// <summary>
    /// The mails of one run. They are on their way side by side, and claimed, and their fates told, one by one: what is written at the same time gets in
    /// each other's way, and what is told anew draws other ids, by which a simulated year would differ from the one before.
    /// </summary>
    private sealed class MailsInHand(ConcurrentQueue<NoticeId> waiting) : IDisposable
    {
        private int _setAside;

        /// <summary>How many were not to be sent after all.</summary>
        public int SetAside => _setAside;

        public void SetOneAside() => Interlocked.Increment(ref _setAside);

        public ConcurrentQueue<NoticeId> Waiting => waiting;

        public MailBatch Batch { get; } = new();

        public WriterLine Turn { get; } = new(Timeout.InfiniteTimeSpan);

        public void Dispose() => Turn.Dispose();
    }
}
