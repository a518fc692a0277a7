using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;

namespace Tilskudd.Award;

/// <summary>What a person can do about a change on its page.</summary>
public enum ChangeTask
{
    /// <summary>Send the changed plan to the grantor.</summary>
    Submission,

    /// <summary>Register whether the grantor consents.</summary>
    Consent,

    /// <summary>Nothing here: it is done on the plan's page, by others, or it is done.</summary>
    Elsewhere,
}

/// <summary>A tiltak's money before the change and after it; null where it has none, since it has come or gone.</summary>
public sealed record ChangedLine(string Name, Money? Before, Money? After);

/// <summary>A grantor that a change touches, and what has come of it there.</summary>
/// <param name="NeedsConsent">Whether its letter asks for consent.</param>
/// <param name="Consent">What it answered; null before it has.</param>
public sealed record ToldGrantor(
    Guid Grant, string Name, string Path, DateTimeOffset? SentAt, DateTimeOffset? ReceivedAt, string Journal, DateTimeOffset? CorrectionAt, string Correction, bool NeedsConsent, bool? Consent, string ConsentText, DateTimeOffset? ConsentAt)
{
    public bool IsLeft => NeedsConsent && Consent is null;
}

/// <summary>The page of a change.</summary>
/// <param name="FromVersion">The approved version it began on.</param>
/// <param name="ToVersion">The version that is put in its place; null while it is being written.</param>
/// <param name="Lines">The tiltak whose money is another; empty while it is being written, and where only texts are.</param>
/// <param name="Told">The grantors that must know of it; none where one has changed its own amount and no other's money is moved.</param>
/// <param name="IsWithheld">A grantor does not consent, and all have answered.</param>
public sealed record ChangeRow(
    GrantHead Head, string GrantTitle, string GrantPath, string PlanTitle, string PlanPath, string State, Tone Tone, ChangeReason Reason, string Text, string By, DateTimeOffset At,
    Money? Amount, int FromVersion, int? ToVersion, IReadOnlyList<ChangedLine> Lines, Money Before, Money After, IReadOnlyList<ToldGrantor> Told, bool IsWithheld,
    ChangeTask Kind, TaskView? Task, string? ProcessPath)
{
    /// <summary>The reader may put the new amount right.</summary>
    public bool MayCorrect { get; init; }

    // A change of several grants lies under the plan they pay for.
    public IReadOnlyList<Crumb> Crumbs => Head.Crumbs(Told.Count < 2 ? new Crumb(GrantTitle, GrantPath) : new Crumb(PlanTitle, PlanPath));
}

/// <summary>A change as the grant's page lists it.</summary>
public sealed record ChangeLine(string Path, ChangeReason Reason, DateTimeOffset At, string State, Tone Tone);
