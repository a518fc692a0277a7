using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Clockwork;
using Tilskudd.Notices.Mailing;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Notices.Inbound;

/// <summary>
/// Takes the mails that have come in, finds the notice each is about, and saves what it tells before it is put away. A crash between the
/// two brings the mail back, and the second time nothing is saved. A mail is never answered by mail, and decides nothing.
/// </summary>
internal sealed partial class InboundSweep(IDbContextFactory<TilskuddDb> databases, Door door, IInbound inbound, ILogger<InboundSweep> log) : ISweep
{
    private const int Batch = 20;

    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public string Name => "inbound";

    public async Task<int> Run(DateTimeOffset now, CancellationToken ct)
    {
        // A clock that is put back must not make the pause longer.
        if (now < _next && _next - now <= inbound.Pause)
        {
            return 0;
        }

        var mails = await inbound.Next(Batch, ct);
        var done = 0;
        foreach (var mail in mails)
        {
            ct.ThrowIfCancellationRequested();
            done += await PutAway(mail, await Handle(mail, ct), ct) ? 1 : 0;
        }

        _next = done == 0 ? now + inbound.Pause : now;
        return done;
    }

    // What the mail says is not in the log; it is where the mail is put. A database that does not answer says nothing about the mail.
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "One mail that cannot be handled must not stop the next; it is put aside for a person to look at.")]
    private async Task<Shelf?> Handle(ArrivedMail mail, CancellationToken ct)
    {
        try
        {
            var read = MailPart.Read(mail.Bytes);
            return read.HasHeaders ? await Save(KeyOf(mail, read), MailNews.Of(read), MailReader.Ids(read["Message-ID"]), ct) : Shelf.Unreadable;
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or DoorClosed) && DoorClosed.Because(failure) is null)
        {
            LogPoison(failure.GetType().Name, failure.StackTrace ?? "");
            return Shelf.Unreadable;
        }
    }

    // One that cannot be put away comes again, is known, and is tried again: it must not count as work done, or there would be no rest.
    private async Task<bool> PutAway(ArrivedMail mail, Shelf? shelf, CancellationToken ct)
    {
        if (shelf is null)
        {
            return false;
        }

        try
        {
            await inbound.PutAway(mail, shelf.Value, ct);
            return true;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            LogNotPutAway(closed.GetType().Name);
            return false;
        }
    }

    /// <returns>Where the mail belongs, or null to let it lie until the next time.</returns>
    private async Task<Shelf?> Save(string key, MailNews news, IReadOnlyList<string> own, CancellationToken ct)
    {
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            // A mail of ours that has come back to us as it was is no news.
            if (await About(db, own, ct) is not null || await About(db, news.Ids, ct) is null)
            {
                return Shelf.Unknown;
            }
        }

        if (news.Kind is not { } kind)
        {
            return Shelf.Handled;
        }

        var waits = false;
        var refusal = await door.Write(async w =>
        {
            var notice = await About(w.Db, news.Ids, ct) ?? throw new InvalidOperationException("A notice was deleted; they never are.");

            // Its fate is being told by the one who sends it.
            waits = notice.State == NoticeState.Sending;
            if (!waits && !await w.Db.Set<NoticeNews>().AnyAsync(known => known.Key == key, ct))
            {
                await Tell(w, notice, kind, news, key, ct);
            }

            return null;
        }, ct);
        return refusal is null && !waits ? Shelf.Handled : null;
    }

    private static async Task Tell(Writing w, Notice notice, NewsKind kind, MailNews news, string key, CancellationToken ct)
    {
        if (kind == NewsKind.NotArrived)
        {
            notice.Bounced(news.Text);
        }

        var reader = await w.Db.People.SingleAsync(person => person.Id == notice.PersonId, ct);
        var isFromReader = EmailAddress.Read(news.From)?.Text == EmailAddress.Read(reader.Email)?.Text;

        // What no page shows is not kept.
        var run = await RunOf(w.Db, notice, ct);
        w.Db.Add(new NoticeNews(key, notice.Id, kind, run is null && notice.MeetingId is null ? "" : news.Text, isFromReader, w.Now));
        var happening = kind switch
        {
            NewsKind.NotArrived => "mail-returned",
            NewsKind.Delayed => "mail-delayed",
            NewsKind.Away => "mail-answered-by-machine",
            NewsKind.Reply => "mail-answered",
        };
        var about = new JsonObject { ["notice"] = notice.Id.ToString() };
        if (run is null)
        {
            w.Record(new TrailEvent(Actor.System, happening, "notice", notice.Id.ToString(), "", about));
            return;
        }

        await RunTrail.Record(w, run, Actor.System, happening, notice.RoundId is null ? "run" : "round", notice.RoundId?.Value ?? run.Id.Value, "", about);
    }

    private static async Task<Run?> RunOf(TilskuddDb db, Notice notice, CancellationToken ct) =>
        notice.RoundId is { } round ? await Approval.StepRounds.RunOf(db, round, ct)
        : notice.RunId is { } run ? await db.FindAsync<Run>([new RunId(run)], ct)
        : null;

    private static async Task<Notice?> About(TilskuddDb db, IReadOnlyList<string> ids, CancellationToken ct)
    {
        var known = ids.Select(Notice.IdIn).OfType<NoticeId>().Distinct().ToList();
        if (known.Count == 0)
        {
            return null;
        }

        var notices = await db.Set<Notice>().Where(notice => known.Contains(notice.Id)).ToListAsync(ct);
        return ids.Select(id => notices.FirstOrDefault(notice => notice.MessageId == id)).FirstOrDefault(notice => notice is not null);
    }

    private static string KeyOf(ArrivedMail mail, MailPart read) =>
        Convert.ToHexStringLower(SHA256.HashData(MailReader.Ids(read["Message-ID"]) is [var id, ..] ? Encoding.UTF8.GetBytes(id) : mail.Bytes));

    [LoggerMessage(LogLevel.Error, "A mail that came in could not be handled and was put aside: {Failure} {Where}")]
    private partial void LogPoison(string failure, string where);

    [LoggerMessage(LogLevel.Error, "A mail that came in is handled but could not be put away: {Failure}")]
    private partial void LogNotPutAway(string failure);
}
