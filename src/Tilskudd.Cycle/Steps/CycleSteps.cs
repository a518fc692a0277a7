using Tilskudd.Workflows;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Cycle.Steps;

/// <summary>Every kind of doing in the grant year, and the words its flows may use.</summary>
public static class CycleSteps
{
    public static StepCatalogue Catalogue { get; } = new(
        new Vocabulary(PhaseKeys.All, DocumentKeys.All, EventKeys.Starting),
        typeof(Draft),
        typeof(Review),
        typeof(AskForApproval),
        typeof(RegisterDecision),
        typeof(Submit),
        typeof(AwaitReceipt),
        typeof(RegisterLetter),
        typeof(Check),
        typeof(WaitUntil),
        typeof(Notify),
        typeof(Close));
}
