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

/// <summary>The page of a change.</summary>
/// <param name="FromVersion">The approved version it began on.</param>
/// <param name="ToVersion">The version that is put in its place; null while it is being written.</param>
/// <param name="Lines">The tiltak whose money is another; empty while it is being written, and where only texts are.</param>
/// <param name="IsConsentedTo">What the grantor answered; null before it has.</param>
public sealed record ChangeRow(
    GrantHead Head, string GrantTitle, string GrantPath, string PlanTitle, string PlanPath, string State, Tone Tone, ChangeReason Reason, string Text, string By, DateTimeOffset At,
    Money? Amount, int FromVersion, int? ToVersion, IReadOnlyList<ChangedLine> Lines, Money Before, Money After, bool? IsConsentedTo, string ConsentText, DateTimeOffset? ConsentAt,
    ChangeTask Kind, TaskView? Task, string? ProcessPath)
{
    public IReadOnlyList<Crumb> Crumbs => Head.Crumbs(new Crumb(GrantTitle, GrantPath));
}

/// <summary>A change as the grant's page lists it.</summary>
public sealed record ChangeLine(string Path, ChangeReason Reason, DateTimeOffset At, string State, Tone Tone);
