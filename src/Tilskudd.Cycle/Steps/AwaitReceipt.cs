using Tilskudd.Workflows;

namespace Tilskudd.Cycle.Steps;

/// <summary>The grantor confirms that what was sent has come, or asks for a correction.</summary>
[Outcomes("Received", "Correction")]
public sealed class AwaitReceipt : WaitingStep
{
    public override IEnumerable<InputFault> Faults(string document) =>
        [.. base.Faults(document), .. Allowed.Only(nameof(Who), document, "En kvittering", DocumentKeys.Tilskuddsbrev, DocumentKeys.Rapport, DocumentKeys.Change)];
}
