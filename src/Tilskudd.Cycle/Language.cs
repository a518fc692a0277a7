using System.Globalization;
using System.Resources;

namespace Tilskudd.Cycle;

/// <summary>One of the product's languages, reading one family of sentences.</summary>
internal sealed class Language(ResourceManager texts, CultureInfo culture)
{
    private static readonly CultureInfo Nb = CultureInfo.GetCultureInfo("nb-NO");
    private static readonly CultureInfo Nn = CultureInfo.GetCultureInfo("nn-NO");
    private static readonly CultureInfo En = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>How dates are written in this language; never the machine's own culture.</summary>
    public CultureInfo Culture => culture;

    /// <summary>Says the same in every language.</summary>
    /// <param name="texts">Where the sentences lie; bokmål is its neutral file.</param>
    /// <param name="sentences">The sentences to be said, one after the other.</param>
    public static Why Explain(ResourceManager texts, Func<Language, IEnumerable<string>> sentences)
    {
        return new Why(In(Nb), In(Nn), In(En));

        string In(CultureInfo culture) => string.Join(' ', sentences(new Language(texts, culture)));
    }

    /// <summary>A sentence, begun with a capital letter.</summary>
    public string Sentence(string key, params object[] values)
    {
        var text = Phrase(key, values);
        return char.ToUpper(text[0], culture) + text[1..];
    }

    /// <summary>A part of a sentence, as it stands.</summary>
    /// <exception cref="MissingManifestResourceException">The sentence does not exist in this language.</exception>
    public string Phrase(string key, params object[] values) =>
        string.Format(culture, texts.GetString(key, culture) ?? throw new MissingManifestResourceException($"No text '{key}' in '{culture.Name}'."), values);
}
