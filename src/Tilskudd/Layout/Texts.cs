using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Resources;
using Microsoft.Extensions.Localization;

namespace Tilskudd.Layout;

/// <summary>
/// The words in the .resx files beside the pages. Each text stands in all three languages; one that is missing is a bug and is
/// thrown, never shown in another language.
/// </summary>
internal static class Texts
{
    private static readonly ConcurrentDictionary<(Assembly, string), ResourceManager> Rooms = new();

    /// <summary>The text of <typeparamref name="TRoom"/>'s resource file in the language of the request.</summary>
    /// <exception cref="MissingManifestResourceException">The text is missing in that language.</exception>
    public static string Of<TRoom>(string key, params object[] arguments) => Of<TRoom>(Languages.Current, key, arguments);

    /// <summary>The same in a given language, for mails and for text set down for later.</summary>
    /// <exception cref="MissingManifestResourceException">The text is missing in that language.</exception>
    public static string Of<TRoom>(Language language, string key, params object[] arguments)
    {
        var text = Find(typeof(TRoom).Assembly, typeof(TRoom).FullName!, language, key);
        return arguments.Length == 0 ? text : string.Format(language.Culture(), text, arguments);
    }

    internal static string Find(Assembly assembly, string room, Language language, string key) =>
        In(assembly, room, language).GetString(key)
        ?? throw new MissingManifestResourceException($"{room}: the text '{key}' is missing in {language.Code()}. Add it to the .resx beside the page.");

    internal static IEnumerable<KeyValuePair<string, string>> All(Assembly assembly, string room, Language language) =>
        In(assembly, room, language).Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create((string)entry.Key, (string)entry.Value!));

    private static ResourceSet In(Assembly assembly, string room, Language language)
    {
        var words = Rooms.GetOrAdd((assembly, room), key => new ResourceManager(key.Item2, key.Item1));

        // Bokmål is the neutral file. Parents are not tried, so nynorsk cannot fall back to it unseen.
        var culture = language == Language.Nb ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language.Code());
        return words.GetResourceSet(culture, createIfNotExists: true, tryParents: false)
            ?? throw new MissingManifestResourceException($"{room} has no .resx file in {language.Code()}.");
    }
}

/// <summary>Gives pages their <see cref="IStringLocalizer{T}"/> over <see cref="Texts"/>.</summary>
internal sealed class TextsFactory : IStringLocalizerFactory
{
    public IStringLocalizer Create(Type resourceSource) => new RoomTexts(resourceSource.Assembly, resourceSource.FullName!);

    public IStringLocalizer Create(string baseName, string location) => new RoomTexts(Assembly.Load(location), baseName);

    private sealed class RoomTexts(Assembly assembly, string room) : IStringLocalizer
    {
        public LocalizedString this[string name] => new(name, Texts.Find(assembly, room, Languages.Current, name));

        public LocalizedString this[string name, params object[] arguments] =>
            new(name, string.Format(Languages.Current.Culture(), this[name].Value, arguments));

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
            Texts.All(assembly, room, Languages.Current).Select(text => new LocalizedString(text.Key, text.Value));
    }
}
