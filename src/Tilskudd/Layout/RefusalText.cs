using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Layout;

/// <summary>Says in a person's language why something was refused, and what to do about it.</summary>
internal static partial class RefusalText
{
    /// <summary>The refusal as a whole sentence.</summary>
    /// <exception cref="System.Resources.MissingManifestResourceException">The refusal has no text: add it to RefusalWords in all three languages.</exception>
    public static string Of(Refusal refusal, Language? language = null)
    {
        var to = language ?? Languages.Current;
        return Fill(Texts.Of<RefusalWords>(to, Key(refusal.GetType())), refusal, to);
    }

    /// <summary>The refusal beside the field it is about.</summary>
    public static FieldFault Fault(Refusal refusal) => new(refusal.Field, Of(refusal));

    /// <summary>Where the text of a type stands.</summary>
    public static string Key(Type type) => $"{type.DeclaringType?.Name}.{type.Name}";

    /// <summary>Puts a record's properties into the places named after them: amounts, dates and numbers as the language writes them, of a list how many.</summary>
    /// <exception cref="InvalidOperationException">The text names something the record does not have.</exception>
    public static string Fill(string text, object told, Language language) => Place().Replace(text, place =>
    {
        var property = told.GetType().GetProperty(place.Groups["name"].Value)
            ?? throw new InvalidOperationException($"The text of {told.GetType().Name} has a place for '{place.Groups["name"].Value}', which it does not have.");
        return Shown(property.GetValue(told), language);
    });

    private static string Shown(object? value, Language language) => value switch
    {
        Money money => money.ToKroner(language.Culture()),
        DateTimeOffset at => Dates.Stamp(at, language),
        LocalDate date => Dates.WithYear(date, language),
        ICollection many => many.Count.ToString(CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, language.Culture()),
        _ => value?.ToString() ?? "",
    };

    /// <summary>A named place, such as <c>{Longest}</c>.</summary>
    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)\}", RegexOptions.ExplicitCapture)]
    internal static partial Regex Place();
}
