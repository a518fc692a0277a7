using NodaTime;
using Tilskudd.Cycle.People;

namespace Tilskudd.Cycle.Approval;

/// <summary>How an answer came that the member did not give here.</summary>
public enum AnswerChannel
{
    Phone,
    Paper,

    /// <summary>A reply to the mail that asked.</summary>
    Email,
}

/// <summary>Who wrote down a member's answer, and how and when the member gave it.</summary>
/// <param name="On">The day the member gave it, not before the round opened and not after today.</param>
public sealed record Registration(AnswerChannel Channel, PersonId By, LocalDate On);

/// <summary>Why a member's answer cannot be registered by another, or taken back.</summary>
public abstract record RegistrationRefusal(string Field = "") : Refusal(Field)
{
    /// <summary>Nobody was chosen, or somebody without a seat.</summary>
    public sealed record NoMember() : RegistrationRefusal("medlem");

    /// <summary>One's own answer is given as everybody gives it.</summary>
    public sealed record OwnAnswer() : RegistrationRefusal("medlem");

    /// <summary>The member is inhabil, absent, wrote the case, or is a deputy who has not stepped in.</summary>
    public sealed record MayNotAnswer() : RegistrationRefusal("medlem");

    /// <summary>The member has answered, and only the member changes that.</summary>
    public sealed record HasAnswered(AnswerKind Kind, DateTimeOffset At) : RegistrationRefusal("medlem");

    public sealed record NoChannel() : RegistrationRefusal("kanal");

    /// <summary>What the member wants changed is missing.</summary>
    public sealed record ReasonMissing() : RegistrationRefusal("merk");

    public sealed record DateMissing() : RegistrationRefusal("dato");

    public sealed record DateInFuture(LocalDate Date) : RegistrationRefusal("dato");

    public sealed record DateBeforeOpening(LocalDate Opened) : RegistrationRefusal("dato");

    /// <summary>The member's answer is the member's own, or there is none.</summary>
    public sealed record NothingToRetract : RegistrationRefusal;
}
