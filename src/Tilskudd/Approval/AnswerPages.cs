using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>Where a member's answer is posted. It takes a chosen answer, our own form and the code from the mail (reliability rule L4).</summary>
internal static class AnswerPages
{
    public static void MapAnswers(this IEndpointRouteBuilder app)
    {
        app.MapPost("/godkjenning/{round:guid}/bekreft", Confirm);
        app.MapPost("/godkjenning/{round:guid}/kode", SendCode);
        app.MapPost("/godkjenning/{round:guid}/ikke-meg", Disown);
    }

    private static async Task<IResult> Confirm(Guid round, IFormCollection fields, HttpContext context, ReadRound read, AnswerRound answers, Ids ids)
    {
        // What is decided, and by whom else, is read only where it is to be shown again.
        var posted = PostedAnswer.Of(fields);
        var (met, visitor, refused) = await read.Met(context, round, context.RequestAborted);
        if (met is null || visitor is null)
        {
            return refused!;
        }

        if (Replies.Find(posted.Reply, met) is not { } reply)
        {
            return await Again(context, read, met.Id, row => RoundPages.Ended(row) ?? RoundPages.Page(row, RefusalText.Fault(new RoundRefusal.NoChoice())));
        }

        var shown = posted.Shown(reply, ids);
        var form = new AnswerForm(reply, shown.Remark, posted.Code, shown.Key, shown.After, posted.Hash);
        if (AnswerRound.IsRepeated(met, visitor.Person, form))
        {
            return new SeeOtherResult(RoundPages.PathTo(met.Id, "kvittering"));
        }

        if (!met.IsOpen || visitor.Found?.End is not null)
        {
            return await Again(context, read, met.Id, row => RoundPages.Gone(row.End!.Value));
        }

        var faults = Faults(posted, form, visitor.NeedsCode(met.Assurance)).Select(RefusalText.Fault).ToList();
        if (faults.Count > 0)
        {
            return await Again(context, read, met.Id, row => RoundPages.Page(row, shown, faults));
        }

        var refusal = await answers.Answer(visitor, met.Id, form, context.RequestAborted);
        return refusal is null ? new SeeOtherResult(RoundPages.PathTo(met.Id, "kvittering")) : await Explain(context, read, met.Id, shown, refusal);
    }

    private static async Task<IResult> Again(HttpContext context, ReadRound read, RoundId id, Func<RoundRow, IResult> page)
    {
        var (row, refused) = await read.For(context, id.Value, context.RequestAborted);
        return row is null ? refused! : page(row);
    }

    // All that can be seen from the form alone, so that everything is put right at once.
    private static IEnumerable<Refusal> Faults(PostedAnswer posted, AnswerForm form, bool needsCode)
    {
        if (!posted.IsOurs)
        {
            yield return new ApprovalRefusal.FormTooOld();
        }

        if (form.Reply.NeedsWords() && Prose.IsBlank(form.Remark))
        {
            yield return form.Reply == Reply.SendBack ? new RoundRefusal.ReasonMissing() : new RoundRefusal.RemarkMissing();
        }

        if (needsCode && !form.Code.Any(char.IsAsciiDigit))
        {
            yield return new RoundRefusal.CodeMissing();
        }
    }

    private static async Task<IResult> Explain(HttpContext context, ReadRound read, RoundId id, ConfirmForm shown, Refusal refusal)
    {
        switch (refusal)
        {
            case RoundRefusal.IsClosed:
                return RoundPages.Gone(LinkEnd.RoundClosed);
            case ApprovalRefusal.LinkEnded ended:
                return RoundPages.Gone(ended.Why);
            case RoundRefusal.AlreadyAnswered or ApprovalRefusal.AnsweredMeanwhile:
                return await Again(context, read, id, now => RoundPages.Page(now, meanwhile: true, shown.Remark));
            case RoundRefusal.CodeWrong or RoundRefusal.CodeLocked:
                return await Again(context, read, id, whole => RoundPages.Page(whole, shown with { MayAskForCode = true }, RoundPages.CodeFault(whole, refusal)));
            case RoundRefusal.ReasonMissing or RoundRefusal.RemarkMissing or RoundRefusal.RemarkTooLong or ApprovalRefusal.FormTooOld
                or ApprovalRefusal.NeedsLink or ApprovalRefusal.NeedsSignIn:
                return await Again(context, read, id, whole => RoundPages.Page(whole, shown, RefusalText.Fault(refusal)));
            case RoundRefusal.OtherVersion or RoundRefusal.NotEntitled or DoorRefusal.ChangedMeanwhile:
                return Refused.Conflict(RefusalText.Of(refusal));
            default:
                throw new InvalidOperationException($"A member's answer was refused in a way nobody foresaw: {refusal}.");
        }
    }

    // In the same form as the answer, so that what was typed is kept. Where the page is loaded again, no second mail goes out.
    private static async Task<IResult> SendCode(Guid round, IFormCollection fields, HttpContext context, ReadRound read, LinkActs links, Ids ids)
    {
        var posted = PostedAnswer.Of(fields);
        var (row, refused) = await read.For(context, round, context.RequestAborted);
        if (row is null || RoundPages.Ended(row) is not null)
        {
            return refused ?? RoundPages.Ended(row!)!;
        }

        if (!row.NeedsCode || !row.MayAnswer)
        {
            return Refused.Conflict(RefusalText.Of(new RoundRefusal.NotEntitled()));
        }

        await links.AskForCode(row.Visitor, row.Id, context.RequestAborted);
        return Replies.Find(posted.Reply, row.Round) is { } reply
            ? RoundPages.Page(row, posted.Shown(reply, ids) with { CodeSent = true })
            : RoundPages.Page(row, RefusalText.Fault(new RoundRefusal.NoChoice()));
    }

    private static async Task<IResult> Disown(Guid round, [FromForm] string? kode, HttpContext context, ReadRound read, LinkActs links)
    {
        var (row, refused) = await read.For(context, round, context.RequestAborted);
        if (row is null || RoundPages.Ended(row) is not null)
        {
            return refused ?? RoundPages.Ended(row!)!;
        }

        if (row.Visitor.Found is not { } found)
        {
            return Refused.NotFound;
        }

        var refusal = kode?.Any(char.IsAsciiDigit) == true
            ? await links.Disown(found, row.Id, kode, context.RequestAborted)
            : new RoundRefusal.CodeMissing();
        return refusal is null ? new SeeOtherResult($"/godkjenning/{row.Id}") : RoundPages.DisownPage(row, RoundPages.CodeFault(row, refusal));
    }
}

/// <summary>The fields of the confirm form. Others, such as whose answer it should be, are not read.</summary>
/// <param name="FormKey">The form's own key.</param>
/// <param name="After">The number of the member's last answer when the form was shown.</param>
/// <param name="Hash">The hash of what the page showed.</param>
internal sealed record PostedAnswer(string Reply, string Remark, string Code, string FormKey, string After, string Hash)
{
    /// <summary>Whether the hidden fields are such as we write.</summary>
    public bool IsOurs => Guid.TryParse(FormKey, out _) && Number is not null && Hash.Length > 0;

    private int? Number => int.TryParse(After, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static PostedAnswer Of(IFormCollection fields) =>
        new($"{fields["svar"]}", $"{fields["merk"]}", $"{fields["kode"]}", $"{fields["skjema"]}", $"{fields["etter"]}", $"{fields["vist"]}");

    /// <summary>The form as it is shown again.</summary>
    public ConfirmForm Shown(Reply reply, Ids ids) =>
        new(reply, Guid.TryParse(FormKey, out var key) ? key : ids.Next(), Number ?? 0, Remark);
}
