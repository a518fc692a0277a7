using Tilskudd.Clockwork;

namespace Tilskudd.Trail;

/// <summary>Signs the trail every hour in which it has come further.</summary>
internal sealed class CheckpointSweep(Checkpoints checkpoints) : ISweep
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public string Name => "checkpoints";

    public async Task<int> Run(DateTimeOffset now, CancellationToken ct)
    {
        // A clock that is put back must not make an hour longer.
        if (now >= _next || _next - now > Hour)
        {
            await checkpoints.Write(ct);
            _next = now + Hour;
        }

        // A signature makes no work for other sweeps, so it is not counted as any.
        return 0;
    }
}
