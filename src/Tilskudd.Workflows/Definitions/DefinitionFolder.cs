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
            return new(null,
            [
                new Fault(folder, "$", File.Exists(folder)
                    ? "Dette er en fil og ikke mappa for flyter. Rett Workflows:Folder i innstillingene."
                    : "Mappa for flyter finnes ikke. Rett Workflows:Folder i innstillingene."),
            ]);
        }

        var faults = new List<Fault>();
        var files = Files(folder, faults);
        var bad = new List<BadFile>();
        var definitions = Definitions(files, catalogue, bad, faults);
        var words = AllWords(files, definitions, bad, faults);
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
        foreach (var entry in Entries(folder, folder, faults))
        {
            var name = NameOf(folder, entry);
            if (entry is DirectoryInfo)
            {
                RefuseBelow(folder, entry, faults);
                continue;
            }

            if (!IsJson(entry))
            {
                continue;
            }

            var fileFaults = new FaultList(name);
            var words = Path.GetFileNameWithoutExtension(entry.Name).Split('.');
            if (!name.EndsWith(".json", StringComparison.Ordinal) || words.Length > 2 || (words.Length == 2 && !Words.Languages.Contains(words[1])))
            {
                fileFaults.Add("$",
                    $"Filnavnet passer ikke. En flyt heter flyt.json, og ordene flyt.språk.json med språk "
                    + $"{string.Join(", ", Words.Languages)}.");
            }
            else
            {
                files.Add(new WorkflowFile(name, words[0], words.Length == 2 ? words[1] : null, Text(entry.FullName, fileFaults)));
            }

            faults.AddRange(fileFaults.All);
        }

        return files;
    }

    // Flows in a folder below are told of and not read. A folder whose name begins with a dot is another program's, as where a platform lays out files as links.
    private static void RefuseBelow(string folder, FileSystemInfo below, List<Fault> faults)
    {
        if (below.Name.StartsWith('.'))
        {
            return;
        }

        if (IsJson(below))
        {
            faults.Add(new Fault(NameOf(folder, below), "$", "Dette er en mappe, men heter som en flyt. Legg fila rett i mappa for flyter."));
        }

        // A link may lead anywhere, back here too.
        if (below.LinkTarget is not null)
        {
            faults.Add(new Fault(NameOf(folder, below), "$", "Dette er en lenke til en mappe, og den følges ikke. Legg filene rett i mappa for flyter."));
            return;
        }

        foreach (var entry in Entries(folder, below.FullName, faults))
        {
            if (entry is DirectoryInfo)
            {
                RefuseBelow(folder, entry, faults);
            }
            else if (IsJson(entry))
            {
                faults.Add(new Fault(NameOf(folder, entry), "$", "Fila ligger i en undermappe. Legg den rett i mappa for flyter."));
            }
        }
    }

    private static IEnumerable<FileSystemInfo> Entries(string folder, string path, List<Fault> faults)
    {
        try
        {
            return [.. new DirectoryInfo(path).EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            faults.Add(new Fault(path == folder ? folder : NameOf(folder, new DirectoryInfo(path)), "$", "Mappa kan ikke åpnes. Se etter at programmet har lov til å lese den."));
            return [];
        }
    }

    private static bool IsJson(FileSystemInfo entry) => entry.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    // A name can hold what a terminal takes as orders.
    private static string NameOf(string folder, FileSystemInfo entry) => Suggestion.Line(Path.GetRelativePath(folder, entry.FullName).Replace('\\', '/'));

    private static string? Text(string path, FaultList faults)
    {
        try
        {
            // A link has a length of its own.
            var length = (new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? new FileInfo(path)).Length;

            // Nor is a pipe or a device ever opened, which could wait for ever: they have no length.
            if (length == 0)
            {
                faults.Add("$", "Fila er tom, eller ingen vanlig fil. Legg flyten eller ordene i den, eller fjern den.");
                return null;
            }

            // Asked before it is read, so that a file of gigabytes costs nothing. A byte order mark is three bytes.
            if (length > JsonText.Largest + 3)
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

    /// <param name="bad">Takes the files with faults.</param>
    private static List<DefinitionFile> Definitions(List<WorkflowFile> files, StepCatalogue catalogue, List<BadFile> bad, List<Fault> faults)
    {
        var read = new List<DefinitionFile>();
        foreach (var file in files.Where(file => file.Language is null))
        {
            var reading = file.Json is null ? null : DefinitionReader.Read(file.Json, file.Name, catalogue);
            faults.AddRange(reading?.Faults ?? []);
            if (reading?.Value is not { } definition)
            {
                bad.Add(new BadFile(file.Flow, file.Json is null ? null : DefinitionReader.IdOf(file.Json)));
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

    private static List<Words> AllWords(List<WorkflowFile> files, List<DefinitionFile> definitions, List<BadFile> bad, List<Fault> faults)
    {
        var words = new List<Words>();
        foreach (var file in files.Where(file => file is { Language: not null, Json: not null }))
        {
            var versions = definitions.Select(read => read.Definition).Where(definition => definition.Id == file.Flow).ToList();
            if (bad.Exists(other => file.Flow == (other.Id ?? other.Name)))
            {
                // Which words a flow with faults needs is not known yet; that the text can be read is.
                faults.AddRange(WordsReader.Faults(file.Json!, file.Name));
            }
            else if (versions.Count > 0)
            {
                var reading = WordsReader.Read(file.Json!, file.Name, file.Language!, versions);
                faults.AddRange(reading.Faults);
                words.AddRange(reading.Value is { } good ? [good] : []);
            }
            else
            {
                faults.Add(new Fault(file.Name, "$",
                    $"Ingen flyt har definitionId {Suggestion.Quote(file.Flow)}. "
                    + $"{Suggestion.For(file.Flow, definitions.Select(read => read.Definition.Id).Concat(bad.Select(other => other.Id ?? other.Name)).Distinct())}"));
            }
        }

        foreach (var flow in definitions.Select(read => read.Definition.Id).Concat(bad.Select(file => file.Id).OfType<string>().Where(Key.IsGood)).Distinct())
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

    /// <summary>A definition with faults, by its file's name and by what it says it is, where that can be read.</summary>
    private sealed record BadFile(string Name, string? Id);

    private sealed record DefinitionFile(string Name, Definition Definition);
}
