using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Tilskudd.Demo.Simulation;

/// <summary>A page as a simulated person sees it: what it says, where its links lead, and its forms.</summary>
internal sealed class WebPage
{
    private readonly Lazy<IHtmlDocument> _document;
    private readonly Lazy<IReadOnlyList<WebForm>> _forms;

    /// <param name="path">The address it was found at in the end, path and query.</param>
    public WebPage(string path, int status, string html)
    {
        (Path, Status) = (path, status);

        // Most pages are only glanced at: that they came is all that is asked of them.
        _document = new(() => new HtmlParser().ParseDocument(html));
        _forms = new(() => [.. _document.Value.Forms.Select(form => new WebForm(form, path))]);
    }

    public string Path { get; }

    public int Status { get; }

    public IReadOnlyList<WebForm> Forms => _forms.Value;

    public string Heading => Read(_document.Value.QuerySelector("h1"));

    /// <summary>What the page says is wrong, for a simulated year that stops.</summary>
    public string Faults => Read(_document.Value.QuerySelector(".ds-error-summary"));

    /// <summary>The form with a button of this value, such as one of a step's outcomes; null when the page offers no such thing.</summary>
    public WebForm? Offering(string button) => Forms.FirstOrDefault(form => form.Buttons.Any(known => known.Value == button));

    /// <summary>The form with a field of this name; null when there is none.</summary>
    public WebForm? With(string field) => Forms.FirstOrDefault(form => form.Has(field));

    /// <summary>The form that posts to an address ending so; null when there is none.</summary>
    public WebForm? PostingTo(string ending) => Forms.FirstOrDefault(form => form.IsPost && form.Action.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>The links of the page: where each leads, and what it says.</summary>
    public IEnumerable<(string Path, string Text)> Links =>
        _document.Value.QuerySelectorAll("a[href]").Select(link => (link.GetAttribute("href")!, Read(link)));

    private static string Read(IElement? element) => string.Join(' ', (element?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>A button of a form.</summary>
internal sealed record WebButton(string Name, string Value, string? Action);

/// <summary>A form as it was shown, hidden fields and antiforgery token included, filled in as a person would.</summary>
internal sealed class WebForm
{
    private readonly IHtmlFormElement _form;

    public WebForm(IHtmlFormElement form, string page)
    {
        _form = form;
        Action = form.GetAttribute("action") is { Length: > 0 } action ? action : page;
        Buttons = [.. form.QuerySelectorAll("button").Select(button => new WebButton(button.GetAttribute("name") ?? "", button.GetAttribute("value") ?? "", button.GetAttribute("formaction")))];
    }

    public string Action { get; }

    public bool IsPost => string.Equals(_form.GetAttribute("method"), "post", StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<WebButton> Buttons { get; }

    /// <summary>The names of its fields, in the order they stand in.</summary>
    public IEnumerable<string> Names => _form.Elements.OfType<IHtmlElement>().Select(element => element.GetAttribute("name")).OfType<string>().Distinct();

    public bool Has(string field) => Named(field).Any();

    /// <summary>What the field holds.</summary>
    public string this[string field] => Values().FirstOrDefault(value => value.Key == field).Value ?? "";

    /// <summary>The values a choice offers.</summary>
    public IEnumerable<string> Offered(string field) => Named(field).SelectMany(element => element switch
    {
        IHtmlSelectElement select => select.Options.Select(option => option.Value),
        IHtmlInputElement input => [input.Value],
        _ => [],
    });

    /// <summary>Types a text, or makes a choice; several may be ticked where the form lets them.</summary>
    /// <exception cref="InvalidOperationException">The form has no such field, or does not offer the choice.</exception>
    public WebForm Fill(string field, params IReadOnlyCollection<string> values)
    {
        var found = false;
        foreach (var element in Named(field))
        {
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } choice:
                    choice.IsChecked = values.Contains(choice.Value);
                    found |= choice.IsChecked || values.Count == 0;
                    break;
                case IHtmlSelectElement select:
                    found |= select.Options.Any(option => option.Value == values.First());
                    select.Value = values.First();
                    break;
                case IHtmlInputElement input:
                    (input.Value, found) = (values.First(), true);
                    break;
                case IHtmlTextAreaElement area:
                    (area.Value, found) = (values.First(), true);
                    break;
                default:
                    break;
            }
        }

        return found ? this : throw new InvalidOperationException($"The form at {Action} has no field '{field}' that takes '{string.Join(", ", values)}'.");
    }

    /// <summary>What a browser would send, but for the button pressed.</summary>
    public IEnumerable<KeyValuePair<string, string>> Values()
    {
        foreach (var element in _form.Elements.OfType<IHtmlElement>())
        {
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } choice:
                    if (choice.IsChecked)
                    {
                        yield return new(choice.Name ?? "", choice.Value);
                    }

                    break;
                case IHtmlInputElement { Type: "submit" or "button" }:
                    break;
                case IHtmlInputElement input:
                    yield return new(input.Name ?? "", input.Value);
                    break;
                case IHtmlSelectElement select:
                    yield return new(select.Name ?? "", select.Value ?? "");
                    break;
                case IHtmlTextAreaElement area:
                    yield return new(area.Name ?? "", area.Value);
                    break;
                default:
                    break;
            }
        }
    }

    private IEnumerable<IHtmlElement> Named(string field) => _form.Elements.OfType<IHtmlElement>().Where(element => element is not IHtmlButtonElement && element.GetAttribute("name") == field);
}
