using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Award;

/// <summary>The terms of a tilskuddsbrev that the year hangs on; dates and limits are data of each letter, never constants (domain.md 1.3).</summary>
/// <param name="ReportDueOn">When report and accounts are due.</param>
/// <param name="AuditorFrom">Amount from which an auditor must sign the accounts; null when the letter says nothing.</param>
/// <param name="MayCarryOver">Whether unspent money may be carried over on application.</param>
public sealed record LetterTerms(LocalDate ReportDueOn, Money? AuditorFrom, bool MayCarryOver, string Text);

/// <summary>The grantor's letter with the amount and the terms, as registered.</summary>
public sealed class Tilskuddsbrev
{
    private Tilskuddsbrev() { }

    internal Tilskuddsbrev(TilskuddsbrevId id, string reference, LocalDate receivedOn, Money amount, LetterTerms terms, PersonId by, DateTimeOffset at)
    {
        (Id, Reference, ReceivedOn, Amount, RegisteredBy, RegisteredAt) = (id, reference, receivedOn, amount, by, at);
        (ReportDueOn, AuditorFrom, MayCarryOver, TermsText) = terms;
    }

    public TilskuddsbrevId Id { get; private set; }

    public string Reference { get; private set; } = "";

    public LocalDate ReceivedOn { get; private set; }

    public Money Amount { get; private set; }

    public LocalDate ReportDueOn { get; private set; }

    public Money? AuditorFrom { get; private set; }

    public bool MayCarryOver { get; private set; }

    public string TermsText { get; private set; } = "";

    public PersonId RegisteredBy { get; private set; }

    public DateTimeOffset RegisteredAt { get; private set; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    public PersonId? AcceptedBy { get; private set; }

    internal void Accept(PersonId by, DateTimeOffset at) => (AcceptedBy, AcceptedAt) = (by, at);
}

/// <summary>How a letter stands beside the plan it answers.</summary>
/// <param name="Difference">Letter less plan: negative when less is granted than planned.</param>
public sealed record LetterComparison(Money Planned, Money Granted, Money Difference, bool IsWithinLimit);
