using Tilskudd.Cycle;

namespace Tilskudd.Runs;

/// <summary>Why a step cannot be answered.</summary>
internal abstract record FlowRefusal(string Field = "") : Refusal(Field)
{
    /// <summary>The step has been answered already, by this person or another.</summary>
    public sealed record AlreadyDone : FlowRefusal;

    /// <summary>The step waits for someone else.</summary>
    public sealed record NotYours : FlowRefusal;

    /// <summary>Four eyes: the person wrote or sent this himself.</summary>
    /// <param name="Others">By name those who can do it.</param>
    public sealed record OwnWork(string Others) : FlowRefusal;

    /// <summary>Four eyes, and nobody else has the role.</summary>
    public sealed record OwnWorkAlone : FlowRefusal;

    /// <summary>There is nothing of the kind, or nothing this person may see.</summary>
    public sealed record NotFound : FlowRefusal;

    /// <summary>The agreement does not cover the year.</summary>
    public sealed record YearNotCovered(int Year) : FlowRefusal;

    /// <summary>The year an evaluation was to be ready in is over.</summary>
    public sealed record EvaluationYearOver(int Year, int Now) : FlowRefusal;

    /// <summary>The agreement is over, and so is the year in which its last evaluation could be begun.</summary>
    public sealed record EvaluationAfterAgreement(int Last) : FlowRefusal;

    public sealed record YearAlreadyOpen(int Year) : FlowRefusal;

    /// <summary>A file was changed under a version that runs already walk.</summary>
    public sealed record PublishedFlowChanged : FlowRefusal;
}
