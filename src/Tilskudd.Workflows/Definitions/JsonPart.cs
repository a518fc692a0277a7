using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;

namespace Tilskudd.Workflows.Definitions;

/// <summary>
/// A piece of a file that knows where it stands. <c>Segment</c> is its own part of the path, and <c>Text</c> is the text
/// of a string or the digits of a number, and empty for the rest.
/// </summary>
internal sealed class JsonPart(JsonPart? above, string segment, JsonValueKind kind, string text = "")
{
    public JsonValueKind Kind => kind;

    public string Text => text;

    /// <summary>As <c>$.root.activities[2].type</c>.</summary>
    // Put together when asked for: a file can have many pieces far down, and few of them are ever mentioned.
    public string Path => above?.Path + segment;

    public IReadOnlyList<JsonPart> Items { get; init; } = [];

    /// <summary>In the order they stand, each key once.</summary>
    public IReadOnlyDictionary<string, JsonPart> Members { get; init; } = ReadOnlyDictionary<string, JsonPart>.Empty;

    public bool IsObject => kind == JsonValueKind.Object;

    public bool IsList => kind == JsonValueKind.Array;

    public bool IsText => kind == JsonValueKind.String;

    public bool IsTrue => kind == JsonValueKind.True;

    /// <summary>The member, or null where it is missing, is null, or this is no object.</summary>
    public JsonPart? this[string key] => Members.TryGetValue(key, out var part) && part.Kind != JsonValueKind.Null ? part : null;

    /// <summary>A whole number, written as digits.</summary>
    public int? Whole
        => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What the piece is, in Norwegian, for messages.</summary>
    public string Noun => kind switch
    {
        JsonValueKind.Object => "et objekt",
        JsonValueKind.Array => "en liste",
        JsonValueKind.String => "en tekst",
        JsonValueKind.Number => "et tall",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        JsonValueKind.Undefined => "ingenting",
    };
}
