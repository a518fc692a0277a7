using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Planning;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Award;

/// <summary>The grantor's way in without signing in: the link in the mail, what was sent, the answer and its receipt. Looking changes nothing (reliability rule L3).</summary>
internal static class ReceiptRoom
{
    // Asking again at once brings no second mail.
    private const int MinutesBetweenCodes = 2;

    private static readonly TimeSpan CookieLife = TimeSpan.FromHours(12);

    public static void MapReceipt(this IEndpointRouteBuilder app)
    {
        app.MapGet("/k/{token}", Enter);

        // A link that was cut before its token.
        app.MapGet("/k", IResult () => Refused.NotFound with { NewLink = Approval.AskForLink.Form });
        var page = app.MapGroup("/mottak/{id:guid}");
        page.MapGet("", (Guid id, HttpContext context, ShowReceipt show, IDbContextFactory<TilskuddDb> databases, SiteAddress site) =>
            Visit(id, context, show, databases, site, (_, row) => row.Task is null ? Receipt(row) : Sent(row, [])));
        page.MapGet("/bekreft", (Guid id, string? svar, string? kode, HttpContext context, ShowReceipt show, IDbContextFactory<TilskuddDb> databases, SiteAddress site) =>
            Visit(id, context, show, databases, site, (_, row) => Confirm(row, svar, Typed.Nothing, [], kode == "sendt")));
        page.MapPost("/bekreft", Answer);
        page.MapPost("/kode", AskForCode);
        page.MapGet("/kvittering", (Guid id, HttpContext context, ShowReceipt show, IDbContextFactory<TilskuddDb> databases, SiteAddress site) =>
            Visit(id, context, show, databases, site, (_, row) => row.Answer is null ? new SeeOtherResult(row.Path) : Receipt(row)));
        page.MapGet(AttachmentPages.Route, File);
        page.MapGet("/utskrift", (Guid id, HttpContext context, ShowReceipt show, IDbContextFactory<TilskuddDb> databases, SiteAddress site) =>
            Visit(id, context, show, databases, site, (_, row) => new RazorComponentResult<SentPage>(new Dictionary<string, object?> { [nameof(SentPage.Row)] = row, [nameof(SentPage.At)] = Which(context, row) })));
    }

    // Which of several plans is asked for; the first where the address names none of them.
    private static int Which(HttpContext context, ReceiptRow row) =>
        int.TryParse(context.Request.Query["plan"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= row.Versions.Count ? number - 1 : 0;

    // The token goes into a cookie, so that it stands in no address (L6). No row is written.
    private static async Task<IResult> Enter(string token, HttpContext context, IDbContextFactory<TilskuddDb> databases, SiteAddress site, Misses misses)
    {
        await using var db = await databases.CreateDbContextAsync(context.RequestAborted);
        if (await Links.Find(db, token, Now(context), context.RequestAborted) is not { Link.Purpose: LinkPurpose.Grantor } found)
        {
            return misses.AreTooManyWith(context) ?? Refused.NotFound with { NewLink = Approval.AskForLink.Form };
        }

        if (await Ended(db, found, context) is { } ended)
        {
            return ended;
        }

        var document = Document(found.Link);
        context.Response.Cookies.Append(CookieName(site, document), found.Presented, site.Cookie(CookieLife));
        return new SeeOtherResult($"/mottak/{document}");
    }

    private static async Task<IResult> Visit(
        Guid id, HttpContext context, ShowReceipt show, IDbContextFactory<TilskuddDb> databases, SiteAddress site, Func<FoundLink, ReceiptRow, IResult> answer)
    {
        await using var db = await databases.CreateDbContextAsync(context.RequestAborted);
        if (await Holder(id, context, db, site) is not { } found)
        {
            return OpenTheLinkAgain;
        }

        return await Ended(db, found, context) ?? answer(found, await show.Find(db, found.Link, context.RequestAborted));
    }

    private static async Task<IResult> File(
        Guid id, string sha256, HttpContext context, ShowReceipt show, IDbContextFactory<TilskuddDb> databases, SiteAddress site)
    {
        await using var db = await databases.CreateDbContextAsync(context.RequestAborted);
        return await Holder(id, context, db, site) is not { } found ? OpenTheLinkAgain
            : await Ended(db, found, context) ?? await AttachmentPages.Give(db, context, (await show.Find(db, found.Link, context.RequestAborted)).Plans, sha256);
    }

    private static async Task<IResult> Answer(
        Guid id, HttpContext context, ShowReceipt show, AnswerSubmission submission, IDbContextFactory<TilskuddDb> databases, SiteAddress site)
    {
        await using var db = await databases.CreateDbContextAsync(context.RequestAborted);
        if (await Holder(id, context, db, site) is not { } found)
        {
            return OpenTheLinkAgain;
        }

        if (await Ended(db, found, context) is { } ended)
        {
            return ended;
        }

        var form = new TypedForm(context.Request.Form);
        if (PostedAnswer.Read(context.Request.Form) is not { } answer)
        {
            return new Refused(StatusCodes.Status400BadRequest);
        }

        var text = form.Text(answer.Outcome == AnswerSubmission.Correction ? "retting" : "journal");
        if (await submission.Answer(found, new ReceiptForm(answer, text, form.Text("kode")), context.RequestAborted) is not { } refusal)
        {
            return new SeeOtherResult($"/mottak/{id}/kvittering");
        }

        // What the page shows is read anew: another may have answered meanwhile.
        await using var fresh = await databases.CreateDbContextAsync(context.RequestAborted);
        var row = await show.Find(fresh, found.Link, context.RequestAborted);
        return refusal is FlowRefusal.AlreadyDone && row.Answer is not null
            ? Receipt(row, [RefusalText.Fault(refusal)])
            : PostedRefusal.Final(refusal) as IResult ?? Confirm(row, answer.Outcome, form.Typed, Faults(answer, text, refusal), isCodeSent: false, isLocked: refusal is RoundRefusal.CodeLocked);
    }

    // The code is tried before the text is read; who lacks both is told of both at once.
    private static IReadOnlyList<FieldFault> Faults(PostedAnswer answer, string text, Refusal refusal) =>
        answer.Outcome == AnswerSubmission.Correction && refusal is RoundRefusal && Prose.IsBlank(text)
            ? [RefusalText.Fault(new GrantRefusal.CorrectionMissing()), RefusalText.Fault(refusal)]
            : [RefusalText.Fault(refusal)];

    private static async Task<IResult> AskForCode(Guid id, HttpContext context, Door door, NoticeQueue notices, IDbContextFactory<TilskuddDb> databases, SiteAddress site)
    {
        await using var db = await databases.CreateDbContextAsync(context.RequestAborted);
        if (await Holder(id, context, db, site) is not { } found)
        {
            return OpenTheLinkAgain;
        }

        if (await Ended(db, found, context) is { } ended)
        {
            return ended;
        }

        await door.Write(async w =>
        {
            var turn = w.Now.ToUnixTimeSeconds() / (MinutesBetweenCodes * 60);
            await notices.Queue(
                w, NoticeKind.FreshCode, found.Link.PersonId, $"receipt/{id}/code/{turn}", new NoticeAbout { GrantId = found.Link.GrantId, RapportId = found.Link.RapportId }, context.RequestAborted);
            return null;
        }, context.RequestAborted);
        var choice = context.Request.Form["utfall"] == AnswerSubmission.Correction ? AnswerSubmission.Correction : AnswerSubmission.Received;
        return new SeeOtherResult($"/mottak/{id}/bekreft?svar={choice}&kode=sendt");
    }

    // Who the cookie was set for, and only for the case it was set for.
    private static async Task<FoundLink?> Holder(Guid id, HttpContext context, TilskuddDb db, SiteAddress site) =>
        context.Request.Cookies[CookieName(site, id)] is { Length: > 0 } token
            && await Links.Find(db, token, Now(context), context.RequestAborted) is { Link.Purpose: LinkPurpose.Grantor } found && Document(found.Link) == id
            ? found
            : null;

    private static Guid Document(Link link) => link.RapportId?.Value ?? link.GrantId?.Value ?? throw new InvalidOperationException($"Link {link.Id} leads a grantor to nothing.");

    private static string CookieName(SiteAddress site, Guid document) => site.CookieName($"k-{document}");

    // The same whether or not there is such a case.
    private static Refused OpenTheLinkAgain => new(StatusCodes.Status404NotFound, Texts.Of<AwardWords>("Receipt.OpenAgain"), Approval.AskForLink.Form);

    private static DateTimeOffset Now(HttpContext context) => context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    // A link lives as long as the case; whoever is contact no more reads and answers nothing by an old one.
    private static async Task<IResult?> Ended(TilskuddDb db, FoundLink found, HttpContext context) =>
        found.End is not null ? Refused.Gone(Texts.Of<AwardWords>("Receipt.Ended")) with { NewLink = Approval.AskForLink.Form }
        : await Who.IsContactOf(db, found.Link.PersonId, found.Link.GrantId, found.Link.RapportId, Dates.On(Now(context)), context.RequestAborted) ? null
        : Refused.Gone(Texts.Of<AwardWords>("Receipt.NotContact"));

    private static RazorComponentResult<ReceiptPage> Sent(ReceiptRow row, IReadOnlyList<FieldFault> faults) =>
        new(new Dictionary<string, object?> { [nameof(ReceiptPage.Row)] = row, [nameof(ReceiptPage.Faults)] = faults }) { StatusCode = Status(faults) };

    private static IResult Confirm(ReceiptRow row, string? choice, Typed typed, IReadOnlyList<FieldFault> faults, bool isCodeSent, bool isLocked = false)
    {
        if (row.Task is null)
        {
            return Receipt(row);
        }

        if (row.Task.Outcomes.All(outcome => outcome.Value != choice))
        {
            return Sent(row, [RefusalText.Fault(new RoundRefusal.NoChoice())]);
        }

        return new RazorComponentResult<ConfirmReceipt>(new Dictionary<string, object?>
        {
            [nameof(ConfirmReceipt.Row)] = row, [nameof(ConfirmReceipt.Choice)] = choice, [nameof(ConfirmReceipt.Typed)] = typed, [nameof(ConfirmReceipt.Faults)] = faults,
            [nameof(ConfirmReceipt.IsCodeSent)] = isCodeSent, [nameof(ConfirmReceipt.IsLocked)] = isLocked,
        })
        {
            StatusCode = Status(faults),
        };
    }

    private static RazorComponentResult<ReceiptDone> Receipt(ReceiptRow row, IReadOnlyList<FieldFault>? faults = null) =>
        new(new Dictionary<string, object?> { [nameof(ReceiptDone.Row)] = row, [nameof(ReceiptDone.Faults)] = faults ?? [] })
        {
            StatusCode = faults is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
        };

    private static int Status(IReadOnlyList<FieldFault> faults) => faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
}
