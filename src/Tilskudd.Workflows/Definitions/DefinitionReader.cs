namespace Tilskudd.Workflows.Definitions;

/// <summary>
/// Reads one flow from a workflow in Elsa 3's JSON, as Elsa Studio exports it. What Elsa would drop or repair in silence
/// (an unknown step, an input without type, a connection to nowhere) is refused here, all faults at once.
/// </summary>
public static class DefinitionReader
{
    private const string Flowchart = "Elsa.Flowchart";

    /// <summary>The definition, or every fault in the text. Does not throw, whatever the text is.</summary>
    /// <param name="json">The file's text; a byte order mark at its start is allowed.</param>
    /// <param name="file">The file's name, for the faults.</param>
    /// <param name="catalogue">The steps and words a file may use.</param>
    public static Reading<Definition> Read(string json, string file, StepCatalogue catalogue)
    {
        var faults = new FaultList(file);
        var whole = JsonText.Read(json, "$", faults);
        if (whole is not { IsObject: true })
        {
            if (whole is not null)
            {
                faults.Add("$", $"En flyt er et objekt, men fila er {whole.Noun}.");
            }

            return faults.Refuse<Definition>();
        }

        var envelope = DefinitionEnvelope.Read(whole, catalogue.Vocabulary, faults);
        var root = RootOf(whole, faults);
        if (root is null)
        {
            return faults.Refuse<Definition>();
        }

        var steps = Steps(root, catalogue, envelope, faults);
        var (start, connections) = Structure(root, steps, faults);
        return faults.Or(() => new Definition(
            envelope,
            start!.Id,
            [.. steps.Select(step => step.ToDefinition())],
            [.. connections.Select(draft => draft.Connection)],
            JsonText.WithoutMark(json)));
    }

    /// <summary>The flow a text with faults says it is of, or null where it does not say.</summary>
    public static string? IdOf(string json) => JsonText.Read(json, "$", new FaultList(""))?["definitionId"] is { IsText: true, Text.Length: > 0 } id ? id.Text : null;

    private static JsonPart? RootOf(JsonPart whole, FaultList faults)
    {
        var root = whole["root"];
        if (root is not { IsObject: true })
        {
            faults.Add("$.root", $"Flyten mangler root, et objekt av typen {Flowchart}.");
            return null;
        }

        if (root["type"]?.Text != Flowchart)
        {
            faults.Add("$.root.type", $"root må være av typen {Flowchart}, men er {Suggestion.Quote(root["type"]?.Text ?? "")}.");
            return null;
        }

        Shape.Root.Check(root, faults);
        Shape.RootProperties.Check(root["customProperties"], faults);
        if (root["variables"] is { Items.Count: > 0 } inner)
        {
            faults.Add(inner.Path, "Variabler hører til flyten, ikke til tegningen. Flytt dem til variables øverst i fila.");
        }

        if (root["customProperties"]?["notFoundConnections"] is { Items.Count: > 0 } lost)
        {
            faults.Add(lost.Path,
                "Studio har satt til side forbindelser til steg som ikke finnes. Koble dem på nytt eller fjern dem.");
        }

        return root;
    }

    private static List<StepDraft> Steps(JsonPart root, StepCatalogue catalogue, DefinitionEnvelope envelope, FaultList faults)
    {
        if (root["activities"] is not { IsList: true, Items.Count: > 0 } activities)
        {
            faults.Add("$.root.activities",
                "Flyten har ingen steg. activities skal være en liste med minst to: ett som venter og ett som avslutter.");
            return [];
        }

        var reader = new StepReader(catalogue, envelope, faults);
        return [.. activities.Items.Select(reader.Read)];
    }

    private static (StepDraft? Start, IReadOnlyList<ConnectionDraft> Connections) Structure(
        JsonPart root, List<StepDraft> steps, FaultList faults)
    {
        var before = faults.Count;
        var byId = new Dictionary<string, StepDraft>(StringComparer.Ordinal);
        foreach (var step in steps.Where(step => step.Id.Length > 0 && !byId.TryAdd(step.Id, step)))
        {
            faults.Add(step.Part.Path + ".id",
                $"Steg-id-en {Suggestion.Quote(step.Id)} er brukt to ganger. Gi hvert steg sin egen.");
        }

        if (steps.Count == 0)
        {
            return (null, []);
        }

        var reader = new ConnectionReader(byId, faults);
        var connections = reader.Read(root["connections"]);
        var graph = new Graph(steps, connections, faults);
        graph.CheckOutcomes(reader.Tried);
        var start = graph.Start(root);
        if (start is not null && faults.Count == before && steps.All(step => step.Type is not null))
        {
            graph.CheckWays(start);
        }

        return (start, connections);
    }
}
