using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Award;
using Tilskudd.Clockwork;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>
/// Deals with wishes for a new personal link: a mail for each case that waits for the person, a round to answer in or a sending to
/// confirm, at most five an hour each, and nothing for others. The page has answered all of them alike, long before.
/// </summary>
internal sealed class AskForLink(Door door, NoticeQueue notices, OpenReceipt receipts) : ISweep
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

    public IQueryable<string> Due(TilskuddDb db, DateTimeOffset now) => Wishes(db).Select(_ => "ask-for-link").Take(1);

    public async Task<int> Run(DateTimeOffset now, CancellationToken ct)
    {
        var done = 0;
        await door.Write(async w =>
        {
            foreach (var wish in await Wishes(w.Db).OrderBy(wish => wish.At).ThenBy(wish => wish.Id).Take(Batch).ToListAsync(ct))
            {
                foreach (var person in await w.Db.People.Where(person => person.Email == wish.Address).ToListAsync(ct))
                {
                    await ToRounds(w, wish, person.Id, ct);
                    await ToReceipts(w, wish, person.Id, ct);
                }

                w.Db.Remove(wish);
                done++;
            }

            return null;
        }, ct);
        return done;
    }

    private static IQueryable<SignInWish> Wishes(TilskuddDb db) => db.Set<SignInWish>().Where(wish => wish.ReturnTo == Wanted);

    private async Task ToRounds(Writing w, SignInWish wish, PersonId person, CancellationToken ct)
    {
        var open = await w.Db.Set<Round>().Where(round => round.ClosedAt == null && round.Seats.Any(seat => seat.PersonId == person)).ToListAsync(ct);
        foreach (var round in open.Where(round => round.SeatOf(person) is not null || round.IsObserver(person)))
        {
            var kind = round.IsObserver(person) ? NoticeKind.ApprovalShown : NoticeKind.ApprovalAsked;
            if (await MayHaveMore(w, notice => notice.PersonId == person && notice.RoundId == round.Id && notice.Kind == kind, ct))
            {
                await Links.Open(w, LinkPurpose.Approval, person, round.Id, null, null, ct);
                await notices.Queue(w, kind, person, $"round/{round.Id}/link/{wish.Id}", new NoticeAbout { RoundId = round.Id }, ct);
            }
        }
    }

    private async Task ToReceipts(Writing w, SignInWish wish, PersonId person, CancellationToken ct)
    {
        // Most who ask are no grantor's contact, and a contact's grantor pays for few of what waits.
        var today = OsloTime.On(w.Now).Date;
        var grantors = await w.Db.Roles.Where(role => role.PersonId == person && role.Role == Role.GrantorContact && role.FromOn <= today && (role.ToOn == null || role.ToOn >= today)).Select(role => role.GrantorId).ToListAsync(ct);
        var paid = w.Db.FundingSources.IgnoreAutoIncludes().Where(source => grantors.Contains(source.GrantorId));
        var waiting = w.Db.Set<Run>().Where(run => run.ClosedAt == null && run.StepKind == nameof(AwaitReceipt) && paid.Any(source => source.ProgrammeId == run.ProgrammeId && source.Year == run.Year));
        foreach (var run in grantors.Count == 0 ? [] : await waiting.OrderBy(run => run.Id).ToListAsync(ct))
        {
            foreach (var grant in await OpenReceipt.Sent(w.Db, run))
            {
                if (await Who.IsContactOf(w.Db, person, grant.Id, null, today, ct)
                    && await MayHaveMore(w, notice => notice.PersonId == person && notice.RunId == run.Id.Value && notice.Kind == NoticeKind.SubmissionSent, ct))
                {
                    await receipts.Ask(w, run, grant, person, OpenReceipt.Occasion(run, grant.Id, $"receipt/{run.Id}/link/{wish.Id}"));
                }
            }
        }
    }

    private static async Task<bool> MayHaveMore(Writing w, Expression<Func<Notice, bool>> isSuch, CancellationToken ct)
    {
        var hourAgo = w.Now - TimeSpan.FromHours(1);
        var mails = w.Db.Set<Notice>().Local.AsQueryable().Where(isSuch).Count(notice => notice.QueuedAt == w.Now)
            + await w.Db.Set<Notice>().Where(isSuch).CountAsync(notice => notice.QueuedAt > hourAgo, ct);
        return mails < MostAnHour;
    }
}
