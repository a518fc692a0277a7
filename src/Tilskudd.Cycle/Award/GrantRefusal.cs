using NodaTime;

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

    public sealed record TextTooLong(string In, int Length, int Longest) : GrantRefusal(In);

    public sealed record AmountNotPositive(string In) : GrantRefusal(In);

    public sealed record DateInFuture(string In, LocalDate Date) : GrantRefusal(In);

    public sealed record ReportBeforeLetter(LocalDate Report, LocalDate Letter) : GrantRefusal("rapportfrist");
}
