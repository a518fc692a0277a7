using Tilskudd.Workflows;

namespace Tilskudd.Cycle.Steps;

/// <summary>
/// The members of a body answer, each by a link of their own or in a meeting, and the body's rules count the answers.
/// All the ballots are inside this one step.
/// </summary>
[Outcomes("Approved", "Recommended", "Returned", "ToMeeting", "NotQuorate")]
public sealed class AskForApproval : WaitingStep
{
    /// <summary>
    /// The body whose members answer and whose rules count: a key from <see cref="BodyKeys"/>.
    /// The one in <see cref="WaitingStep.Who"/> where the file names none.
    /// </summary>
    public string Body { get => field ?? Who; init; }

    /// <summary>A member may give another answer until the round is closed.</summary>
    public bool MayChangeAnswer { get; init; } = true;

    public override IEnumerable<InputFault> Faults(string document) =>
    [
        .. base.Faults(document),
        // A key in «who» that is none at all is told of there.
        .. Body == Who && !RoleKeys.All.Contains(Who) ? [] : Allowed.OneOf(nameof(Body), Body, BodyKeys.All),
        .. Allowed.Only(nameof(Who), document, "En runde", DocumentKeys.Handlingsplan, DocumentKeys.Tilskuddsbrev, DocumentKeys.Rapport, DocumentKeys.Change),
    ];
}
