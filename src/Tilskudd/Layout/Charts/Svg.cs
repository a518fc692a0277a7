using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Tilskudd.Layout.Charts;

/// <summary>Writes SVG: numbers with a point whatever the language, all text escaped, looks by class and never by style.</summary>
internal sealed class Svg
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder _text = new();

    /// <summary>A drawing that screen readers know as one image, with a name and where given a description.</summary>
    public static string Image(string id, string @class, string viewBox, string title, string? description, Action<Svg> draw, bool stretch = false)
    {
        var svg = new Svg();
        svg._text.Append(
            CultureInfo.InvariantCulture,
            $"<svg class=\"{@class}\" viewBox=\"{viewBox}\"{(stretch ? " preserveAspectRatio=\"none\"" : "")} role=\"img\" aria-labelledby=\"{id}-t{(description is null ? "" : $" {id}-b")}\">");
        svg.Text("title", $"id=\"{id}-t\"", title);
        if (description is not null)
        {
            svg.Text("desc", $"id=\"{id}-b\"", description);
        }

        draw(svg);
        return svg._text.Append("</svg>").ToString();
    }

    /// <summary>An element without content.</summary>
    public Svg Shape(string element, FormattableString attributes)
    {
        _text.Append('<').Append(element).Append(' ').Append(Invariant(attributes)).Append("/>");
        return this;
    }

    /// <summary>An element whose content is text.</summary>
    public Svg Text(string element, FormattableString attributes, string text)
    {
        _text.Append('<').Append(element).Append(' ').Append(Invariant(attributes)).Append('>')
            .Append(Encoder.Encode(text)).Append("</").Append(element).Append('>');
        return this;
    }

    /// <summary>Text along the path with this id, centred.</summary>
    public Svg TextAlong(string path, string @class, string text)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<text class=\"{@class}\"><textPath href=\"#{path}\" startOffset=\"50%\" text-anchor=\"middle\">")
            .Append(Encoder.Encode(text)).Append("</textPath></text>");
        return this;
    }

    /// <summary>Markup that this room has made itself.</summary>
    public Svg Add(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>A coordinate, to a tenth of a unit.</summary>
    public static string N(double number) =>
        (Math.Round(number, 1, MidpointRounding.AwayFromZero) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString attributes) => attributes.ToString(CultureInfo.InvariantCulture);
}
