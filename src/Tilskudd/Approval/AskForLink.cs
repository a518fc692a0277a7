using Microsoft.EntityFrameworkCore;
using Tilskudd.Clockwork;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Notices;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>
/// Deals with wishes for a new link to a round: a mail for those who have one open, at most five an hour, and nothing for others.
/// The page has answered all of them alike, long before.
/// </summary>
internal sealed class AskForLink(IDbContextFactory<TilskuddDb> databases, Door door, NoticeQueue notices) : ISweep
{
    /// <summary>Where the form is posted.</summary>
    public const string Path = "/g";

    /// <summary>What tells these wishes from those to sign in; no path of the site looks like it.</summary>
    public const string Wanted = "round";

    private const int MostAnHour = 5;
    private const int Batch = 100;

    public string Name => "ask-for-link";

    public async Task<int> Run(DateTimeOffset now, CancellationToken ct)
    {
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            if (!await db.Set<SignInWish>().AnyAsync(wish => wish.ReturnTo == Wanted, ct))
            {
                return 0;
            }
        }

        var done = 0;
        await door.Write(async w =>
        {
            foreach (var wish in await w.Db.Set<SignInWish>().Where(wish => wish.ReturnTo == Wanted).OrderBy(wish => wish.At).ThenBy(wish => wish.Id).Take(Batch).ToListAsync(ct))
            {
                foreach (var person in await w.Db.People.Where(person => person.Email == wish.Address).ToListAsync(ct))
                {
                    await Grant(w, wish, person.Id, ct);
                }

                w.Db.Remove(wish);
                done++;
            }

            return null;
        }, ct);
        return done;
    }

    private async Task Grant(Writing w, SignInWish wish, PersonId person, CancellationToken ct)
    {
        var hourAgo = w.Now - TimeSpan.FromHours(1);
        var open = await w.Db.Set<Round>().Where(round => round.ClosedAt == null && round.Seats.Any(seat => seat.PersonId == person)).ToListAsync(ct);
        foreach (var round in open.Where(round => round.SeatOf(person) is not null))
        {
            var mails = w.Db.Set<Notice>().Local.Count(notice => IsOf(notice) && notice.QueuedAt == w.Now)
                + await w.Db.Set<Notice>().CountAsync(notice => notice.PersonId == person && notice.RoundId == round.Id && notice.Kind == NoticeKind.ApprovalAsked && notice.QueuedAt > hourAgo, ct);
            if (mails < MostAnHour)
            {
                await Links.Open(w, LinkPurpose.Approval, person, round.Id, null, null, ct);
                await notices.Queue(w, NoticeKind.ApprovalAsked, person, $"round/{round.Id}/link/{wish.Id}", new NoticeAbout { RoundId = round.Id }, ct);
            }

            bool IsOf(Notice notice) => notice.PersonId == person && notice.RoundId == round.Id && notice.Kind == NoticeKind.ApprovalAsked;
        }
    }
}
