using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Archive;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Planning;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Approval;

/// <summary>A round as its members read it: the page, the whole document, the choice to confirm, and the receipt. Reading changes nothing.</summary>
internal static class RoundPages
{
    public static void MapRounds(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/godkjenning/{round:guid}", [HttpMethods.Get, HttpMethods.Head], Show);
        app.MapGet("/godkjenning/{round:guid}/utskrift", Print);
        app.MapGet("/godkjenning/{round:guid}/utskrift.pdf", PrintPdf);
        app.MapGet("/godkjenning/{round:guid}" + AttachmentPages.Route, File);
        app.MapGet("/godkjenning/{round:guid}/bekreft", Confirm);
        app.MapGet("/godkjenning/{round:guid}/kvittering", Receipt);
        app.MapGet("/godkjenning/{round:guid}/ikke-meg", Disown);
    }

    // Read by the cookie, as the page is: no address in the file or to it holds the token.
    private static async Task<IResult> PrintPdf(Guid round, HttpContext context, ReadRound read, TilskuddDb db, RoundPrint print)
    {
        if (!print.IsThere)
        {
            return Refused.NotFound;
        }

        var (row, refused) = await read.For(context, round, context.RequestAborted);
        if (row is null || Ended(row) is not null)
        {
            return refused ?? Ended(row!)!;
        }

        var (document, version, ct) = (row.Round.DocumentId, row.Round.Version, context.RequestAborted);
        var frozenAt = row.Round.DocumentKind == DocumentKind.Rapport
            ? await db.Set<RapportVersion>().Where(one => EF.Property<RapportId>(one, "RapportId") == new RapportId(document) && one.Number == version).Select(one => one.FrozenAt).SingleAsync(ct)
            : await db.Set<HandlingsplanVersion>().Where(one => EF.Property<HandlingsplanId>(one, "HandlingsplanId") == new HandlingsplanId(document) && one.Number == version).Select(one => one.FrozenAt).SingleAsync(ct);
        return await ProtocolPages.Pdf(() => print.Print(row, frozenAt, ct), $"{row.Document.Title}.pdf", context.RequestServices.GetRequiredService<ILogger<RoundPrint>>());
    }

    private static async Task<IResult> File(Guid round, string sha256, HttpContext context, ReadRound read, TilskuddDb db)
    {
        var (row, refused) = await read.For(context, round, context.RequestAborted);
        return row is null ? refused! : Ended(row) ?? await AttachmentPages.Give(db, context, row.Plan is { } plan ? [plan.Content] : [], sha256);
    }

    /// <summary>What to answer when there is nothing more to do here; null while there is.</summary>
    public static IResult? Ended(RoundRow row) => row.End switch
    {
        null => null,
        LinkEnd.RoundClosed when row.HasReceipt => new SeeOtherResult(PathTo(row.Id, "kvittering")),
        { } end => Gone(end),
    };

    public static Refused Gone(LinkEnd end) => Refused.Gone(Texts.Of<ApprovalWords>($"Gone.{end}")) with { NewLink = AskForLink.Form };

    public static string PathTo(RoundId round, string page) => $"/godkjenning/{round}/{page}";

    public static RazorComponentResult<ShowRound> Page(RoundRow row, params IReadOnlyList<FieldFault> faults) => new(new Dictionary<string, object?>
    {
        [nameof(ShowRound.Row)] = row,
        [nameof(ShowRound.Faults)] = faults,
    })
    {
        StatusCode = Status(faults),
    };

    public static RazorComponentResult<ConfirmAnswer> Page(RoundRow row, ConfirmForm form, params IReadOnlyList<FieldFault> faults) => new(new Dictionary<string, object?>
    {
        [nameof(ConfirmAnswer.Row)] = row,
        [nameof(ConfirmAnswer.Form)] = form,
        [nameof(ConfirmAnswer.Faults)] = faults,
    })
    {
        StatusCode = Status(faults),
    };

    /// <param name="meanwhile">Another answer was posted and not taken: the receipt is of the first.</param>
    /// <param name="typed">The words of the answer that was not taken, so that they are not lost.</param>
    /// <param name="faults">Why an answer another registered could not be taken back.</param>
    public static RazorComponentResult<AnswerReceipt> Page(RoundRow row, bool meanwhile, string typed = "", params IReadOnlyList<FieldFault> faults) => new(new Dictionary<string, object?>
    {
        [nameof(AnswerReceipt.Row)] = row,
        [nameof(AnswerReceipt.Meanwhile)] = meanwhile,
        [nameof(AnswerReceipt.Typed)] = typed,
        [nameof(AnswerReceipt.Faults)] = faults,
    })
    {
        StatusCode = meanwhile ? StatusCodes.Status409Conflict : Status(faults),
    };

    public static RazorComponentResult<DisownLink> DisownPage(RoundRow row, params IReadOnlyList<FieldFault> faults) => new(new Dictionary<string, object?>
    {
        [nameof(DisownLink.Row)] = row,
        [nameof(DisownLink.Faults)] = faults,
    })
    {
        StatusCode = Status(faults),
    };

    /// <summary>Why a code was not taken. The last mail may be another board's, so the board whose mail it is in is named.</summary>
    public static FieldFault CodeFault(RoundRow row, Refusal refusal) => refusal is RoundRefusal.CodeWrong wrong && row.Boards.Count > 1 && !row.NeedsFreshCode
        ? new FieldFault(refusal.Field, Texts.Of<ApprovalWords>("Code.Wrong.Board", row.BodyName, wrong.TriesLeft))
        : RefusalText.Fault(refusal);

    private static int Status(IReadOnlyList<FieldFault> faults) => faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;

    private static async Task<IResult> Show(Guid round, HttpContext context, ReadRound read)
    {
        var (row, refused) = await read.For(context, round, context.RequestAborted);
        return row is null ? refused! : Ended(row) ?? Page(row);
    }

    private static async Task<IResult> Print(Guid round, HttpContext context, ReadRound read)
    {
        var (row, refused) = await read.For(context, round, context.RequestAborted);
        var hasPdf = context.RequestServices.GetRequiredService<RoundPrint>().IsThere;
        return row is null ? refused! : Ended(row) ?? new RazorComponentResult<WholeDocument>(new Dictionary<string, object?> { [nameof(WholeDocument.Row)] = row, [nameof(WholeDocument.HasPdf)] = hasPdf });
    }

    // With "samme" the words of the answer to the version before are in the field, to be kept or changed.
    private static async Task<IResult> Confirm(Guid round, string? svar, string? samme, HttpContext context, ReadRound read, Ids ids)
    {
        var (row, refused) = await read.For(context, round, context.RequestAborted);
        if (row is null || Ended(row) is not null)
        {
            return refused ?? Ended(row!)!;
        }

        if (!row.MayAnswer)
        {
            return row.HasReceipt ? new SeeOtherResult(PathTo(row.Id, "kvittering")) : Page(row);
        }

        return Replies.Find(svar, row.Round) is { } reply
            ? Page(row, new ConfirmForm(reply, Key: ids.Next(), After: row.Own?.Number ?? 0, samme is not null && row.Earlier?.Reply == reply ? row.Earlier.Answer.Remark : ""))
            : Page(row, RefusalText.Fault(new RoundRefusal.NoChoice()));
    }

    private static async Task<IResult> Receipt(Guid round, HttpContext context, ReadRound read)
    {
        var (row, refused) = await read.Briefly(context, round, context.RequestAborted);
        return row is null ? refused!
            : row.MaySeeReceipt ? Page(row, meanwhile: false)
            : Ended(row) ?? new SeeOtherResult($"/godkjenning/{row.Id}");
    }

    private static async Task<IResult> Disown(Guid round, HttpContext context, ReadRound read)
    {
        var (row, refused) = await read.For(context, round, context.RequestAborted);
        return row is null ? refused! : Ended(row) ?? (row.NeedsCode ? DisownPage(row) : Refused.NotFound);
    }
}

/// <summary>What the confirm page holds: the choice, and what was typed.</summary>
/// <param name="Key">Made for this showing of the form.</param>
/// <param name="After">The number of the member's last answer; 0 before the first.</param>
/// <param name="CodeSent">A fresh code is on its way.</param>
public sealed record ConfirmForm(Reply Reply, Guid Key, int After, string Remark = "", bool CodeSent = false, bool MayAskForCode = false);
