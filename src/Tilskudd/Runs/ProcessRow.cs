using Tilskudd.Layout;
using Tilskudd.Trail;

namespace Tilskudd.Runs;

/// <summary>A run as its page shows it.</summary>
/// <param name="Title">"Handlingsplan 2025".</param>
/// <param name="Place">The unit or programme it is for.</param>
/// <param name="Lead">Where it stands, in a sentence.</param>
/// <param name="Drawing">The flow as SVG, made by the server.</param>
/// <param name="DocumentPath">The page of the document.</param>
/// <param name="TaskPage">Where the reader does the waiting step, when it is the reader's to do; else null.</param>
/// <param name="Task">What is to be done, in the flow's words.</param>
/// <param name="Incident">Why the waiting step could not do its part; empty when all is well.</param>
/// <param name="MovePath">Where the reader can move the run to a newer version of its flow; null where there is none, or it is not the reader's to do.</param>
public sealed record ProcessRow(
    Guid Id, int Visit, string Title, string Place, string Lead, string Drawing, IReadOnlyList<ProcessStep> Steps, string DocumentPath, string? TaskPage, string Task,
    string Incident, bool CanRetry, IReadOnlyList<Named> WaitsFor, bool CanRemind, IReadOnlyList<TrailLine> Trail, string Fingerprint, string? MovePath)
{
    /// <summary>The reader leads the programme, and can say who answers for a member who is away.</summary>
    public bool MayNameSubstitute { get; init; }

    /// <summary>Where a role in the programme is given; null for a reader who gives none.</summary>
    public string? GiveRolePath { get; init; }

    /// <summary>The reader can put a person's address right.</summary>
    public bool MayCorrectAddress { get; init; }
}

/// <summary>A step of the flow and how far the run has come with it.</summary>
/// <param name="Text">What happened or is to happen, with its date.</param>
/// <param name="Part">The role or body whose step it is.</param>
/// <param name="People">Who did it, or is waited for.</param>
/// <param name="Reason">Why it was sent back, in the words of the one who did it; empty otherwise.</param>
public sealed record ProcessStep(StepState State, string Title, string Text, string Part, IReadOnlyList<Named> People, string Reason);

/// <summary>A run in the list of all runs.</summary>
public sealed record RunRow(Guid Id, string Title, string Step, StepState State, string? Due, IReadOnlyList<Named> WaitsFor);
