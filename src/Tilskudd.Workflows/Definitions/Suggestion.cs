using System.Globalization;

namespace Tilskudd.Workflows.Definitions;

/// <summary>Helps a person who mistyped a word from a closed list.</summary>
public static class Suggestion
{
    // Longer than any word on a list; measuring distances to a text of a megabyte would take for ever.
    private const int Longest = 80;

    // A list this long is a file gone wrong, and nobody reads further.
    private const int Most = 60;

    /// <summary>A sentence in Norwegian: the nearest word if one is near, else the whole list.</summary>
    public static string For(string word, IEnumerable<string> allowed)
    {
        var words = allowed.Take(Most).ToList();
        var nearest = Nearest(word, words);
        return nearest is not null ? $"Mente du '{nearest}'?"
            : words.Count == 0 ? "Ingen er tillatt her."
            : $"Tillatt er: {string.Join(", ", words)}.";
    }

    /// <summary>A text as it can stand inside a message: short and on one line.</summary>
    public static string Quote(string text)
    {
        // Cut before a pair of surrogates rather than through it.
        var length = text.Length <= Longest ? text.Length : char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
        var line = Line(text[..length]);
        return length < text.Length ? $"'{line}…'" : $"'{line}'";
    }

    /// <summary>A text on one line: a sign that is not seen, or that a terminal takes as an order, is a space.</summary>
    public static string Line(string text) => string.Concat(text.Select(letter =>
        char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? ' ' : letter));

    private static string? Nearest(string word, List<string> words)
    {
        if (word.Length > Longest)
        {
            return null;
        }

        var best = words
            .Select(candidate => (candidate, distance: Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(pair => pair.distance)
            .FirstOrDefault();
        return best.candidate is not null && best.distance <= Math.Max(1, best.candidate.Length / 3) ? best.candidate : null;
    }

    // Levenshtein, with two letters that changed places counted as one mistake.
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    Math.Min(cost[i - 1, j] + 1, cost[i, j - 1] + 1),
                    cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
