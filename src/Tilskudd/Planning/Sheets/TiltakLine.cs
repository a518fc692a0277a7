using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Planning.Sheets;

/// <summary>A text of a cell, with where it stands.</summary>
internal sealed record PlacedText(string Text, SheetCell Cell);

/// <summary>A tiltak as a sheet tells it. What is null or missing the sheet says nothing of: blank is not empty, and not nought.</summary>
/// <param name="Name">As the name's cell has it, in one line.</param>
internal sealed record TiltakLine(PlacedText Name)
{
    /// <summary>Its number in the plan, or only its place in the list.</summary>
    public int? Number { get; init; }

    public TiltakId? Id { get; init; }

    public string? Theme { get; init; }

    public string? SubTheme { get; init; }

    public IReadOnlyList<string>? Criteria { get; init; }

    public string? Description { get; init; }

    public string? Target { get; init; }

    public string? Baseline { get; init; }

    /// <summary>The sheet says that where it stood before is not known.</summary>
    public bool HasNoBaseline { get; init; }

    public string? Responsible { get; init; }

    public TiltakStatus? Status { get; init; }

    public TiltakChange? Change { get; init; }

    public IReadOnlyDictionary<FundingSourceId, Money> Amounts { get; init; } = new Dictionary<FundingSourceId, Money>();
}

/// <summary>A plan as a workbook tells it, or what is wrong with the workbook.</summary>
/// <param name="Sheet">The sheet's name; empty where none was found.</param>
/// <param name="Sums">How many rows of sums agreed with the lines.</param>
/// <param name="Notes">What was left out of account, each a sentence.</param>
/// <param name="Faults">Everything that must be put right first, each with its sheet and cell.</param>
internal sealed record PlanTable(string Sheet, IReadOnlyList<TiltakLine> Lines, IReadOnlyList<FundingSource> Sources, int Sums, IReadOnlyList<string> Notes, IReadOnlyList<string> Faults);
