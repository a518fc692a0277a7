using System.Net;

namespace Tilskudd.Demo.Simulation;

/// <summary>Pages that are on their way to people who have gone on with what they do. They change nothing, so nobody else waits for them.</summary>
internal sealed class LoadingPages
{
    private readonly List<Task> _loading = [];

    public void Add(Task page) => _loading.Add(page);

    /// <summary>Waits until all have come.</summary>
    /// <exception cref="InvalidOperationException">One of them was not what it should be.</exception>
    public async Task HaveCome()
    {
        await Task.WhenAll(_loading);
        _loading.Clear();
    }
}

/// <summary>One person's browser: it keeps cookies, follows where it is sent, and posts the forms it was shown.</summary>
internal sealed class Visitor : IDisposable
{
    /// <summary>As many times as a browser lets itself be sent on.</summary>
    private const int MostHops = 20;

    private readonly HttpClient _client;
    private readonly Uri _site;
    private readonly LoadingPages _loading;

    public Visitor(Uri site, LoadingPages loading)
    {
        (_site, _loading) = (site, loading);
        _client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = site };
    }

    public Task<WebPage> Open(string path) => Load(new Uri(_site, path));

    /// <summary>Presses a button of a form and reads the page it leads to; the first button when none is named.</summary>
    public async Task<WebPage> Press(WebForm form, string? value = null)
    {
        if (form.IsPost)
        {
            var (action, next, page) = await Send(form, value);
            return page ?? await Arrive(action, next!);
        }

        var (to, fields) = Filled(form, value);
        using var content = new FormUrlEncodedContent(fields);
        return await Open($"{to}?{await content.ReadAsStringAsync()}");
    }

    /// <summary>Posts a form as <see cref="Press"/> does, and goes on while the page it leads to loads.</summary>
    /// <returns>The path it leads to.</returns>
    public async Task<string> Post(WebForm form, string? value = null)
    {
        var (action, next, page) = await Send(form, value);
        if (page is not null)
        {
            return page.Path;
        }

        // On a thread of its own, as a page that is ready at once would else be waited for.
        _loading.Add(Task.Run(() => Arrive(action, next!)));
        return next!.PathAndQuery;
    }

    public void Dispose() => _client.Dispose();

    private async Task<(string Action, Uri? Next, WebPage? Page)> Send(WebForm form, string? value)
    {
        var (action, fields) = Filled(form, value);
        using var content = new FormUrlEncodedContent(fields);
        var at = new Uri(_site, action);
        using var answer = await _client.PostAsync(at, content);
        return Next(at, answer) is { } next ? (action, next, null) : (action, null, Demand(await Read(at, answer), action));
    }

    private static (string Action, List<KeyValuePair<string, string>> Fields) Filled(WebForm form, string? value)
    {
        var button = value is null ? (form.Buttons is [var first, ..] ? first : null) : form.Buttons.First(known => known.Value == value);
        var fields = form.Values().ToList();
        if (button is { Name.Length: > 0 })
        {
            fields.Add(new(button.Name, button.Value));
        }

        return (button?.Action ?? form.Action, fields);
    }

    private async Task<WebPage> Arrive(string action, Uri at) => Demand(await Load(at), action);

    // Where it was taken and led on to a page that is closed by now, nothing is wrong.
    private static WebPage Demand(WebPage page, string action) => page.Status < 400 || page.Path != action
        ? page
        : throw new InvalidOperationException($"The site refused what was posted to {action} with {page.Status}: {page.Heading}. {page.Faults}");

    private async Task<WebPage> Load(Uri at)
    {
        for (var hop = 0; hop < MostHops; hop++)
        {
            using var answer = await _client.GetAsync(at);
            if (Next(at, answer) is not { } next)
            {
                return await Read(at, answer);
            }

            at = next;
        }

        throw new InvalidOperationException($"The site leads round in circles by way of {at.AbsolutePath}.");
    }

    private static Uri? Next(Uri at, HttpResponseMessage answer) => answer.Headers.Location is { } next ? new Uri(at, next) : null;

    // What is closed, gone or not for this person is an answer; what the site could not do is never one.
    private static async Task<WebPage> Read(Uri at, HttpResponseMessage answer) => (int)answer.StatusCode < 500
        ? new(at.PathAndQuery, (int)answer.StatusCode, await answer.Content.ReadAsStringAsync())
        : throw new InvalidOperationException($"The site failed at {at.AbsolutePath} with {(int)answer.StatusCode}.");
}
