using System.Text.Json.Nodes;
using Tilskudd.Tests.Conformance;

namespace Tilskudd.Tests.Workflows;

/// <summary>A published version is known by its hash: behaviour changes it, looks do not.</summary>
public sealed class BehaviourHashTests
{
    public static TheoryData<string, Action<JsonNode>> Looks => new()
    {
        { "name", flow => flow["name"] = "Another name" },
        { "dates and tools", flow => { flow["createdAt"] = "2026-01-01T00:00:00Z"; flow["toolVersion"] = "3.8.0"; } },
        { "a box moved", flow => flow.Activity(0)["metadata"] = JsonNode.Parse("""{ "designer": { "position": { "x": 1, "y": 2 } }, "displayText": "Utkast" }""") },
        { "steps in another order", flow => flow["root"]!["activities"] = new JsonArray([.. flow["root"]!["activities"]!.AsArray().Reverse().Select(each => each!.DeepClone())]) },
        { "connections in another order", flow => flow["root"]!["connections"] = new JsonArray([.. flow["root"]!["connections"]!.AsArray().Reverse().Select(each => each!.DeepClone())]) },
        { "a bend on a line", flow => flow.Connection(0)["vertices"] = new JsonArray(1, 2) },
        { "the list written closer", flow => flow.Activity(0)["remind"]!["expression"]!["value"] = "[10,5,1]" },
        { "a literal for the same variable", flow => flow.Activity(1)["who"] = SmallFlow.Literal("programme-leader") },
    };

    public static TheoryData<string, Action<JsonNode>> Behaviour => new()
    {
        { "id", flow => flow["definitionId"] = "smaller" },
        { "version", flow => flow["version"] = 2 },
        { "who", flow => flow.Activity(0)["who"] = SmallFlow.Literal("secretary") },
        { "due", flow => flow.Activity(0)["due"] = SmallFlow.Literal("Y-1 11-02 12:00") },
        { "reminders", flow => flow.Activity(0)["remind"]!["expression"]!["value"] = "[10, 5, 2]" },
        { "phase", flow => flow.Activity(0)["customProperties"]!["phase"] = "frame" },
        { "variable", flow => flow["variables"]![0]!["value"] = "secretary" },
        { "outcomes swapped", flow => { flow.Connection(1)["target"]!["activity"] = "draft-it"; flow.Connection(2)["target"]!["activity"] = "end-it"; } },
        { "start", flow => { flow.Activity(0)["customProperties"]!["canStartWorkflow"] = false; flow.Activity(1)["customProperties"]!["canStartWorkflow"] = true; } },
        { "a step's id", flow =>
        {
            flow.Activity(2)["id"] = "end-this";
            flow.Connection(1)["target"]!["activity"] = "end-this";
        } },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public void What_only_looks_different_has_the_same_hash(string what, Action<JsonNode> edit)
    {
        var before = SmallFlow.Read(SmallFlow.Json).Value!.Hash;

        var after = SmallFlow.With(edit).Value!.Hash;

        Assert.True(before == after, what);
    }

    [Theory]
    [MemberData(nameof(Behaviour))]
    public void What_acts_differently_has_another_hash(string what, Action<JsonNode> edit)
    {
        var before = SmallFlow.Read(SmallFlow.Json).Value!.Hash;

        var after = SmallFlow.With(edit).Value!.Hash;

        Assert.True(before != after, what);
    }

    [Fact]
    public void What_a_flow_is_about_and_what_starts_it_are_of_its_behaviour()
    {
        string[] hashes = [Waits("year-opened", "handlingsplan"), Waits("year-opened", "evaluation"), Waits("evaluation-due", "evaluation")];

        Assert.Distinct(hashes);

        // A flow of nothing but waiting can be about anything.
        static string Waits(string startsOn, string document) => SmallFlow.With(flow =>
        {
            flow["customProperties"] = new JsonObject { ["startsOn"] = startsOn, ["document"] = document };
            flow.Activity(0)["type"] = "Tilskudd.WaitUntil";
            flow.Activity(0).AsObject().Remove("task");
            flow["root"]!["activities"]!.AsArray().RemoveAt(1);
            flow["root"]!["connections"] = new JsonArray();
            flow.Connect("draft-it", "Reached", "end-it");
        }).Value!.Hash;
    }

    [Fact]
    public void The_hash_is_sha_256_of_sorted_json_without_spaces()
    {
        const string Canonical =
            """{"connections":[{"from":"draft-it","outcome":"Done","to":"review-it"},{"from":"review-it","outcome":"Accepted","to":"end-it"},"""
            + """{"from":"review-it","outcome":"Returned","to":"draft-it"}],"document":"handlingsplan","id":"small","start":"draft-it","startsOn":"year-opened","steps":["""
            + """{"id":"draft-it","inputs":{"deadline":"plan-draft","due":"Y-1 11-01 12:00","remind":"[10,5,1]","task":"plan","who":"coordinator"},"phase":"draft","type":"Tilskudd.Draft"},"""
            + """{"id":"end-it","inputs":{"as":"approved"},"phase":"decision","type":"Tilskudd.Close"},"""
            + """{"id":"review-it","inputs":{"deadline":"plan-review","due":"+10 workdays","task":"plan","who":"programme-leader"},"phase":"review","type":"Tilskudd.Review"}],"variables":"""
            + """{"Leader":"programme-leader"},"version":1}""";

        var hash = SmallFlow.Read(SmallFlow.Json).Value!.Hash;

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Canonical))), hash);
    }

    [Fact]
    public void No_two_shipped_flows_have_the_same_hash()
    {
        var hashes = YearFiles.Flows.Definitions.Select(definition => definition.Hash).ToList();

        Assert.Distinct(hashes);
        Assert.All(hashes, hash => Assert.Matches("^[0-9a-f]{64}$", hash));
    }
}
