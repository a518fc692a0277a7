using System.Text.RegularExpressions;

namespace Tilskudd.Notices.Inbound;

/// <summary>Whether a reply says yes and nothing else. Anything beside it, such as a condition or a question, is for a person to read.</summary>
internal static partial class PlainYes
{
    // A greeting, the yes, and a close with a name under it.
    private const int MostClosingLines = 3;
    private const int LongestClosingLine = 40;

    public static bool Is(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        if (lines.Count > 1 && Greeting().IsMatch(lines[0]))
        {
            lines.RemoveAt(0);
        }

        return lines.Count > 0 && Yes().IsMatch(lines[0]) && IsClosing(lines[1..]);
    }

    private static bool IsClosing(List<string> lines) =>
        lines.Count <= MostClosingLines && lines.TrueForAll(line => line.Length <= LongestClosingLine && (Closing().IsMatch(line) || Name().IsMatch(line)));

    [GeneratedRegex(@"^(hei|hallo|god (morgen|dag|kveld)|hi|hello|dear)( [\p{Lu}][\p{L}-]*)*[,!.]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Greeting();

    [GeneratedRegex(@"^(ja,? )?((jeg|eg|i|vi) )?(godkjent|godkjend|godkjenner|godkjenn|godkjennes|approved|approve)( (planen|saken|saka|rapporten|handlingsplanen|handlingsplan|the plan|the case|the report))?[ .!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Yes();

    [GeneratedRegex(@"^(mvh|vh|hilsen|helsing|med (vennlig|venleg) (hilsen|helsing)|(vennlig|venleg|beste) (hilsen|helsing)|(kind |best )?regards|takk|thanks)\b[,.!]*( [\p{Lu}][\p{L}-]*)*$", RegexOptions.IgnoreCase)]
    private static partial Regex Closing();

    // One to four words that begin with a capital, as a name does.
    [GeneratedRegex(@"^[\p{Lu}][\p{L}.-]*( [\p{Lu}][\p{L}.-]*){0,3}$")]
    private static partial Regex Name();
}
