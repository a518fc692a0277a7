using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Tilskudd.Notices;

/// <summary>Writes a mail's HTML part.</summary>
internal sealed class MailRenderer(IServiceScopeFactory scopes, ILoggerFactory logs)
{
    public async Task<string> Html(MailContent mail)
    {
        // A renderer keeps what it has drawn, so each mail has one of its own.
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<MailPage>(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(MailPage.Mail)] = mail }));
            return page.ToHtmlString();
        });
    }
}
