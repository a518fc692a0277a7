using Hangfire;
using Hangfire.Dashboard;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Npgsql;
using Tilskudd.Clockwork;
using Tilskudd.Cycle.People;
using Tilskudd.SignIn;

namespace Tilskudd.Elsa.Clockwork;

/// <summary>Hangfire as the clockwork: a recurring job for each kind of sweep, and a dashboard to see that they run.</summary>
internal static class HangfireClockwork
{
    public const string DashboardPath = "/admin/jobber";

    public static void AddTo(IServiceCollection services, Settings settings)
    {
        services.AddLogging(logging => logging.AddFilter("Hangfire", LogLevel.Warning));
        services.AddSingleton<SweepJobs>();
        services.AddHangfire(hangfire =>
        {
            hangfire.SetDataCompatibilityLevel(CompatibilityLevel.Version_180).UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
            Store(hangfire, settings.Database);
        });
        services.AddHangfireServer(server =>
        {
            // One sweep runs at a time, so a second worker is there for the nudge alone.
            server.WorkerCount = 2;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
        });
        services.AddHostedService<RecurringSweeps>();
    }

    public static void Map(WebApplication app)
    {
        // Hangfire would tell a person who is signed in to sign in.
        app.UseWhen(context => context.Request.Path.StartsWithSegments(DashboardPath) && context.SignedIn() is { } person && !IsAdministrator(person), Forbid);
        app.MapHangfireDashboard(DashboardPath, new DashboardOptions
        {
            AppPath = "/",
            DashboardTitle = "Klokkeverket",
            DisplayStorageConnectionString = false,
            DisplayNameFunc = (_, job) => job.Args is [string name, ..] ? name : job.ToString(),
            Authorization = [new AdministratorsOnly()],
            IsReadOnlyFunc = _ => true,

            // Its own way to refresh is a post, and here nothing is posted without a form of ours.
            StatsPollingInterval = int.MaxValue,
        }).RequireSignIn();
    }

    private static void Forbid(IApplicationBuilder forbidden) => forbidden.Run(context =>
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    private static bool IsAdministrator(SignedIn person) => person.Has(Role.Administrator);

    // Our own database is the only queue. What Hangfire keeps is when it ran last, and that may be forgotten.
    private static void Store(IGlobalConfiguration hangfire, DatabaseSettings database)
    {
        switch (database.Provider)
        {
            case DatabaseProvider.Sqlite:
                hangfire.UseInMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(3) });
                break;
            case DatabaseProvider.Postgres:
                // Beside the tables of a demonstration, not among those of the real thing.
                var schema = new NpgsqlConnectionStringBuilder(database.Connection).SearchPath;
                hangfire.UsePostgreSqlStorage(
                    postgres => postgres.UseNpgsqlConnection(database.Connection),
                    new PostgreSqlStorageOptions { SchemaName = string.IsNullOrEmpty(schema) ? "hangfire" : $"{schema}_hangfire" });
                break;
        }
    }

    private sealed class AdministratorsOnly : IDashboardAuthorizationFilter
    {
        public bool Authorize(DashboardContext context) => context.GetHttpContext().SignedIn() is { } person && IsAdministrator(person);
    }
}

/// <summary>Tells Hangfire of the sweeps when the application starts, and nudges it when something need not wait for its turn.</summary>
internal sealed class RecurringSweeps(IRecurringJobManager recurring, IBackgroundJobClient jobs, Wake wake, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    // What was missed while the machine stood still is done once when it comes back, not once for every time it was missed.
    private static readonly RecurringJobOptions InOslo = new()
    {
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo"),
        MisfireHandling = MisfireHandlingMode.Relaxed,
    };

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var job in SweepJob.All)
        {
            recurring.AddOrUpdate<SweepJobs>(job.Name, sweeps => sweeps.Run(job.Name, CancellationToken.None), job.Cron, InOslo);
        }

        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await wake.Wait(LongestWait, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            jobs.Enqueue<SweepJobs>(sweeps => sweeps.Run("utboks", CancellationToken.None));
        }
    }
}
