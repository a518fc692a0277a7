using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Reporting;

/// <summary>What the report of an evaluation says of itself, as it was typed in.</summary>
/// <param name="Evaluator">Who wrote it, from outside.</param>
/// <param name="Findings">The main findings, as the body is to know them.</param>
/// <param name="Place">Where the report lies: an address, or its number in the archive.</param>
public sealed record EvaluationReport(string Title, string Evaluator, LocalDate DeliveredOn, string Findings, string Place);

/// <summary>The evaluation of a programme midway or at its end. It belongs to the programme and not to a plan (domain.md 2.3), and is bought from outside.</summary>
public sealed class Evaluation
{
    private Evaluation() { }

    public Evaluation(EvaluationId id, ProgrammeId programme, PlanUnitId unit, GrantYear year, DateTimeOffset at) =>
        (Id, ProgrammeId, PlanUnitId, Year, OpenedAt) = (id, programme, unit, year, at);

    public EvaluationId Id { get; private set; }

    public ProgrammeId ProgrammeId { get; private set; }

    /// <summary>The unit in whose name its people are found; the whole programme where there is such a unit.</summary>
    public PlanUnitId PlanUnitId { get; private set; }

    /// <summary>The year the report is to be ready.</summary>
    public GrantYear Year { get; private set; }

    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>How often a report has been registered: a body that wants more gets a new version.</summary>
    public int Version { get; private set; }

    public string Title { get; private set; } = "";

    public string Evaluator { get; private set; } = "";

    public LocalDate? DeliveredOn { get; private set; }

    public string Findings { get; private set; } = "";

    public string Place { get; private set; } = "";

    public PersonId? RegisteredBy { get; private set; }

    public DateTimeOffset? RegisteredAt { get; private set; }

    /// <summary>Writes down what came of a step on the way to the report. What was done is kept with the visit, for those who ask later.</summary>
    public static Refusal? Note(string text) =>
        Prose.IsBlank(text) ? new EvaluationRefusal.TextMissing("notat") : TooLong("notat", text, Handlingsplan.LongestText);

    /// <summary>The report has come.</summary>
    public Refusal? Deliver(EvaluationReport report, PersonId by, DateTimeOffset at, LocalDate today)
    {
        (string Field, string Text, int Longest)[] texts =
        [
            ("tittel", report.Title, Handlingsplan.LongestName), ("utforer", report.Evaluator, Handlingsplan.LongestName), ("funn", report.Findings, Handlingsplan.LongestText), ("sted", report.Place, 400),
        ];
        foreach (var (field, text, longest) in texts)
        {
            if ((Prose.IsBlank(text) ? new EvaluationRefusal.TextMissing(field) : TooLong(field, text, longest)) is { } refusal)
            {
                return refusal;
            }
        }

        if (report.DeliveredOn > today)
        {
            return new EvaluationRefusal.DateInFuture(report.DeliveredOn);
        }

        (Title, Evaluator, Findings, Place) = (Prose.Line(report.Title), Prose.Line(report.Evaluator), Prose.Of(report.Findings), Prose.Line(report.Place));
        (DeliveredOn, RegisteredBy, RegisteredAt, Version) = (report.DeliveredOn, by, at, Version + 1);
        return null;
    }

    private static EvaluationRefusal? TooLong(string field, string text, int longest) =>
        Prose.Length(Prose.Of(text)) is var length && length > longest ? new EvaluationRefusal.TextTooLong(field, length, longest) : null;
}

/// <summary>Why what was written about an evaluation cannot be kept.</summary>
public abstract record EvaluationRefusal(string Field) : Refusal(Field)
{
    public sealed record TextMissing(string In) : EvaluationRefusal(In);

    public sealed record TextTooLong(string In, int Length, int Longest) : EvaluationRefusal(In);

    public sealed record DateInFuture(LocalDate Date) : EvaluationRefusal("levert");
}
