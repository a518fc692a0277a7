using Tilskudd.Layout;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Runs;

/// <summary>An open deadline with its history.</summary>
/// <param name="Source">Where the date is from; empty where it is the flow's or not known, and where it has been moved.</param>
/// <param name="Moves">Earlier revisions and why each was moved, the latest first.</param>
/// <param name="MovePath">The page where it is moved; null for who may not.</param>
public sealed record DeadlineRow(
    Guid Id, string Title, string Step, string ProcessPath, string Due, string Away, StepState State, Tone Tone, IReadOnlyList<Named> WaitsFor, IReadOnlyList<RungRow> Rungs, string Source,
    IReadOnlyList<string> Moves, string? MovePath);

/// <summary>A notice about a deadline, sent or to come.</summary>
public sealed record RungRow(RungKind Kind, string When, bool IsSent);

/// <summary>A deadline a flow will come to, which the programme can set its own date for.</summary>
/// <param name="Source">Where the date is from; empty where it is the flow's.</param>
public sealed record ComingRow(string Title, string Step, string Due, string Source, string? SetPath);

/// <summary>The deadlines a person sees.</summary>
/// <param name="Coming">On the first page alone.</param>
public sealed record DeadlinesContent(IReadOnlyList<DeadlineRow> Open, Paging Paging, IReadOnlyList<ComingRow> Coming, CountedPaging ComingPaging);

/// <summary>The form that moves a deadline, or sets a programme's own date for one to come.</summary>
/// <param name="Step">What is due.</param>
/// <param name="Now">When it is due as it stands.</param>
/// <param name="Action">Where the form is posted.</param>
/// <param name="AsksReason">A deadline that holds is moved with a reason; one to come needs none.</param>
public sealed record MoveRow(string Title, string Step, string Now, string Action, string Date, string Time, string Reason, bool AsksReason)
{
    /// <summary>The programme's own date when the form was shown (<see cref="MoveDeadline.MarkOf"/>); empty for one that holds, which has revisions.</summary>
    public string Mark { get; init; } = "";

    /// <summary>Who has set the programme's own date, as the form has it.</summary>
    public string Source { get; init; } = "";
}
