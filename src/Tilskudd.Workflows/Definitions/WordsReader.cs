namespace Tilskudd.Workflows.Definitions;

/// <summary>
/// Reads a flow's words in one language and holds them against its definitions: nothing missing, nothing too much.
/// </summary>
public static class WordsReader
{
    /// <summary>The words, or every fault in the text. Does not throw, whatever the text is.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="file">The file's name, for the faults.</param>
    /// <param name="language">One of <see cref="Words.Languages"/>.</param>
    /// <param name="versions">The flow's definitions, at least one: the words must serve every version that is read.</param>
    public static Reading<Words> Read(string json, string file, string language, IReadOnlyList<Definition> versions)
    {
        var faults = new FaultList(file);
        if (WholeOf(json, faults) is not { } whole)
        {
            return faults.Refuse<Words>();
        }

        var words = new WordsPart(whole, versions, faults).Read(versions[0].Id, language);
        return faults.Or(() => words);
    }

    /// <summary>What is wrong with the text whichever flow it is of.</summary>
    public static IReadOnlyList<Fault> Faults(string json, string file)
    {
        var faults = new FaultList(file);
        WholeOf(json, faults);
        return faults.All;
    }

    private static JsonPart? WholeOf(string json, FaultList faults)
    {
        var whole = JsonText.Read(json, "$", faults);
        if (whole is { IsObject: false })
        {
            faults.Add("$", $"Ordene skrives som et objekt, men fila er {whole.Noun}.");
        }

        return whole is { IsObject: true } ? whole : null;
    }
}

/// <summary>One file of words, held against the keys its flow uses.</summary>
internal sealed class WordsPart(JsonPart whole, IReadOnlyList<Definition> versions, FaultList faults)
{
    /// <summary>More than any button or task needs.</summary>
    private const int LongestText = 400;

    public Words Read(string flow, string language)
    {
        var steps = versions.SelectMany(version => version.Steps).ToList();
        CheckKeys(whole, ["title", "phases", "steps", "states"]);
        return new Words(
            flow,
            language,
            Text(whole, "title"),
            Texts(whole, "phases", [.. steps.Select(step => step.Phase).Distinct()]),
            StepTexts(steps.ToLookup(step => step.Id)),
            Texts(whole, "states", [.. steps.Select(step => step.Step.FinalState).OfType<string>().Distinct()]));
    }

    private Dictionary<string, StepWords> StepTexts(ILookup<string, StepDefinition> steps)
    {
        var words = new Dictionary<string, StepWords>(StringComparer.Ordinal);
        if (Object(whole, "steps", [.. steps.Select(step => step.Key)]) is not { } all)
        {
            return words;
        }

        foreach (var step in steps)
        {
            string[] outcomes = [.. step.SelectMany(version => version.Outcomes).Distinct()];
            string[] keys = outcomes.Length > 0 ? ["name", "task", "outcomes"] : ["name"];
            if (Object(all, step.Key, keys) is { } part)
            {
                words[step.Key] = new StepWords(
                    Text(part, "name"),
                    outcomes.Length > 0 ? Text(part, "task") : "",
                    outcomes.Length > 0 ? Texts(part, "outcomes", outcomes) : []);
            }
        }

        return words;
    }

    private Dictionary<string, string> Texts(JsonPart parent, string key, string[] keys)
        => Object(parent, key, keys) is { } part
            ? keys.ToDictionary(each => each, each => Text(part, each), StringComparer.Ordinal)
            : [];

    private JsonPart? Object(JsonPart parent, string key, string[] keys)
    {
        if (parent[key] is not { IsObject: true } part)
        {
            faults.Add($"{parent.Path}.{key}", parent[key] is { } other
                ? $"Her skal det stå et objekt, men det står {other.Noun}."
                : $"Ordene mangler {key}. Skriv et objekt med {string.Join(", ", keys)}.");
            return null;
        }

        CheckKeys(part, keys);
        return part;
    }

    private string Text(JsonPart parent, string key)
    {
        var part = parent[key];
        if (part is not { IsText: true } || !part.Text.EnumerateRunes().Any(Letters.IsSeen))
        {
            faults.Add($"{parent.Path}.{key}", part is null or { IsText: true }
                ? $"Teksten for {key} mangler. Skriv den; alle språk må være hele."
                : $"Her skal det stå en tekst, men det står {part.Noun}.");
        }

        if (part is { IsText: true, Text: { } text })
        {
            Check(text, $"{parent.Path}.{key}");
        }

        return part?.Text ?? "";
    }

    // Nothing is ever filled into these words, so a place for it would be shown as it stands.
    private void Check(string text, string path)
    {
        if (text.AsSpan().IndexOfAny('{', '}') >= 0)
        {
            faults.Add(path, "Teksten har krøllparenteser, men ingenting fylles inn her. Skriv den uten.");
        }

        if (text.Length > LongestText)
        {
            faults.Add(path, $"Teksten er {text.Length} tegn. Kort den ned til {LongestText}.");
        }
    }

    private void CheckKeys(JsonPart part, string[] keys)
    {
        foreach (var (key, member) in part.Members.Where(member => !keys.Contains(member.Key)))
        {
            faults.Add(member.Path, () => $"Ingen flyt bruker nøkkelen {Suggestion.Quote(key)}. {Suggestion.For(key, keys)}");
        }
    }
}
