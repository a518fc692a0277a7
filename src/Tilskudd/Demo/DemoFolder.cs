using System.Collections;
using Microsoft.Data.Sqlite;
using Tilskudd.Storage;

namespace Tilskudd.Demo;

/// <summary>The folder a demonstration or a simulated year lives in, and the settings that follow from it: always Development.</summary>
internal static class DemoFolder
{
    /// <summary>Everything the application writes beside its database, all of it made again by a fresh start.</summary>
    private static readonly string[] Parts = ["tilskudd.db", "tilskudd.db-wal", "tilskudd.db-shm", "trail-key.pem", "mail", "checkpoints"];

    /// <summary>Reads the settings; what the command line says goes before the folder's own, and the environment is not asked.</summary>
    public static (Settings? Settings, IReadOnlyList<string> Faults) Read(IReadOnlyList<KeyValuePair<string, string?>> given, string folder)
    {
        folder = given.LastOrDefault(setting => setting.Key.Equals("Data:Folder", StringComparison.OrdinalIgnoreCase)).Value ?? folder;
        var own = new Dictionary<string, string?> { ["Data:Folder"] = folder, ["Mail:Kind"] = "Folder" };
        if (!given.Any(IsOtherDatabase))
        {
            own["Database:Connection"] = $"Data Source={Path.Combine(folder, "tilskudd.db")}";
        }

        var (settings, faults) = Settings.Read(
            [.. own.Where(setting => !given.Any(other => other.Key.Equals(setting.Key, StringComparison.OrdinalIgnoreCase))), .. given], new Hashtable(), AppContext.BaseDirectory);
        return settings is { IsDevelopment: false }
            ? (null, ["Demonstrasjonen er bare for egen maskin. Ta bort Site:BaseUrl, eller bruk «serve»."])
            : (settings is null ? null : settings with { Database = Within(settings.Database, "tilskudd_demo") }, [.. faults.Select(fault => fault.Message)]);
    }

    /// <summary>The same database; on PostgreSQL with the tables in this schema, so that what is real beside it is out of reach.</summary>
    public static DatabaseSettings Within(DatabaseSettings database, string schema) =>
        DatabasePlace.Of(database) is PostgresServer server ? database with { Connection = server.Within(schema).ConnectionString } : database;

    /// <summary>Removes what an earlier demonstration left, and nothing else. The caller holds the database's lock.</summary>
    public static async Task Empty(Settings settings, ServerLock held)
    {
        ArgumentNullException.ThrowIfNull(held);
        if (DatabasePlace.Of(settings.Database) is PostgresServer server)
        {
            await server.Empty();
        }

        // A connection that is kept open would go on with the file that is gone.
        SqliteConnection.ClearAllPools();
        foreach (var path in Parts.Select(part => Path.Combine(settings.DataFolder, part)))
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
    }

    private static bool IsOtherDatabase(KeyValuePair<string, string?> setting) =>
        setting.Key.Equals("Database:Provider", StringComparison.OrdinalIgnoreCase) && !string.Equals(setting.Value, nameof(DatabaseProvider.Sqlite), StringComparison.OrdinalIgnoreCase);
}
