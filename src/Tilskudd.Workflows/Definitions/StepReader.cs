using System.Globalization;

namespace Tilskudd.Workflows.Definitions;

/// <summary>
/// A step as it stands in a file, before it is known whether the file is good: <c>Type</c> is null when it is unknown,
/// <c>Step</c> then too, and it lacks the inputs that are wrong.
/// </summary>
internal sealed record StepDraft(JsonPart Part, string Id, StepType? Type, Step? Step, string Phase, bool IsMarkedAsStart)
{
    public IReadOnlyDictionary<string, object> Given { get; init; } = new Dictionary<string, object>();

    public StepDefinition ToDefinition()
    {
        var position = Part["metadata"]?["designer"]?["position"];
        var (x, y) = (Coordinate(position?["x"]), Coordinate(position?["y"]));
        return new StepDefinition(Id, Type!.Name, Step!, Phase, Type.Outcomes, x, y) { Given = Given };
    }

    private static double? Coordinate(JsonPart? part)
        => part is not null && double.TryParse(part.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) ? number : null;
}

/// <summary>Reads the activities of a flowchart as steps with their inputs bound.</summary>
internal sealed class StepReader(StepCatalogue catalogue, DefinitionEnvelope envelope, FaultList faults)
{
    // What every activity may carry; all else is an input.
    private static readonly HashSet<string> Frame = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "nodeId", "name", "type", "version", "customProperties", "metadata", "canStartWorkflow", "runAsynchronously",
    };

    private static readonly string[] Branching =
        ["Elsa.FlowFork", "Elsa.FlowJoin", "Elsa.Fork", "Elsa.Join", "Elsa.Parallel", "Elsa.ParallelForEach"];

    public StepDraft Read(JsonPart part)
    {
        if (!part.IsObject)
        {
            faults.Add(part.Path, $"Et steg skrives som et objekt, men her står det {part.Noun}.");
            return new StepDraft(part, "", null, null, "", false);
        }

        Shape.Step.Check(part, faults);
        Shape.StepProperties.Check(part["customProperties"], faults);
        var id = IdOf(part);
        var type = TypeOf(part);
        var (values, amiss) = type is null ? ([], []) : Values(part, type);
        var step = type?.With(values);
        foreach (var fault in step?.Faults(envelope.Document).Where(fault => !amiss.Contains(fault.Input)) ?? [])
        {
            faults.Add($"{part.Path}.{fault.Input}", fault.Message);
        }

        CheckMerging(part);
        return new StepDraft(part, id, type, step, PhaseOf(part), IsMarked(part))
        {
            Given = values.ToDictionary(pair => pair.Key.Name, pair => pair.Value),
        };
    }

    private string IdOf(JsonPart part)
    {
        var id = part["id"];
        if (id is not { IsText: true } || !Key.IsGood(id.Text))
        {
            faults.Add(part.Path + ".id", $"{Suggestion.Quote(id?.Text ?? "")} duger ikke som steg-id. "
                + "Bruk små bokstaver a–z, tall og bindestrek, for eksempel \"read-and-sign\".");
        }

        return id?.Text ?? "";
    }

    private StepType? TypeOf(JsonPart part)
    {
        var name = part["type"]?.Text ?? "";
        var type = catalogue.Find(name);
        if (type is null && Branching.Contains(name))
        {
            faults.Add(part.Path + ".type", $"{name} deler eller samler flyten, men et løp står i ett steg om gangen. "
                + "Legg det som skjer samtidig i ett steg, eller lag en egen flyt.");
        }
        else if (type is null)
        {
            faults.Add(part.Path + ".type", $"Stegtypen {Suggestion.Quote(name)} finnes ikke. "
                + Suggestion.For(name, catalogue.Types.Select(known => known.Name)));
        }

        return type;
    }

    private string PhaseOf(JsonPart part)
    {
        var path = part.Path + ".customProperties.phase";
        var phase = part["customProperties"]?["phase"];
        var phases = catalogue.Vocabulary.Phases;
        if (phase is null)
        {
            faults.Add(path, $"Steget mangler customProperties.phase, kolonnen i oversikten. {Suggestion.For("", phases)}");
        }
        else if (!phases.Contains(phase.Text))
        {
            faults.Add(path, $"Fasen {Suggestion.Quote(phase.Text)} finnes ikke. {Suggestion.For(phase.Text, phases)}");
        }

        return phase?.Text ?? "";
    }

    private void CheckMerging(JsonPart part)
    {
        if (part["customProperties"]?["mergeMode"] is { } mode && mode.Text != "Stream")
        {
            faults.Add(mode.Path, "mergeMode samler flere spor, men et løp har bare ett. Fjern nøkkelen eller skriv \"Stream\".");
        }
    }

    private static bool IsMarked(JsonPart part)
        => part["customProperties"]?["canStartWorkflow"] is { IsTrue: true } || part["canStartWorkflow"] is { IsTrue: true };

    // The values that can be read, and the inputs that are told of already because they cannot, or are missing.
    private (Dictionary<StepInput, object> Values, HashSet<string> Amiss) Values(JsonPart part, StepType type)
    {
        var values = new Dictionary<StepInput, object>();
        var amiss = new HashSet<string>();
        foreach (var (key, member) in part.Members.Where(member => !Frame.Contains(member.Key) && part[member.Key] is not null))
        {
            var input = type.Inputs.FirstOrDefault(input => input.Name == key);
            if (input is null)
            {
                faults.Add(member.Path,
                    $"{type.Name} har ingen inndata som heter {Suggestion.Quote(key)}. "
                    + $"{Suggestion.For(key, type.Inputs.Select(known => known.Name))}");
            }
            else if (Bound(member, input, out var isWrong) is { } value)
            {
                values.Add(input, value);
            }
            else if (isWrong)
            {
                amiss.Add(input.Name);
            }
        }

        foreach (var missing in type.Inputs.Where(input => input.IsRequired && !values.ContainsKey(input) && !amiss.Contains(input.Name)).ToList())
        {
            amiss.Add(missing.Name);
            faults.Add($"{part.Path}.{missing.Name}", $"Steget mangler {missing.Name}. {type.Name} må ha den.");
        }

        return (values, amiss);
    }

    // A value that is wrong is listed as a fault; one that is only left open is not.
    private object? Bound(JsonPart part, StepInput input, out bool isWrong)
    {
        var before = faults.Count;
        var value = Value(part, input);
        isWrong = faults.Count > before;
        return value;
    }

    private object? Value(JsonPart part, StepInput input)
    {
        var expression = part["expression"];
        var typeName = part["typeName"];
        Shape.Input.Check(part, faults);
        Shape.Expression.Check(expression, faults);
        if (typeName is null || expression is null)
        {
            faults.Add(part.Path, $"{input.Name} må skrives som {{\"typeName\": \"{InputValue.TypeName(input.Kind)}\", "
                + "\"expression\": {\"type\": …, \"value\": …}}. Uten dem leser Elsa ingenting.");
            return null;
        }

        if (InputValue.KindOf(typeName.Text) != input.Kind)
        {
            faults.Add(typeName.Path,
                $"{input.Name} er av typen {InputValue.TypeName(input.Kind)}, men det står {Suggestion.Quote(typeName.Text)}.");
            return null;
        }

        return Expression(expression, input);
    }

    private object? Expression(JsonPart expression, StepInput input)
    {
        var isList = input.Kind is InputKind.Numbers or InputKind.Texts;
        var type = expression["type"]?.Text ?? "";
        if (type is not ("Literal" or "Object" or "Variable"))
        {
            faults.Add(expression.Path + ".type",
                $"Uttrykk av typen {Suggestion.Quote(type)} er ikke tillatt. En flyt har ingen kode, "
                + "bare Literal (en verdi), Object (en liste) og Variable (en delt verdi).");
            return null;
        }

        // Studio writes an input that nobody touched as an expression without a value, or with an empty text.
        if (expression["value"] is not { } value || value is { IsText: true, Text: "" })
        {
            return null;
        }

        if (type == "Variable")
        {
            return Shared(value, input);
        }

        if (isList != (type == "Object"))
        {
            faults.Add(expression.Path + ".type", isList
                ? $"{input.Name} er en liste. Skriv den som Object med verdien som tekst, for eksempel \"[2, 1]\"."
                : $"{input.Name} er én verdi. Skriv den som Literal.");
            return null;
        }

        return isList ? InputValue.List(value, input.Kind, faults) : InputValue.Single(value, input.Kind, faults);
    }

    private object? Shared(JsonPart value, StepInput input)
    {
        var name = (value["id"] ?? value["name"] ?? value).Text;
        var variable = envelope.Variables.FirstOrDefault(variable => variable.Id == name || variable.Name == name);
        if (variable is null)
        {
            faults.Add(value.Path,
                $"Variabelen {Suggestion.Quote(name)} finnes ikke. {Suggestion.For(name, envelope.Variables.Select(known => known.Name))}");
            return null;
        }

        if (variable.Kind != input.Kind)
        {
            faults.Add(value.Path,
                $"{input.Name} er av typen {InputValue.TypeName(input.Kind)}, men variabelen {Suggestion.Quote(variable.Name)} "
                + $"er av typen {InputValue.TypeName(variable.Kind)}.");
            return null;
        }

        return variable.Value;
    }
}
