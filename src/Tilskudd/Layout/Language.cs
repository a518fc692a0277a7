using System.Globalization;

namespace Tilskudd.Layout;

/// <summary>The languages the application is complete in.</summary>
internal enum Language
{
    /// <summary>Norwegian bokmål, where nothing else is chosen.</summary>
    Nb,

    /// <summary>Norwegian nynorsk.</summary>
    Nn,

    /// <summary>English.</summary>
    En,
}

/// <summary>What follows from a language: its code, its own name and how dates and numbers are written.</summary>
internal static class Languages
{
    private static readonly CultureInfo Bokmal = CultureInfo.GetCultureInfo("nb-NO");
    private static readonly CultureInfo Nynorsk = CultureInfo.GetCultureInfo("nn-NO");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static IReadOnlyList<Language> All { get; } = [Language.Nb, Language.Nn, Language.En];

    /// <summary>The language of the request at hand; bokmål outside one.</summary>
    public static Language Current => Of(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    /// <summary>As in <c>lang</c>, <c>hreflang</c>, the cookie and <c>?sprak=</c>.</summary>
    public static string Code(this Language language) => language switch
    {
        Language.Nb => "nb",
        Language.Nn => "nn",
        Language.En => "en",
    };

    /// <summary>What speakers of the language call it.</summary>
    public static string OwnName(this Language language) => language switch
    {
        Language.Nb => "Bokmål",
        Language.Nn => "Nynorsk",
        Language.En => "English",
    };

    /// <summary>How dates, numbers and amounts are written in the language.</summary>
    public static CultureInfo Culture(this Language language) => language switch
    {
        Language.Nb => Bokmal,
        Language.Nn => Nynorsk,
        Language.En => English,
    };

    /// <summary>The language with this code; bokmål where the application does not speak it.</summary>
    public static Language Of(string? code) => Find(code) ?? Language.Nb;

    /// <summary>The language with this code, or null where the application does not speak it.</summary>
    public static Language? Find(string? code) => code switch
    {
        "nb" => Language.Nb,
        "nn" => Language.Nn,
        "en" => Language.En,
        _ => null,
    };
}
