namespace Tilskudd.Storage;

/// <summary>
/// Held by the one program that writes to a SQLite file, for as long as it runs: an operating system lock on a file beside the database,
/// which falls away with the process however it ends. On PostgreSQL many may write, and the lock is always to be had.
/// </summary>
internal sealed class ServerLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream? _file;

    private ServerLock(FileStream? file) => _file = file;

    /// <summary>Takes the lock at once.</summary>
    /// <returns>The lock, or null when another program has it.</returns>
    public static ServerLock? TryTake(IDatabasePlace database)
    {
        if (database is not SqliteFile file)
        {
            return new ServerLock(null);
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
            return new ServerLock(new FileStream(file.Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Takes the lock, waiting a little for a program that is about to end, such as another <c>migrate</c>.</summary>
    /// <returns>The lock, or null when another program still has it after the patience.</returns>
    public static async Task<ServerLock?> Take(IDatabasePlace database, TimeSpan patience, TimeProvider clock, CancellationToken ct = default)
    {
        var began = clock.GetTimestamp();
        var taken = TryTake(database);
        while (taken is null && clock.GetElapsedTime(began) < patience)
        {
            await Task.Delay(Pause, clock, ct);
            taken = TryTake(database);
        }

        return taken;
    }

    /// <summary>What to tell the operator when the lock is taken, in Norwegian.</summary>
    public static string IsTaken(IDatabasePlace database) =>
        $"Databasen «{database.Name}» er alt i bruk av en annen tjener. Stopp den først. To tjenere samtidig krever PostgreSQL.";

    public void Dispose() => _file?.Dispose();
}
