namespace Tilskudd.Layout;

/// <summary>
/// What an endpoint answers when there is no page to show: the error page of that status, in the reader's language. Use
/// <see cref="NotFound"/> also where a person may not know that the thing exists.
/// </summary>
/// <param name="Status">The HTTP status, 400 or above.</param>
/// <param name="Reason">A whole sentence in the reader's language that says why, shown on the page; or null.</param>
/// <param name="NewLink">Where a person whose link does not work may ask for a new one; or null.</param>
internal sealed record Refused(int Status, string? Reason = null, NewLinkForm? NewLink = null) : IResult, IStatusCodeHttpResult
{
    /// <summary>The address leads nowhere, or not for this person.</summary>
    public static Refused NotFound { get; } = new(StatusCodes.Status404NotFound);

    /// <summary>Signed in, and may know that the thing exists, but may not do this.</summary>
    public static Refused Forbidden { get; } = new(StatusCodes.Status403Forbidden);

    /// <summary>A link that once led somewhere: replaced, withdrawn or past its round.</summary>
    public static Refused Gone(string reason) => new(StatusCodes.Status410Gone, reason);

    /// <summary>Someone else was first, or the thing has moved on.</summary>
    public static Refused Conflict(string reason) => new(StatusCodes.Status409Conflict, reason);

    int? IStatusCodeHttpResult.StatusCode => Status;

    Task IResult.ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        httpContext.Features.Set(this);
        return Task.CompletedTask;
    }
}

/// <summary>Where a person whose link does not work may ask for a new one.</summary>
/// <param name="Action">The path that takes the form, whose field is <c>epost</c>.</param>
public sealed record NewLinkForm(string Action);
