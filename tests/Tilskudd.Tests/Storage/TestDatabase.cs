using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Tilskudd.Cycle;
using Tilskudd.Demo;
using Tilskudd.Storage;

namespace Tilskudd.Tests.Storage;

/// <summary>
/// A migrated SQLite file of one test's own, with its door, a clock that stands still at 20 November 2024, 09:00 in Oslo, and ids that
/// are the same in every run. Migrating happens once; each test gets a copy.
/// </summary>
internal sealed class TestDatabase : IAsyncDisposable, IDbContextFactory<TilskuddDb>
{
    private static readonly Lazy<Task<byte[]>> Migrated = new(Migrate);

    private readonly DbContextOptions<TilskuddDb> _options;
    private readonly DirectoryInfo? _folder;
    private readonly WriterLine _line = new(TimeSpan.FromSeconds(30));

    private TestDatabase(SqliteFile file, DirectoryInfo? folder)
    {
        (File, _folder) = (file, folder);
        var options = new DbContextOptionsBuilder<TilskuddDb>();
        StorageSetup.Configure(options, File);
        _options = options.AddInterceptors(Commands).Options;
        Clock = new SimulatedClock(new DateTimeOffset(2024, 11, 20, 8, 0, 0, TimeSpan.Zero));
        Ids = new Ids(Clock, new SeededRandom(1));
        Door = new Door(this, _line, Clock, Ids, NullLogger<Door>.Instance);
    }

    public SqliteFile File { get; }

    /// <summary>The test's own folder, deleted with the database.</summary>
    public string Folder => Path.GetDirectoryName(File.Path)!;

    public SimulatedClock Clock { get; }

    public Ids Ids { get; }

    public Door Door { get; }

    /// <summary>Counts the commands sent to this database.</summary>
    public CommandCounter Commands { get; } = new();

    /// <param name="patience">Seconds to wait when another process holds the file.</param>
    public static async Task<TestDatabase> Create(int patience = 15)
    {
        var content = await Migrated.Value;
        var database = CreateEmpty(patience);
        await System.IO.File.WriteAllBytesAsync(database.File.Path, content);
        return database;
    }

    /// <summary>A database whose file is not made yet.</summary>
    public static TestDatabase CreateEmpty(int patience = 15)
    {
        var folder = Directory.CreateTempSubdirectory("tilskudd-");
        return new(SqliteFile.At(Path.Combine(folder.FullName, "tilskudd.db")).WithPatience(patience), folder);
    }

    /// <summary>A database another test has made, and will delete.</summary>
    public static TestDatabase Open(SqliteFile file) => new(file, folder: null);

    /// <summary>A context for reading.</summary>
    public TilskuddDb Read() => new(_options);

    TilskuddDb IDbContextFactory<TilskuddDb>.CreateDbContext() => Read();

    /// <summary>Writes through the door, and fails the test if it is refused.</summary>
    public async Task Write(Action<Writing> story) => Assert.Null(await Door.Write(writing =>
    {
        story(writing);
        return Task.FromResult<Refusal?>(null);
    }));

    /// <summary>Runs SQL past the door, as an attacker or a broken disk would.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "The statements are the tests' own.")]
    public async Task<object?> Sql(string sql)
    {
        await using var connection = new SqliteConnection(File.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    public ValueTask DisposeAsync()
    {
        using var connection = new SqliteConnection(File.ConnectionString);
        SqliteConnection.ClearPool(connection);
        _line.Dispose();
        _folder?.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<byte[]> Migrate()
    {
        await using var database = CreateEmpty();
        using (var held = ServerLock.TryTake(database.File)!)
        {
            Assert.Null(await new Migrator(database).Run(held));
        }

        await database.Sql("PRAGMA wal_checkpoint(TRUNCATE)");
        return await System.IO.File.ReadAllBytesAsync(database.File.Path);
    }
}
