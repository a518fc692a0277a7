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

    /// <summary>Which decision: a key from <see cref="TaskKeys.Decided"/>.</summary>
    public required string Task { get; init; }

    public override IEnumerable<InputFault> Faults() =>
    [
        .. base.Faults(),
        .. Body is null ? [] : Allowed.OneOf(nameof(Body), Body, BodyKeys.All),
        .. Allowed.OneOf(nameof(Task), Task, TaskKeys.Decided),
    ];
}
