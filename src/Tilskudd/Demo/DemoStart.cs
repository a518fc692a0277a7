using Microsoft.Extensions.DependencyInjection.Extensions;
using Tilskudd.Clockwork;
using Tilskudd.Meetings;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Year.Sources;
using Microsoft.EntityFrameworkCore;

namespace Tilskudd.Demo;

/// <summary>Makes an empty database into the demonstration: loads the programmes, and plays them up to the instant it begins at.</summary>
internal static class DemoStart
{
    /// <summary>The demonstration's people and figures are the same everywhere.</summary>
    public const int Seed = 1;

    /// <summary>The site with a clock of ours and no clockwork of its own: it answers to nobody, and time stands still until it is moved.</summary>
    public static WebApplication Still(Settings settings, SimulatedClock clock, Action<WebApplicationBuilder>? compose = null, Composition? composition = null) => Site.Build(settings, builder =>
    {
        builder.Logging.ClearProviders();
        builder.Services.RemoveAll<IHostedService>();
        builder.Services.AddSingleton<TimeProvider>(clock);
        compose?.Invoke(builder);
    }, composition);

    public static async Task Fill(Settings settings, DateTimeOffset at, Composition composition)
    {
        var clock = new SimulatedClock(at < DemoScenes.Start ? at : DemoScenes.Start);
        await using var app = Still(settings, clock, composition: composition);
        await app.Services.PublishFlows();
        var world = RealWorld.Read().Trusted();
        var (door, databases) = (app.Services.GetRequiredService<Door>(), app.Services.GetRequiredService<IDbContextFactory<TilskuddDb>>());
        var load = new LoadProgramme(door, app.Services.GetRequiredService<SecretSource>(), world, Seed);
        var programmes = new List<LoadedProgramme>();
        foreach (var source in world.Programmes)
        {
            programmes.Add(await load.Load(source, [.. DemoScenes.Years.Where(year => Covers(source, year))]));
        }

        var time = new PlayedTime(clock, app.Services.GetRequiredService<Sweeps>(), databases);
        var play = new PlayRuns(door, app.Services.GetRequiredService<Flow>(), databases);
        var meetings = new PlayMeetings(app.Services.GetRequiredService<PlanMeeting>(), app.Services.GetRequiredService<CallMeeting>(), app.Services.GetRequiredService<HoldMeeting>(), databases);
        await new DemoScenes(play, meetings, time, app.Services.GetRequiredService<NoticeQueue>(), databases, world, Seed).Play(programmes, at);
    }

    /// <summary>Where the clock stood when the demonstration was left, or null when there is none.</summary>
    public static async Task<DateTimeOffset?> LastAt(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<TilskuddDb>>().CreateDbContextAsync();
        return await db.Trail.OrderByDescending(entry => entry.Seq).Select(entry => (DateTimeOffset?)entry.At).FirstOrDefaultAsync();
    }

    /// <summary>Whether the agreement covers the year, as far as its period is known.</summary>
    public static bool Covers(ProgrammeSource source, Cycle.Year.GrantYear year) =>
        (source.Period.From is not { } from || from <= year) && (source.Period.To is not { } to || year <= to);
}
