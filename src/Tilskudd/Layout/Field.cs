using Microsoft.AspNetCore.Components;

namespace Tilskudd.Layout;

/// <summary>What all fields of a form share: a name, a label, a hint, and the fault the page was sent back with.</summary>
public abstract class Field : ComponentBase
{
    /// <summary>The name in the form, and the id the list of faults leads to.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    /// <summary>Another id than the name, where the same form stands several times on a page.</summary>
    [Parameter] public string? Id { get; set; }

    [Parameter, EditorRequired] public required string Label { get; set; }

    [Parameter] public string? Hint { get; set; }

    /// <summary>What the field holds: as saved, or exactly as the person typed it when the page comes back with faults.</summary>
    [Parameter] public string? Value { get; set; }

    /// <summary>Says "(valgfritt)" after the label.</summary>
    [Parameter] public bool Optional { get; set; }

    [CascadingParameter] public IReadOnlyList<FieldFault> Faults { get; set; } = [];

    /// <summary>What to put right here, or null.</summary>
    protected string? Fault => Faults.FirstOrDefault(fault => fault.Field == Name)?.Message;

    protected string Anchor => Id ?? Name;

    protected string HintId => Anchor + "-h";

    protected string FaultId => Anchor + "-feil";

    /// <summary>What describes the field to a screen reader: the fault first, then the hint.</summary>
    protected string? DescribedBy => (Fault, Hint) switch
    {
        (null, null) => null,
        (null, _) => HintId,
        (_, null) => FaultId,
        _ => FaultId + " " + HintId,
    };

    protected string? Invalid => Fault is null ? null : "true";
}

/// <summary>One of the answers a field offers.</summary>
/// <param name="Value">What the form posts.</param>
/// <param name="Text">What the person reads.</param>
public sealed record Choice(string Value, string Text);
