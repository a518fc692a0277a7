using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Clockwork;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>
/// Deals with wishes for a new personal link: a mail for each case that waits for the person, a round to answer in or a sending to
/// confirm, at most five an hour each, and nothing for others. The page has answered all of them alike, long before.
/// </summary>
internal sealed class AskForLink(Door door, PersonalLinks links) : ISweep
{
    /// <summary>Where the form is posted.</summary>
    public const string Path = "/g";

    /// <summary>The form, as the pages of links that do not work offer it.</summary>
    public static NewLinkForm Form { get; } = new(Path);

    /// <summary>What tells these wishes from those to sign in; no path of the site looks like it.</summary>
    public const string Wanted = "round";

    private const int MostAnHour = 5;
    private const int Batch = 100;

    public string Name => "ask-for-link";

    public IQueryable<string> Due(TilskuddDb db, DateTimeOffset now) => ISweep.OnceIfAny(db, Name, Wishes(db));

    public async Task<int> Run(DateTimeOffset now, CancellationToken ct)
    {
        var done = 0;
        await door.Write(async w =>
        {
            foreach (var wish in await Wishes(w.Db).OrderBy(wish => wish.At).ThenBy(wish => wish.Id).Take(Batch).ToListAsync(ct))
            {
                foreach (var person in await w.Db.People.Where(person => person.Email == wish.Address).ToListAsync(ct))
                {
                    await links.Send(w, person.Id, $"link/{wish.Id}", onlyUnanswered: false, isSuch => MayHaveMore(w, isSuch, ct), ct);
                }

                w.Db.Remove(wish);
                done++;
            }

            return null;
        }, ct);
        return done;
    }

    private static IQueryable<SignInWish> Wishes(TilskuddDb db) => db.Set<SignInWish>().Where(wish => wish.ReturnTo == Wanted);

    private static async Task<bool> MayHaveMore(Writing w, Expression<Func<Notice, bool>> isSuch, CancellationToken ct)
    {
        var hourAgo = w.Now - TimeSpan.FromHours(1);
        var mails = w.Db.Set<Notice>().Local.AsQueryable().Where(isSuch).Count(notice => notice.QueuedAt == w.Now)
            + await w.Db.Set<Notice>().Where(isSuch).CountAsync(notice => notice.QueuedAt > hourAgo, ct);
        return mails < MostAnHour;
    }
}
