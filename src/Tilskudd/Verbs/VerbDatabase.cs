using Microsoft.EntityFrameworkCore;
using Tilskudd.Storage;

namespace Tilskudd.Verbs;

/// <summary>The database the settings name, for a verb that works on it without the web application.</summary>
internal sealed class VerbDatabase : IDbContextFactory<TilskuddDb>
{
    private readonly DbContextOptions<TilskuddDb> _options;

    private VerbDatabase(Settings settings, SqliteFile file)
    {
        (Settings, File) = (settings, file);
        var options = new DbContextOptionsBuilder<TilskuddDb>();
        StorageSetup.Configure(options, file);
        _options = options.Options;
    }

    /// <summary>What is said where PostgreSQL is asked for.</summary>
    public const string OnlySqlite = "Database:Provider er Postgres, men denne utgaven har bare Sqlite.";

    /// <summary>This machine's clock: a verb is where the program meets the world.</summary>
    public static TimeProvider Clock => TimeProvider.System;

    public Settings Settings { get; }

    public SqliteFile File { get; }

    /// <summary>Opens it, for reading alone where nothing is to be changed: then a running server is no hindrance.</summary>
    /// <returns>The database, or null with what is wrong in Norwegian.</returns>
    public static (VerbDatabase? Database, IReadOnlyList<string> Faults) Open(Invocation given, bool forReading)
    {
        var (settings, faults) = Settings.Read(given.Settings, Environment.GetEnvironmentVariables(), AppContext.BaseDirectory);
        if (settings is null)
        {
            return (null, [.. faults.Select(fault => fault.Message)]);
        }

        if (settings.Database.Provider != DatabaseProvider.Sqlite)
        {
            return (null, [OnlySqlite]);
        }

        var (file, fault) = SqliteFile.Read(settings.Database.Connection);
        var opened = forReading ? file?.ForReading() : file;
        return opened is null ? (null, [fault])
            : opened.Prepare() is { } unusable ? (null, [unusable])
            : (new VerbDatabase(settings, opened), []);
    }

    public TilskuddDb CreateDbContext() => new(_options);
}
