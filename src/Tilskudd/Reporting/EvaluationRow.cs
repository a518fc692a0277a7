using NodaTime;
using Tilskudd.Layout;
using Tilskudd.Runs;

namespace Tilskudd.Reporting;

/// <summary>What a person can do about an evaluation on its page.</summary>
public enum EvaluationTask
{
    /// <summary>Write down what came of a step on the way.</summary>
    Note,

    /// <summary>Register the report.</summary>
    Report,

    /// <summary>Nothing here: it is for others, or done.</summary>
    Elsewhere,
}

/// <summary>A step of the time plan as it was done.</summary>
/// <param name="Outcome">What came of it, in the flow's words.</param>
/// <param name="Text">What was written of it; may be empty.</param>
public sealed record EvaluationStep(string Name, string Outcome, string By, DateTimeOffset At, string Text);

/// <summary>The report of an evaluation as it was registered.</summary>
public sealed record EvaluationReportRow(int Version, string Title, string Evaluator, LocalDate DeliveredOn, string Findings, string Place, string By, DateTimeOffset At);

/// <summary>What a body has said of a version of the report.</summary>
/// <param name="Body">Empty where the body is not registered.</param>
/// <param name="Reference">Where it stands in the protocol.</param>
public sealed record EvaluationDecisionRow(string Body, int Version, LocalDate On, string Reference, string Text);

/// <summary>The page of an evaluation.</summary>
/// <param name="TextLanguage">The language people of the municipality write in, where it is another than the page's; else null.</param>
public sealed record EvaluationRow(
    string Path, string Title, string Programme, string ProgrammePath, string YearPath, int Year, string? TextLanguage, string State, Tone Tone, EvaluationTask Kind, TaskView? Task,
    IReadOnlyList<EvaluationStep> Done, EvaluationReportRow? Report, string ProcessPath)
{
    /// <summary>What has been said of the report, the last first.</summary>
    public IReadOnlyList<EvaluationDecisionRow> Decisions { get; init; } = [];

    public IReadOnlyList<Crumb> Crumbs => [new(Programme, ProgrammePath), new($"{Year}", YearPath), new(Title, Path)];
}
