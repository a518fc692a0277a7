using Tilskudd.Workflows;

namespace Tilskudd.Cycle.Steps;

/// <summary>A colleague reads what was written and accepts it or sends it back with a reason.</summary>
[Outcomes("Accepted", "Returned")]
public sealed class Review : WaitingStep
{
    /// <summary>What is to be read: a key from <see cref="TaskKeys.Reviewed"/>, of those of the document.</summary>
    public required string Task { get; init; }

    public override IEnumerable<InputFault> Faults(string document) => [.. base.Faults(document), .. Allowed.About(nameof(Task), Task, document, TaskKeys.Reviewed)];
}
