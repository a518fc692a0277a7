using Microsoft.AspNetCore.Antiforgery;

namespace Tilskudd.Layout;

/// <summary>
/// Refuses every request that may change something and does not carry the token of one of our own forms, or that the browser says was
/// sent from another site, whether or not its endpoint thinks of it. The JSON API, which has keys and no cookies, opts out with <c>DisableAntiforgery</c>.
/// </summary>
internal sealed class DemandAntiforgery(RequestDelegate next, IAntiforgery antiforgery)
{
    public async Task Invoke(HttpContext context)
    {
        if (Demands(context) && (IsForeign(context.Request) || !(await IsReadable(context) && await antiforgery.IsRequestValidAsync(context))))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await next(context);
    }

    // Under our own referrer policy browsers say that the origin is "null", which tells nothing; then the token alone decides.
    private static bool IsForeign(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none")
        || request.Headers.Origin.ToString() is { Length: > 0 } origin && origin != "null" && origin != $"{request.Scheme}://{request.Host}";

    // Read here, so that a form that is too large is told so (the server throws 413) and not taken for one without a token. Where the
    // endpoint takes form fields, the framework has looked before us, and lets nobody read what it found wrong.
    private static async Task<bool> IsReadable(HttpContext context)
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } wrong)
        {
            return wrong.Error?.InnerException is BadHttpRequestException unreadable ? throw unreadable : false;
        }

        try
        {
            return context.Request.HasFormContentType && await context.Request.ReadFormAsync(context.RequestAborted) is not null;
        }
        catch (InvalidDataException)
        {
            // More fields, longer names or a more broken body than any form of ours.
            return false;
        }
    }

    // Routing answers a wrong method with an endpoint that is no route; that one is left to say 405.
    private static bool Demands(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint endpoint
        && !HttpMethods.IsGet(context.Request.Method)
        && !HttpMethods.IsHead(context.Request.Method)
        && !HttpMethods.IsOptions(context.Request.Method)
        && endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: false };
}
