using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Award;

/// <summary>Why a plan is changed while it is carried out.</summary>
public enum ChangeReason
{
    /// <summary>The revised budget, or a new letter, gives another amount than the tilskuddsbrev did (domain.md 2.2).</summary>
    RevisedBudget,

    /// <summary>The year does not go as planned, and the grantor must know of it at once (domain.md 3).</summary>
    Deviation,
}

/// <summary>
/// A change of a plan during its year: the amount has been changed from outside, or the tiltak cannot be carried out as approved. It begins on
/// the version that was approved, and ends with another in its place, or with the same.
/// </summary>
public sealed class PlanChange
{
    private PlanChange() { }

    private PlanChange(PlanChangeId id, Grant grant, Handlingsplan plan, ChangeReason reason, string text, int version, PersonId by, DateTimeOffset at) =>
        (Id, GrantId, PlanId, PlanUnitId, Year, Reason, Text, FromVersion, OpenedBy, OpenedAt) =
        (id, grant.Id, plan.Id, plan.PlanUnitId, grant.Year, reason, text, version, by, at);

    public PlanChangeId Id { get; private set; }

    public GrantId GrantId { get; private set; }

    public HandlingsplanId PlanId { get; private set; }

    public PlanUnitId PlanUnitId { get; private set; }

    public GrantYear Year { get; private set; }

    public ChangeReason Reason { get; private set; }

    /// <summary>What has happened, in the words of whoever opened it.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The new amount of the source, where the budget was revised.</summary>
    public Money? Amount { get; private set; }

    /// <summary>The approved version the change began on; it stands again if the grantor does not consent.</summary>
    public int FromVersion { get; private set; }

    public PersonId OpenedBy { get; private set; }

    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>What the grantor answered, once it has; its grounds may be empty.</summary>
    public bool? IsConsentedTo { get; private set; }

    public string ConsentText { get; private set; } = "";

    public DateTimeOffset? ConsentAt { get; private set; }

    /// <summary>Opens a change of the plan behind a grant whose letter is accepted. Where the budget was revised, the new amount holds from now on.</summary>
    /// <param name="plan">Which of the grant's plans is changed.</param>
    /// <param name="amount">The new amount; read only where the budget was revised.</param>
    public static (PlanChange? Change, Refusal? Refusal) Open(
        PlanChangeId id, Grant grant, FundingSource source, Handlingsplan plan, ChangeReason reason, string text, Money amount, PersonId by, DateTimeOffset at)
    {
        if (grant.Letter is not { AcceptedAt: not null } letter || plan.ApprovedVersion is not { } version)
        {
            return (null, new ChangeRefusal.NotUnderWay());
        }

        var written = Prose.Of(text);
        if (Prose.IsBlank(written))
        {
            return (null, new ChangeRefusal.TextMissing());
        }

        if (Prose.Length(written) > Grant.LongestText)
        {
            return (null, new ChangeRefusal.TextTooLong(Prose.Length(written), Grant.LongestText));
        }

        var change = new PlanChange(id, grant, plan, reason, written, version, by, at);
        if (reason == ChangeReason.RevisedBudget)
        {
            if (amount <= Money.Zero || amount == grant.Granted)
            {
                return (null, new ChangeRefusal.SameAmount(grant.Granted!.Value));
            }

            change.Amount = amount;
            grant.Revise(source, amount, at, letter.Reference);
        }

        return (change, null);
    }

    /// <summary>
    /// Whether the plan has become another than the one that was approved, so that those who decided on it must decide again: a tiltak has come or
    /// gone, or of some source more money has moved between tiltak than a letter may differ.
    /// </summary>
    public static bool IsMaterial(HandlingsplanContent approved, HandlingsplanContent changed, Limits limits)
    {
        var (before, after) = (approved.Tiltak.ToDictionary(tiltak => tiltak.Id), changed.Tiltak.ToDictionary(tiltak => tiltak.Id));
        return !before.Keys.ToHashSet().SetEquals(after.Keys)
            || approved.Sources.Concat(changed.Sources).Select(source => source.Id).Distinct().Any(source => Moved(source) is var (planned, moved) && limits.AreCrossedBy(moved, planned));

        (Money Planned, Money Moved) Moved(Guid source)
        {
            var differences = before.Select(tiltak => after[tiltak.Key].BudgetOre.GetValueOrDefault(source) - tiltak.Value.BudgetOre.GetValueOrDefault(source)).ToList();
            return (new Money(approved.Tiltak.Sum(tiltak => tiltak.BudgetOre.GetValueOrDefault(source))), new Money(Math.Max(differences.Where(one => one > 0).Sum(), -differences.Where(one => one < 0).Sum())));
        }
    }

    /// <summary>Whether the letter asks for the grantor's consent. Where the grantor has changed the amount itself, it has given it.</summary>
    public bool NeedsConsent(Tilskuddsbrev letter) => Reason == ChangeReason.Deviation && letter.ChangesNeedConsent;

    /// <summary>The grantor has answered. Where it does not consent, what was approved before stands again.</summary>
    public Refusal? RecordConsent(bool isGiven, string text, Handlingsplan plan, DateTimeOffset at)
    {
        var written = Prose.Of(text);
        if (!isGiven && Prose.IsBlank(written))
        {
            return new ChangeRefusal.GroundsMissing();
        }

        if (Prose.Length(written) > Grant.LongestText)
        {
            return new ChangeRefusal.GroundsTooLong(Prose.Length(written), Grant.LongestText);
        }

        (IsConsentedTo, ConsentText, ConsentAt) = (isGiven, written, at);
        if (!isGiven)
        {
            plan.Approve(FromVersion, at);
        }

        return null;
    }
}

/// <summary>Why a change cannot be opened, or its answer not registered.</summary>
public abstract record ChangeRefusal(string Field = "") : Refusal(Field)
{
    /// <summary>Before the letter is accepted the plan is fitted to the letter, and after the year there is nothing left to change.</summary>
    public sealed record NotUnderWay : ChangeRefusal;

    /// <summary>One change of a plan at a time.</summary>
    public sealed record AlreadyOpen : ChangeRefusal;

    /// <summary>The letter answers several plans, and none of them was chosen.</summary>
    public sealed record PlanMissing() : ChangeRefusal("plan");

    public sealed record ReasonMissing() : ChangeRefusal("grunn-til-endring");

    public sealed record TextMissing() : ChangeRefusal("beskrivelse");

    public sealed record TextTooLong(int Length, int Longest) : ChangeRefusal("beskrivelse");

    public sealed record SameAmount(Money Granted) : ChangeRefusal("nytt-belop");

    public sealed record GroundsMissing() : ChangeRefusal("grunn");

    public sealed record GroundsTooLong(int Length, int Longest) : ChangeRefusal("grunn");
}
