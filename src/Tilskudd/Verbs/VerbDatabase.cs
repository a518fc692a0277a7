using Microsoft.EntityFrameworkCore;
using Tilskudd.Storage;

namespace Tilskudd.Verbs;

/// <summary>The database the settings name, for a verb that works on it without the web application.</summary>
internal sealed class VerbDatabase : IDbContextFactory<TilskuddDb>
{
    private readonly DbContextOptions<TilskuddDb> _options;

    private VerbDatabase(Settings settings, IDatabasePlace place)
    {
        (Settings, Place) = (settings, place);
        var options = new DbContextOptionsBuilder<TilskuddDb>();
        StorageSetup.Configure(options, place);
        _options = options.Options;
    }

    /// <summary>This machine's clock: a verb is where the program meets the world.</summary>
    public static TimeProvider Clock => TimeProvider.System;

    public Settings Settings { get; }

    public IDatabasePlace Place { get; }

    /// <summary>Opens it, for reading alone where nothing is to be changed: then a running server is no hindrance.</summary>
    /// <returns>The database, or null with what is wrong in Norwegian.</returns>
    public static (VerbDatabase? Database, IReadOnlyList<string> Faults) Open(Invocation given, bool forReading)
    {
        var (settings, faults) = Settings.Read(given.Settings, Environment.GetEnvironmentVariables(), AppContext.BaseDirectory);
        if (settings is null)
        {
            return (null, [.. faults.Select(fault => fault.Message)]);
        }

        var (place, fault) = DatabasePlace.Read(settings.Database);
        var opened = forReading ? place?.ForReading() : place;
        return opened is null ? (null, [fault])
            : opened.Prepare() is { } unusable ? (null, [unusable])
            : (new VerbDatabase(settings, opened), []);
    }

    /// <summary>The one the settings name, be it there or not.</summary>
    /// <returns>The database, or null with what is wrong in Norwegian.</returns>
    public static (VerbDatabase? Database, IReadOnlyList<string> Faults) Named(Invocation given)
    {
        var (settings, faults) = Settings.Read(given.Settings, Environment.GetEnvironmentVariables(), AppContext.BaseDirectory);
        return settings is null ? (null, [.. faults.Select(fault => fault.Message)])
            : DatabasePlace.Read(settings.Database) is ({ } place, _) ? (new VerbDatabase(settings, place), [])
            : (null, [DatabasePlace.Read(settings.Database).Fault]);
    }

    /// <summary>The same settings, with the database in another place.</summary>
    public VerbDatabase At(IDatabasePlace place) => new(Settings, place);

    public TilskuddDb CreateDbContext() => Place.Open(_options);
}
