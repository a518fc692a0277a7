using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Layout;

/// <summary>
/// Gives every refusal and failure a page in plain words. What fails is logged once, under the reference the page shows; nothing of
/// its insides reaches the reader.
/// </summary>
internal sealed partial class ErrorPages(RequestDelegate next, IAntiforgery antiforgery, ILogger<ErrorPages> log)
{
    // What is shorter is soon typed again.
    private const int Long = 40;

    // Those who hold the database are mostly done by then.
    private const string SecondsToWait = "30";

    public async Task Invoke(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException refused) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = refused.StatusCode;
        }
        catch (Exception failure) when (!context.Response.HasStarted && DoorClosed.Because(failure) is { } closed)
        {
            DatabaseClosed(log, closed.Fault, context.TraceIdentifier, context.Request.Method, Route(context));
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = SecondsToWait;
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            RequestFailed(log, failure, context.TraceIdentifier, context.Request.Method, Route(context));
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }

        if (IsRefusal(context))
        {
            RequestRefused(log, context.Response.StatusCode, context.Request.Method, Route(context), context.SignedIn()?.Id.ToString() ?? "nobody", context.TraceIdentifier);
        }

        if (IsUnexplained(context.Response))
        {
            await Explain(context);
        }
    }

    // One who asked for what is not his, or came with what does not open. Addresses nobody has made are left to the counting of misses.
    private static bool IsRefusal(HttpContext context) => context.GetEndpoint() is not null && (context.Response.StatusCode is 401 or 403 or 404 or 410 or 429
        || (context.Response.StatusCode == 400 && HttpMethods.IsPost(context.Request.Method)));

    private static bool IsUnexplained(HttpResponse response) =>
        response is { StatusCode: >= 400, HasStarted: false, ContentLength: null } && string.IsNullOrEmpty(response.ContentType);

    private async Task Explain(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var refused = context.Features.Get<Refused>();
        var reason = refused?.Reason;
        if (context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/openapi"))
        {
            await TypedResults.Problem(
                statusCode: status,
                title: Texts.Of<ErrorPage>($"{ErrorPage.Described(status)}.Title"),
                detail: reason ?? Texts.Of<ErrorPage>($"{ErrorPage.Described(status)}.Text"),
                extensions: [KeyValuePair.Create("reference", (object?)context.TraceIdentifier)]).ExecuteAsync(context);
            return;
        }

        var page = new RazorComponentResult<ErrorPage>(new Dictionary<string, object?>
        {
            [nameof(ErrorPage.Status)] = status,
            [nameof(ErrorPage.Reason)] = reason,
            [nameof(ErrorPage.Reference)] = context.TraceIdentifier,
            [nameof(ErrorPage.NewLink)] = refused?.NewLink,
            [nameof(ErrorPage.Written)] = await Written(context),
        });
        page.StatusCode = status;
        await page.ExecuteAsync(context);
    }

    // The long texts of a form that was not taken, so that nobody loses what took time to write. Only of our own forms: what another site
    // makes a browser send is not shown as if its reader had written it. Where the form itself is wrong, nothing
    // is read from it; the framework lets nobody ask what kind it is, once it has found its token wrong.
    private async Task<IReadOnlyList<string>> Written(HttpContext context)
    {
        if (context.Response.StatusCode is StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge || !HttpMethods.IsPost(context.Request.Method)
            || context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } || !context.Request.HasFormContentType)
        {
            return [];
        }

        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return await antiforgery.IsRequestValidAsync(context)
                ? [.. form.SelectMany(field => field.Value).OfType<string>().Where(text => text.Length >= Long && text.Any(char.IsWhiteSpace))]
                : [];
        }
        catch (Exception unreadable) when (unreadable is BadHttpRequestException or InvalidDataException or IOException)
        {
            FormUnreadable(log, unreadable.GetType().Name, context.TraceIdentifier);
            return [];
        }
    }

    // The route's pattern and not the path: a path may hold a person's token.
    private static string Route(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "no route";

    [LoggerMessage(LogLevel.Error, "The database could not be used ({Fault}), and nothing of request {Reference} was kept: {Method} {Route}")]
    private static partial void DatabaseClosed(ILogger log, DoorFault fault, string reference, string method, string route);

    [LoggerMessage(LogLevel.Information, "Refused with {Status}: {Method} {Route} by {Person} ({Reference})")]
    private static partial void RequestRefused(ILogger log, int status, string method, string route, string person, string reference);

    [LoggerMessage(LogLevel.Information, "The form of refused request {Reference} could not be read: {Failure}")]
    private static partial void FormUnreadable(ILogger log, string failure, string reference);

    [LoggerMessage(LogLevel.Error, "Request {Reference} failed: {Method} {Route}")]
    private static partial void RequestFailed(ILogger log, Exception failure, string reference, string method, string route);
}
