using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;

namespace Tilskudd.Notices;

/// <summary>What a mail is for. Each kind has its own words and its own check that it is still true when it is sent.</summary>
internal enum NoticeKind
{
    /// <summary>A step of a run waits for the person.</summary>
    TaskWaiting,

    /// <summary>A member of a body is asked to answer, with a personal link and a code.</summary>
    ApprovalAsked,

    /// <summary>The same, to a member who has not answered.</summary>
    ApprovalReminder,

    /// <summary>An observer gets what the body is asked about, to read.</summary>
    ApprovalShown,

    /// <summary>A task's deadline is near.</summary>
    DeadlineReminder,

    /// <summary>Someone else's deadline has passed.</summary>
    Escalation,

    /// <summary>A member's answer is registered (reliability rule L12).</summary>
    AnswerReceipt,

    /// <summary>Someone has registered a member's answer by phone or on paper, with a personal link to take it back by.</summary>
    AnswerRegistered,

    /// <summary>The member took back an answer; for who registered it.</summary>
    AnswerRetracted,

    /// <summary>A member's habilitet is asked about; for those who lead the round and who leads the body.</summary>
    DoubtRaised,

    /// <summary>It is decided; for the member, with a personal link where the member is to answer, and for a deputy who gives the place back.</summary>
    DoubtDecided,

    /// <summary>What was found or asked in an earlier version holds in the new one too, or is taken up anew; for the member.</summary>
    DoubtFollows,

    /// <summary>A round is closed with a result.</summary>
    RoundResult,

    /// <summary>The grantor gets what was submitted, with a personal link.</summary>
    SubmissionSent,

    /// <summary>The grantor asks for a correction.</summary>
    CorrectionAsked,

    /// <summary>The Storting's vote or the letter is registered.</summary>
    MoneyNews,

    /// <summary>A member of a body is called to a meeting, or to what has been changed of it, with an entry for the calendar.</summary>
    MeetingCalled,

    /// <summary>A meeting is called off; for those who were called to it.</summary>
    MeetingOff,

    SignInLink,

    /// <summary>A new code for an answer that waits.</summary>
    FreshCode,

    /// <summary>Words written elsewhere, such as by a notifying step.</summary>
    Message,
}

internal enum NoticeState
{
    Queued,

    /// <summary>Someone is sending it.</summary>
    Sending,
    Sent,

    /// <summary>Given up; the reason is kept, and pages show it.</summary>
    Failed,

    /// <summary>It may have arrived; it is sent again with the same message id.</summary>
    Uncertain,

    /// <summary>No longer true when its turn came.</summary>
    Cancelled,
}

/// <summary>What a notice is about: ids only, since the mail is written from the facts of the day it is sent.</summary>
internal sealed record NoticeAbout
{
    public Guid? RunId { get; init; }

    /// <summary>Which visit of the run's step the task belongs to.</summary>
    public int? Visit { get; init; }

    public HandlingsplanId? PlanId { get; init; }

    public RoundId? RoundId { get; init; }

    public GrantId? GrantId { get; init; }

    public RapportId? RapportId { get; init; }

    public MeetingId? MeetingId { get; init; }

    /// <summary>Working days before or after the deadline.</summary>
    public int? DeadlineRung { get; init; }

    /// <summary>
    /// For a <see cref="NoticeKind.Message"/>: the subject on the first line, then the text. For an answer another registered, a member's doubt, and a
    /// call to a meeting: its number. For <see cref="NoticeKind.MoneyNews"/>: what was wrong with what was told before.
    /// </summary>
    public string Text { get; init; } = "";
}

/// <summary>A mail to one person on one occasion: queued with the facts it tells about, and written when it is sent.</summary>
internal sealed class Notice
{
    /// <summary>Tries before it is given up; with the pauses between them, some four hours.</summary>
    public const int MostAttempts = 10;

    private const int LongestError = 300;

    private Notice() { }

    public Notice(NoticeId id, NoticeKind kind, string occasion, PersonId person, string language, NoticeAbout about, string messageId, string? threadId, DateTimeOffset at)
    {
        (Id, Kind, Occasion, PersonId, Language, QueuedAt, NextAttemptAt) = (id, kind, occasion, person, language, at, at);
        (MessageId, ThreadId) = (messageId, threadId ?? messageId);
        (RunId, Visit, PlanId, RoundId, GrantId, RapportId, MeetingId, DeadlineRung, Text) =
            (about.RunId, about.Visit, about.PlanId, about.RoundId, about.GrantId, about.RapportId, about.MeetingId, about.DeadlineRung, about.Text);
    }

    public NoticeId Id { get; private set; }

    public NoticeKind Kind { get; private set; }

    /// <summary>Unique with the person: the same occasion never becomes two mails (invariant I7).</summary>
    public string Occasion { get; private set; } = "";

    public PersonId PersonId { get; private set; }

    /// <summary>The person's language when it was queued.</summary>
    public string Language { get; private set; } = "nb";

    public Guid? RunId { get; private set; }

    public int? Visit { get; private set; }

    public HandlingsplanId? PlanId { get; private set; }

    public RoundId? RoundId { get; private set; }

    public GrantId? GrantId { get; private set; }

    public RapportId? RapportId { get; private set; }

    public MeetingId? MeetingId { get; private set; }

    public int? DeadlineRung { get; private set; }

    public string Text { get; private set; } = "";

    /// <summary>Without angle brackets; a mail sent again keeps it.</summary>
    public string MessageId { get; private set; } = "";

    /// <summary>The message id of the first mail about the same thing to the same person.</summary>
    public string ThreadId { get; private set; } = "";

    public DateTimeOffset QueuedAt { get; private set; }

    public NoticeState State { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>When its turn comes; while it is being sent, when whoever sends it is taken for lost. Null when there is no next time.</summary>
    public DateTimeOffset? NextAttemptAt { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>What went wrong last, without addresses.</summary>
    public string LastError { get; private set; } = "";

    /// <summary>The message id of a mail: the notice's own id at the sender's domain, so that an answer to it is found again.</summary>
    public static string MessageIdOf(NoticeId id, string domain) => $"{id.Value:N}@{domain}";

    /// <summary>The notice a message id may be of; whether it is, the notice's own tells. Null for other people's.</summary>
    public static NoticeId? IdIn(string messageId) =>
        messageId.IndexOf('@', StringComparison.Ordinal) is var at and > 0 && Guid.TryParseExact(messageId.AsSpan(0, at), "N", out var id) ? new NoticeId(id) : null;

    public bool IsDue(DateTimeOffset now) => State is NoticeState.Queued or NoticeState.Uncertain && NextAttemptAt <= now;

    /// <summary>Takes it for sending, for so long at most.</summary>
    public void Claim(DateTimeOffset now, TimeSpan lease)
    {
        Demand(NoticeState.Queued, NoticeState.Uncertain);
        (State, NextAttemptAt) = (NoticeState.Sending, now + lease);
        Attempts++;
    }

    public void Delivered(DateTimeOffset now) => (State, SentAt, NextAttemptAt, LastError) = (NoticeState.Sent, now, null, "");

    /// <summary>It did not go, and is tried again after a while, or is given up.</summary>
    public void Failed(string error, bool isForGood, DateTimeOffset now)
    {
        LastError = Short(error);
        (State, NextAttemptAt) = isForGood || Attempts >= MostAttempts ? (NoticeState.Failed, (DateTimeOffset?)null) : (NoticeState.Queued, now + Pause(Attempts));
    }

    /// <summary>It may have gone. A second mail with the same message id does less harm than none; when no try has got an answer, it is given up.</summary>
    public void BecameUncertain(string error, DateTimeOffset now)
    {
        LastError = Short(error);
        (State, NextAttemptAt) = Attempts >= MostAttempts ? (NoticeState.Failed, (DateTimeOffset?)null) : (NoticeState.Uncertain, now + Pause(Attempts));
    }

    /// <summary>Whoever was sending it is gone: it is sent again at once.</summary>
    public void Abandoned(DateTimeOffset now)
    {
        Demand(NoticeState.Sending);
        (State, NextAttemptAt, LastError) = (NoticeState.Uncertain, now, "Sendingen ble avbrutt.");
    }

    /// <summary>The way out was closed; that is no try. How long it has waited is counted from when it was queued (<see cref="QueuedAt"/>).</summary>
    public void PutBack(string error, DateTimeOffset next)
    {
        Demand(NoticeState.Sending);
        Attempts--;
        (State, NextAttemptAt, LastError) = (NoticeState.Queued, next, Short(error));
    }

    /// <summary>A server further on gave it up: it was sent, and its reader has not got it. What is over already stays as it is.</summary>
    public void Bounced(string reason)
    {
        if (State is NoticeState.Sent or NoticeState.Uncertain or NoticeState.Queued)
        {
            (State, NextAttemptAt, LastError) = (NoticeState.Failed, null, Short(reason));
        }
    }

    public void Cancel() => (State, NextAttemptAt) = (NoticeState.Cancelled, null);

    /// <summary>An administrator has a failed notice tried anew.</summary>
    public void Release(DateTimeOffset now)
    {
        Demand(NoticeState.Failed);
        (State, NextAttemptAt, Attempts, LastError) = (NoticeState.Queued, now, 0, "");
    }

    /// <summary>1, 2, 4 … minutes, an hour at most: ten tries take some four hours.</summary>
    internal static TimeSpan Pause(int attempts) => TimeSpan.FromMinutes(Math.Min(60, Math.Pow(2, attempts - 1)));

    private static string Short(string text) => text.Length <= LongestError ? text : text[..LongestError];

    private void Demand(params ReadOnlySpan<NoticeState> states)
    {
        if (!states.Contains(State))
        {
            throw new InvalidOperationException($"Notice {Id} is {State} and cannot be moved as if it were {states[0]}.");
        }
    }
}
