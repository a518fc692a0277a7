using System.Diagnostics.CodeAnalysis;

namespace Tilskudd.Clockwork;

/// <summary>The built-in clockwork: one loop that runs every sweep in turn, so that none overlaps another or itself.</summary>
internal sealed partial class BackgroundLoop(IEnumerable<ISweep> sweeps, Wake wake, TimeProvider clock, ILogger<BackgroundLoop> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, Trouble> _troubles = [];

    /// <summary>Runs every sweep once; one that failed lately waits a while.</summary>
    /// <returns>How many things were done.</returns>
    public async Task<int> RunOnce(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var done = 0;
            foreach (var sweep in sweeps)
            {
                done += await Run(sweep, ct);
            }

            return done;
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                // As long as there is work, there is no waiting.
                if (await RunOnce(stoppingToken) == 0)
                {
                    await wake.Wait(Round, clock, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "No failure of one sweep may stop the clockwork; it is logged and tried again after a pause.")]
    private async Task<int> Run(ISweep sweep, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_troubles.TryGetValue(sweep.Name, out var trouble) && now < trouble.Until)
        {
            return 0;
        }

        try
        {
            var done = await sweep.Run(now, ct);
            _troubles.Remove(sweep.Name);
            return done;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            var failures = (trouble?.Failures ?? 0) + 1;
            var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, failures)));
            _troubles[sweep.Name] = new Trouble(failures, now + pause);
            LogFailed(failure, sweep.Name, pause);
            return 0;
        }
    }

    [LoggerMessage(LogLevel.Error, "The sweep {Sweep} failed and rests for {Pause}")]
    private partial void LogFailed(Exception failure, string sweep, TimeSpan pause);

    [LoggerMessage(LogLevel.Information, "The clockwork stopped")]
    private partial void LogStopped();

    private sealed record Trouble(int Failures, DateTimeOffset Until);
}
