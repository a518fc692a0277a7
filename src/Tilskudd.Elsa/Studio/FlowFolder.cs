using System.Text;
using System.Text.Json.Nodes;
using Tilskudd.Setup;
using Tilskudd.Workflows;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Elsa.Studio;

/// <summary>The workflow folder as Studio works in it: read anew each time, and written one whole file at a time.</summary>
/// <param name="path">The folder.</param>
/// <param name="catalogue">The steps a flow may have.</param>
/// <param name="allowsChange">True where a flow that does something else may be saved under the number it has.</param>
/// <param name="told">Hears, in Norwegian, of each file that is written and of what the folder still lacks.</param>
internal sealed class FlowFolder(string path, StepCatalogue catalogue, bool allowsChange, Action<string> told)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // What Studio lets a flow have, and a flow of ours has not.
    private static readonly string[] Unknown = ["inputs", "outputs", "outcomes"];

    private readonly Lock _saving = new();

    public string Path => path;

    /// <summary>The flows' files that can be opened, by flow and version, and the faults of those that cannot.</summary>
    public (IReadOnlyList<FlowFile> Files, IReadOnlyList<Fault> Faults) Read()
    {
        var files = new List<FlowFile>();
        var faults = new List<Fault>();
        if (!Directory.Exists(path))
        {
            return ([], [new Fault(path, "$", "Mappa finnes ikke lenger.")]);
        }

        // A dot before the last one is a file of words.
        foreach (var file in Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal).Where(file => System.IO.Path.GetFileName(file).Split('.').Length == 2))
        {
            var reading = Read(file);
            faults.AddRange(reading.Faults);
            files.AddRange(reading.Value is { } definition ? [new FlowFile(file, definition)] : []);
        }

        return ([.. files.OrderBy(file => file.Definition.Id, StringComparer.Ordinal).ThenBy(file => file.Definition.Version)], faults);
    }

    /// <summary>Saves what Studio has drawn, where our own reader finds no fault in it.</summary>
    /// <param name="model">The flow, as Studio sends it.</param>
    /// <param name="asNext">True to save a flow that does something else as the flow's next version, in a file of its own.</param>
    /// <returns>The saved version, or every reason why nothing is saved.</returns>
    public (Definition? Saved, IReadOnlyList<string> Refused) Save(JsonObject model, bool asNext)
    {
        lock (_saving)
        {
            var versions = Read().Files.Where(file => Is(model["definitionId"], file.Definition.Id)).ToList();
            var open = versions.Find(file => model["version"] is JsonValue version && version.TryGetValue<int>(out var number) && number == file.Definition.Version);
            if (open is null)
            {
                return (null, [$"Mappa «{path}» har ikke flyten i denne versjonen. Studio åpner og endrer flyter som finnes; en ny flyt begynner som en fil."]);
            }

            string[] unknown = [.. Unknown.Where(key => model[key] is JsonArray { Count: > 0 })];
            if (unknown.Length > 0)
            {
                return (null, [$"En flyt har ikke {string.Join(", ", unknown)} i seg selv; det har stegene. Fjern dem under «Input/output»."]);
            }

            var drawn = Judge(open, model, open.Definition.Version);
            return drawn.Value is not { } same ? (null, Reasons(drawn))
                : same.Hash == open.Definition.Hash || (allowsChange && !asNext) ? Write(open.Path, same, isNew: false)
                : asNext ? SaveNext(open, versions, model)
                : (null,
                [
                    $"Endringen gjør at flyten gjør noe annet enn versjon {same.Version}. Løp kan stå i den, så den ligger fast: trykk «Publish» for å lagre endringen som versjon {versions[^1].Definition.Version + 1}.",
                ]);
        }
    }

    private Reading<Definition> Read(string file)
    {
        var name = System.IO.Path.GetFileName(file);
        try
        {
            return DefinitionReader.Read(File.ReadAllText(file, Utf8), name, catalogue);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return new(null, [new Fault(name, "$", closed is DecoderFallbackException ? "Fila er ikke i UTF-8. Lagre den på nytt som UTF-8." : $"Fila kan ikke leses.{SystemReason.Of(closed)}")]);
        }
    }

    private (Definition? Saved, IReadOnlyList<string> Refused) SaveNext(FlowFile open, List<FlowFile> versions, JsonObject model)
    {
        var reading = Judge(open, model, versions[^1].Definition.Version + 1);
        if (reading.Value is not { } next)
        {
            return (null, Reasons(reading));
        }

        var file = System.IO.Path.Combine(path, $"{DrawnFlow.IdOf(next)}.json");
        return File.Exists(file) ? (null, [$"Fila «{file}» finnes alt, med noe annet i. Flytt den og prøv igjen."]) : Write(file, next, isNew: true);
    }

    private Reading<Definition> Judge(FlowFile open, JsonObject model, int version) =>
        DefinitionReader.Read(DrawnFlow.FromStudio(open.Definition, model, version, catalogue), System.IO.Path.GetFileName(open.Path), catalogue);

    // Beside the file first, so that a half-written flow never stands in its place.
    private (Definition? Saved, IReadOnlyList<string> Refused) Write(string file, Definition definition, bool isNew)
    {
        var beside = file + ".part";
        try
        {
            File.WriteAllText(beside, definition.Json, Utf8);
            File.Move(beside, file, overwrite: !isNew);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return (null, [$"Fila «{file}» kan ikke skrives.{SystemReason.Of(closed)}"]);
        }

        told($"Lagret {definition.Id} versjon {definition.Version} i «{file}».");
        foreach (var fault in DefinitionFolder.Read(path, catalogue).Faults)
        {
            told($"Gjenstår: {fault}");
        }

        return (definition, []);
    }

    private static string[] Reasons(Reading<Definition> reading) => [.. reading.Faults.Select(fault => $"{fault.Path}: {fault.Message}")];

    private static bool Is(JsonNode? node, string text) => node is JsonValue value && value.TryGetValue<string>(out var other) && other == text;
}

/// <summary>A file of the workflow folder, and the flow that was read from it.</summary>
internal sealed record FlowFile(string Path, Definition Definition);
