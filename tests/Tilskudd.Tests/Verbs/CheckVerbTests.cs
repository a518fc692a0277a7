using System.Text;
using System.Text.Json.Nodes;
using Tilskudd.Tests.Conformance;
using Tilskudd.Verbs;

namespace Tilskudd.Tests.Verbs;

public sealed class CheckVerbTests : IDisposable
{
    private const string Flow = "handlingsplan.json";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("check-");

    private string Flows => Path.Combine(_folder.FullName, "workflows");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_shipped_flows_are_told_to_be_in_order()
    {
        var (status, output, error) = await Run(_ => { });

        Assert.Equal((0, ""), (status, output));
        Assert.Contains("5 flyter med ord på nb, nn, en er i orden", error, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Spoilt => new()
    {
        { "two starts", "$.root.activities[1]: Både" },
        { "no start", "$.root.activities: Ingen steg er merket som start" },
        { "an unreachable step", "$.root.activities[12]: Ingen vei fører til" },
        { "a step without exit", "$.root.activities[0]: Fra 'set-frame' fører ingenting videre" },
        { "an unknown outcome", "$.root.connections[0].source.port: " },
        { "an outcome in other letters", "$.root.connections[0].source.port: " },
        { "a step id twice", "$.root.activities[12].id: " },
        { "a key twice", "$.version: Nøkkelen 'version' står to ganger" },
        { "a type key", "$.$type: Nøkkelen '$type' er ikke tillatt" },
        { "a prototype key", "$.root.activities[0].__proto__: " },
        { "code", "$.root.activities[0].who.expression.type: Uttrykk av typen 'JavaScript' er ikke tillatt" },
        { "a wrong type name", "$.root.activities[0].who.typeName: who er av typen String" },
        { "a negative rung", "$.root.activities[0].remind: Et trinn kan være fra 0 til 400" },
        { "too many rungs", "$.root.activities[0].remind: Stigen har 11 trinn" },
        { "a due rule of days zero", "$.root.activities[0].due: " },
        { "flat connections", "$.root.connections[0]" },
        { "ten thousand levels", "$" },
        { "fifty megabytes", "$: Fila er større enn" },
        { "half a file", "$" },
    };

    [Theory]
    [MemberData(nameof(Spoilt))]
    public async Task A_spoilt_flow_is_refused_with_its_file_and_place(string how, string told)
    {
        var (status, output, error) = await Run(path => File.WriteAllText(path, Spoil(how, File.ReadAllText(path))));

        Assert.Equal((1, ""), (status, output));
        Assert.Contains($"{Path.Combine(Flows, Flow)}: {told}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_of_every_file_is_listed_at_once()
    {
        var (status, _, error) = await Run(path =>
        {
            File.WriteAllText(path, Spoil("code", Spoil("two starts", File.ReadAllText(path))));
            File.Copy(Path.Combine(Flows, "rapport.json"), Path.Combine(Flows, "annen.json"));
            File.Delete(Path.Combine(Flows, "tilskudd.en.json"));
            var words = JsonNode.Parse(File.ReadAllText(Path.Combine(Flows, "tilskudd.nn.json")))!;
            words["steps"]!.AsObject()["no-such-step"] = new JsonObject();
            words["states"]!.AsObject().Remove("ended");
            File.WriteAllText(Path.Combine(Flows, "tilskudd.nn.json"), words.ToJsonString());
        });

        Assert.Equal(1, status);
        Assert.All(
            ["$.root.activities[1]", "$.root.activities[0].who.expression.type", "$.version: annen.json er allerede rapport versjon 3", "tilskudd.en.json", "$.steps.no-such-step", "$.states.ended"],
            each => Assert.Contains(each, error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_byte_order_mark_does_no_harm()
    {
        var (status, _, _) = await Run(path => File.WriteAllText(path, File.ReadAllText(path), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)));

        Assert.Equal(0, status);
    }

    private static string Spoil(string how, string json)
    {
        switch (how)
        {
            case "a key twice":
                return json.Replace(",\n  \"isLatest\"", ",\n  \"version\": 1,\n  \"isLatest\"", StringComparison.Ordinal);
            case "ten thousand levels":
                return new string('[', 10_000) + new string(']', 10_000);
            case "fifty megabytes":
                return json + new string(' ', 50_000_000);
            case "half a file":
                return json[..(json.Length / 2)];
            default:
                var flow = JsonNode.Parse(json)!;
                Spoil(how, flow, flow["root"]!["activities"]!.AsArray(), flow["root"]!["connections"]!.AsArray());
                return flow.ToJsonString();
        }
    }

    private static void Spoil(string how, JsonNode flow, JsonArray steps, JsonArray ways)
    {
        var first = steps[0]!.AsObject();
        switch (how)
        {
            case "two starts":
                steps[1]!["customProperties"]!["canStartWorkflow"] = true;
                break;
            case "no start":
                first["customProperties"]!["canStartWorkflow"] = false;
                break;
            case "an unreachable step":
                var lost = steps[1]!.DeepClone();
                lost["id"] = "lost-step";
                steps.Add(lost);
                var way = ways.Single(each => (string)each!["source"]!["activity"]! == (string)steps[1]!["id"]!)!.DeepClone();
                way["source"]!["activity"] = "lost-step";
                ways.Add(way);
                break;
            case "a step without exit":
                ways.Remove(ways.Single(each => (string)each!["source"]!["activity"]! == "set-frame"));
                break;
            case "an unknown outcome":
                ways[0]!["source"]!["port"] = "Sent";
                break;
            case "an outcome in other letters":
                ways[0]!["source"]!["port"] = "done";
                break;
            case "a step id twice":
                steps.Add(steps[1]!.DeepClone());
                break;
            case "a type key":
                flow["$type"] = "System.Diagnostics.Process, System";
                break;
            case "a prototype key":
                first["__proto__"] = new JsonObject();
                break;
            case "code":
                first["who"]!["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "System.IO.File.Delete('x')" };
                break;
            case "a wrong type name":
                first["who"]!["typeName"] = "Int32";
                break;
            case "a negative rung":
                first["remind"]!["expression"]!["value"] = "[-1]";
                break;
            case "too many rungs":
                first["remind"]!["expression"]!["value"] = "[1,2,3,4,5,6,7,8,9,10,11]";
                break;
            case "a due rule of days zero":
                first["due"]!["expression"]!["value"] = "D-0";
                break;
            case "flat connections":
                flow["root"]!["connections"] = new JsonArray(new JsonObject { ["source"] = "set-frame", ["target"] = "write-plan", ["sourcePort"] = "Done", ["targetPort"] = "In" });
                break;
            default:
                throw new ArgumentException($"Nobody knows how to spoil a flow by {how}.", nameof(how));
        }
    }

    private async Task<(int Status, string Output, string Error)> Run(Action<string> spoil)
    {
        Directory.CreateDirectory(Flows);
        foreach (var file in Directory.EnumerateFiles(YearFiles.Folder, "*.json"))
        {
            File.Copy(file, Path.Combine(Flows, Path.GetFileName(file)));
        }

        spoil(Path.Combine(Flows, Flow));
        using var output = new StringWriter();
        using var error = new StringWriter();
        var status = await CommandLine.Run(
            ["check", "--Workflows:Folder", Flows, "--Data:Folder", _folder.FullName, "--Database:Connection", $"Data Source={Path.Combine(_folder.FullName, "ingen.db")}"],
            new Terminal(output, error, IsInteractive: false), [Check.Verb]);
        return (status, output.ToString(), error.ToString());
    }
}
