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
        var own = new Dictionary<string, string?> { ["Data:Folder"] = folder, ["Database:Connection"] = $"Data Source={Path.Combine(folder, "tilskudd.db")}", ["Mail:Kind"] = "Folder" };
        var (settings, faults) = Settings.Read(
            [.. own.Where(setting => !given.Any(other => other.Key.Equals(setting.Key, StringComparison.OrdinalIgnoreCase))), .. given], new Hashtable(), AppContext.BaseDirectory);
        return settings is { IsDevelopment: false }
            ? (null, ["Demonstrasjonen er bare for egen maskin. Ta bort Site:BaseUrl, eller bruk «serve»."])
            : (settings, [.. faults.Select(fault => fault.Message)]);
    }

    /// <summary>Removes what an earlier demonstration left, and nothing else. The caller holds the database's lock.</summary>
    public static void Empty(Settings settings, ServerLock held)
    {
        ArgumentNullException.ThrowIfNull(held);

        // A connection that is kept open would go on with the file that is gone.
        SqliteConnection.ClearAllPools();
        foreach (var path in Parts.Select(part => Path.Combine(settings.DataFolder, part)))
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }
    }
}
