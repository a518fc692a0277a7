using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Reporting;
using Tilskudd.Runs;

namespace Tilskudd.Award;

/// <summary>What the grantor answered.</summary>
/// <param name="Text">The journal number, or what must be put right.</param>
public sealed record GrantorAnswer(bool IsCorrection, string Text, DateTimeOffset At);

/// <summary>What was sent to a grantor, as its contact sees it.</summary>
public sealed record ReceiptRow
{
    /// <summary>What the auditor has said of a report's accounts, and when; null where none has.</summary>
    public Audited? Auditor { get; init; }

    /// <summary>Why a plan that has been granted money is sent anew, and whether the letter asks for consent; null where it is sent as an application.</summary>
    public (string Why, bool NeedsConsent)? Change { get; init; }

    public required string Path { get; init; }

    public required string Title { get; init; }

    public required string Municipality { get; init; }

    public required string Programme { get; init; }

    /// <summary>The contact whose link it is.</summary>
    public required string Person { get; init; }

    public required bool IsInvented { get; init; }

    public required string Grantor { get; init; }

    public required string Source { get; init; }

    /// <summary>What was sent: a report, or a version of each plan.</summary>
    public required IReadOnlyList<SentVersion> Versions { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    /// <summary>The text people of the municipality write is in this language, where it is another than the page's; else null.</summary>
    public required string? TextLanguage { get; init; }

    /// <summary>What the plans ask for; null where a report was sent.</summary>
    public Money? Asked { get; init; }

    /// <summary>The plans as they were sent, in the order of <see cref="Versions"/>; none where a report was.</summary>
    public IReadOnlyList<HandlingsplanContent> Plans { get; init; } = [];

    /// <summary>What has changed in each plan since it was sent the time before, in the same order; empty where nothing has, and none at all the first time.</summary>
    public IReadOnlyList<IReadOnlyList<Difference>> Changes { get; init; } = [];

    public RapportContent? Rapport { get; init; }

    /// <summary>What the contact asked to have put right in the sending before this one, or null.</summary>
    public string? Before { get; init; }

    public GrantorAnswer? Answer { get; init; }

    /// <summary>The step that waits for this contact; null when there is nothing to answer now.</summary>
    public TaskView? Task { get; init; }
}
