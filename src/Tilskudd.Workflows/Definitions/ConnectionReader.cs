namespace Tilskudd.Workflows.Definitions;

/// <summary>A connection with its place in the file.</summary>
internal sealed record ConnectionDraft(JsonPart Part, Connection Connection);

/// <summary>Reads a flowchart's connections and checks both ends of each.</summary>
internal sealed class ConnectionReader(IReadOnlyDictionary<string, StepDraft> steps, FaultList faults)
{
    private readonly HashSet<(string Step, string Outcome)> _tried = [];

    /// <summary>The outcomes someone meant to connect, also where the other end is wrong: that fault is already listed.</summary>
    public IReadOnlySet<(string Step, string Outcome)> Tried => _tried;

    public IReadOnlyList<ConnectionDraft> Read(JsonPart? list)
    {
        if (list is not { IsList: true })
        {
            faults.Add("$.root.connections", "Flyten mangler connections, lista over hvor hvert utfall fører.");
            return [];
        }

        foreach (var part in list.Items)
        {
            Shape.Connection.Check(part, faults);
            Shape.ConnectionEnd.Check(part["source"], faults);
            Shape.ConnectionEnd.Check(part["target"], faults);
        }

        var connections = list.Items.Select(One).OfType<ConnectionDraft>().ToList();
        var doubled = connections
            .GroupBy(draft => (draft.Connection.From, draft.Connection.Outcome))
            .SelectMany(same => same.Skip(1));
        foreach (var again in doubled)
        {
            faults.Add(again.Part.Path,
                $"Utfallet {Suggestion.Quote(again.Connection.Outcome)} fra {Suggestion.Quote(again.Connection.From)} "
                + "fører to steder. Et løp står i ett steg om gangen; behold én forbindelse.");
        }

        return connections;
    }

    private ConnectionDraft? One(JsonPart part)
    {
        if (part["source"] is not { IsObject: true } source || part["target"] is not { IsObject: true } target)
        {
            faults.Add(part.Path,
                "En forbindelse skrives som "
                + "{\"source\": {\"activity\": …, \"port\": …}, \"target\": {\"activity\": …, \"port\": \"In\"}}.");
            return null;
        }

        var from = End(source, "fra");
        var to = End(target, "til");
        if (target["port"] is { } entrance && entrance.Text != "In")
        {
            faults.Add(entrance.Path, $"Et steg har bare én inngang, \"In\", men det står {Suggestion.Quote(entrance.Text)}.");
        }

        var outcome = from is null ? null : OutcomeOf(source, from);
        if (from is not null && outcome is not null)
        {
            _tried.Add((from.Id, outcome));
        }

        return from is null || to is null || outcome is null
            ? null
            : new ConnectionDraft(part, new Connection(from.Id, outcome, to.Id));
    }

    private StepDraft? End(JsonPart end, string direction)
    {
        var id = end["activity"]?.Text ?? "";
        if (steps.TryGetValue(id, out var step))
        {
            return step;
        }

        faults.Add(end.Path + ".activity",
            () => $"Forbindelsen går {direction} et steg som ikke finnes: {Suggestion.Quote(id)}. {Suggestion.For(id, steps.Keys)}");
        return null;
    }

    private string? OutcomeOf(JsonPart source, StepDraft from)
    {
        var outcome = source["port"]?.Text ?? "";
        if (from.Type is null)
        {
            return outcome;
        }

        if (from.Type.IsTerminal)
        {
            faults.Add(source.Path + ".activity",
                $"{Suggestion.Quote(from.Id)} avslutter løpet, så ingenting kommer etter. Fjern forbindelsen.");
            return null;
        }

        if (!from.Type.Outcomes.Contains(outcome))
        {
            faults.Add(source.Path + ".port",
                $"{from.Type.Name} har ikke utfallet {Suggestion.Quote(outcome)}. {Suggestion.For(outcome, from.Type.Outcomes)}");
            return null;
        }

        return outcome;
    }
}
