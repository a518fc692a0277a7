namespace Tilskudd.Clockwork;

/// <summary>The built-in clockwork: one loop that runs every sweep in turn.</summary>
internal sealed partial class BackgroundLoop(Sweeps sweeps, Wake wake, TimeProvider clock, ILogger<BackgroundLoop> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                // As long as there is work, there is no waiting.
                if (await sweeps.RunAll(stoppingToken) == 0)
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

    [LoggerMessage(LogLevel.Information, "The clockwork stopped")]
    private partial void LogStopped();
}
