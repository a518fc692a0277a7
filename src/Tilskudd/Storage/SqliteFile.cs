using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;
using Tilskudd.Setup;

namespace Tilskudd.Storage;

/// <summary>The file the database lies in, and how it is opened.</summary>
internal sealed class SqliteFile : IDatabasePlace
{
    // Seconds SQLite goes on trying when another process holds the file, before the writer is told to try again later.
    private const int Patience = 15;

    private const string Damaged = "Kopien er ikke hel: databasen er skadet. Kjør «verify», og bruk en eldre kopi.";

    private const long LeastDisk = 50L * 1024 * 1024;

    // The file, the log of what is not yet in it, and the log's index.
    private static readonly string[] Parts = ["", "-wal", "-shm"];

    private readonly SqliteConnectionStringBuilder _connection;

    private SqliteFile(SqliteConnectionStringBuilder connection) => _connection = connection;

    public string Path => _connection.DataSource;

    public string Name => Path;

    public int WritersAbreast => 1;

    public string ConnectionString => _connection.ConnectionString;

    public bool IsReadOnly => _connection.Mode == SqliteOpenMode.ReadOnly;

    public static SqliteFile At(string path) => new(new SqliteConnectionStringBuilder { DataSource = System.IO.Path.GetFullPath(path), DefaultTimeout = Patience });

    /// <summary>Reads the setting <c>Database:Connection</c>. A relative path is relative to the current directory.</summary>
    /// <returns>The file, or null with what is wrong in Norwegian.</returns>
    public static (SqliteFile? File, string Fault) Read(string connection)
    {
        SqliteConnectionStringBuilder given;
        try
        {
            given = new SqliteConnectionStringBuilder(connection);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return (null, "Database:Connection kan ikke leses. Skriv for eksempel «Data Source=data/tilskudd.db».");
        }

        if (given.DataSource.Length == 0 || given.DataSource == ":memory:" || given.DataSource.StartsWith("file:", StringComparison.Ordinal) || given.Mode == SqliteOpenMode.Memory)
        {
            return (null, "Database:Connection må peke på en fil, for eksempel «Data Source=data/tilskudd.db».");
        }

        given.DataSource = System.IO.Path.GetFullPath(given.DataSource);
        given.DefaultTimeout = Patience;
        return (new SqliteFile(given), "");
    }

    /// <summary>The same file, with another patience when somebody else holds it.</summary>
    /// <param name="seconds">Whole seconds, at least one.</param>
    public SqliteFile WithPatience(int seconds) => new(new SqliteConnectionStringBuilder(_connection.ConnectionString) { DefaultTimeout = seconds });

    public IDatabasePlace ForReading() => new SqliteFile(new SqliteConnectionStringBuilder(_connection.ConnectionString) { Mode = SqliteOpenMode.ReadOnly });

    public string? Prepare()
    {
        if (Directory.Exists(Path))
        {
            return $"Databasen «{Path}» er en mappe. Oppgi en fil i Database:Connection.";
        }

        try
        {
            if (!IsReadOnly)
            {
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            }

            using var file = new FileStream(Path, IsReadOnly ? FileMode.Open : FileMode.OpenOrCreate, IsReadOnly ? FileAccess.Read : FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return IsSqlite(file) ? null : $"«{Path}» er ikke en SQLite-database. Flytt filen, eller oppgi en annen i Database:Connection.";
        }
        catch (UnauthorizedAccessException)
        {
            return $"Databasen «{Path}» kan ikke skrives. Gi den som kjører programmet, skrivetilgang til filen og mappen.";
        }
        catch (IOException failure)
        {
            return IsReadOnly && !File.Exists(Path)
                ? $"Databasen «{Path}» finnes ikke."
                : $"Databasen «{Path}» kan ikke nås. Oppgi en fil i en mappe som kan skrives, i Database:Connection.{SystemReason.Of(failure)}";
        }
    }

    public async Task<string?> Ailment(CancellationToken ct)
    {
        if (!File.Exists(Path))
        {
            return null;
        }

        var free = new DriveInfo(Path).AvailableFreeSpace;
        return await RefusesWriting(ct) ? "Databasefilen kan ikke skrives." : free < LeastDisk ? $"Det er bare {free / 1024 / 1024} MB igjen på disken." : null;
    }

    public async Task<string?> BackUp(string file, CancellationToken ct)
    {
        try
        {
            return await Copy(file, ct) ? null : Damaged;
        }
        catch (SqliteException failure)
        {
            return failure.SqliteErrorCode switch
            {
                raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Damaged,
                raw.SQLITE_FULL => $"Det er ikke plass til kopien «{file}» på disken.",
                raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM => $"Kopien «{file}» kan ikke skrives. Gi den som kjører programmet, skrivetilgang til mappen, eller oppgi en annen.",
                _ => $"Kopien «{file}» kunne ikke tas: SQLite melder feil {failure.SqliteErrorCode}. Se etter at disken er hel og har plass, og prøv igjen.",
            };
        }
    }

    // False when what was copied is damaged.
    private async Task<bool> Copy(string file, CancellationToken ct)
    {
        await using var from = new SqliteConnection(ConnectionString);
        await from.OpenAsync(ct);
        await using var to = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await to.OpenAsync(ct);
        from.BackupDatabase(to);

        // One file and no log beside it.
        await using var command = to.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=DELETE; PRAGMA quick_check(1);";
        await using var said = await command.ExecuteReaderAsync(ct);
        await said.NextResultAsync(ct);
        return await said.ReadAsync(ct) && said.GetString(0) == "ok";
    }

    public async Task<string?> BringBack(string file, string stamp, Func<IDatabasePlace, Task<string?>> ready, CancellationToken ct)
    {
        var copy = At(file);
        if (NotACopy(file) is { } unusable)
        {
            return unusable;
        }

        // Beside its place first, and then by a change of name, so that there is never half a database.
        var draft = $"{Path}.{stamp}.part";
        try
        {
            if ((await copy.BackUp(draft, ct) ?? await ready(At(draft))) is { } fault)
            {
                return fault;
            }

            await Fold(draft, ct);
            foreach (var part in Parts.Where(part => File.Exists(Path + part)))
            {
                File.Move(Path + part, SetAside(stamp) + part);
            }

            File.Move(draft, Path);
            return null;
        }
        finally
        {
            // None is kept open that leads to a file that is gone.
            SqliteConnection.ClearAllPools();
            foreach (var part in Parts)
            {
                File.Delete(draft + part);
            }
        }
    }

    public string? Former(string stamp) => File.Exists(SetAside(stamp)) ? SetAside(stamp) : null;

    private string SetAside(string stamp) => $"{Path}.{stamp}";

    private static string? NotACopy(string file)
    {
        try
        {
            using var opened = File.OpenRead(file);
            return IsSqlite(opened) ? null : $"«{file}» er ikke en SQLite-database. Oppgi en kopi fra «backup» med --from.";
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return $"Kopien «{file}» kan ikke leses. Gi den som kjører programmet, lesetilgang til filen, eller oppgi en annen med --from.{SystemReason.Of(closed)}";
        }
    }

    // All that was written to it goes into the one file.
    private static async Task Fold(string file, CancellationToken ct)
    {
        SqliteConnection.ClearAllPools();
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=DELETE";
        await command.ExecuteNonQueryAsync(ct);
    }

    // A list of ids goes as one value, as on PostgreSQL. One value for each would be a new question for each length of the list, and EF Core writes
    // a question of hundreds in a time that grows with the square of them.
    public void Use(DbContextOptionsBuilder options) => options
        .UseSqlite(ConnectionString, sqlite => sqlite.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery).UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
        .AddInterceptors(new SqlitePragmas());

    public TilskuddDb Open(DbContextOptions<TilskuddDb> options) => new(options);

    // Its rights, or those of its disk: SQLite then opens it for reading only, and lets even a writer's transaction begin.
    private async Task<bool> RefusesWriting(CancellationToken ct)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        return raw.sqlite3_db_readonly(connection.Handle!, "main") != 0;
    }

    private static bool IsSqlite(FileStream file)
    {
        Span<byte> start = stackalloc byte[16];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return read == 0 || start.SequenceEqual("SQLite format 3\0"u8);
    }
}
