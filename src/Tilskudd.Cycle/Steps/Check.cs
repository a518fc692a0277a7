using Tilskudd.Workflows;

namespace Tilskudd.Cycle.Steps;

/// <summary>A question the application answers by itself, at once.</summary>
[Outcomes(Yes, No)]
public sealed class Check : Step
{
    private const string Yes = nameof(Yes);
    private const string No = nameof(No);

    /// <summary>A key from <see cref="QuestionKeys"/>, of those that can be asked about the document.</summary>
    public required string Question { get; init; }

    public override bool IsAutomatic => true;

    /// <summary>The outcome an answer leads out by.</summary>
    public static string OutcomeOf(bool answer) => answer ? Yes : No;

    public override IEnumerable<InputFault> Faults(string document) => Allowed.About(nameof(Question), Question, document, QuestionKeys.About);
}
