using Tilskudd.Cycle;

namespace Tilskudd.Layout;

/// <summary>What a list is searched for, as <c>?sok=drammen</c>.</summary>
internal static class SearchText
{
    /// <summary>Characters, which is more than any name has.</summary>
    public const int Longest = 100;

    /// <summary>The words as typed, without blanks around them; what is longer than any name is cut off.</summary>
    public static string Read(string? typed)
    {
        var text = Prose.Of(typed ?? "").Trim();
        return text.Length > Longest ? text[..Longest] : text;
    }

    /// <summary>Whether a name has every word that is searched for, in any order; all names have none.</summary>
    public static bool Fits(string search, string name) =>
        search.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => name.Contains(word, StringComparison.CurrentCultureIgnoreCase));
}
