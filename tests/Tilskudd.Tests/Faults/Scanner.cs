using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Tilskudd.Tests.Faults;

/// <summary>A mail scanner as the worst of them are (L16): it follows every link and sends every form in every way a machine can fill it in, except with what stands in the mail.</summary>
internal sealed class Scanner(SignIn.Browser browser)
{
    private const int MostPages = 60;
    private static readonly HtmlParser Parser = new();
    private readonly HashSet<string> _seen = [];
    private readonly Queue<string> _next = [];

    /// <summary>How many forms it has sent.</summary>
    public int Sent { get; private set; }

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
            var actions = form.QuerySelectorAll("button[formaction]").Select(button => button.GetAttribute("formaction")!).Append(form.GetAttribute("action") ?? path);
            foreach (var action in actions.Where(action => _seen.Add("POST " + action.Split('?')[0])))
            {
                await Submit(form, action);
            }
        }
    }

    private async Task Submit(IHtmlFormElement form, string action)
    {
        foreach (var filled in new Func<IHtmlInputElement, string?>[] { _ => "", field => field.Value, field => field.Type is "radio" or "checkbox" ? field.Value : "test", _ => "1", _ => "scanner@evil.example" })
        {
            var fields = form.QuerySelectorAll<IHtmlInputElement>("input[name]").DistinctBy(field => field.Name)
                .Select(field => (field.Name!, field.Type == "hidden" ? field.Value : filled(field) ?? "")).ToList();
            fields.AddRange(form.QuerySelectorAll<IHtmlTextAreaElement>("textarea[name]").Select(area => (area.Name!, "test")));
            fields.AddRange(form.QuerySelectorAll<IHtmlSelectElement>("select[name]").Select(select => (select.Name!, select.Options is { Length: > 0 } options ? options[options.Length - 1].Value : "")));
            var answer = await browser.Post(action, [.. fields]);
            Assert.True((int)answer.Status < 500, $"{action}: {answer.Status}");
            Note(answer.Location);
            Sent++;
        }
    }

    private void Note(string? path)
    {
        if (path is ['/', ..] && _seen.Add(path))
        {
            _next.Enqueue(path);
        }
    }
}
