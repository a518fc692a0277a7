using System.Globalization;
using System.Text;

namespace Tilskudd.Workflows;

/// <summary>What can be read of a text, and what only takes up room in it.</summary>
public static class Letters
{
    // Letters by their category, and blank all the same: the fillers of Hangul and the empty pattern of Braille.
    private const string Blanks = "\u115F\u1160\u2800\u3164\uFFA0";

    /// <summary>Whether anyone sees it: no space, no order to the terminal, no sign that only says how others are set.</summary>
    public static bool IsSeen(Rune rune) => !Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control)
        && !(rune.IsBmp && Blanks.Contains((char)rune.Value));
}
