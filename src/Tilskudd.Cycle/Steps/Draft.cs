using Tilskudd.Workflows;

namespace Tilskudd.Cycle.Steps;

/// <summary>Someone writes: the frame, a Handlingsplan, a Rapport, an acceptance of the Tilskuddsbrev.</summary>
[Outcomes("Done")]
public sealed class Draft : WaitingStep
{
    /// <summary>What is to be written: a key from <see cref="TaskKeys.Written"/>.</summary>
    public required string Task { get; init; }

    public override IEnumerable<InputFault> Faults() => [.. base.Faults(), .. Allowed.OneOf(nameof(Task), Task, TaskKeys.Written)];
}
