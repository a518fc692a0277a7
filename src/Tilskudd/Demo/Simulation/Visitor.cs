using System.Net;

namespace Tilskudd.Demo.Simulation;

/// <summary>One person's browser: it keeps cookies, follows where it is sent, and posts the forms it was shown.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly HttpClient _client;
    private readonly Uri _site;

    public Visitor(Uri site)
    {
        _site = site;
        _client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), UseProxy = false }) { BaseAddress = site };
    }

    public async Task<WebPage> Open(string path)
    {
        using var answer = await _client.GetAsync(new Uri(_site, path));
        return await Read(answer);
    }

    /// <summary>Presses a button of a form; the first one when none is named.</summary>
    public async Task<WebPage> Press(WebForm form, string? value = null)
    {
        var button = value is null ? (form.Buttons is [var first, ..] ? first : null) : form.Buttons.First(known => known.Value == value);
        var fields = form.Values().ToList();
        if (button is { Name.Length: > 0 })
        {
            fields.Add(new(button.Name, button.Value));
        }

        using var content = new FormUrlEncodedContent(fields);
        var action = button?.Action ?? form.Action;
        if (!form.IsPost)
        {
            return await Open($"{action}?{await content.ReadAsStringAsync()}");
        }

        using var answer = await _client.PostAsync(new Uri(_site, action), content);
        var page = await Read(answer);

        // Where it was taken and led on to a page that is closed by now, nothing is wrong.
        return page.Status < 400 || page.Path != action
            ? page
            : throw new InvalidOperationException($"The site refused what was posted to {action} with {page.Status}: {page.Heading}. {page.Faults}");
    }

    public void Dispose() => _client.Dispose();

    private static async Task<WebPage> Read(HttpResponseMessage answer) =>
        new(answer.RequestMessage!.RequestUri!.PathAndQuery, (int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
}
