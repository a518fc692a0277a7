namespace Tilskudd.Clockwork;

/// <summary>Puts the built-in clockwork into the application. Each room adds its own sweeps.</summary>
internal static class ClockworkRoom
{
    public static void AddClockwork(this IServiceCollection services)
    {
        services.AddSingleton<Wake>();
        services.AddSingleton<BackgroundLoop>();
        services.AddHostedService(given => given.GetRequiredService<BackgroundLoop>());
    }
}
