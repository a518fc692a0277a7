using System.Text.RegularExpressions;
using Tilskudd.Cycle;

namespace Tilskudd.Notices.Inbound;

/// <summary>
/// What a person wrote in a reply, without what the mail program quoted under it. Addresses of pages are left out whole, since the mail
/// that was answered holds a personal link and mail programs wrap such addresses in others.
/// </summary>
internal static partial class ReplyText
{
    // Of a longer text, nobody reads more, and matching stays quick.
    private const int LongestRead = 20_000;

    private const int LongestHeading = 4;
    private const string Removed = "[lenke fjernet]";

    public static string Of(string text, int most)
    {
        var lines = Prose.Of(text.Length <= LongestRead ? text : text[..LongestRead]).Replace('\u00A0', ' ').Split('\n');
        var own = string.Join('\n', Own(lines).Select(line => line.TrimEnd()));
        return Cut(Gaps().Replace(WithoutSecrets(own), "\n\n").Trim(), most);
    }

    private static string WithoutSecrets(string text)
    {
        var withoutPages = Page().Replace(text, Removed);
        var withoutPaths = PersonalPath().Replace(withoutPages, Removed);

        // A token broken out of its address, such as by a line break, is long and has digits in it; no word has.
        return LongWord().Replace(withoutPaths, word => word.Value.Any(char.IsAsciiDigit) && word.Value.Any(char.IsAsciiLetter) ? Removed : word.Value);
    }

    // People write on top, under, or between what is quoted. Under a heading of the mail program all is quoted.
    private static IEnumerable<string> Own(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (BeginsQuote(lines, i))
            {
                yield break;
            }

            if (!lines[i].StartsWith('>'))
            {
                yield return lines[i];
            }
        }
    }

    private static bool BeginsQuote(string[] lines, int at)
    {
        var line = lines[at].Trim();
        return Original().IsMatch(line)
            || Wrote().IsMatch(line) || (at + 1 < lines.Length && WroteBegins().IsMatch(line) && WroteEnds().IsMatch(lines[at + 1].Trim()))
            || (HeadingFrom().IsMatch(line) && lines.Skip(at + 1).Take(LongestHeading).Any(next => HeadingRest().IsMatch(next.Trim())));
    }

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : (char.IsHighSurrogate(text[most - 1]) ? text[..(most - 1)] : text[..most]).TrimEnd() + " …";

    [GeneratedRegex(@"(?:https?:|www\.|hxxps?:)[^\s<>]+", RegexOptions.IgnoreCase)]
    private static partial Regex Page();

    [GeneratedRegex(@"\S*(?:/|%2F)[gk](?:/|%2F)\S*", RegexOptions.IgnoreCase)]
    private static partial Regex PersonalPath();

    [GeneratedRegex(@"[A-Za-z0-9_-]{20,}")]
    private static partial Regex LongWord();

    [GeneratedRegex(@"^(?:-{2,}\s*(?:original message|opprinnelig melding|opphavleg melding|videresendt melding|forwarded message)\s*-{2,}|_{20,})", RegexOptions.IgnoreCase)]
    private static partial Regex Original();

    [GeneratedRegex(@"^(?:on|den|man\.|tir\.|ons\.|tor\.|fre\.|l.r\.|s.n\.|m.n\.|tys\.|laur\.|sun\.|\d{1,2}\.).{5,300}(?:wrote|skrev)\b.{0,200}:$", RegexOptions.IgnoreCase)]
    private static partial Regex Wrote();

    [GeneratedRegex(@"^(?:on|den|man\.|tir\.|ons\.|tor\.|fre\.|l.r\.|s.n\.|m.n\.|tys\.|laur\.|sun\.|\d{1,2}\.).*\d", RegexOptions.IgnoreCase)]
    private static partial Regex WroteBegins();

    [GeneratedRegex(@"(?:\b(?:wrote|skrev)\b.{0,200}:|<[^<>\s]+@[^<>\s]+>:?|>:)$", RegexOptions.IgnoreCase)]
    private static partial Regex WroteEnds();

    [GeneratedRegex(@"^\*?(?:fra|fr.|from):\*?\s", RegexOptions.IgnoreCase)]
    private static partial Regex HeadingFrom();

    [GeneratedRegex(@"^\*?(?:sendt|sent|dato|date|til|to|emne|subject):\*?\s", RegexOptions.IgnoreCase)]
    private static partial Regex HeadingRest();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex Gaps();
}
