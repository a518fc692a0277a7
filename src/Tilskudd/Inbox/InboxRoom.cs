using Microsoft.AspNetCore.Http.HttpResults;
using Tilskudd.Layout;
using Tilskudd.SignIn;

namespace Tilskudd.Inbox;

/// <summary>Puts the inbox into the application.</summary>
internal static class InboxRoom
{
    public static void AddInbox(this IServiceCollection services) => services.AddSingleton<ShowInbox>();

    public static void MapInbox(this IEndpointRouteBuilder app) => app.MapGet("/innboks", Show).RequireSignIn();

    private static async Task<IResult> Show(string? side, SignedIn reader, ShowInbox show, CancellationToken ct) =>
        new RazorComponentResult<InboxPage>(new Dictionary<string, object?> { [nameof(InboxPage.Content)] = await show.Of(reader, Paging.Read(side), ct) });
}
