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
/// the version that was approved, and ends with another in its place, or with the same. One plan is often paid by several sources: then the
/// plan is changed and decided once, and each grantor that is touched is told and answers for itself.
/// </summary>
public sealed class PlanChange
{
    private PlanChange() { }

    private PlanChange(PlanChangeId id, Grant grant, Handlingsplan plan, ChangeReason reason, string text, int version, PersonId by, DateTimeOffset at) =>
        (Id, GrantId, PlanId, PlanUnitId, Year, Reason, Text, FromVersion, FromApprovedAt, OpenedBy, OpenedAt) =
        (id, grant.Id, plan.Id, plan.PlanUnitId, grant.Year, reason, text, version, plan.ApprovedAt, by, at);

    public PlanChangeId Id { get; private set; }

    /// <summary>The grant it was reported on; of several the first that is touched.</summary>
    public GrantId GrantId { get; private set; }

    /// <summary>The grants it touches beside the first: those that were named when it was opened, and those whose money the plan has turned out to move.</summary>
    public List<GrantId> OtherGrants { get; private set; } = [];

    /// <summary>Every grant it touches.</summary>
    public IReadOnlyList<GrantId> Grants => [GrantId, .. OtherGrants];

    /// <summary>The grants whose grantors must know of it before it is in force: every one it touches, but for one that has changed the amount itself.</summary>
    public IReadOnlyList<GrantId> Told => Reason == ChangeReason.Deviation ? Grants : OtherGrants;

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

    /// <summary>When that version was approved, which it still is if it stands again; null for a change opened before this was kept.</summary>
    public DateTimeOffset? FromApprovedAt { get; private set; }

    public PersonId OpenedBy { get; private set; }

    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>What the first grantor answered, once it has; its grounds may be empty.</summary>
    public bool? IsConsentedTo { get; private set; }

    public string ConsentText { get; private set; } = "";

    public DateTimeOffset? ConsentAt { get; private set; }

    /// <summary>What the grantors beside the first answered.</summary>
    public List<GrantorConsent> OtherConsents { get; private set; } = [];

    /// <summary>Every answer there is.</summary>
    public IReadOnlyList<GrantorConsent> Consents => IsConsentedTo is { } given ? [new(GrantId, given, ConsentText, ConsentAt!.Value), .. OtherConsents] : OtherConsents;

    /// <summary>A grantor does not consent. The plan is one, so one is enough.</summary>
    public bool IsWithheld => Consents.Any(consent => !consent.IsGiven);

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
            grant.Revise(source, amount, at, Basis(written));
        }

        return (change, null);
    }

    /// <summary>The new amount was typed in wrong: the right one takes its place. Only the coordinator's plan has built on it yet.</summary>
    /// <exception cref="InvalidOperationException">The change is of no amount.</exception>
    public Refusal? CorrectAmount(Grant grant, FundingSource source, Money amount, DateTimeOffset at)
    {
        if (Amount is null)
        {
            throw new InvalidOperationException($"Change {Id} is of no amount.");
        }

        if (amount <= Money.Zero || amount == Amount)
        {
            return new ChangeRefusal.SameAmount(Amount.Value);
        }

        Amount = amount;
        grant.Revise(source, amount, at, Basis(Text));
        return null;
    }

    // Where the figure stands, in the words of the one who told of it.
    private static string Basis(string told)
    {
        var line = Prose.Line(told).Trim();
        return Prose.Length(line) <= Handlingsplan.LongestName ? line : string.Concat(line.EnumerateRunes().Take(Handlingsplan.LongestName - 1)) + "…";
    }

    /// <summary>Names the grants that the deviation touches beside the first.</summary>
    /// <exception cref="InvalidOperationException">The budget was revised: that is one source's own.</exception>
    public Refusal? TellAlso(IReadOnlyList<Grant> others)
    {
        if (Reason != ChangeReason.Deviation)
        {
            throw new InvalidOperationException($"Change {Id} is of one source's amount, and touches no other.");
        }

        if (others.Any(other => other.Letter is not { AcceptedAt: not null } || !other.Plans.Contains(PlanId)))
        {
            return new ChangeRefusal.NotPaying();
        }

        OtherGrants = [.. others.Select(other => other.Id).Where(id => id != GrantId).Distinct()];
        return null;
    }

    /// <summary>
    /// Whether the plan has become another than the one that was approved, so that those who decided on it must decide again: a tiltak has come or
    /// gone, or of some source more money has moved between tiltak than a letter may differ.
    /// </summary>
    public static bool IsMaterial(HandlingsplanContent approved, HandlingsplanContent changed, Limits limits) =>
        !approved.Tiltak.Select(tiltak => tiltak.Id).ToHashSet().SetEquals(changed.Tiltak.Select(tiltak => tiltak.Id))
        || approved.Sources.Concat(changed.Sources).Select(source => source.Id).Distinct().Any(source => IsMaterialTo(new FundingSourceId(source), approved, changed, limits));

    /// <summary>
    /// Whether what one source pays for has become another: a tiltak it gives money to has come or gone, or more of its money has moved between
    /// tiltak than its letter may differ.
    /// </summary>
    public static bool IsMaterialTo(FundingSourceId source, HandlingsplanContent approved, HandlingsplanContent changed, Limits limits)
    {
        var (before, after) = (Paid(approved), Paid(changed));
        var differences = before.Keys.Union(after.Keys).Select(tiltak => after.GetValueOrDefault(tiltak) - before.GetValueOrDefault(tiltak)).ToList();
        var moved = new Money(Math.Max(differences.Where(one => one > 0).Sum(), -differences.Where(one => one < 0).Sum()));
        return before.Any(paid => paid.Value > 0 && !after.ContainsKey(paid.Key)) || after.Any(paid => paid.Value > 0 && !before.ContainsKey(paid.Key))
            || limits.AreCrossedBy(moved, new Money(before.Values.Sum()));

        Dictionary<Guid, long> Paid(HandlingsplanContent plan) => plan.Tiltak.ToDictionary(tiltak => tiltak.Id, tiltak => tiltak.BudgetOre.GetValueOrDefault(source.Value));
    }

    /// <summary>The plan has been written, and moves the money of grants that were not named when the change was opened: their grantors must know too.</summary>
    public void Touch(IEnumerable<GrantId> moved) => OtherGrants = [.. OtherGrants.Union(moved).Where(id => id != GrantId)];

    /// <summary>Whether a grant's letter asks for the grantor's consent. One that has changed the amount itself has given it.</summary>
    public bool NeedsConsent(Grant grant) => Told.Contains(grant.Id) && grant.Letter is { ChangesNeedConsent: true };

    /// <summary>Whether any grantor must know of it before it is in force.</summary>
    public bool MustBeTold => Told.Count > 0;

    /// <summary>A grantor has answered.</summary>
    /// <param name="grant">One of those the change touches.</param>
    public Refusal? RecordConsent(GrantId grant, bool isGiven, string text, DateTimeOffset at)
    {
        if (!Grants.Contains(grant))
        {
            return new ChangeRefusal.AnswererMissing();
        }

        if (Consents.Any(consent => consent.Grant == grant))
        {
            return new ChangeRefusal.Answered();
        }

        var written = Prose.Of(text);
        if (!isGiven && Prose.IsBlank(written))
        {
            return new ChangeRefusal.GroundsMissing();
        }

        if (Prose.Length(written) > Grant.LongestText)
        {
            return new ChangeRefusal.GroundsTooLong(Prose.Length(written), Grant.LongestText);
        }

        if (grant == GrantId)
        {
            (IsConsentedTo, ConsentText, ConsentAt) = (isGiven, written, at);
        }
        else
        {
            OtherConsents = [.. OtherConsents, new GrantorConsent(grant, isGiven, written, at)];
        }

        return null;
    }

    /// <summary>A grantor has not consented: what was approved before stands again.</summary>
    /// <param name="isWritten">Whether the draft is being written for another reason; then it is left to its writer. Else it says again what is approved.</param>
    public void Undo(Handlingsplan plan, bool isWritten, DateTimeOffset at)
    {
        if (isWritten)
        {
            plan.Approve(FromVersion, FromApprovedAt ?? at);
        }
        else
        {
            plan.Restore(FromVersion, FromApprovedAt ?? at, at);
        }
    }

    /// <summary>Another version is sent: what a grantor said of an earlier one says nothing of it.</summary>
    public void AskAnew() => (IsConsentedTo, ConsentText, ConsentAt, OtherConsents) = (null, "", null, []);
}

/// <summary>A grantor's answer to a change.</summary>
/// <param name="Text">Its grounds, in its own words; may be empty where it consents.</param>
public sealed record GrantorConsent(GrantId Grant, bool IsGiven, string Text, DateTimeOffset At);

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

    /// <summary>No grantor was chosen.</summary>
    public sealed record GrantorMissing(string Box) : ChangeRefusal(Box);

    /// <summary>The plan moves money of a grantor that is being asked about a change of another plan; it answers one at a time.</summary>
    /// <param name="Sources">The codes of its sources.</param>
    public sealed record GrantorBusy(string Sources) : ChangeRefusal;

    /// <summary>The plans that one letter answers come to more than it gives, and by this plan to more than before.</summary>
    /// <param name="Over">By how much.</param>
    public sealed record MoreThanTogether(string Source, Money Given, Money Over) : ChangeRefusal;

    /// <summary>It is not said whose answer it is, or it is of none the change touches.</summary>
    public sealed record AnswererMissing() : ChangeRefusal("tilskudd");

    /// <summary>A source was chosen that does not pay for the plan, or whose letter is not accepted.</summary>
    public sealed record NotPaying() : ChangeRefusal("kilder");

    /// <summary>The grantor's answer is registered already.</summary>
    public sealed record Answered : ChangeRefusal;

    public sealed record TextMissing() : ChangeRefusal("beskrivelse");

    public sealed record TextTooLong(int Length, int Longest) : ChangeRefusal("beskrivelse");

    public sealed record SameAmount(Money Granted) : ChangeRefusal("nytt-belop");

    public sealed record GroundsMissing() : ChangeRefusal("grunn");

    public sealed record GroundsTooLong(int Length, int Longest) : ChangeRefusal("grunn");
}
