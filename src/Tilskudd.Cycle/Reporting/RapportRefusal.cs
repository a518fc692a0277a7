using NodaTime;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Reporting;

public enum RapportFaultKind
{
    NoSummary,
    NoResult,
    NoAmount,
}

/// <summary>One thing missing in a report.</summary>
public sealed record RapportFault(int Number, string Name, RapportFaultKind Kind);

/// <summary>Why a report cannot be saved, sent or settled.</summary>
public abstract record RapportRefusal(string Field = "") : Refusal(Field)
{
    public sealed record ChangedMeanwhile(DateTimeOffset SavedAt) : RapportRefusal;

    /// <summary>The same, where nobody but the one who writes has saved it since: in another window, or the lines were laid anew under it.</summary>
    public sealed record ChangedByYourself(DateTimeOffset SavedAt) : RapportRefusal;

    public sealed record TextTooLong(string In, int Length, int Longest) : RapportRefusal(In);

    public sealed record NegativeAmount(string In) : RapportRefusal(In);

    public sealed record SpentMoreThanGranted(Money Spent, Money Available) : RapportRefusal("brukt");

    public sealed record NotReady(IReadOnlyList<RapportFault> Faults) : RapportRefusal;

    /// <summary>Sending back asks for a reason, so that the coordinator knows what to change.</summary>
    public sealed record ReasonMissing() : RapportRefusal("grunn");

    public sealed record StatementMissing() : RapportRefusal("uttalelse");

    public sealed record DateInFuture(string In, LocalDate Date) : RapportRefusal(In);

    /// <summary>A day long before the grant year: a slip of the pen.</summary>
    public sealed record DateLongBefore(string In, LocalDate Date, GrantYear Year) : RapportRefusal(In);

    /// <summary>Money is not paid back before the letter that gave it came.</summary>
    public sealed record DateBeforeLetter(string In, LocalDate Date, LocalDate Letter) : RapportRefusal(In);

    public sealed record NotApproved : RapportRefusal;

    /// <summary>The letter, or the setting where it is silent, asks for an auditor's statement from this amount.</summary>
    public sealed record AuditorMissing(Money From) : RapportRefusal;

    /// <summary>The report is with the grantor already.</summary>
    public sealed record AlreadySubmitted(DateTimeOffset At) : RapportRefusal;

    public sealed record NothingSubmitted : RapportRefusal;

    public sealed record CorrectionMissing() : RapportRefusal("retting");

    /// <summary>The accounts were closed on this day.</summary>
    public sealed record AlreadySettled(LocalDate On) : RapportRefusal;

    public sealed record LetterForbidsCarryOver : RapportRefusal;

    public sealed record DoesNotClose(Money Given, Money Unspent) : RapportRefusal("belop");

    /// <summary>A part carried over must leave something to repay; all of it is another answer.</summary>
    public sealed record NotAPart(Money Given, Money Unspent) : RapportRefusal("overfores");
}
