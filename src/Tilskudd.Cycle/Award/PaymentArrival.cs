using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Award;

/// <summary>Money from a grantor that has come into the municipality's account.</summary>
public sealed class PaymentArrival
{
    private PaymentArrival() { }

    private PaymentArrival(GrantId grant, int number, LocalDate on, Money amount, PersonId by, DateTimeOffset at) =>
        (GrantId, Number, ArrivedOn, Amount, RegisteredBy, RegisteredAt) = (grant, number, on, amount, by, at);

    public GrantId GrantId { get; private set; }

    /// <summary>From 1 in each grant; two who register at once cannot have the same.</summary>
    public int Number { get; private set; }

    public LocalDate ArrivedOn { get; private set; }

    public Money Amount { get; private set; }

    public PersonId RegisteredBy { get; private set; }

    public DateTimeOffset RegisteredAt { get; private set; }

    /// <summary>The number the next of a grant gets.</summary>
    public static int Next(IEnumerable<PaymentArrival> known) => known.Max(one => (int?)one.Number).GetValueOrDefault() + 1;

    /// <summary>Writes down what came. It is never more than what is granted, never before the letter, and never the same twice.</summary>
    /// <param name="known">What of the grant has come already.</param>
    public static (PaymentArrival? Arrival, Refusal? Refusal) Register(
        Grant grant, IReadOnlyCollection<PaymentArrival> known, LocalDate on, Money amount, PersonId by, DateTimeOffset at, LocalDate today)
    {
        if (grant is not { Letter: { } letter, Granted: { } granted })
        {
            return (null, new GrantRefusal.NoLetter());
        }

        var arrived = known.Aggregate(Money.Zero, (sum, one) => sum + one.Amount);
        Refusal? refusal = amount <= Money.Zero ? new GrantRefusal.AmountNotPositive("innbetalt")
            : on > today ? new GrantRefusal.DateInFuture("innbetalt-dato", on)
            : on < letter.ReceivedOn ? new GrantRefusal.ArrivedBeforeLetter(on, letter.ReceivedOn)
            : known.Any(one => one.ArrivedOn == on && one.Amount == amount) ? new GrantRefusal.ArrivedTwice(amount, on)
            : amount > granted - arrived ? new GrantRefusal.MoreThanGranted(granted, arrived)
            : null;
        return refusal is null ? (new PaymentArrival(grant.Id, Next(known), on, amount, by, at), null) : (null, refusal);
    }
}

/// <summary>Money a letter has promised by a day that is past, and that has not come.</summary>
/// <param name="Since">The first promised day that is not covered.</param>
public sealed record MissingMoney(Money Amount, LocalDate Since)
{
    /// <summary>What is missing on a day; null where nothing is. A letter that names no days promises none.</summary>
    /// <param name="granted">What the grant is now; a revised grant may be less than the letter promised.</param>
    public static MissingMoney? Of(IEnumerable<PlannedPayment> promised, Money granted, Money arrived, LocalDate today)
    {
        var due = Money.Zero;
        LocalDate? since = null;
        foreach (var payment in promised.Where(payment => payment.On < today).OrderBy(payment => payment.On))
        {
            due += payment.Amount;
            since ??= due > arrived ? payment.On : null;
        }

        var missing = (due < granted ? due : granted) - arrived;
        return since is { } day && missing > Money.Zero ? new MissingMoney(missing, day) : null;
    }
}
