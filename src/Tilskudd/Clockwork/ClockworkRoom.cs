namespace Tilskudd.Clockwork;

/// <summary>Puts what comes due by itself into the application. Each room adds its own sweeps; the composition adds what runs them.</summary>
internal static class ClockworkRoom
{
    public static void AddClockwork(this IServiceCollection services)
    {
        services.AddSingleton<Wake>();
        services.AddSingleton<Sweeps>();
    }
}
