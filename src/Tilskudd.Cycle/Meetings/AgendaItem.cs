using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;

namespace Tilskudd.Cycle.Meetings;

public enum AgendaKind
{
    /// <summary>A case before the body, to be voted on.</summary>
    Decision,

    /// <summary>The body is informed: no vote, and nothing is counted.</summary>
    Information,
}

/// <summary>A case on the agenda of a meeting.</summary>
public sealed class AgendaItem
{
    private AgendaItem() { }

    internal AgendaItem(AgendaItemId id, int number, RoundId? round, string title, string text) =>
        (Id, Number, Kind, RoundId, Title, Text) = (id, number, round is null ? AgendaKind.Information : AgendaKind.Decision, round, title, text);

    public AgendaItemId Id { get; private set; }

    /// <summary>Its place on the agenda, from 1.</summary>
    public int Number { get; private set; }

    public AgendaKind Kind { get; private set; }

    /// <summary>The round that asks the body; null for what it is only informed of.</summary>
    public RoundId? RoundId { get; private set; }

    public string Title { get; private set; } = "";

    /// <summary>What the body is informed of; empty for a decision, whose text is the case's own.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Those the body has found inhabil here: they left the table, and a deputy who is present may have taken the seat (fvl. § 8).</summary>
    public List<PersonId> Inhabil { get; private set; } = [];

    /// <summary>What the votes came to; null until it is registered.</summary>
    public CountOutcome? Outcome { get; private set; }

    /// <summary>The decision as it was registered.</summary>
    public DecisionId? DecisionId { get; private set; }

    /// <summary>Why it is dealt with behind closed doors; null where the doors stand open.</summary>
    public ClosedGround? ClosedFor { get; private set; }

    /// <summary>The ground in the body's own words; empty where the law gives it.</summary>
    public string ClosedText { get; private set; } = "";

    public bool IsClosed => ClosedFor is not null;

    public bool IsDecided => Outcome is not null;

    internal void SetDoors(ClosedGround? ground, string text) => (ClosedFor, ClosedText) = (ground, text);

    internal void Place(int number) => Number = number;

    /// <summary>Keeps which decision its votes became, as <see cref="Meeting.Decides"/> found.</summary>
    public void Decide(CountOutcome outcome, DecisionId decision) => (Outcome, DecisionId) = (outcome, decision);
}
