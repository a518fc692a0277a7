using Tilskudd.Workflows;

namespace Tilskudd.Cycle.Steps;

/// <summary>The Tilskuddsbrev has come: amount, terms and dates are registered as received, or the refusal is.</summary>
[Outcomes("Registered", "Refused")]
public sealed class RegisterLetter : WaitingStep
{
    public override IEnumerable<InputFault> Faults(string document) =>
        [.. base.Faults(document), .. Allowed.Only(nameof(Who), document, "Et brev som registreres,", DocumentKeys.Tilskuddsbrev)];
}
