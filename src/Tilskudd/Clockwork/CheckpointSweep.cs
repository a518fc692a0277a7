using Tilskudd.Trail;

namespace Tilskudd.Clockwork;

/// <summary>Signs how far the trail has come, every hour and when the application stops.</summary>
internal sealed class CheckpointSweep(Checkpoints checkpoints) : ISweep, IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private DateTimeOffset _next;

    public string Name => "checkpoints";

    public async Task<int> Run(DateTimeOffset now, CancellationToken ct)
    {
        if (now < _next)
        {
            return 0;
        }

        // Nobody waits for a checkpoint, so it is no work that calls for another round.
        await checkpoints.Write(ct);
        _next = now + Pause;
        return 0;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => checkpoints.Write(cancellationToken);
}
