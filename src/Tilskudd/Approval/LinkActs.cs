using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Approval;

/// <summary>What the holder of a link can ask of it besides answering: a fresh code, a new link, or that it be closed.</summary>
internal sealed class LinkActs(Door door, NoticeQueue notices, Clockwork.Wake wake)
{
    // Asking again at once brings no second mail.
    private const int MinutesBetweenCodes = 2;

    /// <summary>Mails a fresh code to the mailbox of record.</summary>
    public Task<Refusal?> AskForCode(Visitor visitor, RoundId round, CancellationToken ct) => door.Write(async w =>
    {
        var turn = w.Now.ToUnixTimeSeconds() / (MinutesBetweenCodes * 60);
        await notices.Queue(w, NoticeKind.FreshCode, visitor.Person, $"round/{round}/code/{turn}", new NoticeAbout { RoundId = round }, ct);
        return null;
    }, ct);

    /// <summary>Notes that someone wants a new link, to a round or to a sending. Known or not, the same is written; the sweep finds out who it is.</summary>
    public Task<Refusal?> AskForLink(string address, CancellationToken ct) => door.Write(w =>
    {
        w.Db.Add(new SignInWish(w.Ids.Next(), address, Approval.AskForLink.Wanted, w.Now));
        w.AfterCommit(wake.Up);
        return Task.FromResult<Refusal?>(null);
    }, ct);

    /// <summary>The holder says that the mail was not meant for them: the link closes, and no answer was given with it (reliability rule L11).</summary>
    public async Task<Refusal?> Disown(FoundLink found, RoundId id, string code, CancellationToken ct)
    {
        CodeVerdict verdict = new CodeVerdict.Right();
        var refusal = await door.Write(async w =>
        {
            var link = await w.Db.Existing<Link>(found.Link.Id, ct);
            if (link.IsRevoked)
            {
                return null;
            }

            verdict = await Links.Try(w, found, code, mustBeFresh: false, ct);
            if (verdict is CodeVerdict.Right)
            {
                link.Revoke(LinkEnd.NotMe, w.Now);
                var run = await StepRounds.RunOf(w.Db, id, ct);
                await RunTrail.Record(w, run, Actor.Of(link.PersonId), "link-disowned", "round", id.Value, "", []);
            }

            return null;
        }, ct);
        return refusal ?? AnswerRound.Refused(verdict);
    }
}
