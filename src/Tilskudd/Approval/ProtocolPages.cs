using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Tilskudd.Archive;
using Tilskudd.Cycle.Approval;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;

namespace Tilskudd.Approval;

/// <summary>The protocol of a round, to be read, put on paper and signed off.</summary>
internal static partial class ProtocolPages
{
    public static void MapProtocols(this IEndpointRouteBuilder app)
    {
        app.MapGet("/godkjenning/{round:guid}/protokoll", Show);
        app.MapGet("/godkjenning/{round:guid}/protokoll.pdf", Print);
        app.MapPost("/godkjenning/{round:guid}/protokoll", Sign).RequireSignIn();
    }

    private static async Task<IResult> Show(Guid round, HttpContext context, ReadProtocol read, RoundPrint print)
    {
        var (row, refused) = await read.For(context, round, context.RequestAborted);
        return row is null ? refused! : new RazorComponentResult<ProtocolPage>(new Dictionary<string, object?> { [nameof(ProtocolPage.Row)] = row, [nameof(ProtocolPage.HasPdf)] = print.IsThere });
    }

    private static async Task<IResult> Print(Guid round, HttpContext context, ReadProtocol read, RoundPrint print, ILogger<RoundPrint> log)
    {
        if (!print.IsThere)
        {
            return Refused.NotFound;
        }

        var (row, refused) = await read.For(context, round, context.RequestAborted);
        return row is null ? refused! : await Pdf(() => print.Print(row, context.RequestAborted), "protokoll.pdf", log);
    }

    /// <summary>What the browser prints, as a file to be kept; or, where it cannot, what to do instead.</summary>
    internal static async Task<IResult> Pdf(Func<Task<byte[]>> print, string name, ILogger log)
    {
        try
        {
            return Results.File(await print(), "application/pdf", name);
        }
        catch (IOException failure)
        {
            LogNotPrinted(log, failure.Message);
            return new Refused(StatusCodes.Status503ServiceUnavailable, Texts.Of<ProtocolWords>("Pdf.Failed"));
        }
    }

    [LoggerMessage(LogLevel.Error, "A page could not be printed: {Reason}")]
    private static partial void LogNotPrinted(ILogger log, string reason);

    private static async Task<IResult> Sign(Guid round, [FromForm] string? vist, SignedIn person, HttpContext context, SignProtocol protocols) =>
        await protocols.Sign(new RoundId(round), person, vist ?? "", context.RequestAborted) switch
        {
            null => new SeeOtherResult($"/godkjenning/{round}/protokoll#godkjenning"),
            FlowRefusal.NotFound => Refused.NotFound,
            RoundRefusal.NotEntitled => Refused.Forbidden,
            { } refusal => Refused.Conflict(RefusalText.Of(refusal)),
        };
}
