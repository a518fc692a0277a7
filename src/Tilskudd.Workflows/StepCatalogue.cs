using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Workflows;

/// <summary>
/// The closed list of step types that a file may use, and the words a file may use for phases, documents and events.
/// </summary>
public sealed class StepCatalogue
{
    private readonly Dictionary<string, StepType> _types;

    /// <exception cref="ArgumentException">A type is not a step a file can use; the message says which and why.</exception>
    public StepCatalogue(Vocabulary vocabulary, params IEnumerable<Type> types)
    {
        Vocabulary = vocabulary;
        _types = types.Select(type => new StepType(type)).ToDictionary(type => type.Name, StringComparer.Ordinal);
    }

    public Vocabulary Vocabulary { get; }

    public IReadOnlyCollection<StepType> Types => _types.Values;

    /// <summary>The type a file names, or null.</summary>
    public StepType? Find(string name) => _types.GetValueOrDefault(name);
}

/// <summary>A step class as a file sees it: its name, its inputs and its outcomes.</summary>
public sealed class StepType
{
    private readonly Type _type;

    internal StepType(Type type)
    {
        if (!type.IsSubclassOf(typeof(Step)) || type.IsAbstract || type.GetConstructor(Type.EmptyTypes) is null)
        {
            throw new ArgumentException($"{type} is not a concrete step with a constructor without arguments.", nameof(type));
        }

        _type = type;
        Name = "Tilskudd." + type.Name;
        IsTerminal = Blank().IsTerminal;
        IsAutomatic = Blank().IsAutomatic;
        Outcomes = type.GetCustomAttribute<OutcomesAttribute>()?.Names ?? [];
        Inputs = [.. type.GetProperties().Where(property => property.CanWrite).Select(property => new StepInput(property))];
        if (IsTerminal == Outcomes.Count > 0 || Outcomes.Distinct().Count() != Outcomes.Count)
        {
            throw new ArgumentException($"{type} must declare different outcomes, and none if it closes the run.", nameof(type));
        }
    }

    /// <summary>The name in a file: <c>Tilskudd.</c> and the class's name.</summary>
    public string Name { get; }

    public bool IsTerminal { get; }

    public bool IsAutomatic { get; }

    public IReadOnlyList<string> Outcomes { get; }

    public IReadOnlyList<StepInput> Inputs { get; }

    internal Step With(IReadOnlyDictionary<StepInput, object> values)
    {
        var step = Blank();
        foreach (var (input, value) in values)
        {
            input.Set(step, value);
        }

        return step;
    }

    private Step Blank() => (Step)Activator.CreateInstance(_type)!;
}

/// <summary>One input of a step type.</summary>
public sealed class StepInput
{
    private readonly PropertyInfo _property;

    internal StepInput(PropertyInfo property)
    {
        _property = property;
        Name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        Kind = KindOf(property);
        IsRequired = property.IsDefined(typeof(RequiredMemberAttribute));
    }

    /// <summary>The name in a file, with a small first letter.</summary>
    public string Name { get; }

    public InputKind Kind { get; }

    public bool IsRequired { get; }

    internal void Set(Step step, object value) => _property.SetValue(step, value);

    private static InputKind KindOf(PropertyInfo property)
    {
        var type = property.PropertyType;
        return type == typeof(string) ? InputKind.Text
            : type == typeof(int) ? InputKind.Number
            : type == typeof(bool) ? InputKind.Flag
            : type == typeof(IReadOnlyList<int>) ? InputKind.Numbers
            : type == typeof(IReadOnlyList<string>) ? InputKind.Texts
            : throw new ArgumentException(
                $"Input {property.DeclaringType}.{property.Name} is of a type a file cannot write.", nameof(property));
    }
}

/// <summary>What an input holds.</summary>
public enum InputKind
{
    Text,
    Number,
    Flag,
    Numbers,
    Texts,
}
