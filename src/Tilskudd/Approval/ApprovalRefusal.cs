using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Notices;

namespace Tilskudd.Approval;

/// <summary>Why a round says no where the body's own rules do not.</summary>
internal abstract record ApprovalRefusal(string Field = "") : Refusal(Field)
{
    /// <summary>The link has been closed since the page was opened.</summary>
    public sealed record LinkEnded(LinkEnd Why) : ApprovalRefusal;

    /// <summary>The person has answered since this form was shown, from another window or another mail. That answer stands.</summary>
    public sealed record AnsweredMeanwhile(AnswerKind Kind, DateTimeOffset At) : ApprovalRefusal;

    /// <summary>The form was not made for this: it carries no key of ours, or one that has been used elsewhere.</summary>
    public sealed record FormTooOld : ApprovalRefusal;

    /// <summary>The body asks for a fresh code at the moment of decision, and that is tried against the link in the mail.</summary>
    public sealed record NeedsLink : ApprovalRefusal;

    /// <summary>The body asks members to sign in before they answer.</summary>
    public sealed record NeedsSignIn : ApprovalRefusal;

    /// <summary>Members still have time to answer.</summary>
    public sealed record NotDueYet(DateTimeOffset DueAt) : ApprovalRefusal;
}
