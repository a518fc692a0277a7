using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tilskudd.Elsa.Studio;

/// <summary>The few addresses of Elsa's API that Studio's editor asks for. Every other address of it is not found.</summary>
internal static class StudioAnswers
{
    public const string Root = "/elsa/api";

    public static void Map(WebApplication app, FlowFolder folder, StudioSteps steps)
    {
        var answers = app.MapGroup(Root);
        answers.MapGet("/descriptors/activities", () => List([.. steps.Steps]));
        answers.MapGet("/descriptors/expression-descriptors", () => List([.. StudioSteps.Expressions]));
        answers.MapGet("/descriptors/variables", () => List([.. StudioSteps.VariableTypes]));

        // What the rest of Elsa has to choose among, our flows have no choice of.
        foreach (var none in new[]
        {
            "/descriptors/storage-drivers", "/descriptors/incident-strategies", "/descriptors/commit-strategies/workflows", "/descriptors/commit-strategies/activities",
            "/descriptors/log-persistence-strategies", "/descriptors/workflow-activation-strategies", "/features/installed",
        })
        {
            answers.MapGet(none, () => List([]));
        }

        answers.MapGet("/workflow-definitions", (HttpRequest request) => Versions(folder, request.Query["definitionIds"].ToString()));
        answers.MapGet("/workflow-definitions/by-definition-id/{id}", (string id, string? versionOptions) =>
            Flow(folder, file => file.Definition.Id == id && (!int.TryParse(versionOptions, CultureInfo.InvariantCulture, out var version) || version == file.Definition.Version)));
        answers.MapGet("/workflow-definitions/by-id/{id}", (string id) => Flow(folder, file => DrawnFlow.IdOf(file.Definition) == id));
        answers.MapPost("/workflow-definitions", (HttpRequest request) => Save(folder, request));
    }

    private static IResult List(JsonArray items) => Results.Json(new JsonObject { ["items"] = items, ["count"] = items.Count, ["totalCount"] = items.Count });

    private static IResult Versions(FlowFolder folder, string id)
    {
        var versions = folder.Read().Files.Where(file => file.Definition.Id == id).Select(file => file.Definition).Reverse().ToList();
        return List([.. versions.Select((version, place) => DrawnFlow.Summary(version, isLatest: place == 0))]);
    }

    private static IResult Flow(FlowFolder folder, Func<FlowFile, bool> asked)
    {
        var files = folder.Read().Files;
        return files.LastOrDefault(asked) is { } found
            ? Results.Json(DrawnFlow.ForStudio(found.Definition, isLatest: found == files.Last(file => file.Definition.Id == found.Definition.Id)))
            : Results.NotFound();
    }

    private static async Task<IResult> Save(FlowFolder folder, HttpRequest request)
    {
        JsonObject? asked;
        try
        {
            asked = await JsonNode.ParseAsync(request.Body, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }, cancellationToken: request.HttpContext.RequestAborted) as JsonObject;
        }
        catch (JsonException broken)
        {
            return Refused([$"Det som kom fra Studio, er ikke gyldig JSON, i linje {broken.LineNumber + 1}."]);
        }

        if (asked?["model"] is not JsonObject model)
        {
            return Refused(["Det som kom fra Studio, har ingen flyt i seg."]);
        }

        var (saved, refused) = folder.Save(model, asNext: asked["publish"] is JsonValue publish && publish.GetValueKind() == JsonValueKind.True);
        return saved is null
            ? Refused(refused)
            : Results.Json(new JsonObject { ["workflowDefinition"] = DrawnFlow.ForStudio(saved, isLatest: true), ["alreadyPublished"] = false, ["consumingWorkflowCount"] = 0 });
    }

    // The form in which Studio shows what it is told, each sentence for itself.
    private static IResult Refused(IReadOnlyList<string> reasons) => Results.Json(
        new JsonObject { ["title"] = "Ikke lagret", ["status"] = StatusCodes.Status400BadRequest, ["errors"] = new JsonObject { ["flow"] = new JsonArray([.. reasons.Select(reason => (JsonNode)reason)]) } },
        contentType: "application/problem+json", statusCode: StatusCodes.Status400BadRequest);
}
