using System.Text.Json;
using System.Text.Json.Nodes;
using Tilskudd.Tests.House;

namespace Tilskudd.Tests.Runs;

/// <summary>The flows as they are shipped, but for the plan's, which is a version 3 without the internal review. The file of version 2 is gone.</summary>
internal static class NewerFlow
{
    private const string Gone = "review-plan";

    private static readonly JsonSerializerOptions _written = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The folder, made below another.</returns>
    public static string In(string folder)
    {
        var made = Directory.CreateDirectory(Path.Combine(folder, "workflows")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "workflows"), "*.json"))
        {
            File.Copy(file, Path.Combine(made, Path.GetFileName(file)), overwrite: true);
        }

        Edit(Path.Combine(made, "handlingsplan.json"), WithoutReview);
        foreach (var language in new[] { "nb", "nn", "en" })
        {
            Edit(Path.Combine(made, $"handlingsplan.{language}.json"), words => words["steps"]!.AsObject().Remove(Gone));
        }

        return made;
    }

    private static void WithoutReview(JsonNode flow)
    {
        flow["version"] = 3;
        flow["id"] = "handlingsplan-3";
        var activities = flow["root"]!["activities"]!.AsArray();
        activities.Remove(activities.Single(each => (string)each!["id"]! == Gone));
        var connections = flow["root"]!["connections"]!.AsArray();
        foreach (var way in connections.Where(each => (string)each!["source"]!["activity"]! == Gone).ToArray())
        {
            connections.Remove(way);
        }

        foreach (var way in connections.Where(each => (string)each!["target"]!["activity"]! == Gone))
        {
            way!["target"]!["activity"] = "ask-internal-body";
        }
    }

    private static void Edit(string file, Action<JsonNode> edit)
    {
        var read = JsonNode.Parse(File.ReadAllText(file))!;
        edit(read);
        File.WriteAllText(file, read.ToJsonString(_written));
    }
}
