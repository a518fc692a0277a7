using Elsa.Workflows;
using Elsa.Workflows.Models;
using Elsa.Workflows.UIHints;
using Tilskudd.Workflows;

namespace Tilskudd.Elsa.Engine;

/// <summary>
/// The step classes as Elsa's activity types, with the names, inputs and outcomes of <see cref="StepCatalogue"/>: one list, so a file means
/// the same in both engines and in Studio.
/// </summary>
internal sealed class StepActivities(StepCatalogue catalogue) : IActivityProvider
{
    public IEnumerable<ActivityDescriptor> Descriptors => catalogue.Types.Select(Describe);

    /// <summary>What a file and Elsa call the kind.</summary>
    public static string TypeName(InputKind kind) => kind switch
    {
        InputKind.Text => "String",
        InputKind.Number => "Int32",
        InputKind.Flag => "Boolean",
        InputKind.Numbers => "Int32[]",
        InputKind.Texts => "String[]",
    };

    /// <summary>The same, for the types that <see cref="Descriptors"/> are made of.</summary>
    public static string TypeName(Type type) => Enum.GetValues<InputKind>().Where(kind => TypeOf(kind) == type).Select(TypeName).FirstOrDefault() ?? type.Name;

    ValueTask<IEnumerable<ActivityDescriptor>> IActivityProvider.GetDescriptorsAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Descriptors);

    private static ActivityDescriptor Describe(StepType type) => new()
    {
        TypeName = type.Name,
        ClrType = typeof(StepActivity),
        Namespace = "Tilskudd",
        Name = type.Name["Tilskudd.".Length..],
        DisplayName = StepWords.Of(type).Name,
        Description = StepWords.Of(type).Meaning,
        Category = type.IsTerminal ? "Avslutning" : type.IsAutomatic ? "Av seg selv" : "Oppgaver",
        Version = 1,
        Kind = ActivityKind.Action,
        IsTerminal = type.IsTerminal,
        Inputs = [.. type.Inputs.Select(Describe)],
        Ports = [.. type.Outcomes.Select(outcome => new Port { Name = outcome, DisplayName = outcome, Type = PortType.Flow, IsBrowsable = true })],
        Constructor = context =>
        {
            var made = context.CreateActivity<StepActivity>();
            (made.Activity.Type, made.Activity.Version, made.Activity.Closes) = (type.Name, 1, type.IsTerminal);
            return made;
        },
    };

    // Elsa need not evaluate what our own reader has read and checked already.
    private static InputDescriptor Describe(StepInput input) => new()
    {
        Name = input.Name,
        Type = TypeOf(input.Kind),
        IsWrapped = true,
        IsSynthetic = true,
        AutoEvaluate = false,
        DisplayName = StepWords.Of(input).Name,
        Description = StepWords.Of(input).Meaning,
        Order = StepWords.Of(input).Place,
        UIHint = input.Kind switch
        {
            InputKind.Flag => InputUIHints.Checkbox,
            InputKind.Numbers or InputKind.Texts => InputUIHints.MultiText,
            InputKind.Text or InputKind.Number => InputUIHints.SingleLine,
        },
        ValueGetter = activity => activity.SyntheticProperties.TryGetValue(input.Name, out var value) ? value : null,
        ValueSetter = (activity, value) => activity.SyntheticProperties[input.Name] = value!,
    };

    private static Type TypeOf(InputKind kind) => kind switch
    {
        InputKind.Text => typeof(string),
        InputKind.Number => typeof(int),
        InputKind.Flag => typeof(bool),
        InputKind.Numbers => typeof(int[]),
        InputKind.Texts => typeof(string[]),
    };
}
