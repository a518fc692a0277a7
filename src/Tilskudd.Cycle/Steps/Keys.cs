using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Cycle.Steps;

/// <summary>The roles a step can wait for. A person holds a role in a programme or a plan unit.</summary>
public static class RoleKeys
{
    public const string Coordinator = "coordinator";
    public const string ProgrammeLeader = "programme-leader";
    public const string Secretary = "secretary";
    public const string Accountant = "accountant";
    public const string Grantor = "grantor";

    public static IReadOnlyList<string> All { get; } = [Coordinator, ProgrammeLeader, Secretary, Accountant, Grantor];
}

/// <summary>The bodies a step can wait for. Each programme says which body that is.</summary>
public static class BodyKeys
{
    /// <summary>The body that takes the plan: a political steering group, a board.</summary>
    public const string Deciding = "deciding-body";

    /// <summary>The body that can commit the municipality, where the deciding body only recommends.</summary>
    public const string Competent = "competent-body";

    /// <summary>The group of the administration that recommends the plan before the deciding body has it; most programmes have none.</summary>
    public const string Internal = "internal-body";

    public static IReadOnlyList<string> All { get; } = [Deciding, Competent, Internal];
}

/// <summary>What is to be done in a step, so that a page can choose its form by kind.</summary>
public static class TaskKeys
{
    public const string Frame = "frame";
    public const string Plan = "plan";
    public const string Report = "report";
    public const string AuditorStatement = "auditor-statement";
    public const string Repayment = "repayment";
    public const string LetterAcceptance = "letter-acceptance";
    public const string PlanRevision = "plan-revision";

    /// <summary>What a grantor wants put right in a plan it has been sent.</summary>
    public const string Correction = "correction";

    public const string EvaluationNote = "evaluation-note";
    public const string EvaluationReport = "evaluation-report";
    public const string MeetingDecision = "meeting-decision";
    public const string CompetentDecision = "competent-decision";
    public const string BudgetVote = "budget-vote";
    public const string GrantorDecision = "grantor-decision";
    public const string CarryOver = "carry-over";
    public const string Consent = "consent";

    /// <summary>What people write, by what the flow is about.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Written { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [DocumentKeys.Handlingsplan] = [Frame, Plan, PlanRevision],
        [DocumentKeys.Tilskuddsbrev] = [PlanRevision, LetterAcceptance],
        [DocumentKeys.Rapport] = [Report, AuditorStatement, Repayment],
        [DocumentKeys.Change] = [PlanRevision],
        [DocumentKeys.Evaluation] = [EvaluationNote, EvaluationReport],
    };

    /// <summary>What a colleague reads, by what the flow is about.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Reviewed { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [DocumentKeys.Handlingsplan] = [Plan, PlanRevision],
        [DocumentKeys.Tilskuddsbrev] = [PlanRevision, Correction],
        [DocumentKeys.Rapport] = [Report],
        [DocumentKeys.Change] = [PlanRevision, Correction],
    };

    /// <summary>What goes to a grantor, by what the flow is about.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Sent { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [DocumentKeys.Tilskuddsbrev] = [Plan],
        [DocumentKeys.Rapport] = [Report],
        [DocumentKeys.Change] = [PlanRevision],
    };

    /// <summary>What a body of ours decides, and the step says which.</summary>
    public static IReadOnlyList<string> OfBodies { get; } = [MeetingDecision, CompetentDecision];

    /// <summary>What others decide and we register, by what the flow is about.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Decided { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [DocumentKeys.Handlingsplan] = OfBodies,
        [DocumentKeys.Tilskuddsbrev] = [.. OfBodies, BudgetVote],
        [DocumentKeys.Rapport] = [.. OfBodies, GrantorDecision, CarryOver],
        [DocumentKeys.Change] = [.. OfBodies, Consent],
        [DocumentKeys.Evaluation] = OfBodies,
    };
}

/// <summary>What the application can answer by itself, from facts it has.</summary>
public static class QuestionKeys
{
    /// <summary>Does the tilskuddsbrev agree with the approved plans, within the limit?</summary>
    public const string LetterWithinLimit = "letter-within-limit";

    /// <summary>Do the approved plans, made anew, give no more than the letter, but for what is within the limit?</summary>
    public const string PlansWithinLetter = "plans-within-letter";

    /// <summary>Is the grant over the amount where the letter asks for an auditor's statement?</summary>
    public const string AuditorRequired = "auditor-required";

    /// <summary>Is there money of the grant left?</summary>
    public const string MoneyUnspent = "money-unspent";

    /// <summary>Can the deciding body commit the municipality, or does it only recommend?</summary>
    public const string DecidingBodyIsCompetent = "deciding-body-is-competent";

    /// <summary>Has the programme, or the plan unit, an internal steering group?</summary>
    public const string InternalBodyExists = "internal-body-exists";

    /// <summary>Has the plan been changed so much that those who decided on it must decide again?</summary>
    public const string ChangeIsMaterial = "change-is-material";

    /// <summary>Must any grantor know of the change? They must of a deviation (domain.md 2.3, phase 7), and where their money is moved; one that has revised its amount knows.</summary>
    public const string GrantorsMustKnow = "grantors-must-know";

    /// <summary>Does a letter ask for its grantor's consent to the change?</summary>
    public const string ConsentRequired = "consent-required";

    /// <summary>What can be asked, by what the flow is about: a question is answered from that document.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> About { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [DocumentKeys.Handlingsplan] = [DecidingBodyIsCompetent, InternalBodyExists],
        [DocumentKeys.Tilskuddsbrev] = [LetterWithinLimit, PlansWithinLetter, DecidingBodyIsCompetent, InternalBodyExists],
        [DocumentKeys.Rapport] = [AuditorRequired, MoneyUnspent, DecidingBodyIsCompetent, InternalBodyExists],
        [DocumentKeys.Change] = [ChangeIsMaterial, GrantorsMustKnow, ConsentRequired, DecidingBodyIsCompetent, InternalBodyExists],
        [DocumentKeys.Evaluation] = [DecidingBodyIsCompetent, InternalBodyExists],
    };
}

/// <summary>The messages a flow can send. Reminders are not here: they follow the deadlines.</summary>
public static class NoticeKeys
{
    public const string PlanApproved = "plan-approved";
    public const string GrantNotGranted = "grant-not-granted";
    public const string LetterRefused = "letter-refused";
    public const string ReportAccepted = "report-accepted";
    public const string ReportMoneyLeft = "report-money-left";
    public const string MoneyCarriedOver = "money-carried-over";
    public const string MoneyRepaid = "money-repaid";
    public const string ChangeInForce = "change-in-force";
    public const string ConsentRefused = "consent-refused";
    public const string EvaluationOpened = "evaluation-opened";
    public const string EvaluationClosed = "evaluation-closed";

    public static IReadOnlyList<string> All { get; } = 
    [
        PlanApproved, GrantNotGranted, LetterRefused, ReportAccepted, ReportMoneyLeft, MoneyCarriedOver, MoneyRepaid, ChangeInForce, ConsentRefused, EvaluationOpened, EvaluationClosed,
    ];
}

/// <summary>What starts a run. The opening of a year and an evaluation come from the calendar, a change from those who carry the plan out, the others from closing steps.</summary>
public static class EventKeys
{
    public const string YearOpened = "year-opened";
    public const string PlanApproved = "plan-approved";
    public const string GrantEnded = "grant-ended";
    public const string ChangeOpened = "change-opened";
    public const string EvaluationDue = "evaluation-due";

    /// <summary>Each with what a run it starts can be about.</summary>
    public static IReadOnlyList<StartingEvent> Starting { get; } =
    [
        new(YearOpened, [DocumentKeys.Handlingsplan, DocumentKeys.Evaluation]),
        new(PlanApproved, [DocumentKeys.Tilskuddsbrev, DocumentKeys.Evaluation]),
        new(GrantEnded, [DocumentKeys.Rapport, DocumentKeys.Evaluation]),
        new(ChangeOpened, [DocumentKeys.Change]),
        new(EvaluationDue, [DocumentKeys.Evaluation]),
    ];

    /// <summary>
    /// What a closing step can raise, by what its flow is about: what the event starts is laid out from that document. No event leads back to
    /// a document before it, so no year starts itself over and over.
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Raised { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [DocumentKeys.Handlingsplan] = [PlanApproved],
        [DocumentKeys.Tilskuddsbrev] = [GrantEnded],
    };
}

/// <summary>What a run is about.</summary>
public static class DocumentKeys
{
    public const string Handlingsplan = "handlingsplan";
    public const string Tilskuddsbrev = "tilskuddsbrev";
    public const string Rapport = "rapport";
    public const string Change = "change";
    public const string Evaluation = "evaluation";

    public static IReadOnlyList<string> All { get; } = [Handlingsplan, Tilskuddsbrev, Rapport, Change, Evaluation];
}

/// <summary>The columns of the overview, in the order of the year.</summary>
public static class PhaseKeys
{
    public static IReadOnlyList<string> All { get; } =
        ["frame", "draft", "review", "decision", "submission", "letter", "running", "report"];
}
