using System.Globalization;
using System.Text.Json;

namespace Tilskudd.Workflows.Definitions;

/// <summary>
/// A piece of a file that knows where it stands: <c>Path</c> is as <c>$.root.activities[2].type</c>. <c>Text</c> is the
/// text of a string or the digits of a number, and empty for the rest.
/// </summary>
internal sealed record JsonPart(string Path, JsonValueKind Kind, string Text)
{
    public IReadOnlyList<JsonPart> Items { get; init; } = [];

    /// <summary>In the order they stand, each key once.</summary>
    public IReadOnlyDictionary<string, JsonPart> Members { get; init; } = new Dictionary<string, JsonPart>();

    public bool IsObject => Kind == JsonValueKind.Object;

    public bool IsList => Kind == JsonValueKind.Array;

    public bool IsText => Kind == JsonValueKind.String;

    public bool IsTrue => Kind == JsonValueKind.True;

    /// <summary>The member, or null where it is missing, is null, or this is no object.</summary>
    public JsonPart? this[string key] => Members.TryGetValue(key, out var part) && part.Kind != JsonValueKind.Null ? part : null;

    /// <summary>A whole number, written as digits.</summary>
    public int? Whole
        => int.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What the piece is, in Norwegian, for messages.</summary>
    public string Noun => Kind switch
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
