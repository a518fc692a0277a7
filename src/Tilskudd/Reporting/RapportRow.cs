using NodaTime;
using Tilskudd.Award;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;

namespace Tilskudd.Reporting;

/// <summary>What a person can do about a report on its page.</summary>
public enum RapportTask
{
    /// <summary>Write results and spending, and send it on.</summary>
    Writing,

    /// <summary>Read it, and send it on or back.</summary>
    Check,

    /// <summary>Keep the auditor's statement with it.</summary>
    Auditor,

    /// <summary>Send it to the grantor.</summary>
    Submission,

    /// <summary>Register the grantor's answer.</summary>
    Decision,

    /// <summary>Register whether the rest may be carried over.</summary>
    CarryOver,

    /// <summary>Register that the rest is paid back.</summary>
    Repayment,

    /// <summary>Nothing here: it is done on another page, or by others.</summary>
    Elsewhere,
}

/// <summary>What came of one tiltak.</summary>
public sealed record ResultRow(Guid Tiltak, int Number, string Name, Money Planned, string Text, Money? Spent);

/// <summary>The accounts, which close to the øre: granted + carried in = spent + carried over + repaid + outstanding.</summary>
/// <param name="Unspent">What the year left, whatever became of it.</param>
/// <param name="Outstanding">What is left of it to carry over or repay.</param>
public sealed record AccountsRow(Money Granted, Money CarriedIn, Money Available, Money Spent, Money Unspent, SettledRow? CarriedOver, SettledRow? Repaid, Money Outstanding);

/// <summary>What became of the rest, or of a part of it.</summary>
public sealed record SettledRow(Money Amount, LocalDate On);

/// <summary>A version people have been shown.</summary>
public sealed record RapportVersionRow(int Number, string Hash, DateTimeOffset At, string By, bool IsApproved);

/// <summary>A field somebody else saved while this person wrote: what stands there now.</summary>
/// <param name="Label">What the field is called.</param>
public sealed record StoredField(string Label, string Stored);

/// <summary>Why the report came back, in the words of the one who sent it.</summary>
public sealed record ReturnedRow(string By, DateTimeOffset At, string Reason);

/// <summary>The page of report and accounts.</summary>
public sealed record RapportRow
{
    public required GrantHead Head { get; init; }

    public required string GrantTitle { get; init; }

    public required string GrantPath { get; init; }

    /// <summary>Where it stands, in the flow's words.</summary>
    public required string State { get; init; }

    public required Tone Tone { get; init; }

    public required RapportTask Kind { get; init; }

    public TaskView? Task { get; init; }

    /// <summary>When the letter wants the report, and whether that day went by before it was sent.</summary>
    public required (NodaTime.LocalDate On, bool IsPassed) DueOn { get; init; }

    /// <summary>Why the report came back, or why what is left is to be repaid, to who is to do it; null where nobody has said.</summary>
    public ReturnedRow? Returned { get; init; }

    public required int Revision { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    public required string SavedBy { get; init; }

    public required string Summary { get; init; }

    public required IReadOnlyList<ResultRow> Results { get; init; }

    /// <summary>Something of the plans it reports on stands in no source.</summary>
    public bool HasInvented { get; init; }

    public required AccountsRow Accounts { get; init; }

    public required bool MayCarryOver { get; init; }

    /// <summary>A plan has been changed since the report was sent on, which follows it only when it is written again.</summary>
    public bool IsBehindPlan { get; init; }

    public required bool NeedsAuditor { get; init; }

    public required Money AuditorFrom { get; init; }

    public Audited? Audited { get; init; }

    /// <summary>A registered answer of the grantor's that the reader can register again; null where there is none.</summary>
    public RapportTask? Again { get; init; }

    public required IReadOnlyList<RapportVersionRow> Versions { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }

    public required string Journal { get; init; }

    public DateTimeOffset? CorrectionAskedAt { get; init; }

    public required string Correction { get; init; }

    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The grantor's contacts, for the one who is to send it.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    public string? ProcessPath { get; init; }

    public IReadOnlyList<Crumb> Crumbs => Head.Crumbs(new Crumb(GrantTitle, GrantPath));
}
