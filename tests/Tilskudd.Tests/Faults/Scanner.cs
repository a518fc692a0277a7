using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Tilskudd.Tests.Faults;

/// <summary>A mail scanner as the worst of them are (L16): it follows every link and sends every form in every way a machine can fill it in, except with what stands in the mail.</summary>
/// <param name="guesses">Whether it puts a number in where a code is asked for, which the worst there are do not.</param>
internal sealed class Scanner(SignIn.Browser browser, bool guesses = false)
{
    private const int MostPages = 60;
    private static readonly HtmlParser Parser = new();
    private readonly HashSet<string> _seen = [];
    private readonly Queue<string> _next = [];

    /// <summary>How many forms it has sent.</summary>
    public int Sent { get; private set; }

    /// <summary>The pages it has been to.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    /// <summary>Begins at a link, and goes on till there is nothing new.</summary>
    public async Task Run(string link)
    {
        Note(link);
        while (_next.TryDequeue(out var path) && _seen.Count < MostPages)
        {
            await See(path, await browser.Get(path));
        }
    }

    private async Task See(string path, (HttpStatusCode Status, string Text, string? Location) answer)
    {
        Assert.True((int)answer.Status < 500, $"{path}: {answer.Status}");
        Note(answer.Location);
        using var page = Parser.ParseDocument(answer.Text);
        foreach (var link in page.QuerySelectorAll("a[href], link[href], [src]"))
        {
            Note(link.GetAttribute("href") ?? link.GetAttribute("src"));
        }

        foreach (var form in page.QuerySelectorAll<IHtmlFormElement>("form"))
        {
            // A form is another when it says something else of itself, though it is sent to the same place.
            var hidden = form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Where(field => field.Name is not ("__RequestVerificationToken" or "skjema")).Select(field => $"{field.Name}={field.Value}");
            foreach (var button in form.QuerySelectorAll<IHtmlButtonElement>("button").DefaultIfEmpty())
            {
                var action = button?.GetAttribute("formaction") ?? form.GetAttribute("action") ?? path;
                if (_seen.Add($"{form.Method} {action} {button?.Name}={button?.Value} {string.Join('&', hidden)}"))
                {
                    await Press(form, action, button);
                }
            }
        }
    }

    // As a browser does: what a form with the method get is filled in with stands in the address, and the button pressed is a field.
    private async Task Press(IHtmlFormElement form, string action, IHtmlButtonElement? button)
    {
        foreach (var filled in new Func<IHtmlInputElement, string?>[] { _ => "", field => field.Value, field => field.Type is "radio" or "checkbox" ? field.Value : guesses ? "1" : "test", _ => "scanner@evil.example" })
        {
            foreach (var isFirst in new[] { true, false })
            {
                var fields = form.QuerySelectorAll<IHtmlInputElement>("input[name]").DistinctBy(field => field.Name)
                    .Select(field => (field.Name!, field.Type == "hidden" ? field.Value : filled(field) ?? "")).ToList();
                fields.AddRange(form.QuerySelectorAll<IHtmlTextAreaElement>("textarea[name]").Select(area => (area.Name!, isFirst ? "test" : "")));
                fields.AddRange(form.QuerySelectorAll<IHtmlSelectElement>("select[name]").Select(select => (select.Name!, select.Options is { Length: > 0 } options ? options[isFirst ? 0 : options.Length - 1].Value : "")));
                if (button is { Name.Length: > 0 })
                {
                    fields.Add((button.Name, button.Value));
                }

                await Send(form, action, fields);
            }
        }
    }

    private async Task Send(IHtmlFormElement form, string action, List<(string Name, string Value)> fields)
    {
        if (form.Method == "get")
        {
            Note($"{action}?{string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"))}");
            return;
        }

        var answer = await browser.Post(action, [.. fields]);
        Assert.True((int)answer.Status < 500, $"{action}: {answer.Status}");
        Note(answer.Location);
        Sent++;
    }

    private void Note(string? path)
    {
        if (path is ['/', ..] && _seen.Add(path))
        {
            _next.Enqueue(path);
        }
    }
}
