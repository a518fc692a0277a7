using System.Text.Json.Nodes;
using Tilskudd.Elsa.Engine;
using Tilskudd.Workflows;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Elsa.Studio;

/// <summary>
/// A flow on its way between our file and Studio's drawing. Studio has no field for a step's id or its phase, so on the way out the id
/// stands as the step's name and the phase as an input, and on the way in they go back to their places.
/// </summary>
internal static class DrawnFlow
{
    /// <summary>The input a step's phase is shown as. No step class has one of this name.</summary>
    public const string Phase = "phase";

    private static readonly string[] Frame = ["id", "nodeId", "type", "version", "name", "customProperties", "metadata"];

    /// <summary>What Studio opens.</summary>
    /// <param name="definition">Read from a file, and good.</param>
    /// <param name="isLatest">False where a later version of the flow has a file; Studio then lets it be looked at and no more.</param>
    public static JsonObject ForStudio(Definition definition, bool isLatest)
    {
        var flow = JsonNode.Parse(definition.Json)!.AsObject();
        flow["id"] = IdOf(definition);
        flow["isLatest"] = isLatest;
        flow["isPublished"] = true;
        flow["materializerName"] = "Json";
        flow["links"] = new JsonArray(new JsonObject
        {
            ["href"] = $"/workflow-definitions/{definition.Id}/publish",
            ["rel"] = "publish",
            ["method"] = "POST",
        });
        foreach (var step in flow["root"]!["activities"]!.AsArray().OfType<JsonObject>())
        {
            var custom = step["customProperties"]!.AsObject();
            step["name"] = step["id"]!.DeepClone();
            step[Phase] = Wrapped("String", "Literal", custom[Phase]!.DeepClone());
            custom.Remove(Phase);
        }

        return flow;
    }

    /// <summary>What Studio lists among a flow's versions.</summary>
    public static JsonObject Summary(Definition definition, bool isLatest) => new()
    {
        ["id"] = IdOf(definition),
        ["definitionId"] = definition.Id,
        ["name"] = definition.Name,
        ["version"] = definition.Version,
        ["isLatest"] = isLatest,
        ["isPublished"] = true,
        ["materializerName"] = "Json",
    };

    public static string IdOf(Definition definition) => $"{definition.Id}-{definition.Version}";

    /// <summary>The file's text with Studio's drawing in it. It may be full of faults: it is our reader that judges it.</summary>
    /// <param name="file">The version the drawing began as.</param>
    /// <param name="model">What Studio sends.</param>
    /// <param name="version">The number the text gets.</param>
    /// <param name="catalogue">The steps, for the order of their inputs.</param>
    public static string FromStudio(Definition file, JsonObject model, int version, StepCatalogue catalogue)
    {
        var old = JsonNode.Parse(file.Json)!.AsObject();
        var flow = new JsonObject();
        foreach (var (key, value) in old)
        {
            flow[key] = key switch
            {
                "id" when version != file.Version => $"{file.Id}-{version}",
                "version" => version,
                "name" => Text(model["name"]) is { Length: > 0 } name ? name : value?.DeepClone(),
                "description" => null,
                "variables" => Variables(model["variables"]),
                "customProperties" => (model["customProperties"] as JsonObject ?? value)?.DeepClone(),
                "root" => Root(model["root"], value!.AsObject(), catalogue),
                _ => value?.DeepClone(),
            };
            if (key == "name" && Text(model["description"]) is { Length: > 0 } description)
            {
                flow["description"] = description;
            }
        }

        if (flow["description"] is null)
        {
            flow.Remove("description");
        }

        return FlowText.Of(flow);
    }

    private static JsonArray Variables(JsonNode? list) =>
        [.. Items(list).Select(each => each is JsonObject variable ? Clean(variable, ["id", "name", "typeName", "isArray", "value"]) : each?.DeepClone())];

    private static JsonNode? Root(JsonNode? drawn, JsonObject old, StepCatalogue catalogue)
    {
        if (drawn is not JsonObject root)
        {
            return drawn?.DeepClone();
        }

        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var steps = Items(root["activities"]).Select(step => Step(step, old, catalogue, ids)).ToList();
        var connections = Items(root["connections"]).Select(connection => Connection(connection, ids)).ToList();
        var whole = new JsonObject();
        foreach (var (key, value) in old)
        {
            whole[key] = key switch
            {
                "activities" => new JsonArray([.. InOrder(steps, Items(old["activities"]), step => Text(Member(step, "id")))]),
                "connections" => new JsonArray([.. InOrder(connections, Items(old["connections"]), Ends)]),
                _ => (root[key] ?? value)?.DeepClone(),
            };
        }

        // Studio keeps more about a drawing than a file of ours holds. What our reader would refuse goes along, to be refused.
        foreach (var (key, value) in root.Where(member => !whole.ContainsKey(member.Key)))
        {
            if (key == "start" || (key == "variables" && value is JsonArray { Count: > 0 }) || (key == "customProperties" && Member(value, "notFoundConnections") is JsonArray { Count: > 0 }))
            {
                whole[key] = value?.DeepClone();
            }
        }

        return whole;
    }

    private static JsonNode? Step(JsonNode? drawn, JsonObject oldRoot, StepCatalogue catalogue, Dictionary<string, string> ids)
    {
        if (drawn is not JsonObject step)
        {
            return drawn?.DeepClone();
        }

        var drawnId = Text(step["id"]) ?? "";
        var id = Text(step["name"]) is { Length: > 0 } name ? name : drawnId;
        ids[drawnId] = id;
        var old = Items(oldRoot["activities"]).OfType<JsonObject>().FirstOrDefault(other => Text(other["id"]) == id);
        var type = catalogue.Find(Text(step["type"]) ?? "");
        var written = new JsonObject
        {
            ["id"] = id,
            ["nodeId"] = old?["nodeId"]?.DeepClone() ?? $"{Text(oldRoot["nodeId"])}:{id}",
            ["type"] = step["type"]?.DeepClone(),
            ["version"] = step["version"]?.DeepClone(),
        };
        var order = (old ?? []).Select(member => member.Key).Concat(type?.Inputs.Select(input => input.Name) ?? []).ToList();
        foreach (var (key, value) in step.Where(member => !Frame.Contains(member.Key) && member.Key != Phase).OrderBy(member => Place(order, member.Key)))
        {
            if (Input(value, type?.Inputs.FirstOrDefault(input => input.Name == key)) is { } input)
            {
                written[key] = input;
            }
        }

        var custom = (step["customProperties"] as JsonObject)?.DeepClone().AsObject() ?? [];
        if (Member(Member(step[Phase], "expression"), "value") is { } phase)
        {
            custom[Phase] = phase.DeepClone();
        }

        written["customProperties"] = Clean(custom, [Phase, "canStartWorkflow", "runAsynchronously"], others: true);
        written["metadata"] = Metadata(step["metadata"], Member(old?["metadata"], "designer"));
        return written;
    }

    // Studio writes an input that nobody touched as an expression without a value, and every single value as text.
    private static JsonNode? Input(JsonNode? drawn, StepInput? input)
    {
        if (input is null || Member(drawn, "expression") is not JsonObject expression)
        {
            return drawn?.DeepClone();
        }

        var value = expression["value"];
        if (value is null || Text(value) is "")
        {
            return null;
        }

        return Wrapped(StepActivities.TypeName(input.Kind), Text(expression["type"]) ?? "", Text(expression["type"]) == "Variable" ? value.DeepClone() : Value(value, input.Kind));
    }

    private static JsonNode Value(JsonNode value, InputKind kind)
    {
        var text = Text(value);
        return kind switch
        {
            InputKind.Number when int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) => number,
            InputKind.Flag when bool.TryParse(text, out var flag) => flag,
            InputKind.Numbers or InputKind.Texts when text is not null && List(text, kind) is { } list => list,
            _ => value.DeepClone(),
        };
    }

    private static string? List(string text, InputKind kind)
    {
        try
        {
            return JsonNode.Parse(text) is JsonArray list && list.All(item => item is JsonValue)
                ? FlowText.OnOneLine(new JsonArray([.. list.Select(item => Value(item!, kind == InputKind.Numbers ? InputKind.Number : InputKind.Text))]))
                : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null; // Our reader says what is wrong with it.
        }
    }

    private static JsonNode? Connection(JsonNode? drawn, Dictionary<string, string> ids)
    {
        if (drawn is not JsonObject connection)
        {
            return drawn?.DeepClone();
        }

        var written = new JsonObject { ["source"] = End(connection["source"], ids), ["target"] = End(connection["target"], ids) };
        if (connection["vertices"] is JsonArray { Count: > 0 } bends)
        {
            written["vertices"] = Whole(bends);
        }

        return written;
    }

    private static string Ends(JsonNode connection) => $"{Member(connection, "source")?.ToJsonString()} {Member(connection, "target")?.ToJsonString()}";

    private static JsonNode? End(JsonNode? drawn, Dictionary<string, string> ids) => drawn is JsonObject end
        ? new JsonObject { ["activity"] = Text(end["activity"]) is { } id ? ids.GetValueOrDefault(id, id) : null, ["port"] = end["port"]?.DeepClone() }
        : drawn?.DeepClone();

    // How large a box is, each browser reckons anew from its letters: it is nothing anyone drew.
    private static JsonObject Metadata(JsonNode? drawn, JsonNode? old)
    {
        var metadata = Clean(drawn as JsonObject ?? [], ["designer", "displayText"], others: true);
        if (metadata["designer"] is JsonObject designer)
        {
            var kept = Whole(Clean(designer, ["position"])).AsObject();
            kept["size"] = Member(old, "size")?.DeepClone() ?? new JsonObject { ["width"] = 220, ["height"] = 60 };
            metadata["designer"] = kept;
        }

        return metadata;
    }

    // A drawing stands on whole points, so that a box that was only looked at has not moved.
    private static JsonNode Whole(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, member.Value is { } value ? Whole(value) : null))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Whole(item))]),
        JsonValue number when number.TryGetValue<double>(out var exact) && Math.Abs(exact) < 1e9 => (long)Math.Round(exact),
        _ => node.DeepClone(),
    };

    // The known members first, in this order, and nothing that is empty.
    private static JsonObject Clean(JsonObject drawn, string[] order, bool others = false) => new(drawn
        .Where(member => member.Value is not null && Text(member.Value) is not "" && (others || order.Contains(member.Key)) && !(member.Key == "isArray" && member.Value.GetValueKind() == System.Text.Json.JsonValueKind.False))
        .OrderBy(member => Place(order, member.Key))
        .Select(member => KeyValuePair.Create(member.Key, (JsonNode?)member.Value!.DeepClone())));

    // As they stood in the file, and what is new after them.
    private static IEnumerable<JsonNode?> InOrder(IReadOnlyList<JsonNode?> drawn, IEnumerable<JsonNode?> old, Func<JsonNode, string?> key)
    {
        var order = old.Select(node => node is null ? null : key(node)).ToList();
        return drawn.OrderBy(node => node is null ? int.MaxValue : Place(order, key(node)));
    }

    private static int Place(IReadOnlyList<string?> order, string? key)
    {
        for (var place = 0; place < order.Count; place++)
        {
            if (order[place] == key)
            {
                return place;
            }
        }

        return int.MaxValue;
    }

    private static JsonObject Wrapped(string typeName, string expression, JsonNode? value) => new()
    {
        ["typeName"] = typeName,
        ["expression"] = new JsonObject { ["type"] = expression, ["value"] = value },
    };

    private static IEnumerable<JsonNode?> Items(JsonNode? list) => list as JsonArray ?? [];

    private static JsonNode? Member(JsonNode? node, string key) => (node as JsonObject)?[key];

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
