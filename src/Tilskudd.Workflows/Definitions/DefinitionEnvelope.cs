namespace Tilskudd.Workflows.Definitions;

/// <summary>What stands around the steps of a definition.</summary>
internal sealed record DefinitionEnvelope(
    string Id, int Version, string Name, string Document, string StartsOn, IReadOnlyList<Variable> Variables)
{
    /// <summary>Reads as much as can be read; what is missing is listed as faults and left empty.</summary>
    public static DefinitionEnvelope Read(JsonPart file, Vocabulary vocabulary, FaultList faults)
    {
        Shape.Envelope.Check(file, faults);
        var custom = file["customProperties"];
        Shape.EnvelopeProperties.Check(custom, faults);
        var (id, version) = (IdOf(file, faults), VersionOf(file, faults));
        var document = Chosen(custom, "document", vocabulary.Documents, "hva et løp handler om", faults);
        var startsOn = Chosen(custom, "startsOn", [.. vocabulary.Events.Select(known => known.Key)], "hendelsen som starter et løp", faults);
        if (document.Length > 0 && vocabulary.Events.FirstOrDefault(known => known.Key == startsOn) is { } starting && !starting.Documents.Contains(document))
        {
            faults.Add("$.customProperties.document",
                $"Hendelsen {startsOn} kan ikke starte et løp om {document}. Den starter løp om: {string.Join(", ", starting.Documents)}.");
        }

        return new DefinitionEnvelope(id, version, file["name"]?.Text ?? "", document, startsOn, VariableReader.Read(file["variables"], faults));
    }

    private static string IdOf(JsonPart file, FaultList faults)
    {
        var id = file["definitionId"];
        if (id is null)
        {
            faults.Add("$.definitionId", "Flyten mangler definitionId. Skriv flytens faste navn, for eksempel \"handlingsplan\".");
        }
        else if (!id.IsText || !Key.IsGood(id.Text))
        {
            faults.Add(id.Path,
                $"{Suggestion.Quote(id.Text)} duger ikke som definitionId. Bruk små bokstaver a–z, tall og bindestrek.");
        }

        return id?.Text ?? "";
    }

    private static int VersionOf(JsonPart file, FaultList faults)
    {
        var version = file["version"];
        if (version is not { Kind: System.Text.Json.JsonValueKind.Number, Whole: >= 1 })
        {
            var stands = version is null ? "" : $" Nå står det {version.Noun}{(version.Text.Length > 0 ? " " + Suggestion.Quote(version.Text) : "")}.";
            faults.Add("$.version", $"Flyten må ha version, et helt tall fra 1 til {int.MaxValue}.{stands}");
        }

        return version?.Whole ?? 0;
    }

    private static string Chosen(JsonPart? custom, string key, IReadOnlyList<string> allowed, string meaning, FaultList faults)
    {
        var value = custom?[key];
        if (value is null)
        {
            faults.Add($"$.customProperties.{key}",
                $"Flyten mangler customProperties.{key}, {meaning}. {Suggestion.For("", allowed)}");
        }
        else if (!value.IsText || !allowed.Contains(value.Text))
        {
            faults.Add(value.Path, $"{Suggestion.Quote(value.Text)} er ikke {meaning}. {Suggestion.For(value.Text, allowed)}");
        }

        return value is { IsText: true } && allowed.Contains(value.Text) ? value.Text : "";
    }
}
