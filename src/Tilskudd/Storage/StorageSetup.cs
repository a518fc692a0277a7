using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tilskudd.Cycle;

namespace Tilskudd.Storage;

/// <summary>What the application needs in order to keep things.</summary>
internal static class StorageSetup
{
    /// <summary>How long a writer waits in line before it is told to try again later.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Databases kept ready between requests; more at once are made and thrown away.</summary>
    private const int KeptReady = 32;

    /// <summary>
    /// Adds the database (<see cref="IDbContextFactory{TContext}"/>, and a <see cref="TilskuddDb"/> per request, for reading) and the
    /// <see cref="Door"/>. The clock is the host's; so is the randomness, where it has added any.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IDatabasePlace place)
    {
        services.AddSingleton(place);
        AddDatabase(services, place);
        services.TryAddSingleton(RandomNumberGenerator.Create());
        services.TryAddSingleton<Ids>();
        services.AddSingleton(new WriterLine(Patience, place.WritersAbreast));
        services.AddSingleton<Door>();
        services.AddSingleton<Migrator>();
        services.AddSingleton<Leases>();
        return services;
    }

    /// <summary>The options of one database, for the application, the verbs and the tests alike.</summary>
    public static void Configure(DbContextOptionsBuilder options, IDatabasePlace place)
    {
        place.Use(options);
        options
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            // That the migrations lead to the model is held by a test; asking again at each start builds the whole model a second time.
            .ConfigureWarnings(warnings => warnings.Throw(RelationalEventId.MultipleCollectionIncludeWarning).Ignore(RelationalEventId.PendingModelChangesWarning))
#pragma warning disable EF9100 // See KnownConstants.
            .ReplaceService<ILiftableConstantProcessor, KnownConstants>();
#pragma warning restore EF9100
    }

    private static void AddDatabase(IServiceCollection services, IDatabasePlace place)
    {
        switch (place)
        {
            case PostgresServer:
                services.AddPooledDbContextFactory<PostgresDb>(options => Configure(options, place), KeptReady);
                services.AddSingleton<IDbContextFactory<TilskuddDb>, PostgresDatabases>();
                services.AddScoped(parts => parts.GetRequiredService<IDbContextFactory<TilskuddDb>>().CreateDbContext());
                break;
            default:
                services.AddSingleton<KeptConnections>();
                services.AddPooledDbContextFactory<TilskuddDb>(
                    (parts, options) =>
                    {
                        Configure(options, place);
                        options.AddInterceptors(parts.GetRequiredService<KeptConnections>());
                    },
                    KeptReady);
                break;
        }
    }
}

/// <summary>Hands out databases on PostgreSQL to those who do not know which kind there is.</summary>
internal sealed class PostgresDatabases(IDbContextFactory<PostgresDb> databases) : IDbContextFactory<TilskuddDb>
{
    public TilskuddDb CreateDbContext() => databases.CreateDbContext();
}
