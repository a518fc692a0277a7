namespace Tilskudd.Workflows.Definitions;

/// <summary>
/// Reads the workflow folder: <c>name.json</c> is a definition, <c>flow.nb.json</c> (nn, en) its words. Any fault in any
/// file refuses the whole folder, so the application never starts on half a year.
/// </summary>
public static class DefinitionFolder
{
    /// <summary>The flows with their words, or every fault in every file. Other files than <c>.json</c> are left alone.</summary>
    public static Reading<Flows> Read(string folder, StepCatalogue catalogue)
    {
        if (!Directory.Exists(folder))
        {
            return new(null, [new Fault(folder, "$", "Mappa for flyter finnes ikke. Rett Workflows:Folder i innstillingene.")]);
        }

        var faults = new List<Fault>();
        var files = Files(folder, faults);
        var definitions = Definitions(files, catalogue, faults);
        var words = AllWords(files, definitions, faults);
        if (faults.Count == 0 && definitions.Count == 0)
        {
            faults.Add(new Fault(folder, "$",
                "Mappa har ingen flyter. Legg dem der, eller rett Workflows:Folder i innstillingene."));
        }

        return faults.Count > 0
            ? new(null, faults)
            : new(new Flows([.. InOrder(definitions)], words), []);
    }

    private static IEnumerable<Definition> InOrder(List<DefinitionFile> definitions) => definitions
        .Select(read => read.Definition)
        .OrderBy(definition => definition.Id, StringComparer.Ordinal)
        .ThenBy(definition => definition.Version);

    private static List<WorkflowFile> Files(string folder, List<Fault> faults)
    {
        var files = new List<WorkflowFile>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            var fileFaults = new FaultList(name);
            var words = Path.GetFileNameWithoutExtension(path).Split('.');
            if (name.Contains('/'))
            {
                fileFaults.Add("$", "Fila ligger i en undermappe. Legg den rett i mappa for flyter.");
            }
            else if (words.Length > 2 || (words.Length == 2 && !Words.Languages.Contains(words[1])))
            {
                fileFaults.Add("$",
                    $"Filnavnet passer ikke. En flyt heter flyt.json, og ordene flyt.språk.json med språk "
                    + $"{string.Join(", ", Words.Languages)}.");
            }
            else
            {
                files.Add(new WorkflowFile(name, words[0], words.Length == 2 ? words[1] : null, Text(path, fileFaults)));
            }

            faults.AddRange(fileFaults.All);
        }

        return files;
    }

    private static string? Text(string path, FaultList faults)
    {
        try
        {
            // Asked before it is read, so that a file of gigabytes costs nothing. A byte order mark is three bytes.
            if (new FileInfo(path).Length > JsonText.Largest + 3)
            {
                JsonText.AddTooLarge("$", faults);
                return null;
            }

            return JsonText.Decode(File.ReadAllBytes(path), faults);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            faults.Add("$", "Fila kan ikke åpnes. Se etter at programmet har lov til å lese den.");
            return null;
        }
    }

    private static List<DefinitionFile> Definitions(List<WorkflowFile> files, StepCatalogue catalogue, List<Fault> faults)
    {
        var read = new List<DefinitionFile>();
        foreach (var file in files.Where(file => file.Language is null))
        {
            var reading = file.Json is null ? null : DefinitionReader.Read(file.Json, file.Name, catalogue);
            faults.AddRange(reading?.Faults ?? []);
            if (reading?.Value is not { } definition)
            {
                continue;
            }

            var same = read.Find(other => (other.Definition.Id, other.Definition.Version) == (definition.Id, definition.Version));
            if (same is not null)
            {
                faults.Add(new Fault(file.Name, "$.version",
                    $"{same.Name} er allerede {definition.Id} versjon {definition.Version}. Gi den nye fila neste nummer."));
            }

            read.Add(new DefinitionFile(file.Name, definition));
        }

        return read;
    }

    private static List<Words> AllWords(List<WorkflowFile> files, List<DefinitionFile> definitions, List<Fault> faults)
    {
        var words = new List<Words>();
        var everyDefinitionIsGood = definitions.Count == files.Count(file => file.Language is null);
        foreach (var file in files.Where(file => file is { Language: not null, Json: not null }))
        {
            var versions = definitions.Select(read => read.Definition).Where(definition => definition.Id == file.Flow).ToList();
            if (versions.Count > 0)
            {
                var reading = WordsReader.Read(file.Json!, file.Name, file.Language!, versions);
                faults.AddRange(reading.Faults);
                words.AddRange(reading.Value is { } good ? [good] : []);
            }
            else if (everyDefinitionIsGood)
            {
                faults.Add(new Fault(file.Name, "$",
                    $"Ingen flyt har definitionId {Suggestion.Quote(file.Flow)}. "
                    + $"{Suggestion.For(file.Flow, definitions.Select(read => read.Definition.Id).Distinct())}"));
            }
        }

        foreach (var flow in definitions.Select(read => read.Definition.Id).Distinct())
        {
            faults.AddRange(Words.Languages
                .Where(language => !files.Exists(file => file.Flow == flow && file.Language == language))
                .Select(language => new Fault($"{flow}.{language}.json", "$",
                    $"Flyten {Suggestion.Quote(flow)} mangler ord på {language}. Lag fila; alle språk må være hele.")));
        }

        return words;
    }

    /// <summary>
    /// A file by its name: <c>Language</c> is null for a definition, <c>Json</c> is null when the text could not be read.
    /// </summary>
    private sealed record WorkflowFile(string Name, string Flow, string? Language, string? Json);

    private sealed record DefinitionFile(string Name, Definition Definition);
}
