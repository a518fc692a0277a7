using Tilskudd.Workflows;

namespace Tilskudd.Cycle.Steps;

/// <summary>What is approved goes out of the house, signed off by the one who answers for it.</summary>
[Outcomes("Submitted")]
public sealed class Submit : WaitingStep
{
    /// <summary>The recipient: <see cref="RoleKeys.Grantor"/>.</summary>
    public required string To { get; init; }

    /// <summary>What is sent: a key from <see cref="TaskKeys.Sent"/>, of those of the document.</summary>
    public required string Task { get; init; }

    public override IEnumerable<InputFault> Faults(string document) =>
    [
        .. base.Faults(document),
        .. Allowed.OneOf(nameof(To), To, [RoleKeys.Grantor]),
        .. Allowed.About(nameof(Task), Task, document, TaskKeys.Sent),
    ];
}
