using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Tilskudd.Elsa.Studio;

/// <summary>The list of flows, and the page that opens one of them in Studio's own element.</summary>
internal static class StudioPages
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.BasicLatin, UnicodeRanges.Latin1Supplement, UnicodeRanges.GeneralPunctuation);

    // What Studio's own page loads, without the fonts it fetches from elsewhere.
    private static readonly string[] Styles =
    [
        "_content/MudBlazor/MudBlazor.min.css", "_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.css",
        "_content/Radzen.Blazor/css/material-base.css", "_content/Elsa.Studio.Shell/css/shell.css", "studio.css",
    ];

    // As high as the bar Studio leaves room for.
    private const string Bar = "nav { height: 64px; padding: 20px; box-sizing: border-box }\n";

    private static readonly string[] Scripts =
    [
        "_content/BlazorMonaco/jsInterop.js", "_content/BlazorMonaco/lib/monaco-editor/min/vs/loader.js", "_content/BlazorMonaco/lib/monaco-editor/min/vs/editor/editor.main.js",
        "_content/MudBlazor/MudBlazor.min.js", "_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.js", "_content/Radzen.Blazor/Radzen.Blazor.js",
        "_framework/blazor.webassembly.js",
    ];

    public static void Map(WebApplication app, FlowFolder folder)
    {
        app.MapGet("/", () => Page("Flyter", "", List(folder)));
        app.MapGet("/flows/{id}", (string id, HttpRequest request) => folder.Read().Files.LastOrDefault(file => file.Definition.Id == id) is { } file
            ? Page(file.Definition.Name, string.Concat(Styles.Select(style => $"<link rel=\"stylesheet\" href=\"{style}\">\n")), Editor(id, request))
            : Results.NotFound());

        app.MapGet("/studio.css", () => Results.Text(Bar, "text/css"));

        // Studio asks for it before it asks our element where to go.
        app.MapGet("/appsettings.json", (HttpRequest request) => Results.Json(new { Backend = new { Url = AddressOf(request) } }));
    }

    private static string AddressOf(HttpRequest request) => $"http://{request.Host}{StudioAnswers.Root}";

    private static string List(FlowFolder folder)
    {
        var (files, faults) = folder.Read();
        var flows = files.GroupBy(file => file.Definition.Id).Select(versions => versions.Last());
        return $"""
            <h1>Flyter i «{Html.Encode(folder.Path)}»</h1>
            <ul>
            {string.Concat(flows.Select(file => $"<li><a href=\"flows/{file.Definition.Id}\">{Html.Encode(file.Definition.Name)}</a>, versjon {file.Definition.Version}, <code>{Html.Encode(Path.GetFileName(file.Path))}</code></li>\n"))}</ul>
            {(faults.Count == 0 ? "" : "<h2>Kan ikke åpnes</h2>\n<ul>\n" + string.Concat(faults.Select(fault => $"<li>{Html.Encode(fault.ToString())}</li>\n")) + "</ul>")}
            """;
    }

    private static string Editor(string id, HttpRequest request) => $"""
        <nav><a href="/">Alle flyter</a></nav>
        <elsa-workflow-definition-editor remote-endpoint="{Html.Encode(AddressOf(request))}" definition-id="{id}"></elsa-workflow-definition-editor>
        {string.Concat(Scripts.Select(script => $"<script src=\"{script}\"></script>\n"))}
        """;

    private static IResult Page(string title, string head, string body) => Results.Content($"""
        <!DOCTYPE html>
        <html lang="nb">
        <head>
        <meta charset="utf-8">
        <base href="/">
        <link rel="icon" href="_content/Elsa.Studio.Shell/favicon-32x32.png">
        <title>{Html.Encode(title)}</title>
        {head}</head>
        <body>
        {body}
        </body>
        </html>
        """, "text/html; charset=utf-8");
}
