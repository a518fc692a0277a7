using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.SignIn;

namespace Tilskudd.Approval;

/// <summary>Where an answer by phone or on paper is registered, and where the member takes it back.</summary>
internal static class RegistrationPages
{
    public static void MapRegistrations(this IEndpointRouteBuilder app)
    {
        app.MapGet("/godkjenning/{round:guid}/svar", Show).RequireSignIn();
        app.MapPost("/godkjenning/{round:guid}/svar", Register).RequireSignIn();
        app.MapPost("/godkjenning/{round:guid}/trekk", Retract);
    }

    private static async Task<IResult> Show(Guid round, SignedIn person, HttpContext context, ReadRegistration read, Ids ids)
    {
        var (row, refused) = await read.For(new RoundId(round), person, "", context.RequestAborted);
        return row is null ? refused! : Page(row, PostedRegistration.Begin(row.Round, ids.Next(), context.Request.Query), []);
    }

    private static async Task<IResult> Register(
        Guid round, IFormCollection fields, SignedIn person, HttpContext context, ReadRegistration read, RegisterAnswer answers, TimeProvider clock)
    {
        var posted = PostedRegistration.Of(fields);
        var (row, refused) = await read.For(new RoundId(round), person, posted.FormKey, context.RequestAborted);
        if (row is null)
        {
            return refused!;
        }

        var (answer, faults) = posted.Read(row.Round, person, clock.GetUtcNow());
        if (answer is null)
        {
            return Page(row, posted, [.. faults.Select(RefusalText.Fault)]);
        }

        var refusal = await answers.Register(row.Round.Id, answer, context.RequestAborted);
        return refusal switch
        {
            null => new SeeOtherResult($"/prosess/{row.Run}"),
            FlowRefusal.NotFound => Refused.NotFound,
            FlowRefusal.NotYours => Refused.Forbidden,
            RegistrationRefusal or RoundRefusal.RemarkTooLong => Page(row, posted, [RefusalText.Fault(refusal)]),
            _ => await Again(refusal),
        };

        // What was typed is kept where it can still be used; a round that has ended says so by itself.
        async Task<IResult> Again(Refusal conflict)
        {
            var (now, gone) = await read.For(new RoundId(round), person, posted.FormKey, context.RequestAborted);
            return now is null ? gone! : Page(now, posted with { Hash = now.Round.Hash }, [RefusalText.Fault(conflict)], StatusCodes.Status409Conflict);
        }
    }

    private static async Task<IResult> Retract(Guid round, [FromForm] string? kode, HttpContext context, ReadRound read, RegisterAnswer answers)
    {
        var (row, refused) = await read.For(context, round, context.RequestAborted);
        if (row is null || row.End is not null)
        {
            return refused ?? RoundPages.Gone(row!.End!.Value);
        }

        var refusal = row.NeedsCode && kode?.Any(char.IsAsciiDigit) != true
            ? new RoundRefusal.CodeMissing()
            : await answers.Retract(row.Visitor, row.Id, kode ?? "", context.RequestAborted);
        return refusal switch
        {
            // Pressed twice, or the member has answered since: the page tells what holds now.
            null or RegistrationRefusal.NothingToRetract => new SeeOtherResult($"/godkjenning/{row.Id}"),
            RoundRefusal.IsClosed => RoundPages.Gone(LinkEnd.RoundClosed),
            ApprovalRefusal.LinkEnded ended => RoundPages.Gone(ended.Why),
            _ when row.HasReceipt => RoundPages.Page(row, meanwhile: false, faults: RoundPages.CodeFault(row, refusal)),
            _ => RoundPages.Page(row, RoundPages.CodeFault(row, refusal)),
        };
    }

    private static RazorComponentResult<RegisterAnswerPage> Page(RegistrationRow row, PostedRegistration posted, IReadOnlyList<FieldFault> faults, int? status = null) => new(new Dictionary<string, object?>
    {
        [nameof(RegisterAnswerPage.Row)] = row,
        [nameof(RegisterAnswerPage.Posted)] = posted,
        [nameof(RegisterAnswerPage.Faults)] = faults,
    })
    {
        StatusCode = status ?? (faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity),
    };
}
