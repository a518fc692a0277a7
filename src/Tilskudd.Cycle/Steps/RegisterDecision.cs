using Tilskudd.Workflows;

namespace Tilskudd.Cycle.Steps;

/// <summary>Someone registers what others have decided outside the application, with its date and protocol.</summary>
[Outcomes("Approved", "Rejected")]
public sealed class RegisterDecision : WaitingStep
{
    /// <summary>
    /// Whose decision it is, where it is one of our bodies: a key from <see cref="BodyKeys"/>. Null for the state's.
    /// </summary>
    public string? Body { get; init; }

    /// <summary>Which decision: a key from <see cref="TaskKeys.Decided"/>, of those of the document.</summary>
    public required string Task { get; init; }

    public override IEnumerable<InputFault> Faults(string document) =>
    [
        .. base.Faults(document),
        .. Allowed.OneOf(nameof(Body), Body, BodyKeys.All),
        .. Allowed.About(nameof(Task), Task, document, TaskKeys.Decided),
        .. Task is not null && (Body is null || BodyKeys.All.Contains(Body)) && TaskKeys.OfBodies.Contains(Task) != Body is not null
            ? [Allowed.Fault(nameof(Body), Body is null ? $"Vedtaket {Task} er et organs. Si hvilket: {string.Join(", ", BodyKeys.All)}." : $"Vedtaket {Task} er statens eller kommunens eget, så body skal ikke stå her.")]
            : Array.Empty<InputFault>(),
    ];
}
