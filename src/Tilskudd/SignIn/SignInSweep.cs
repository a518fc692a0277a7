using Microsoft.EntityFrameworkCore;
using Tilskudd.Approval;
using Tilskudd.Clockwork;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Storage;

namespace Tilskudd.SignIn;

/// <summary>Deals with wishes to sign in: a mail for those we know, at most five an hour, and nothing for others.</summary>
internal sealed class SignInSweep(Door door, NoticeQueue notices) : ISweep
{
    private const int MostAnHour = 5;
    private const int Batch = 100;

    public string Name => "sign-in";

    public IQueryable<string> Due(TilskuddDb db, DateTimeOffset now) => ISweep.OnceIfAny(db, Name, Wishes(db));

    public async Task<int> Run(DateTimeOffset now, CancellationToken ct)
    {
        var done = 0;
        await door.Write(async writing =>
        {
            foreach (var wish in await Wishes(writing.Db).OrderBy(wish => wish.At).ThenBy(wish => wish.Id).Take(Batch).ToListAsync(ct))
            {
                await Grant(writing, wish, ct);
                writing.Db.Remove(wish);
                done++;
            }

            return null;
        }, ct);
        return done;
    }

    private static IQueryable<SignInWish> Wishes(TilskuddDb db) => db.Set<SignInWish>().Where(wish => wish.ReturnTo != AskForLink.Wanted);

    private async Task Grant(Writing writing, SignInWish wish, CancellationToken ct)
    {
        var hourAgo = writing.Now - TimeSpan.FromHours(1);
        foreach (var person in await writing.Db.People.Where(person => person.Email == wish.Address).ToListAsync(ct))
        {
            if (!person.TakesPartOn(Dates.On(writing.Now)))
            {
                continue;
            }

            var mails = writing.Db.Set<Notice>().Local.Count(notice => notice.PersonId == person.Id && notice.Kind == NoticeKind.SignInLink && notice.QueuedAt == writing.Now)
                + await writing.Db.Set<Notice>().CountAsync(notice => notice.PersonId == person.Id && notice.Kind == NoticeKind.SignInLink && notice.QueuedAt > hourAgo, ct);
            if (mails < MostAnHour)
            {
                await notices.Queue(writing, NoticeKind.SignInLink, person.Id, $"sign-in/{wish.Id}", new NoticeAbout { Text = wish.ReturnTo }, ct);
            }
        }
    }
}
