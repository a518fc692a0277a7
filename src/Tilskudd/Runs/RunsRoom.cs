using Tilskudd.Approval;
using Tilskudd.Award;
using Tilskudd.Clockwork;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Storage;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Runs;

/// <summary>Puts the year's flows into the application. The engine that walks them is the composition's.</summary>
internal static class RunsRoom
{
    /// <exception cref="BadFlowsException">The files are not all good; the application does not start on half a year.</exception>
    public static void AddRuns(this IServiceCollection services, Settings settings)
    {
        var read = DefinitionFolder.Read(settings.WorkflowsFolder, CycleSteps.Catalogue);
        var calendars = new Calendars([.. settings.ClosedDays.Select(day => ClosedDay.Parse(day)!.Value)]);
        services.AddSingleton(calendars);
        services.AddSingleton(calendars.Everywhere);
        services.AddSingleton(new ProgrammeLimits(settings.Limits));
        services.AddSingleton(new FlowLibrary(read.Value ?? throw new BadFlowsException(read.Faults), CycleSteps.Catalogue));
        services.AddSingleton<Deadlines>();
        services.AddSingleton<Questions>();
        services.AddSingleton<OpenRound>();
        services.AddSingleton<OpenReceipt>();
        services.AddSingleton<StepEntry>();
        services.AddSingleton<Flow>();
        services.AddSingleton<Reminding>();
        services.AddSingleton<ISweep, WaitSweep>();
        services.AddSingleton<ISweep, ReminderSweep>();
        services.AddSingleton<AnswerTask>();
        services.AddSingleton<TakeUpAgain>();
        services.AddSingleton<ViewTask>();
        services.AddSingleton<ShowProcess>();
        services.AddSingleton<ProcessParts>();
        services.AddSingleton<SendReminder>();
        services.AddSingleton<RetryRun>();
        services.AddSingleton<MoveRun>();
        services.AddSingleton<SetLadder>();
        services.AddSingleton<ReadOwnRules>();
        services.AddSingleton<ShowDeadlines>();
        services.AddSingleton<CalendarFeed>();
        services.AddSingleton<MoveDeadline>();
        services.AddSingleton<WaitingTasks>();
        services.AddSingleton<FindWaitingTask>(provider => provider.GetRequiredService<WaitingTasks>().Find);
    }

    public static void MapRuns(this IEndpointRouteBuilder app)
    {
        app.MapProcess();
        app.MapMoveRun();
        app.MapLadders();
        app.MapDeadlines();
        app.MapFeeds();
    }

    /// <summary>Stores the flows of this start, so that runs can finish on the version they began.</summary>
    /// <returns>Nothing, or in Norwegian which published versions have been changed.</returns>
    public static async Task<IReadOnlyList<string>> PublishFlows(this IServiceProvider services)
    {
        IReadOnlyList<string> faults = [];
        await services.GetRequiredService<Door>().Write(async w =>
        {
            faults = await services.GetRequiredService<FlowLibrary>().Publish(w);
            return faults.Count == 0 ? null : new FlowRefusal.PublishedFlowChanged();
        });
        return faults;
    }
}

/// <summary>The flow files have faults; all of them are listed.</summary>
internal sealed class BadFlowsException(IReadOnlyList<Fault> faults) : Exception("The flow files have faults.")
{
    public IReadOnlyList<Fault> Faults { get; } = faults;
}
