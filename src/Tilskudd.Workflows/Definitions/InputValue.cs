using System.Globalization;
using System.Text.Json;

namespace Tilskudd.Workflows.Definitions;

/// <summary>Turns what a file writes into a value of the kind an input asks for.</summary>
internal static class InputValue
{
    private static readonly (InputKind Kind, string Alias, string FullName)[] Names =
    [
        (InputKind.Text, "String", "System.String"),
        (InputKind.Number, "Int32", "System.Int32"),
        (InputKind.Flag, "Boolean", "System.Boolean"),
        (InputKind.Numbers, "Int32[]", "System.Int32[]"),
        (InputKind.Texts, "String[]", "System.String[]"),
    ];

    /// <summary>The name Elsa gives the kind.</summary>
    public static string TypeName(InputKind kind) => Names.Single(name => name.Kind == kind).Alias;

    /// <summary>The kind of a type name, short or with assembly; null when it is none of ours.</summary>
    public static InputKind? KindOf(string typeName)
    {
        var name = typeName.Split(',')[0].Trim();
        return Names.Where(known => known.Alias == name || known.FullName == name)
            .Select(known => (InputKind?)known.Kind)
            .FirstOrDefault();
    }

    /// <summary>One value written directly. Studio writes numbers and booleans as text, so those are read too.</summary>
    public static object? Single(JsonPart value, InputKind kind, FaultList faults)
    {
        object? read = (kind, value.Kind) switch
        {
            (InputKind.Text, JsonValueKind.String) => value.Text,
            (InputKind.Number, JsonValueKind.Number or JsonValueKind.String) => value.Whole,
            (InputKind.Flag, JsonValueKind.True) => true,
            (InputKind.Flag, JsonValueKind.False) => false,
            (InputKind.Flag, JsonValueKind.String) => bool.TryParse(value.Text, out var flag) ? flag : null,
            _ => null,
        };
        if (read is null)
        {
            faults.Add(value.Path, $"Her skal det stå {Wanted(kind)}, men det står {value.Noun}{Shown(value)}.");
        }

        return read;
    }

    /// <summary>A list, written as JSON inside a text: that is how Elsa writes an <c>Object</c> expression.</summary>
    public static object? List(JsonPart value, InputKind kind, FaultList faults)
    {
        if (!value.IsText)
        {
            faults.Add(value.Path,
                $"Verdien til et Object-uttrykk skrives som tekst, for eksempel \"[2, 1]\", men det står {value.Noun}.");
            return null;
        }

        if (JsonText.Read(value.Text, value.Path, faults) is not { } list)
        {
            return null;
        }

        if (!list.IsList)
        {
            faults.Add(value.Path, $"Her skal det stå {Wanted(kind)}, men teksten er {list.Noun}.");
            return null;
        }

        return kind == InputKind.Numbers ? Items<int>(list, InputKind.Number, faults) : Items<string>(list, InputKind.Text, faults);
    }

    /// <summary>The value as plain text, the same on every machine; for hashing and messages.</summary>
    public static string Canonical(object value) => value switch
    {
        IReadOnlyList<int> numbers => JsonSerializer.Serialize(numbers),
        IReadOnlyList<string> texts => JsonSerializer.Serialize(texts),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static List<T>? Items<T>(JsonPart list, InputKind kind, FaultList faults)
    {
        var values = list.Items.Select(item => Single(item, kind, faults)).ToList();
        return values.Contains(null) ? null : [.. values.Cast<T>()];
    }

    private static string Wanted(InputKind kind) => kind switch
    {
        InputKind.Text => "en tekst",
        InputKind.Number => "et helt tall",
        InputKind.Flag => "true eller false",
        InputKind.Numbers => "en liste av hele tall, for eksempel \"[2, 1]\"",
        InputKind.Texts => "en liste av tekster, for eksempel \"[\\\"coordinator\\\"]\"",
    };

    private static string Shown(JsonPart value) => value.Text.Length > 0 ? " " + Suggestion.Quote(value.Text) : "";
}
