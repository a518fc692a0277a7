using Tilskudd.Workflows;

namespace Tilskudd.Cycle.Steps;

/// <summary>The run ends, in a named state, and may raise an event that starts the next flow.</summary>
public sealed class Close : Step
{
    /// <summary>The final state's key. The flow's words say what it is called.</summary>
    public required string As { get; init; }

    /// <summary>The event raised: a key from <see cref="EventKeys.Raised"/>, of those of the document, or null.</summary>
    public string? Event { get; init; }

    public override bool IsTerminal => true;

    public override string? FinalState => As;

    public override IEnumerable<InputFault> Faults(string document) =>
    [
        .. Allowed.Key(nameof(As), As),
        .. Allowed.About(nameof(Event), Event, document, EventKeys.Raised),
    ];
}
