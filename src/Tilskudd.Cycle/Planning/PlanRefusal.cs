using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Planning;

/// <summary>Why a plan cannot be saved or sent.</summary>
public abstract record PlanRefusal(string Field = "") : Refusal(Field)
{
    /// <summary>Someone saved after the form was opened.</summary>
    public sealed record ChangedMeanwhile(DateTimeOffset SavedAt) : PlanRefusal;

    /// <summary>The same, where the one who writes has saved it in another window, or went back to an older page.</summary>
    public sealed record ChangedByYourself(DateTimeOffset SavedAt) : PlanRefusal;

    /// <summary>A text has more characters than its field takes.</summary>
    public sealed record TextTooLong(string In, int Length, int Longest) : PlanRefusal(In);

    public sealed record NameMissing() : PlanRefusal("navn");

    /// <summary>A tiltak becomes part of another tiltak of the same plan.</summary>
    public sealed record NotToMergeInto() : PlanRefusal("inn-i");

    public sealed record NegativeAmount() : PlanRefusal("belop");

    /// <summary>The plan's money would come to more than <see cref="Money.Largest"/>.</summary>
    public sealed record AmountTooLarge() : PlanRefusal("belop");

    /// <summary>The units that share a source would together be given more of it than there is.</summary>
    /// <param name="Left">What the other units have not been given.</param>
    public sealed record MoreThanIsLeft(string In, Money Left) : PlanRefusal(In);

    public sealed record NoSuchTiltak : PlanRefusal;

    /// <summary>Another file of the plan has the name already.</summary>
    public sealed record AttachmentNameTaken(string Name) : PlanRefusal("fil");

    public sealed record TooManyAttachments(int Most) : PlanRefusal("fil");

    /// <summary>The plan has faults that must be put right first; each is shown with its place.</summary>
    public sealed record NotReady(IReadOnlyList<PlanFault> Faults) : PlanRefusal;

    /// <summary>The plan does not wait for this person's writing now: it is with others, or decided.</summary>
    public sealed record NotOpenForWriting : PlanRefusal;

    /// <summary>The plan is before its readers or its body in another run; a new version sent now would end that round, and its run would wait for good.</summary>
    public sealed record UnderDecision : PlanRefusal;

    /// <summary>Sending back asks for a reason, so that the coordinator knows what to change.</summary>
    public sealed record ReasonMissing() : PlanRefusal("grunn");
}
