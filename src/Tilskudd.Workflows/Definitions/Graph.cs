namespace Tilskudd.Workflows.Definitions;

/// <summary>Checks a flow as a whole: one start, every outcome leads on, every step is reached, every way can end.</summary>
internal sealed class Graph(IReadOnlyList<StepDraft> steps, IReadOnlyList<ConnectionDraft> connections, FaultList faults)
{
    public void CheckOutcomes(IReadOnlySet<(string Step, string Outcome)> connected)
    {
        foreach (var step in steps.Where(step => step.Type is { IsTerminal: false }))
        {
            var loose = step.Type!.Outcomes.Where(outcome => !connected.Contains((step.Id, outcome))).ToList();
            if (loose.Count == step.Type.Outcomes.Count)
            {
                faults.Add(step.Part.Path,
                    $"Fra {Suggestion.Quote(step.Id)} fører ingenting videre. Koble hvert utfall: {string.Join(", ", loose)}.");
                continue;
            }

            foreach (var outcome in loose)
            {
                faults.Add(step.Part.Path,
                    $"Utfallet {outcome} fra {Suggestion.Quote(step.Id)} fører ingen steder. Koble det til et steg.");
            }
        }
    }

    /// <summary>The one step a run starts in, or null and a fault.</summary>
    public StepDraft? Start(JsonPart root)
    {
        var named = root["start"];
        var marked = steps.Where(step => step.IsMarkedAsStart || (named is not null && step.Id == named.Text)).ToList();
        if (named is not null && steps.All(step => step.Id != named.Text))
        {
            faults.Add(named.Path,
                $"start peker på et steg som ikke finnes: {Suggestion.Quote(named.Text)}. "
                + $"{Suggestion.For(named.Text, steps.Select(step => step.Id))}");
            return null;
        }

        if (marked.Count == 0)
        {
            faults.Add("$.root.activities",
                "Ingen steg er merket som start. Sett customProperties.canStartWorkflow til true på steget løpet begynner i.");
            return null;
        }

        foreach (var second in marked.Skip(1))
        {
            faults.Add(second.Part.Path,
                $"Både {Suggestion.Quote(marked[0].Id)} og {Suggestion.Quote(second.Id)} er merket som start. "
                + "Et løp begynner ett sted.");
        }

        if (marked[0].Type is { IsTerminal: true })
        {
            faults.Add(marked[0].Part.Path, "Løpet begynner i et steg som avslutter det. Begynn i et steg som venter på noen.");
        }

        return marked[0];
    }

    /// <summary>
    /// Worth asking only when ids, types, connections and start are good; else every step would be reported twice.
    /// </summary>
    public void CheckWays(StepDraft start)
    {
        var forward = connections.ToLookup(draft => draft.Connection.From, draft => draft.Connection.To, StringComparer.Ordinal);
        var backward = connections.ToLookup(draft => draft.Connection.To, draft => draft.Connection.From, StringComparer.Ordinal);
        var reached = Reached([start.Id], forward);
        var ending = Reached(steps.Where(step => step.Type!.IsTerminal).Select(step => step.Id), backward);
        foreach (var step in steps.Where(step => !reached.Contains(step.Id)))
        {
            faults.Add(step.Part.Path,
                $"Ingen vei fører til {Suggestion.Quote(step.Id)}. Koble et utfall dit, eller fjern steget.");
        }

        foreach (var step in steps.Where(step => !ending.Contains(step.Id)))
        {
            faults.Add(step.Part.Path,
                $"Fra {Suggestion.Quote(step.Id)} kan løpet aldri avsluttes. La en vei føre til et Tilskudd.Close-steg.");
        }

        CheckRings(forward, backward);
    }

    // The application answers automatic steps at once, so a ring of them would keep it busy for ever.
    private void CheckRings(ILookup<string, string> forward, ILookup<string, string> backward)
    {
        var between = steps.Where(step => step.Type!.IsAutomatic).Select(step => step.Id).ToHashSet(StringComparer.Ordinal);
        while (between.RemoveWhere(step => !forward[step].Any(between.Contains) || !backward[step].Any(between.Contains)) > 0)
        {
        }

        // What is left are the rings and what leads from one to another, and only those in a ring come back to themselves.
        var onward = between.SelectMany(step => forward[step].Where(between.Contains).Select(next => (step, next))).ToLookup(way => way.step, way => way.next, StringComparer.Ordinal);
        foreach (var step in steps.Where(step => between.Contains(step.Id) && Reached(onward[step.Id], onward).Contains(step.Id)))
        {
            faults.Add(step.Part.Path,
                $"{Suggestion.Quote(step.Id)} står i en ring av steg som svarer av seg selv, og den tar aldri slutt. "
                + "Legg et steg som venter på noen, inn i ringen.");
        }
    }

    private static HashSet<string> Reached(IEnumerable<string> from, ILookup<string, string> ways)
    {
        var reached = from.ToHashSet(StringComparer.Ordinal);
        var waiting = new Queue<string>(reached);
        while (waiting.TryDequeue(out var step))
        {
            foreach (var next in ways[step].Where(reached.Add))
            {
                waiting.Enqueue(next);
            }
        }

        return reached;
    }
}
