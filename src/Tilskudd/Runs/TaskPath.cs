using System.Diagnostics;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;

namespace Tilskudd.Runs;

/// <summary>The page a task is done on: that of its document, chosen by what kind of doing it is and never by which step.</summary>
internal static class TaskPath
{
    /// <param name="plan">The plan behind a grant, for the steps that change it; null where it answers several, and the grant's page shows which.</param>
    public static string Of(Run run, Workflows.Step step, HandlingsplanId? plan) => step switch
    {
        RegisterDecision { Body: not null } => $"/prosess/{run.Id}/vedtak",
        Draft { Task: TaskKeys.Frame } => $"/plan/{run.DocumentId}/ramme",
        Draft { Task: TaskKeys.PlanRevision } or Review { Task: TaskKeys.PlanRevision or TaskKeys.Correction } when plan is not null => $"/plan/{plan}",
        _ => run.DocumentKind switch
        {
            DocumentKind.Handlingsplan => $"/plan/{run.DocumentId}",
            DocumentKind.Tilskuddsbrev => $"/tilskudd/{run.DocumentId}",
            DocumentKind.Rapport => $"/rapport/{run.DocumentId}",
            DocumentKind.Change => $"/endring/{run.DocumentId}",
            DocumentKind.Evaluation => $"/evaluering/{run.DocumentId}",
            _ => throw new UnreachableException($"Documents of kind {run.DocumentKind} have no page."),
        },
    };
}
