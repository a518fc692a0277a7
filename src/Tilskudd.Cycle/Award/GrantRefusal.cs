using NodaTime;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Award;

/// <summary>Why a submission, a vote or a letter cannot be registered.</summary>
public abstract record GrantRefusal(string Field = "") : Refusal(Field)
{
    public sealed record NotApproved : GrantRefusal;

    /// <summary>This very version has been sent, and waits for the grantor.</summary>
    public sealed record AlreadySubmitted(DateTimeOffset At) : GrantRefusal;

    public sealed record NothingSubmitted : GrantRefusal;

    public sealed record CorrectionMissing() : GrantRefusal("retting");

    public sealed record ReferenceMissing() : GrantRefusal("referanse");

    public sealed record ReasonMissing() : GrantRefusal("grunn");

    /// <summary>Nobody has said what was registered wrong.</summary>
    public sealed record ErrorMissing() : GrantRefusal("feilen");

    /// <summary>There is no registration to make again: none is made yet, or it is being made now.</summary>
    public sealed record NothingToRegisterAgain : GrantRefusal;

    /// <summary>A change of the plan is under way, and builds on the letter as it stands.</summary>
    public sealed record ChangeUnderWay : GrantRefusal;

    public sealed record TextTooLong(string In, int Length, int Longest) : GrantRefusal(In);

    public sealed record AmountNotPositive(string In) : GrantRefusal(In);

    public sealed record DateInFuture(string In, LocalDate Date) : GrantRefusal(In);

    /// <summary>A day long before the grant year: a slip of the pen.</summary>
    public sealed record DateLongBefore(string In, LocalDate Date, GrantYear Year) : GrantRefusal(In);

    /// <summary>The payments must come to the letter.</summary>
    public sealed record PaymentsNotTheLetter(Money Granted) : GrantRefusal("utbetaling-1");

    /// <summary>The letter differs from the plans, and nobody has said which lines carry it.</summary>
    public sealed record SpreadMissing() : GrantRefusal("fordeling");

    /// <summary>A line has been given no amount by hand.</summary>
    public sealed record LineMissing() : GrantRefusal("linje-1");

    /// <summary>The lines given by hand do not come to the letter.</summary>
    public sealed record LinesNotTheLetter(Money Granted, Money Given) : GrantRefusal("linje-1");

    /// <summary>A line has been given or robbed of more than the difference between letter and plans.</summary>
    public sealed record LineBeyondDifference(string In, Money Least, Money Most) : GrantRefusal(In);

    /// <summary>No money comes before there is a letter that gives it.</summary>
    public sealed record NoLetter : GrantRefusal;

    public sealed record ArrivedBeforeLetter(LocalDate On, LocalDate Letter) : GrantRefusal("innbetalt-dato");

    /// <summary>The same amount stands on the same day.</summary>
    public sealed record ArrivedTwice(Money Amount, LocalDate On) : GrantRefusal("innbetalt");

    public sealed record MoreThanGranted(Money Granted, Money Arrived) : GrantRefusal("innbetalt");

    public sealed record ReportBeforeLetter(LocalDate Report, LocalDate Letter) : GrantRefusal("rapportfrist");
}
