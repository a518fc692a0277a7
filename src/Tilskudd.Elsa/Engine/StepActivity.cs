using Elsa.Workflows;
using Elsa.Workflows.Models;

namespace Tilskudd.Elsa.Engine;

/// <summary>
/// A step of the grant year as Elsa sees it, whatever its kind: entering it counts a visit and waits at a bookmark, or, where the step
/// closes the run, ends it. It touches nothing else: what the step means is done by the application, in its own transaction.
/// </summary>
internal sealed class StepActivity : Activity
{
    /// <summary>The input an answer comes in by: the outcome's name.</summary>
    public const string Outcome = "outcome";

    /// <summary>Closes the run. Set by the descriptor, never by a file.</summary>
    internal bool Closes { get; set; }

    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        Visits.Enter(context.WorkflowExecutionContext, Id);
        if (Closes)
        {
            await context.CompleteActivityAsync();
            return;
        }

        context.CreateBookmark(new CreateBookmarkArgs { Callback = Answered });
    }

    // Found by its name in the stored state.
    private async ValueTask Answered(ActivityExecutionContext context) =>
        await context.CompleteActivityWithOutcomesAsync((string)context.WorkflowInput[Outcome]);
}

/// <summary>The visit number, kept in the run's own state, and the steps entered during one move.</summary>
internal static class Visits
{
    private const string Number = "Tilskudd:Visit";
    private static readonly object Entered = new();

    /// <summary>The properties of a run whose next visit has this number.</summary>
    public static Dictionary<string, object> Before(int visit) => new() { [Number] = visit - 1 };

    /// <returns>The number of the last visit; 0 where the state has none.</returns>
    public static int Of(IDictionary<string, object> properties) =>
        properties.TryGetValue(Number, out var number) && number is IConvertible counted ? counted.ToInt32(System.Globalization.CultureInfo.InvariantCulture) : 0;

    public static void Enter(WorkflowExecutionContext run, string step)
    {
        run.Properties[Number] = Of(run.Properties) + 1;
        List(run).Add(step);
    }

    public static IReadOnlyList<string> EnteredIn(WorkflowExecutionContext run) => List(run);

    private static List<string> List(WorkflowExecutionContext run)
    {
        if (!run.TransientProperties.TryGetValue(Entered, out var list))
        {
            run.TransientProperties[Entered] = list = new List<string>();
        }

        return (List<string>)list;
    }
}
