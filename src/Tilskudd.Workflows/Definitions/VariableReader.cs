namespace Tilskudd.Workflows.Definitions;

/// <summary>Reads a definition's variables: values that several inputs share.</summary>
internal static class VariableReader
{
    public static IReadOnlyList<Variable> Read(JsonPart? list, FaultList faults)
    {
        if (list is null)
        {
            return [];
        }

        if (!list.IsList)
        {
            faults.Add(list.Path, $"variables skal være en liste, men er {list.Noun}.");
            return [];
        }

        var variables = new List<Variable>();
        foreach (var part in list.Items)
        {
            var variable = One(part, faults);
            if (variable is null)
            {
                continue;
            }

            if (variables.Any(other => other.Id == variable.Id || other.Name == variable.Name))
            {
                faults.Add(part.Path,
                    $"Variabelen {Suggestion.Quote(variable.Name)} finnes to ganger. Gi hver sin id og sitt navn.");
            }

            variables.Add(variable);
        }

        return variables;
    }

    private static Variable? One(JsonPart part, FaultList faults)
    {
        Shape.Variable.Check(part, faults);
        var name = part["name"];
        var id = part["id"] ?? name;
        var typeName = part["typeName"];
        if (name is not { IsText: true, Text.Length: > 0 } || id is not { IsText: true, Text.Length: > 0 } || typeName is null)
        {
            faults.Add(part.Path, "En variabel må ha name og typeName som tekst.");
            return null;
        }

        var single = InputValue.KindOf(typeName.Text);
        var kind = part["isArray"] is { IsTrue: true } && single is not null
            ? InputValue.KindOf(InputValue.TypeName(single.Value) + "[]")
            : single;
        if (kind is null)
        {
            faults.Add(typeName.Path,
                $"Variabeltypen {Suggestion.Quote(typeName.Text)} er ukjent. "
                + "Tillatt er String, Int32 og Boolean, og lister av String og Int32.");
            return null;
        }

        if (part["value"] is not { } value)
        {
            faults.Add(part.Path + ".value",
                "Variabelen mangler value. En variabel er en fast verdi som flere steg deler, så den må ha en.");
            return null;
        }

        var read = kind is InputKind.Numbers or InputKind.Texts
            ? InputValue.List(value, kind.Value, faults)
            : InputValue.Single(value, kind.Value, faults);
        return read is null ? null : new Variable(id.Text, name.Text, kind.Value, read);
    }
}
