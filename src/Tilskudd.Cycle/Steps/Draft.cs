using Tilskudd.Workflows;

namespace Tilskudd.Cycle.Steps;

/// <summary>Someone writes: the frame, a Handlingsplan, a Rapport, an acceptance of the Tilskuddsbrev.</summary>
[Outcomes("Done")]
public sealed class Draft : WaitingStep
{
    /// <summary>What is to be written: a key from <see cref="TaskKeys.Written"/>, of those of the document.</summary>
    public required string Task { get; init; }

    public override IEnumerable<InputFault> Faults(string document) => [.. base.Faults(document), .. Allowed.About(nameof(Task), Task, document, TaskKeys.Written)];
}
