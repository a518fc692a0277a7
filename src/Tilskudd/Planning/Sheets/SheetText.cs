using System.Text.RegularExpressions;
using Tilskudd.Cycle;

namespace Tilskudd.Planning.Sheets;

/// <summary>Texts of a workbook as they are compared and shown.</summary>
internal static partial class SheetText
{
    /// <summary>Letters and digits alone, in one form: what is left of a word when case, spaces and signs do not matter.</summary>
    public static string Key(string text) => string.Concat(Prose.Of(text).ToLowerInvariant().Where(char.IsLetterOrDigit));

    /// <summary>The keys of words.</summary>
    public static HashSet<string> Keys(params IEnumerable<string> words) => [.. words.Select(Key)];

    /// <summary>What two names have in common that are the same tiltak's: case, and how many spaces there are, do not matter.</summary>
    public static string SameName(string name) => OneLine(name).ToUpperInvariant();

    /// <summary>The text in one form and one line.</summary>
    public static string OneLine(string text) => Spaces().Replace(Prose.Of(text), " ").Trim();

    /// <summary>A text from a file as a message shows it: short, in one line, and without what a terminal would obey.</summary>
    public static string Short(string text)
    {
        const int Longest = 60;
        var line = string.Concat(OneLine(text).Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length <= Longest ? line : line[..(char.IsHighSurrogate(line[Longest - 1]) ? Longest - 1 : Longest)] + "…";
    }

    /// <summary>«A», «B», «C».</summary>
    public static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"«{Short(name)}»"));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
