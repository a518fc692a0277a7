using System.Text.Json.Nodes;
using Tilskudd.Cycle.Steps;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Tests.Conformance;

/// <summary>The flows of the year as the application ships them, copied beside the tests by the build.</summary>
public static class YearFiles
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "workflows");

    public static Flows Flows { get; } = Read();

    /// <summary>The text of a file in the folder.</summary>
    public static string Text(string file) => File.ReadAllText(Path.Combine(Folder, file));

    public static Definition Flow(string id) => Flows.Newest.Single(definition => definition.Id == id);

    /// <summary>Where each answer leads, read out of the file's text by nothing but a JSON reader: step → its outcomes and where they go.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<(string Outcome, string To)>> Table(Definition definition)
    {
        var root = JsonNode.Parse(definition.Json)!["root"]!;
        var ways = root["connections"]!.AsArray().ToLookup(
            way => (string)way!["source"]!["activity"]!, way => ((string)way!["source"]!["port"]!, (string)way["target"]!["activity"]!));
        return root["activities"]!.AsArray().Select(step => (string)step!["id"]!).ToDictionary(step => step, step => (IReadOnlyList<(string, string)>)[.. ways[step]]);
    }

    private static Flows Read()
    {
        var reading = DefinitionFolder.Read(Folder, CycleSteps.Catalogue);
        return reading.Value ?? throw new InvalidOperationException("The shipped flows are faulty:\n" + string.Join('\n', reading.Faults));
    }
}
