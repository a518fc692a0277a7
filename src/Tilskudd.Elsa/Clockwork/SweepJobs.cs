using System.Collections.Concurrent;
using Hangfire;
using Tilskudd.Clockwork;

namespace Tilskudd.Elsa.Clockwork;

/// <summary>One recurring job: some sweeps that belong together, and how often they run.</summary>
/// <param name="Name">As the dashboard shows it.</param>
/// <param name="Sweeps">The names of the sweeps, in the order they run.</param>
/// <param name="Cron">Six fields, the seconds first, in Europe/Oslo.</param>
internal sealed record SweepJob(string Name, IReadOnlyList<string> Sweeps, string Cron)
{
    /// <summary>Every sweep of the application stands in one of them, and in one only.</summary>
    public static IReadOnlyList<SweepJob> All { get; } =
    [
        new("påminnelser", ["reminders"], "0 * * * * *"),
        new("frister", ["waits", "substitutes", "successors"], "30 * * * * *"),
        new("utboks", ["sign-in", "ask-for-link", "outbox"], "*/15 * * * * *"),
        new("innkommende", ["inbound"], "10 * * * * *"),
        new("sjekkpunkt", ["checkpoints"], "45 */5 * * * *"),
        new("sletting", ["retention"], "20 15 * * * *"),
    ];
}

/// <summary>
/// What Hangfire runs. No job carries anything that could be lost: what is due stands in our own database, so a job that is missed,
/// repeated or run on two machines does no harm.
/// </summary>
internal sealed class SweepJobs(Sweeps sweeps)
{
    private readonly ConcurrentDictionary<string, bool> _running = new(StringComparer.Ordinal);

    /// <summary>Runs the sweeps of one job until nothing is left to do. While it runs, another of the same is not needed.</summary>
    [JobDisplayName("{0}")]
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task Run(string job, CancellationToken ct)
    {
        if (!_running.TryAdd(job, true))
        {
            return;
        }

        try
        {
            var names = SweepJob.All.Single(known => known.Name == job).Sweeps;
            while (await sweeps.Run(names, ct) > 0)
            {
                ct.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            _running.TryRemove(job, out _);
        }
    }
}
