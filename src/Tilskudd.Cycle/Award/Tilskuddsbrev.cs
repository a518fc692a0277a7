using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Award;

/// <summary>The terms of a tilskuddsbrev that the year hangs on; dates and limits are data of each letter, never constants (domain.md 1.3).</summary>
/// <param name="ReportDueOn">When report and accounts are due.</param>
/// <param name="AuditorFrom">Amount from which an auditor must sign the accounts; null when the letter says nothing.</param>
/// <param name="MayCarryOver">Whether unspent money may be carried over on application.</param>
public sealed record LetterTerms(LocalDate ReportDueOn, Money? AuditorFrom, bool MayCarryOver, string Text)
{
    /// <summary>When the money is paid, where the letter splits it; empty where it all comes at once.</summary>
    public IReadOnlyList<PlannedPayment> Payments { get; init; } = [];

    /// <summary>The grantor must consent before a material change of the plan.</summary>
    public bool ChangesNeedConsent { get; init; }
}

/// <summary>A part of the letter's amount, and the day it is to be paid.</summary>
public sealed record PlannedPayment(LocalDate On, Money Amount);

/// <summary>A payment the letter promises.</summary>
public sealed class LetterPayment
{
    private LetterPayment() { }

    internal LetterPayment(int number, PlannedPayment payment) => (Number, On, Amount) = (number, payment.On, payment.Amount);

    public int Number { get; private set; }

    public LocalDate On { get; private set; }

    public Money Amount { get; private set; }
}

/// <summary>The grantor's letter with the amount and the terms, as registered.</summary>
public sealed class Tilskuddsbrev
{
    private readonly List<LetterPayment> _payments = [];
    private readonly List<LetterLine> _lines = [];

    private Tilskuddsbrev() { }

    internal Tilskuddsbrev(TilskuddsbrevId id, string reference, LocalDate receivedOn, Money amount, LetterTerms terms, PersonId by, DateTimeOffset at)
    {
        (Id, Reference, ReceivedOn, Amount, RegisteredBy, RegisteredAt) = (id, reference, receivedOn, amount, by, at);
        (ReportDueOn, AuditorFrom, MayCarryOver, TermsText) = terms;
        ChangesNeedConsent = terms.ChangesNeedConsent;
        _payments.AddRange(terms.Payments.Select((payment, at) => new LetterPayment(at + 1, payment)));
    }

    public TilskuddsbrevId Id { get; private set; }

    public string Reference { get; private set; } = "";

    public LocalDate ReceivedOn { get; private set; }

    public Money Amount { get; private set; }

    public LocalDate ReportDueOn { get; private set; }

    public Money? AuditorFrom { get; private set; }

    public bool MayCarryOver { get; private set; }

    /// <summary>The grantor must consent before a material change of the plan.</summary>
    public bool ChangesNeedConsent { get; private set; }

    public string TermsText { get; private set; } = "";

    /// <summary>The parts it is paid in; empty where it all comes at once.</summary>
    public IReadOnlyList<LetterPayment> Payments => _payments;

    /// <summary>How the difference from the plans was laid on the lines; null where there was none to lay.</summary>
    public SpreadRule? SpreadBy { get; private set; }

    /// <summary>Every line's amount after that; empty where the plans stand as they are.</summary>
    public IReadOnlyList<LetterLine> Lines => _lines;

    public PersonId RegisteredBy { get; private set; }

    public DateTimeOffset RegisteredAt { get; private set; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    public PersonId? AcceptedBy { get; private set; }

    /// <summary>
    /// What each line has from the letter: its part of the difference counted in, where that was laid on its plan and the plan's lines are the same
    /// since. A plan that has been approved with other lines has taken the letter into account, and then all its lines count as they stand.
    /// </summary>
    /// <param name="lines">The lines of every plan the letter answers; those of nought may be left out.</param>
    public IReadOnlyList<Money> AmountsOf(IReadOnlyList<PlannedLine> lines)
    {
        var laid = _lines.ToDictionary(line => line.TiltakId);
        var someHaveGone = _lines.Any(known => lines.All(line => line.Tiltak != known.TiltakId));

        // Whose line has gone is not kept: it is of a plan that was approved after the spread.
        var changed = lines
            .Where(line => (laid.GetValueOrDefault(line.Tiltak)?.Planned ?? Money.Zero) != line.Amount || (someHaveGone && !(line.ApprovedAt <= AcceptedAt)))
            .Select(line => line.Plan).ToHashSet();
        return [.. lines.Select(line => changed.Contains(line.Plan) || !laid.TryGetValue(line.Tiltak, out var known) ? line.Amount : known.Amount)];
    }

    /// <summary>A plan's lines stand as they are: nothing is laid on them any more.</summary>
    internal void LiftSpread(IReadOnlySet<TiltakId> plan)
    {
        _lines.RemoveAll(line => plan.Contains(line.TiltakId));
        SpreadBy = _lines.Count == 0 ? null : SpreadBy;
    }

    internal void Accept(PersonId by, DateTimeOffset at) => (AcceptedBy, AcceptedAt) = (by, at);

    /// <summary>Nothing is accepted and nothing laid on the lines any more: what it says was registered wrong.</summary>
    internal void TakeUpAgain()
    {
        (AcceptedBy, AcceptedAt, SpreadBy) = (null, null, null);
        _lines.Clear();
    }

    /// <summary>What was registered wrong of the terms a report hangs on.</summary>
    internal void Correct(Money? auditorFrom, bool mayCarryOver, string text) => (AuditorFrom, MayCarryOver, TermsText) = (auditorFrom, mayCarryOver, text);

    internal void LayOut(SpreadRule rule, IEnumerable<LetterLine> lines)
    {
        SpreadBy = rule;
        _lines.Clear();
        _lines.AddRange(lines);
    }
}
