using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tilskudd.Clockwork;
using Tilskudd.Elsa.Clockwork;
using Tilskudd.Storage;

namespace Tilskudd.Elsa.Tests.Clockwork;

/// <summary>Hangfire as the clockwork.</summary>
public sealed class ClockworkTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_sweep_of_the_application_stands_in_one_job()
    {
        await using var site = await ElsaSite.Start();

        var sweeps = site.Services.GetServices<ISweep>().Select(sweep => sweep.Name).Order(StringComparer.Ordinal);

        Assert.Equal(sweeps, SweepJob.All.SelectMany(job => job.Sweeps).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_jobs_stand_by_name_in_Oslo_s_time_and_run_on_the_server()
    {
        var outbox = new Awaited("outbox");
        using var host = Host(outbox);

        await host.StartAsync(Ct);
        await outbox.Ran.Task.WaitAsync(Ct);

        var jobs = host.Services.GetRequiredService<JobStorage>().GetConnection().GetRecurringJobs();
        Assert.Equal(SweepJob.All.Select(job => (job.Name, job.Cron)).Order(), jobs.Select(job => (job.Id, job.Cron)).Order());
        Assert.All(jobs, job => Assert.Equal("Europe/Oslo", job.TimeZoneId));
        await host.StopAsync(Ct);
    }

    [Fact]
    public async Task A_hint_becomes_one_job_and_tells_nothing_of_what_is_due()
    {
        var client = new Recording();
        using var host = Host(new Awaited("outbox"), services => services.AddSingleton<IBackgroundJobClient>(client));

        await host.StartAsync(Ct);
        host.Services.GetRequiredService<Wake>().Up();
        var job = await client.Created.Task.WaitAsync(Ct);

        Assert.Equal((typeof(SweepJobs), nameof(SweepJobs.Run)), (job.Type, job.Method.Name));
        Assert.Equal("utboks", job.Args[0]);
        await host.StopAsync(Ct);
    }

    [Fact]
    public async Task A_job_that_comes_while_it_runs_leaves_the_work_to_the_one_that_runs()
    {
        var outbox = new Awaited("outbox") { Holds = true };
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton<Sweeps>().AddSingleton<SweepJobs>();
        services.AddSingleton<ISweep>(outbox).AddStorage(DatabasePlace.Of(ElsaSite.SettingsIn(Directory.CreateTempSubdirectory("tilskudd-").FullName).Database));
        await using var provider = services.BuildServiceProvider();
        var jobs = provider.GetRequiredService<SweepJobs>();

        var first = jobs.Run("utboks", Ct);
        await outbox.Ran.Task.WaitAsync(Ct);
        var second = jobs.Run("utboks", Ct);

        Assert.True(second.IsCompletedSuccessfully);
        outbox.Go.SetResult();
        await first;
        Assert.Equal(1, outbox.Runs);
    }

    private static IHost Host(ISweep sweep, Action<IServiceCollection>? more = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var settings = ElsaSite.SettingsIn(Directory.CreateTempSubdirectory("tilskudd-").FullName);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<Wake>().AddSingleton<Sweeps>().AddSingleton(sweep).AddStorage(DatabasePlace.Of(settings.Database));
        HangfireClockwork.AddTo(builder.Services, settings);
        more?.Invoke(builder.Services);
        return builder.Build();
    }

    private sealed class Awaited(string name) : ISweep
    {
        public string Name => name;

        public bool Holds { get; init; }

        public int Runs { get; private set; }

        public TaskCompletionSource Ran { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<int> Run(DateTimeOffset now, CancellationToken ct)
        {
            Runs++;
            Ran.TrySetResult();
            if (Holds)
            {
                await Go.Task.WaitAsync(ct);
            }

            return 0;
        }
    }

    private sealed class Recording : IBackgroundJobClient
    {
        public TaskCompletionSource<Job> Created { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Create(Job job, IState state)
        {
            Created.TrySetResult(job);
            return "1";
        }

        public bool ChangeState(string jobId, IState state, string expectedState) => false;
    }
}
