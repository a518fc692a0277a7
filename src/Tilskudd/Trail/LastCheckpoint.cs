namespace Tilskudd.Trail;

/// <summary>Signs the trail when the application stops, so that nothing of what it did can be cut off unseen while it is down.</summary>
internal sealed partial class LastCheckpoint(Checkpoints checkpoints, ILogger<LastCheckpoint> log) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await checkpoints.Write(cancellationToken);
        }
        catch (Exception failure)
        {
            // The rest must stop in good order all the same; the next start signs what was missed.
            LogUnsigned(failure);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Critical, "The trail was not signed at shutdown")]
    private partial void LogUnsigned(Exception failure);
}
