using Tilskudd.Layout;
using Tilskudd.Meetings;
using Tilskudd.Runs;

namespace Tilskudd.Year;

/// <summary>A person as a page names them.</summary>
public sealed record NamedPerson(string Name, bool IsInvented);

/// <summary>A role or a seat, and who has it; null while nobody does.</summary>
/// <param name="For">The unit, group or period it is bounded by; empty where it is not.</param>
public sealed record HeldBy(string What, NamedPerson? Person, string For);

/// <summary>A body with its rules in words.</summary>
public sealed record BodyRow(string Name, string For, IReadOnlyList<SummaryRow> Rules, IReadOnlyList<HeldBy> Seats)
{
    /// <summary>The last meetings of the body, for those who may read them.</summary>
    public IReadOnlyList<MeetingLine> Meetings { get; init; } = [];

    /// <summary>Where a meeting of the body is planned; null for those who do not lead them.</summary>
    public string? MeetPath { get; init; }
}

/// <summary>A plan unit.</summary>
/// <param name="Facts">What it is, how far it has come, how long it lasts and what it was before, with commas between.</param>
public sealed record UnitRow(string Name, string Facts);

/// <summary>What a reader should know of the documents the programme was read from.</summary>
/// <param name="About">The unit it is about; empty for the programme.</param>
public sealed record RemarkRow(string About, string Text);

/// <summary>A source as the programme has it in a year, chapter and post in the words received.</summary>
/// <param name="Conditions">The list the condition announces, where it does.</param>
/// <param name="Warnings">What a reader should know before using the figures.</param>
public sealed record SourceRow(string Name, string Grantor, string AsReceived, string Condition, IReadOnlyList<string> Conditions, IReadOnlyList<string> Warnings, IReadOnlyList<AmountRow> Amounts);

/// <summary>An amount as it stood from an instant on.</summary>
public sealed record AmountRow(string State, string For, string Amount, string When, string Basis);

/// <summary>A year of the programme, with where each plan stands.</summary>
public sealed record YearLine(int Year, string Path, string Plans);

/// <summary>The page of a programme.</summary>
public sealed record ProgrammeRow(
    string Name, string Municipality, string Path, string Goal, string Period, string TextLanguage,
    IReadOnlyList<YearLine> Years, IReadOnlyList<UnitRow> Units, IReadOnlyList<BodyRow> Bodies, IReadOnlyList<HeldBy> Roles,
    int? SourceYear, IReadOnlyList<SourceRow> Sources, IReadOnlyList<int> Openable, OwnRulesRow Rules)
{
    /// <summary>What a reader should know of the documents it was read from; none where a person has entered it.</summary>
    public IReadOnlyList<RemarkRow> Remarks { get; init; } = [];
}

/// <summary>A document of the year, and where it stands.</summary>
public sealed record DocumentLine(string Name, string Path, string State, Tone Tone, string Text);

/// <summary>The page of one year of a programme.</summary>
public sealed record YearRow(
    string Name, string ProgrammePath, int Year, bool MayOpen, bool IsOpen, IReadOnlyList<SourceRow> Sources,
    IReadOnlyList<DocumentLine> Plans, IReadOnlyList<DocumentLine> Grants, IReadOnlyList<DocumentLine> Changes, IReadOnlyList<DocumentLine> Reports, IReadOnlyList<DocumentLine> Evaluations, bool MayEvaluate)
{
    /// <summary>The approved plans that wait for others to be sent together, where the reader may send them without; else null.</summary>
    public HeldRow? Held { get; init; }
}

/// <summary>The units whose plans are approved, and those whose plans are not.</summary>
public sealed record HeldRow(IReadOnlyList<string> Approved, IReadOnlyList<string> Missing);

/// <summary>The plans of the programmes a person sees, or of those that fit what is searched for; a page of them.</summary>
/// <param name="All">How many programmes the person sees.</param>
public sealed record PlanList(string Search, int All, CountedPaging Paging, IReadOnlyList<PlanListRow> Rows);

/// <summary>A programme in the list of plans.</summary>
public sealed record PlanListRow(string Name, string Municipality, string Path, IReadOnlyList<DocumentLine> Plans);
