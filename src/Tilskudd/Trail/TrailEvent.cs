using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tilskudd.Trail;

/// <summary>Something that has happened in the grant year, to be written down in the same transaction as the facts themselves.</summary>
/// <param name="Event">What happened, as a past participle in kebab-case: <c>handlingsplan-submitted</c>.</param>
/// <param name="ObjectKind">What kind of thing it happened to: <c>handlingsplan</c>, <c>round</c>, <c>rapport</c> …</param>
/// <param name="ObjectId">The thing's id.</param>
/// <param name="Version">The version of the document, as text; empty where there is none.</param>
/// <param name="Data">
/// Facts about it: ids, amounts in øre, hashes, <see cref="Pseudonym"/>s. Never personal data. Texts, whole numbers, truth values,
/// null, lists and objects only: other numbers have more than one written form.
/// </param>
internal sealed record TrailEvent(Actor Actor, string Event, string ObjectKind, string ObjectId, string Version, JsonObject Data)
{
    public TrailEvent(Actor actor, string @event, string objectKind, object objectId, string version = "")
        : this(actor, @event, objectKind, objectId.ToString() ?? "", version, [])
    {
    }

    /// <exception cref="InvalidOperationException">A part is missing, or the content holds what cannot be hashed the same everywhere.</exception>
    public void Check()
    {
        if (Event.Length == 0 || ObjectKind.Length == 0 || ObjectId.Length == 0 || ObjectKind.Contains('/'))
        {
            throw new InvalidOperationException($"A trail entry needs an event and an object (kind/id), not '{Event}' about '{ObjectKind}/{ObjectId}'.");
        }

        CheckNumbers(Data);
    }

    private void CheckNumbers(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (_, value) in fields)
                {
                    CheckNumbers(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    CheckNumbers(item);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number && !IsWhole(value.ToJsonString()):
                throw new InvalidOperationException($"The trail entry '{Event}' holds the number {value.ToJsonString()}; only whole numbers have one written form.");
            default:
                break;
        }
    }

    private static bool IsWhole(string number) => number == "0" || number.AsSpan().TrimStart('-') is ['1' or '2' or '3' or '4' or '5' or '6' or '7' or '8' or '9', .. var rest] && !rest.ContainsAnyExceptInRange('0', '9');
}
