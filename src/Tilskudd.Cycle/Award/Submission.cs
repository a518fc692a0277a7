using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;

namespace Tilskudd.Cycle.Award;

/// <summary>One sending of approved plans to the grantor; a correction asks for a new one.</summary>
public sealed class Submission
{
    private readonly List<SubmittedPlan> _others = [];

    private Submission() { }

    internal Submission(SubmissionId id, int number, IReadOnlyList<PlanToSend> plans, PersonId by, DateTimeOffset at)
    {
        (Id, Number, SentBy, SentAt) = (id, number, by, at);
        (PlanId, PlanVersion, PlanHash) = (plans[0].Plan, plans[0].Shown.Number, plans[0].Shown.Hash);
        _others.AddRange(plans.Skip(1).Select(plan => new SubmittedPlan(plan.Plan, plan.Shown.Number, plan.Shown.Hash)));
    }

    public SubmissionId Id { get; private set; }

    public int Number { get; private set; }

    /// <summary>The plan that was sent; of several the first.</summary>
    public HandlingsplanId PlanId { get; private set; }

    public int PlanVersion { get; private set; }

    /// <summary>The hash of the version as sent, so that the package can be verified years later.</summary>
    public string PlanHash { get; private set; } = "";

    /// <summary>What was sent beside the first plan.</summary>
    public IReadOnlyList<SubmittedPlan> Others => _others;

    /// <summary>All that was sent, in the order of the grant's plans.</summary>
    public IReadOnlyList<SubmittedPlan> Plans => [new(PlanId, PlanVersion, PlanHash), .. _others];

    public PersonId SentBy { get; private set; }

    public DateTimeOffset SentAt { get; private set; }

    public DateTimeOffset? ReceivedAt { get; private set; }

    /// <summary>The grantor's journal number, as given.</summary>
    public string Journal { get; private set; } = "";

    public DateTimeOffset? CorrectionAskedAt { get; private set; }

    public string Correction { get; private set; } = "";

    internal void Receive(string journal, DateTimeOffset at) => (Journal, ReceivedAt) = (journal, at);

    internal void AskForCorrection(string what, DateTimeOffset at) => (Correction, CorrectionAskedAt) = (what, at);
}

/// <summary>A plan's version as it is to be sent: what the page showed, beside what is approved.</summary>
public sealed record PlanToSend(HandlingsplanId Plan, HandlingsplanVersion Shown, int? ApprovedVersion);

/// <summary>A version of a plan as it was sent.</summary>
public sealed class SubmittedPlan
{
    private SubmittedPlan() { }

    internal SubmittedPlan(HandlingsplanId plan, int version, string hash) => (PlanId, Version, Hash) = (plan, version, hash);

    public HandlingsplanId PlanId { get; private set; }

    public int Version { get; private set; }

    /// <summary>The hash of the version, as <see cref="Submission.PlanHash"/>.</summary>
    public string Hash { get; private set; } = "";
}
