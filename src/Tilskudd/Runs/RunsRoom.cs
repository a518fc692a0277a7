using Tilskudd.Approval;
using Tilskudd.Award;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Workflows;
using Tilskudd.Workflows.Definitions;
using Tilskudd.Workflows.Runs;

namespace Tilskudd.Runs;

/// <summary>Puts the year's flows into the application. The second composition puts another engine in before this.</summary>
internal static class RunsRoom
{
    public static void AddRuns(this IServiceCollection services, Flows flows, WorkingCalendar calendar, Limits limits)
    {
        services.AddSingleton<IEngine, Runner>();
        services.AddSingleton(calendar);
        services.AddSingleton(limits);
        services.AddSingleton(new FlowLibrary(flows, CycleSteps.Catalogue));
        services.AddSingleton<Deadlines>();
        services.AddSingleton<Questions>();
        services.AddSingleton<OpenRound>();
        services.AddSingleton<OpenReceipt>();
        services.AddSingleton<StepEntry>();
        services.AddSingleton<Flow>();
        services.AddSingleton<WaitingTasks>();
        services.AddSingleton<FindWaitingTask>(provider => provider.GetRequiredService<WaitingTasks>().Find);
    }
}
