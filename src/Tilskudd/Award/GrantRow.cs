using NodaTime;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;

namespace Tilskudd.Award;

/// <summary>What a person can do about a grant on its page.</summary>
public enum GrantTask
{
    /// <summary>Send the approved plan to the grantor.</summary>
    Submission,

    /// <summary>Register the Storting's vote.</summary>
    Vote,

    /// <summary>Register the tilskuddsbrev.</summary>
    Letter,

    /// <summary>Accept its terms.</summary>
    Acceptance,

    /// <summary>Change one of the several plans the letter answers, on that plan's page.</summary>
    Revision,

    /// <summary>Nothing here: it is done on another page, by others, or by time.</summary>
    Elsewhere,
}

/// <summary>A plan that the grant answers.</summary>
public sealed record PlanLink(Guid Id, string Title, string Path);

/// <summary>A version of a plan that is to be sent, or was.</summary>
/// <param name="Path">Where it is read.</param>
public sealed record SentVersion(string Title, int Version, string Hash, string Path);

/// <summary>What will be sent, as the page shows it before it is.</summary>
/// <param name="Plans">One version of each plan.</param>
/// <param name="ApprovedAt">When the last of them was approved.</param>
/// <param name="Amount">What the plans ask of this source.</param>
/// <param name="Recipients">The grantor's contacts.</param>
/// <param name="Correction">What the grantor wanted put right in the one before, or null.</param>
public sealed record ToSend(IReadOnlyList<SentVersion> Plans, DateTimeOffset ApprovedAt, Money Amount, IReadOnlyList<string> Recipients, string? Correction)
{
    /// <summary>The versions as the form names them, in the plans' order.</summary>
    public string Versions => string.Join(',', Plans.Select(plan => plan.Version));
}

/// <summary>One sending, and what came of it.</summary>
public sealed record SubmissionRow(
    int Number, IReadOnlyList<SentVersion> Plans, string By, DateTimeOffset At, DateTimeOffset? ReceivedAt, string Journal, DateTimeOffset? CorrectionAt, string Correction);

/// <summary>The letter as registered.</summary>
public sealed record LetterRow(
    string Reference, LocalDate ReceivedOn, Money Amount, LocalDate ReportDueOn, Money? AuditorFrom, Money AuditorOtherwise, bool MayCarryOver, string Terms,
    string By, DateTimeOffset At, DateTimeOffset? AcceptedAt, string AcceptedBy)
{
    /// <summary>The parts it is paid in; empty where it all comes at once.</summary>
    public IReadOnlyList<PlannedPayment> Payments { get; init; } = [];

    public bool ChangesNeedConsent { get; init; }

    /// <summary>The reader may put the terms right that the report hangs on.</summary>
    public bool MayCorrect { get; init; }
}

/// <summary>Which of the granted money has come.</summary>
/// <param name="Missing">What should have come by now; null where nothing is late.</param>
/// <param name="Next">The number the next payment gets.</param>
public sealed record PaymentsRow(IReadOnlyList<PaymentLine> Lines, Money Granted, Money Arrived, MissingMoney? Missing, bool MayRegister, int Next);

/// <summary>One payment, and who wrote it down.</summary>
public sealed record PaymentLine(int Number, LocalDate On, Money Amount, string By, DateTimeOffset At);

/// <summary>The letter beside the approved plan.</summary>
/// <param name="Version">The plan's approved version; null where there are several plans.</param>
/// <param name="Percent">The difference in per cent of what was planned, one decimal; null where nothing was.</param>
/// <param name="CarriedIn">What was carried over from the year before, and that the plans may use beside the letter.</param>
/// <param name="Lines">Line by line, in the plan's order.</param>
/// <param name="NeedsSpread">The difference is within the limit, and is laid on the lines when the letter is accepted.</param>
/// <param name="SpreadBy">How it was laid on the lines; null before, and where there was none.</param>
public sealed record ComparisonRow(
    int? Version, Money Planned, Money Granted, Money Difference, decimal? Percent, bool IsWithin, decimal LimitPercent, Money LimitAmount, Money CarriedIn, IReadOnlyList<LineRow> Lines, bool NeedsSpread, SpreadRule? SpreadBy);

/// <summary>A tiltak's money from the source: as planned, and what the letter leaves it.</summary>
/// <param name="Tiltak">The tiltak's id.</param>
/// <param name="Proportional">Its share of the letter, as a proposal.</param>
/// <param name="ByPriority">What it has by the plan's order, as a proposal.</param>
/// <param name="Given">What it was given; null where the plan stands, or nothing is settled yet.</param>
public sealed record LineRow(Guid Tiltak, string Name, Money Planned, Money Proportional, Money ByPriority, Money? Given);

/// <summary>A figure for this grant as it stood from a day on.</summary>
/// <param name="Whose">That it is for the whole source; or, of several units that a letter answers together, the one's name. Empty where it is for the unit the grant is given to.</param>
/// <param name="IsReplaced">A vote or a grant that was registered again: the figure holds no longer.</param>
public sealed record AmountRow(AmountState State, Money Amount, DateTimeOffset At, string Basis, string Whose, bool IsReplaced);

/// <summary>A grant that a change of the plan may touch.</summary>
/// <param name="IsThis">The grant whose page it is.</param>
public sealed record PayingRow(Guid Id, string Name, bool IsThis);

/// <summary>The page of a grant: one source, one letter.</summary>
public sealed record GrantRow
{
    public required GrantHead Head { get; init; }

    /// <summary>The plans it answers, in order.</summary>
    public required IReadOnlyList<PlanLink> Plans { get; init; }

    /// <summary>Where the plans lie: the plan's own page, or of several the programme's year.</summary>
    public required Crumb Above { get; init; }

    public required string Condition { get; init; }

    /// <summary>The list the condition announces, where it does; else empty.</summary>
    public required IReadOnlyList<string> Conditions { get; init; }

    /// <summary>What was odd about the source when it was received (D-09, D-10).</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Where it stands, in the flow's words.</summary>
    public required string State { get; init; }

    public required Tone Tone { get; init; }

    public required GrantTask Kind { get; init; }

    public TaskView? Task { get; init; }

    public ToSend? ToSend { get; init; }

    /// <summary>What the reader may register again, as it was typed in wrong: the letter or the vote; null where there is nothing.</summary>
    public GrantTask? Again { get; init; }

    public required IReadOnlyList<SubmissionRow> Submissions { get; init; }

    public Money? Voted { get; init; }

    public LocalDate? VotedOn { get; init; }

    public LetterRow? Letter { get; init; }

    /// <summary>Null before the letter.</summary>
    public PaymentsRow? Payments { get; init; }

    public ComparisonRow? Comparison { get; init; }

    /// <summary>Why the plans were sent before all of them were approved; empty where they were not.</summary>
    public string WithoutReason { get; init; } = "";

    public string RefusalText { get; init; } = "";

    public DateTimeOffset? RefusedAt { get; init; }

    public required IReadOnlyList<AmountRow> Amounts { get; init; }

    /// <summary>Changes of the plan since the letter was accepted, the latest first.</summary>
    public IReadOnlyList<ChangeLine> Changes { get; init; } = [];

    /// <summary>The id a change gets if the reader opens one now; null where the reader may not.</summary>
    public Guid? NewChange { get; init; }

    /// <summary>The grants that pay for its plans, this one among them; empty where the reader may not open a change.</summary>
    public IReadOnlyList<PayingRow> Paying { get; init; } = [];

    public string? ProcessPath { get; init; }

    public string? RapportPath { get; init; }

    public IReadOnlyList<Crumb> Crumbs => Head.Crumbs(Above);
}
