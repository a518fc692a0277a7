using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Award;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>Sends a person new personal links to all that waits: the rounds to answer in or to follow, and what a grantor is to confirm.</summary>
internal sealed class PersonalLinks(NoticeQueue notices, OpenReceipt receipts)
{
    /// <param name="occasion">What the mails are sent for; the same occasion again sends none.</param>
    /// <param name="may">Whether one more mail of a kind may be sent; null where there is no limit.</param>
    /// <param name="onlyUnanswered">Whether one who has answered in a round is left alone there.</param>
    public async Task Send(Writing w, PersonId person, string occasion, bool onlyUnanswered, Func<Expression<Func<Notice, bool>>, Task<bool>>? may, CancellationToken ct)
    {
        var open = await w.Db.Set<Round>().Where(round => round.ClosedAt == null && round.Seats.Any(seat => seat.PersonId == person)).ToListAsync(ct);
        foreach (var round in open.Where(round => round.IsObserver(person) || (round.SeatOf(person) is not null && !(onlyUnanswered && round.LastOf(person) is not null))))
        {
            var kind = round.IsObserver(person) ? NoticeKind.ApprovalShown : NoticeKind.ApprovalAsked;
            if (may is null || await may(notice => notice.PersonId == person && notice.RoundId == round.Id && notice.Kind == kind))
            {
                await Links.Open(w, LinkPurpose.Approval, person, round.Id, null, null, ct);
                await notices.Queue(w, kind, person, $"round/{round.Id}/{occasion}", new NoticeAbout { RoundId = round.Id }, ct);
            }
        }

        // Most people are no grantor's contact, and a contact's grantor pays for few of what waits.
        var today = OsloTime.On(w.Now).Date;
        var grantors = await w.Db.Roles.Where(role => role.PersonId == person && role.Role == Role.GrantorContact && role.FromOn <= today && (role.ToOn == null || role.ToOn >= today)).Select(role => role.GrantorId).ToListAsync(ct);
        var paid = w.Db.FundingSources.IgnoreAutoIncludes().Where(source => grantors.Contains(source.GrantorId));
        var waiting = w.Db.Set<Run>().Where(run => run.ClosedAt == null && run.StepKind == nameof(AwaitReceipt) && paid.Any(source => source.ProgrammeId == run.ProgrammeId && source.Year == run.Year));
        foreach (var run in grantors.Count == 0 ? [] : await waiting.OrderBy(run => run.Id).ToListAsync(ct))
        {
            foreach (var grant in await OpenReceipt.Sent(w.Db, run))
            {
                if (await Who.IsContactOf(w.Db, person, grant.Id, null, today, ct)
                    && (may is null || await may(notice => notice.PersonId == person && notice.RunId == run.Id.Value && notice.Kind == NoticeKind.SubmissionSent)))
                {
                    await receipts.Ask(w, run, grant, person, OpenReceipt.Occasion(run, grant.Id, $"receipt/{run.Id}/{occasion}"));
                }
            }
        }
    }
}
