using System.Net;
using System.Text;

namespace Tilskudd.Notices.Mailing;

/// <summary>The words of an HTML part, for a mail that has no text part. Tags are dropped as they come: what they nest does not matter.</summary>
internal static class HtmlText
{
    private static readonly string[] Silent = ["head", "style", "script", "title"];
    private static readonly string[] Breaking = ["br", "p", "div", "tr", "li", "blockquote", "h1", "h2", "h3", "hr", "table"];

    public static string Of(string html)
    {
        var text = new StringBuilder();
        var at = 0;
        while (at < html.Length)
        {
            var open = html.IndexOf('<', at);
            if (open < 0)
            {
                text.Append(Words(html[at..]));
                break;
            }

            text.Append(Words(html[at..open]));
            var close = html.IndexOf('>', open);
            if (close < 0)
            {
                break;
            }

            var name = Name(html, open + 1, close);
            at = Silent.Contains(name) ? After(html, name, close) : close + 1;
            if (Breaking.Contains(name.TrimStart('/')) && (name[0] != '/' || name is "/p" or "/div"))
            {
                text.Append('\n');
            }
        }

        return WebUtility.HtmlDecode(text.ToString());
    }

    // In HTML a line break is a space.
    private static string Words(string text) => text.Replace('\n', ' ').Replace('\r', ' ');

    private static string Name(string html, int from, int to)
    {
        var length = 0;
        while (from + length < to && length < 12 && (char.IsAsciiLetterOrDigit(html[from + length]) || (length == 0 && html[from] == '/')))
        {
            length++;
        }

        return length == 0 ? "-" : html.Substring(from, length).ToLowerInvariant();
    }

    private static int After(string html, string name, int close)
    {
        var end = html.IndexOf("</" + name, close, StringComparison.OrdinalIgnoreCase);
        var after = end < 0 ? -1 : html.IndexOf('>', end);
        return after < 0 ? html.Length : after + 1;
    }
}
