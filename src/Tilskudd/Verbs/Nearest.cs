namespace Tilskudd.Verbs;

/// <summary>Finds the word someone probably meant.</summary>
internal static class Nearest
{
    /// <summary>« Mente du …?», or nothing where no known word is near.</summary>
    public static string Question(string word, IEnumerable<string> known, string prefix = "")
    {
        var nearest = To(word, known);
        return nearest is null ? "" : $" Mente du «{prefix}{nearest}»?";
    }

    /// <summary>The known word fewest edits away, at most a third of its length (and one for the shortest), or null.</summary>
    public static string? To(string word, IEnumerable<string> known) =>
        known.Select(candidate => (Word: candidate, Edits: Edits(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(candidate => candidate.Edits <= Math.Max(1, candidate.Word.Length / 3))
            .OrderBy(candidate => candidate.Edits)
            .ThenBy(candidate => candidate.Word, StringComparer.Ordinal)
            .Select(candidate => candidate.Word)
            .FirstOrDefault();

    // Levenshtein's distance, one row at a time.
    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
