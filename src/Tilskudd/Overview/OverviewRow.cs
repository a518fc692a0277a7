using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Meetings;
using Tilskudd.Runs;

namespace Tilskudd.Overview;

/// <summary>A programme the reader sees, and whose it is.</summary>
public sealed record KnownProgramme(ProgrammeId Id, string Slug, string Name, string Municipality);

/// <summary>What the overview is asked for.</summary>
/// <param name="Programme">The slug of one programme; null for all the reader sees.</param>
/// <param name="Search">Words of a programme's name or its municipality's; empty for all.</param>
/// <param name="Page">Of the table, from 1.</param>
public sealed record OverviewAsked(string? Programme, string Search, int Page)
{
    public bool Fits(KnownProgramme programme) => Programme is not null ? programme.Slug == Programme : SearchText.Fits(Search, $"{programme.Name} {programme.Municipality}");
}

/// <summary>How the reader chooses between programmes.</summary>
/// <param name="Count">How many the reader sees.</param>
/// <param name="Named">Those that are chosen by name; of many, those that fit what is searched for, where they are few.</param>
/// <param name="IsSearched">They are too many for a list of names.</param>
public sealed record ProgrammeChoice(int Count, IReadOnlyList<Choice> Named, bool IsSearched);

/// <summary>The overview of the programmes a person sees. A page after the first has rows of the table alone.</summary>
/// <param name="Lead">The date, and how much is late and near.</param>
/// <param name="MyTasks">How much waits for the reader.</param>
public sealed record OverviewContent(string Lead, ProgrammeChoice Programmes, CountedPaging Paging, int MyTasks)
{
    /// <summary>The reader is a grantor's contact and nothing more: sees no programme, and opens no year.</summary>
    public bool IsGrantors { get; init; }

    /// <summary>The deadlines of what waits for a grantor the reader answers for.</summary>
    public IReadOnlyList<OwnDeadline> AtGrantor { get; init; } = [];

    public IReadOnlyList<UrgentRow> Urgent { get; init; } = [];

    public IReadOnlyList<WaitedForPerson> WaitsFor { get; init; } = [];

    /// <summary>The year wheel as SVG, made by the server.</summary>
    public string Wheel { get; init; } = "";

    public IReadOnlyList<DotRow> Dots { get; init; } = [];

    public IReadOnlyList<PhaseHeading> Phases { get; init; } = [];

    public IReadOnlyList<UnitRow> Units { get; init; } = [];

    public MoneyOverview? Money { get; init; }

    public MissingMoneyRows Missing { get; init; } = MissingMoneyRows.None;

    /// <summary>The meetings to come of the programmes' bodies.</summary>
    public IReadOnlyList<MeetingLine> Meetings { get; init; } = [];
}

/// <summary>Something late or near.</summary>
/// <param name="Answered">"2 av 5 har svart." where a body is asked; else null.</param>
/// <param name="Reminded">That it has been reminded of, or will be; else null.</param>
public sealed record UrgentRow(
    Guid Run, string Title, string Path, StepState State, Tone Tone, string Away, string Due, IReadOnlyList<Named> WaitsFor, string? Answered, string? Reminded, string? Incident, bool CanRemind);

/// <summary>A deadline a grantor has, told to its contact.</summary>
public sealed record OwnDeadline(string Title, StepState State, Tone Tone, string Away, string Due);

/// <summary>Someone the year waits for.</summary>
public sealed record WaitedForPerson(Named Person, string What, string Since, string Path);

/// <summary>Money a letter promised that has not come: of which grant, how much, since when.</summary>
public sealed record MissingRow(string Path, string Grant, string Amount, string Since);

/// <summary>The grants whose money has been missing longest.</summary>
/// <param name="More">How many there are beside them.</param>
public sealed record MissingMoneyRows(IReadOnlyList<MissingRow> Rows, int More)
{
    public static MissingMoneyRows None { get; } = new([], 0);
}

/// <summary>A deadline in the list beside the wheel, with the number of its dot.</summary>
/// <param name="Icon">The dot as SVG.</param>
public sealed record DotRow(int Number, string Icon, string Date, string Text, StepState State);

/// <summary>A column of the table: a phase of the year.</summary>
public sealed record PhaseHeading(string Key, string Name);

/// <summary>How far one plan unit has come in a year.</summary>
/// <param name="Step">"Steg 4 av 8: Godkjenning", for a narrow screen.</param>
public sealed record UnitRow(
    string Name, string Document, string Path, bool IsLate, IReadOnlyList<PhaseCell> Cells, string Step, IReadOnlyList<Named> WaitsFor, string? Due, string? Away, Tone Tone);

/// <summary>One unit in one phase.</summary>
public sealed record PhaseCell(string Phase, StepState State, string? Date);

/// <summary>A programme's money by source, beside last year's.</summary>
/// <param name="Bar">The sources as one bar, SVG.</param>
public sealed record MoneyOverview(string Title, string Total, bool IsReserved, string Bar, int Year, IReadOnlyList<SourceRow> Sources, string SumBefore, string Sum);

/// <summary>A funding source in two years.</summary>
/// <param name="AsReceived">Chapter and post of the state budget, in short.</param>
/// <param name="Key">Which of the bar's colours, from 1.</param>
public sealed record SourceRow(string Code, string AsReceived, int Key, string Before, string Now, string Share);
