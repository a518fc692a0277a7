using System.Diagnostics.CodeAnalysis;
using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tilskudd.Cycle;
using Tilskudd.Demo;
using Tilskudd.Storage;
using Xunit.v3;

namespace Tilskudd.Tests.Storage;

/// <summary>
/// A migrated database of one test's own, with its door, a clock that stands still at 20 November 2024, 09:00 in Oslo, and ids that
/// are the same in every run. Migrating happens once; each test gets a copy. It is a SQLite file, or a database on PostgreSQL where the test's class
/// is marked so, or where <c>TEST_DATABASE=Postgres</c> is set for the whole run.
/// </summary>
internal sealed partial class TestDatabase : IAsyncDisposable, IDbContextFactory<TilskuddDb>
{
    private static readonly Lazy<Task<byte[]>> Migrated = new(Migrate);

    private readonly DbContextOptions<TilskuddDb> _options;
    private readonly DirectoryInfo? _folder;
    private readonly WriterLine _line;

    private TestDatabase(IDatabasePlace place, DirectoryInfo? folder)
    {
        (Place, _folder) = (place, folder);
        _line = new(TimeSpan.FromSeconds(30), place.WritersAbreast);
        var options = new DbContextOptionsBuilder<TilskuddDb>();
        StorageSetup.Configure(options, place);
        _options = options.AddInterceptors(Commands).Options;
        Clock = new SimulatedClock(new DateTimeOffset(2024, 11, 20, 8, 0, 0, TimeSpan.Zero));
        Ids = new Ids(Clock, new SeededRandom(1));
        Door = new Door(this, _line, Clock, Ids, NullLogger<Door>.Instance);
    }

    /// <summary>Whether the test that runs now is one for PostgreSQL.</summary>
    public static bool IsForPostgres => IsMarked<OnPostgresAttribute>()
        || (Environment.GetEnvironmentVariable("TEST_DATABASE") == nameof(DatabaseProvider.Postgres) && !IsMarked<OnSqliteAttribute>());

    public IDatabasePlace Place { get; }

    /// <summary>The file, in a test of what only SQLite has.</summary>
    public SqliteFile File => (SqliteFile)Place;

    /// <summary>The test's own folder, deleted with the database.</summary>
    public string Folder => _folder?.FullName ?? Path.GetDirectoryName(File.Path)!;

    /// <summary>The settings that name this database.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Settings => Place switch
    {
        PostgresServer server => [new("Database:Provider", "Postgres"), new("Database:Connection", server.ConnectionString)],
        _ => [new("Database:Connection", "Data Source=" + File.Path)],
    };

    /// <summary>The same as words of a command line.</summary>
    public IReadOnlyList<string> Words => [.. Settings.SelectMany(setting => new[] { "--" + setting.Key, setting.Value! })];

    public SimulatedClock Clock { get; }

    public Ids Ids { get; }

    public Door Door { get; }

    /// <summary>Counts the commands sent to this database.</summary>
    public CommandCounter Commands { get; } = new();

    /// <param name="patience">Seconds to wait when another process holds the file.</param>
    public static async Task<TestDatabase> Create(int patience = 15)
    {
        if (IsForPostgres)
        {
            return new(await PostgresCluster.Create(), Directory.CreateTempSubdirectory("tilskudd-"));
        }

        return await CreateInFile(patience);
    }

    /// <summary>A migrated SQLite file, in a test of what only SQLite has.</summary>
    /// <param name="patience">Seconds to wait when another process holds the file.</param>
    public static async Task<TestDatabase> CreateInFile(int patience = 15)
    {
        var content = await Migrated.Value;
        var database = InFile(patience);
        await System.IO.File.WriteAllBytesAsync(database.File.Path, content);
        return database;
    }

    /// <summary>A database in which nothing is made yet.</summary>
    public static async Task<TestDatabase> CreateEmpty() =>
        IsForPostgres ? new(await PostgresCluster.CreateEmpty(), Directory.CreateTempSubdirectory("tilskudd-")) : InFile();

    /// <summary>A database whose file is not made yet.</summary>
    public static TestDatabase InFile(int patience = 15)
    {
        var folder = Directory.CreateTempSubdirectory("tilskudd-");
        return new(SqliteFile.At(Path.Combine(folder.FullName, "tilskudd.db")).WithPatience(patience), folder);
    }

    /// <summary>A database another test has made, and will delete.</summary>
    public static TestDatabase Open(IDatabasePlace place, DirectoryInfo? folder = null) => new(place, folder);

    /// <summary>A context for reading.</summary>
    public TilskuddDb Read() => Place.Open(_options);

    TilskuddDb IDbContextFactory<TilskuddDb>.CreateDbContext() => Read();

    /// <summary>Writes through the door, and fails the test if it is refused.</summary>
    public Task Write(Action<Writing> story) => Write(writing =>
    {
        story(writing);
        return Task.CompletedTask;
    });

    /// <summary>Tells a story that also asks: without this, one with an await in it would go on after its transaction.</summary>
    public async Task Write(Func<Writing, Task> story) => Assert.Null(await Door.Write(async writing =>
    {
        await story(writing);
        return null;
    }));

    /// <summary>Runs SQL past the door, as an attacker or a broken disk would; names need no quotes on PostgreSQL either.</summary>
    /// <returns>The first value, as SQLite gives it.</returns>
    [SuppressMessage("Security", "CA2100", Justification = "The statements are the tests' own.")]
    public async Task<object?> Sql(string sql)
    {
        await using DbConnection connection = Place is PostgresServer server ? new NpgsqlConnection(server.ConnectionString) : new SqliteConnection(File.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = Place is PostgresServer ? Name().Replace(sql, "\"$0\"") : sql;
        return await command.ExecuteScalarAsync() switch
        {
            int whole => (long)whole,
            bool yes => yes ? 1L : 0L,
            Guid id => id.ToString().ToUpperInvariant(),
            DateTime at => at.ToString("yyyy-MM-dd HH:mm:ss.FFF", CultureInfo.InvariantCulture),
            DateOnly on => on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            var other => other,
        };
    }

    /// <summary>All the database holds, as text to look for something in.</summary>
    public async Task<string> Everything()
    {
        if (Place is PostgresServer)
        {
            return (string)(await Sql("SELECT schema_to_xml('public', true, false, '')::text"))!;
        }

        await Sql("PRAGMA wal_checkpoint(TRUNCATE)");
        return System.Text.Encoding.Latin1.GetString(await System.IO.File.ReadAllBytesAsync(File.Path));
    }

    public async ValueTask DisposeAsync()
    {
        _line.Dispose();
        if (Place is PostgresServer server)
        {
            if (_folder is not null)
            {
                await PostgresCluster.Drop(server);
            }
        }
        else
        {
            using var connection = new SqliteConnection(File.ConnectionString);
            SqliteConnection.ClearPool(connection);
        }

        _folder?.Delete(recursive: true);
    }

    private static async Task<byte[]> Migrate()
    {
        await using var database = InFile();
        using (var held = ServerLock.TryTake(database.File)!)
        {
            Assert.Null(await new Migrator(database).Run(held));
        }

        await database.Sql("PRAGMA wal_checkpoint(TRUNCATE)");
        return await System.IO.File.ReadAllBytesAsync(database.File.Path);
    }

    private static bool IsMarked<TMark>() where TMark : Attribute => (TestContext.Current.TestClass as IXunitTestClass)?.Class.IsDefined(typeof(TMark), inherit: false) == true;

    // Our tables and columns begin with a capital letter (and EF Core's with __EF), the words of SQL are all capitals, and texts stand in quotes.
    [GeneratedRegex("""(?<!["'\w])(__EF)?[A-Z]\w*[a-z]\w*(?!["'\w])""")]
    private static partial Regex Name();
}
