using Elsa.Common;
using Elsa.Common.Features;
using Elsa.Extensions;
using Elsa.Mediator.Contracts;
using Elsa.Workflows;
using Elsa.Workflows.Features;
using Elsa.Workflows.Management;
using Elsa.Workflows.Management.Contracts;
using Elsa.Workflows.Management.Features;
using Elsa.Workflows.Management.Services;
using Elsa.Workflows.Middleware.Activities;
using Elsa.Workflows.Middleware.Workflows;
using Tilskudd.Workflows;

namespace Tilskudd.Elsa.Engine;

/// <summary>
/// Elsa's services in a container of their own: the core and the mapper of definitions, and nothing that stores, schedules, locks, listens or
/// starts by itself. So there is no second truth beside our tables, and no endpoint to guard.
/// </summary>
internal static class ElsaHost
{
    public static ServiceProvider Build(StepCatalogue catalogue, TimeProvider clock)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        var module = services.CreateModule();
        module.Configure<MediatorFeature>();
        module.Configure<FlowchartFeature>();

        // A step does no more than wait, so nothing is to be logged, evaluated or announced on the way; a failure is the caller's to see.
        module.Configure((WorkflowsFeature workflows) => workflows
            .WithWorkflowExecutionPipeline(pipeline => pipeline.Reset().UseExceptionHandling().UseDefaultActivityScheduler())
            .WithActivityExecutionPipeline(pipeline => pipeline.UseExceptionHandling().UseDefaultActivityInvoker()));
        module.Configure<WorkflowManagementFeature>();
        module.Apply();

        // Upstream's runtime registers them, and the management of definitions asks for them.
        services.AddScoped<IWorkflowInstanceFactory, WorkflowInstanceFactory>();
        services.AddScoped<Func<IEnumerable<IWorkflowMaterializer>>>(provider => provider.GetServices<IWorkflowMaterializer>);
        services.AddSingleton<ISystemClock>(new HouseClock(clock));
        services.AddSingleton<INotificationSender, Silence>();
        services.AddSingleton(catalogue);
        services.AddSingleton<IActivityProvider, StepActivities>();
        return services.BuildServiceProvider();
    }

    // Who listens to a run are the parts of Elsa that store and index it, and none of them has anything to do here.
    private sealed class Silence : INotificationSender
    {
        Task INotificationSender.SendAsync(INotification notification, CancellationToken cancellationToken) => Task.CompletedTask;

        Task INotificationSender.SendAsync(INotification notification, IEventPublishingStrategy? strategy, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class HouseClock(TimeProvider clock) : ISystemClock
    {
        public DateTimeOffset UtcNow => clock.GetUtcNow();
    }
}
