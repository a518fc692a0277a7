using System.Text.Json.Nodes;
using Tilskudd.Cycle.Steps;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Tests.Workflows;

/// <summary>The smallest flow with a loop: someone drafts, someone reviews, and it ends. Tests spoil it in one place at a time.</summary>
internal static class SmallFlow
{
    public const string Json = """
        {
          "definitionId": "small", "version": 1, "name": "Small",
          "variables": [{ "id": "v1", "name": "Leader", "typeName": "String", "isArray": false, "value": "programme-leader" }],
          "customProperties": { "startsOn": "year-opened", "document": "handlingsplan" },
          "root": {
            "id": "Flowchart1", "type": "Elsa.Flowchart",
            "activities": [
              {
                "id": "draft-it", "type": "Tilskudd.Draft",
                "who": { "typeName": "String", "expression": { "type": "Literal", "value": "coordinator" } },
                "task": { "typeName": "String", "expression": { "type": "Literal", "value": "plan" } },
                "deadline": { "typeName": "String", "expression": { "type": "Literal", "value": "plan-draft" } },
                "due": { "typeName": "String", "expression": { "type": "Literal", "value": "Y-1 11-01 12:00" } },
                "remind": { "typeName": "Int32[]", "expression": { "type": "Object", "value": "[10, 5, 1]" } },
                "customProperties": { "phase": "draft", "canStartWorkflow": true }
              },
              {
                "id": "review-it", "type": "Tilskudd.Review",
                "who": { "typeName": "String", "expression": { "type": "Variable", "value": { "id": "v1", "name": "Leader" } } },
                "task": { "typeName": "String", "expression": { "type": "Literal", "value": "plan" } },
                "deadline": { "typeName": "String", "expression": { "type": "Literal", "value": "plan-review" } },
                "due": { "typeName": "String", "expression": { "type": "Literal", "value": "+10 workdays" } },
                "customProperties": { "phase": "review" }
              },
              {
                "id": "end-it", "type": "Tilskudd.Close",
                "as": { "typeName": "String", "expression": { "type": "Literal", "value": "approved" } },
                "customProperties": { "phase": "decision" }
              }
            ],
            "connections": [
              { "source": { "activity": "draft-it", "port": "Done" }, "target": { "activity": "review-it", "port": "In" } },
              { "source": { "activity": "review-it", "port": "Accepted" }, "target": { "activity": "end-it", "port": "In" } },
              { "source": { "activity": "review-it", "port": "Returned" }, "target": { "activity": "draft-it", "port": "In" } }
            ]
          }
        }
        """;

    public const string Words = """
        {
          "title": "Liten flyt",
          "phases": { "draft": "Utkast", "review": "Gjennomgang", "decision": "Godkjenning" },
          "steps": {
            "draft-it": { "name": "Utkast", "task": "Skriv planen.", "outcomes": { "Done": "Send" } },
            "review-it": { "name": "Gjennomgang", "task": "Les planen.", "outcomes": { "Accepted": "Godta", "Returned": "Send tilbake" } },
            "end-it": { "name": "Ferdig" }
          },
          "states": { "approved": "Godkjent" }
        }
        """;

    public static Reading<Definition> Read(string json) => DefinitionReader.Read(json, "small.json", CycleSteps.Catalogue);

    /// <summary>The flow with one thing changed.</summary>
    public static Reading<Definition> With(Action<JsonNode> edit) => Read(Edited(Json, edit));

    public static string Edited(string json, Action<JsonNode> edit)
    {
        var node = JsonNode.Parse(json)!;
        edit(node);
        return node.ToJsonString();
    }

    public static JsonNode Activity(this JsonNode flow, int index) => flow["root"]!["activities"]![index]!;

    public static JsonNode Connection(this JsonNode flow, int index) => flow["root"]!["connections"]![index]!;

    public static void Connect(this JsonNode flow, string from, string outcome, string to)
        => flow["root"]!["connections"]!.AsArray().Add(new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = from, ["port"] = outcome },
            ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
        });

    public static JsonObject Literal(string value) => Input("String", "Literal", value);

    public static JsonObject Input(string typeName, string type, JsonNode? value) => new()
    {
        ["typeName"] = typeName,
        ["expression"] = new JsonObject { ["type"] = type, ["value"] = value },
    };

    /// <summary>Asserts that the reading is refused, with a fault at the path that says the words.</summary>
    public static void AssertFault(Reading<Definition> reading, string path, string words)
    {
        Assert.Null(reading.Value);
        Assert.Contains(reading.Faults, fault => fault.File == "small.json" && fault.Path == path && fault.Message.Contains(words, StringComparison.Ordinal));
    }

    /// <summary>Asserts that the one thing wrong is at the path and says the words.</summary>
    public static void AssertOnlyFault(Reading<Definition> reading, string path, string words)
    {
        AssertFault(reading, path, words);
        Assert.Single(reading.Faults);
    }
}
