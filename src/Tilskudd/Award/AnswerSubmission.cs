using System.Text.Json.Nodes;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Award;

/// <summary>The grantor's answer to what was sent, as it was posted.</summary>
/// <param name="Text">The journal number, or what must be put right.</param>
/// <param name="Code">From the mail the link came in, or mailed since.</param>
internal sealed record ReceiptForm(PostedAnswer Answer, string Text, string Code);

/// <summary>Takes the grantor's receipt of a plan or a report, or its wish for a correction, from the holder of a personal link.</summary>
internal sealed class AnswerSubmission(Door door, Flow flow, NoticeQueue notices, ReceiptNews news)
{
    public const string Received = "Received";
    public const string Correction = "Correction";

    /// <returns>Null when the answer is registered, or was so by the same form before; else why not.</returns>
    public async Task<Refusal?> Answer(FoundLink found, ReceiptForm form, CancellationToken ct)
    {
        CodeVerdict verdict = new CodeVerdict.Right();
        var refusal = await door.Write(async w =>
        {
            // Told again, it has tried nothing yet.
            verdict = new CodeVerdict.Right();
            if (await form.Answer.Stands(w.Db, found.Link.PersonId, ct))
            {
                return null;
            }

            var (run, no) = await Turn(w, found, form.Answer, ct);
            if (run is null)
            {
                return no;
            }

            if (form.Code.Length == 0)
            {
                return new RoundRefusal.CodeMissing();
            }

            // A wrong code is counted, so the story ends well; nothing else is in it.
            verdict = await Links.Try(w, found, form.Code, mustBeFresh: false, ct);
            return verdict is CodeVerdict.Right ? await Register(w, run, found.Link, form, ct) : null;
        }, ct);
        return refusal ?? Refused(verdict);
    }

    private static Refusal? Refused(CodeVerdict verdict) => verdict switch
    {
        CodeVerdict.Right => null,
        CodeVerdict.Wrong wrong => new RoundRefusal.CodeWrong(wrong.TriesLeft),
        CodeVerdict.Locked => new RoundRefusal.CodeLocked(),
        _ => throw new InvalidOperationException($"Unknown verdict on a code: {verdict}."),
    };

    private async Task<(Run? Run, Refusal? Refusal)> Turn(Writing w, FoundLink found, PostedAnswer answer, CancellationToken ct)
    {
        var link = await w.Db.Existing<Link>(found.Link.Id, ct);
        var run = await w.Db.FindAsync<Run>([answer.Run], ct);
        if (link.IsRevoked || run is null || await Sent(w.Db, run, link, ct) is not { } grant)
        {
            return (null, new FlowRefusal.NotFound());
        }

        if (!run.IsOpen || run.VisitNumber != answer.Visit)
        {
            return (null, new FlowRefusal.AlreadyDone());
        }

        // Another of the grantor's contacts has answered, and the run waits for the other grantors the change touches.
        if (run.DocumentKind == DocumentKind.Change && !grant.IsAwaited)
        {
            return (null, new FlowRefusal.AlreadyDone());
        }

        if (Who.RoleOf(run.WaitsFor) != Role.GrantorContact || (await Who.ContactsOf(w.Db, grant, OsloTime.On(w.Now).Date, ct)).All(contact => contact.Id != link.PersonId))
        {
            return (null, new FlowRefusal.NotYours());
        }

        return (await flow.StepOf(w.Db, run, ct)).Step is AwaitReceipt ? (run, null) : (null, new FlowRefusal.NotFound());
    }

    /// <summary>The grant behind the link, where the run is about what the link leads to.</summary>
    private static async Task<Grant?> Sent(TilskuddDb db, Run run, Link link, CancellationToken ct)
    {
        var grants = await Who.GrantsOf(db, run.Subject, ct);
        return link.RapportId is { } rapport
            ? run.DocumentKind == DocumentKind.Rapport && run.DocumentId == rapport.Value ? grants[0] : null
            : run.DocumentKind == DocumentKind.Rapport ? null : grants.SingleOrDefault(grant => grant.Id == link.GrantId);
    }

    private async Task<Refusal?> Register(Writing w, Run run, Link link, ReceiptForm form, CancellationToken ct)
    {
        var isCorrection = form.Answer.Outcome == Correction;
        if (!isCorrection && form.Answer.Outcome != Received)
        {
            return new FlowRefusal.NotFound();
        }

        var by = Actor.Of(link.PersonId);
        var refusal = link.RapportId is not null
            ? Tell(await w.Db.Existing<Rapport>(link.RapportId!.Value, ct), isCorrection, form.Text, w.Now)
            : Tell(await w.Db.Existing<Grant>(link.GrantId!.Value, ct), isCorrection, form.Text, w.Now);
        if (refusal is not null)
        {
            return refusal;
        }

        await RunTrail.Record(
            w, run, by, isCorrection ? "correction-asked" : "receipt-confirmed", link.RapportId is null ? "grant" : "rapport", link.RapportId?.Value ?? link.GrantId!.Value.Value, "", run.StepId, form.Answer.Outcome,
            new JsonObject { ["assurance"] = nameof(Assurance.LinkAndCode) });
        await news.Tell(w, run, link, isCorrection, form.Text, ct);
        if (isCorrection)
        {
            await AskFor(w, run, link);
        }
        else if (run.DocumentKind == DocumentKind.Change && (await OpenReceipt.Sent(w.Db, run)).Count > 0)
        {
            return null;
        }

        return await flow.Answer(w, run, form.Answer.Visit, form.Answer.Outcome, by, isCorrection ? Prose.Of(form.Text) : "");
    }

    private static Refusal? Tell(Grant grant, bool isCorrection, string text, DateTimeOffset at) => isCorrection ? grant.AskForCorrection(text, at) : grant.Receive(text, at);

    private static Refusal? Tell(Rapport rapport, bool isCorrection, string text, DateTimeOffset at) => isCorrection ? rapport.AskForCorrection(text, at) : rapport.Receive(text, at);

    private async Task AskFor(Writing w, Run run, Link link)
    {
        var told = new HashSet<PersonId>();
        foreach (var role in new[] { RoleKeys.ProgrammeLeader, RoleKeys.Coordinator })
        {
            foreach (var person in (await Who.Holding(w.Db, role, run.Subject, OsloTime.On(w.Now).Date)).Where(person => told.Add(person.Id)))
            {
                await notices.Queue(
                    w, NoticeKind.CorrectionAsked, person.Id, $"correction/{run.Id}/{run.VisitNumber}", new NoticeAbout { GrantId = link.GrantId, RapportId = link.RapportId });
            }
        }
    }
}
