using Elsa.Workflows;
using Elsa.Workflows.Models;
using Tilskudd.Workflows;

namespace Tilskudd.Elsa.Engine;

/// <summary>
/// The step classes as Elsa's activity types, with the names, inputs and outcomes of <see cref="StepCatalogue"/>: one list, so a file means
/// the same in both engines and in Studio.
/// </summary>
internal sealed class StepActivities(StepCatalogue catalogue) : IActivityProvider
{
    public ValueTask<IEnumerable<ActivityDescriptor>> GetDescriptorsAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(catalogue.Types.Select(Describe));

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
        DisplayName = input.Name,
        UIHint = input.Kind switch
        {
            InputKind.Flag => "checkbox",
            InputKind.Numbers or InputKind.Texts => "multi-text",
            InputKind.Text or InputKind.Number => "single-line",
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
