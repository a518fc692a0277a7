using Tilskudd.Cycle.Year;
using Tilskudd.Layout;

namespace Tilskudd.Planning;

/// <summary>A source's amount field on a tiltak's page.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Hint">The grantor's condition, where there is one.</param>
public sealed record AmountField(string Name, string Label, string? Hint, string Value);

/// <summary>A source's frame as the tiltak on the page sees it: what the others take, what this one takes.</summary>
public sealed record TiltakFrame(string Code, int Number, Money Others, Money This, Money? Frame, bool IsReserved)
{
    public Money Planned => Others + This;
}

/// <summary>The same tiltak in the plan of the year before.</summary>
public sealed record LastYearTiltak(string Description, string Target, IReadOnlyList<SummaryRow> Money);

/// <summary>A field where what is stored is another than what was typed over it.</summary>
public sealed record FieldDifference(string Label, string Stored, string Typed);

/// <summary>A tiltak's page.</summary>
public sealed record TiltakRow
{
    public required PlanHead Head { get; init; }

    /// <summary>Its path; for one that is not saved yet, that of the empty form.</summary>
    public required string Path { get; init; }

    /// <summary>The id a new tiltak gets when it is saved; null for one the plan has.</summary>
    public required Guid? NewId { get; init; }

    public required string Name { get; init; }

    public required TiltakForm Form { get; init; }

    public required int Revision { get; init; }

    public required bool MayWrite { get; init; }

    public required bool HasInvented { get; init; }

    /// <summary>The text in the source document it comes from; empty where there is none.</summary>
    public required string Verbatim { get; init; }

    public required IReadOnlyList<Choice> Themes { get; init; }

    public required IReadOnlyList<Choice> Criteria { get; init; }

    public required IReadOnlyList<Choice> Statuses { get; init; }

    /// <summary>The other tiltak of the plan, which this one may be merged into.</summary>
    public required IReadOnlyList<Choice> Others { get; init; }

    public required IReadOnlyList<Choice> Changes { get; init; }

    public required IReadOnlyList<AmountField> Amounts { get; init; }

    public required IReadOnlyList<TiltakFrame> Frames { get; init; }

    public required LastYearTiltak? LastYear { get; init; }

    public required IReadOnlyList<FieldDifference> Differences { get; init; }

    public bool IsNew => NewId is not null;
}
