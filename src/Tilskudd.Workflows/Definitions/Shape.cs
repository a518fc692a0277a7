using System.Text.Json;

namespace Tilskudd.Workflows.Definitions;

/// <summary>
/// The keys a part of the file may use and what stands under them. Elsa takes a key whatever its case, and drops what is of
/// another kind; here both are told, so that nothing in the file means one thing to Elsa and another to us. Other keys are left alone.
/// </summary>
internal sealed class Shape
{
    private readonly Dictionary<string, (string Name, string Kind)> _members = new(StringComparer.OrdinalIgnoreCase);

    private Shape(string texts = "", string numbers = "", string flags = "", string lists = "", string objects = "", string judged = "")
    {
        foreach (var (names, kind) in new[] { (texts, "en tekst"), (numbers, "et tall"), (flags, "true eller false"), (lists, "en liste"), (objects, "et objekt"), (judged, "") })
        {
            foreach (var name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                _members.Add(name, (name, kind));
            }
        }
    }

    // «judged» are those whose readers say themselves what they want.
    public static Shape Envelope { get; } = new(
        texts: "$schema id tenantId name description createdAt toolVersion", flags: "isLatest isPublished isReadonly isSystem",
        lists: "inputs outputs outcomes", objects: "customProperties options", judged: "definitionId version variables root");

    public static Shape EnvelopeProperties { get; } = new(judged: "startsOn document");

    public static Shape Root { get; } = new(
        texts: "id nodeId name start", numbers: "version", flags: "canStartWorkflow runAsynchronously",
        lists: "variables", objects: "customProperties metadata", judged: "type activities connections");

    public static Shape RootProperties { get; } = new(lists: "notFoundConnections");

    public static Shape Step { get; } = new(
        texts: "nodeId name", numbers: "version", flags: "canStartWorkflow runAsynchronously", objects: "customProperties metadata", judged: "id type");

    public static Shape StepProperties { get; } = new(flags: "canStartWorkflow runAsynchronously", judged: "phase mergeMode");

    public static Shape Connection { get; } = new(lists: "vertices", judged: "source target");

    public static Shape ConnectionEnd { get; } = new(judged: "activity port");

    public static Shape Variable { get; } = new(flags: "isArray", judged: "id name typeName value");

    public static Shape Input { get; } = new(objects: "memoryReference", judged: "typeName expression");

    public static Shape Expression { get; } = new(judged: "type value");

    /// <summary>Lists what is misspelt or of another kind. What is no object is not ours to tell of.</summary>
    public void Check(JsonPart? part, FaultList faults)
    {
        foreach (var (key, member) in part?.Members ?? new Dictionary<string, JsonPart>())
        {
            if (!_members.TryGetValue(key, out var known))
            {
                continue;
            }

            if (key != known.Name)
            {
                faults.Add(member.Path, $"Nøkkelen skrives {known.Name}, med store og små bokstaver akkurat slik.");
            }
            else if (known.Kind.Length > 0 && member.Kind != JsonValueKind.Null && NounOf(member) != known.Kind)
            {
                faults.Add(member.Path, $"Under {known.Name} skal det stå {known.Kind}, men det står {member.Noun}.");
            }
        }
    }

    private static string NounOf(JsonPart part) => part.Kind is JsonValueKind.True or JsonValueKind.False ? "true eller false" : part.Noun;
}
