using Tilskudd.Clockwork;

namespace Tilskudd.Trail;

/// <summary>What keeps the trail signed while the application runs.</summary>
internal static class TrailRoom
{
    /// <summary>
    /// Adds <see cref="Checkpoints"/>, with the key and the folder they are kept in, hourly and at shutdown. Stands before the rooms that
    /// write: what was added first is stopped last, so the last checkpoint covers what they wrote.
    /// </summary>
    public static IServiceCollection AddTrail(this IServiceCollection services, TrailSettings trail) => services
        .AddSingleton(trail)
        .AddSingleton<Checkpoints>()
        .AddSingleton<ISweep, CheckpointSweep>()
        .AddHostedService<LastCheckpoint>();
}
