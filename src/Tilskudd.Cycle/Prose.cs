using System.Text;
using Tilskudd.Workflows;

namespace Tilskudd.Cycle;

/// <summary>What people write in free text: kept as they typed it, but in one form, so that equal texts are equal and searching finds both.</summary>
public static class Prose
{
    /// <summary>
    /// The text with composed letters (NFC), LF line ends (forms post CRLF, which would count each line end twice), without what no
    /// database holds (NUL, and half a surrogate pair, which becomes U+FFFD) and without the marks that turn the reading direction of
    /// what follows, by which a name or an amount is made to read as another. What nobody could read is no text, and comes back empty.
    /// </summary>
    public static string Of(string typed)
    {
        var text = new StringBuilder(typed.Length);
        foreach (var rune in typed.ReplaceLineEndings("\n").EnumerateRunes().Where(rune => rune.Value != 0 && !TurnsDirection(rune.Value)))
        {
            text.Append(rune.ToString());
        }

        var kept = text.ToString().Normalize(NormalizationForm.FormC);
        return kept.EnumerateRunes().Any(Letters.IsSeen) ? kept : "";
    }

    /// <summary>The same for a text on one line, as a name: line ends and other orders to a terminal are spaces.</summary>
    public static string Line(string typed) => string.Concat(Of(typed).Select(letter => char.IsControl(letter) ? ' ' : letter));

    /// <summary>Its length in characters: an emoji beyond the first plane is one, not the two code units it is kept in.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count();

    // Embeddings, overrides and isolates. The marks that only order one letter among its neighbours stay.
    private static bool TurnsDirection(int letter) => letter is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    /// <summary>Nothing anyone could read: empty, or only spaces, line ends and signs that are not seen.</summary>
    public static bool IsBlank(string text) => Of(text).Length == 0;
}
