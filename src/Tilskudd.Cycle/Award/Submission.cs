using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;

namespace Tilskudd.Cycle.Award;

/// <summary>One sending of approved plans to the grantor; a correction asks for a new one.</summary>
public sealed class Submission
{
    private Submission() { }

    internal Submission(SubmissionId id, int number, HandlingsplanId plan, int version, string hash, PersonId by, DateTimeOffset at) =>
        (Id, Number, PlanId, PlanVersion, PlanHash, SentBy, SentAt) = (id, number, plan, version, hash, by, at);

    public SubmissionId Id { get; private set; }

    public int Number { get; private set; }

    public HandlingsplanId PlanId { get; private set; }

    public int PlanVersion { get; private set; }

    /// <summary>The hash of the version as sent, so that the package can be verified years later.</summary>
    public string PlanHash { get; private set; } = "";

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
