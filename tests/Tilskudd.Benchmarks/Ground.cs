using System.Collections;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tilskudd.Demo;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Tests.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Benchmarks;

/// <summary>
/// A database of a benchmark's own with the whole application on it, as it is served but for the clock, which stands still. A commit is on the
/// disk before it is acknowledged: on SQLite in WAL with synchronous=FULL, on PostgreSQL with fsync.
/// </summary>
internal sealed class Ground : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Server = new(() => PostgresProcess.Start(isDurable: true));
    private static int _made;

    private readonly DirectoryInfo _folder;
    private readonly IInterceptor[] _interceptors;
    private WebApplication _app;

    private Ground(IDatabasePlace place, DirectoryInfo folder, SimulatedClock clock, IInterceptor[] interceptors)
    {
        (Place, _folder, Clock, _interceptors) = (place, folder, clock, interceptors);
        _app = Build();
    }

    /// <summary>The databases to measure on.</summary>
    public static IReadOnlyList<DatabaseProvider> Kinds { get; private set; } = [DatabaseProvider.Sqlite];

    public IDatabasePlace Place { get; }

    public SimulatedClock Clock { get; }

    public IServiceProvider Services => _app.Services;

    public Door Door => Services.GetRequiredService<Door>();

    public IDbContextFactory<TilskuddDb> Databases => Services.GetRequiredService<IDbContextFactory<TilskuddDb>>();

    /// <summary>Where the application answers, once it is served.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Chooses the databases among those there are on this machine.</summary>
    /// <param name="only">The wanted ones; all where none is named.</param>
    /// <returns>What is left out, or null.</returns>
    public static string? Choose(IReadOnlyCollection<DatabaseProvider> only)
    {
        Kinds = [.. Enum.GetValues<DatabaseProvider>().Where(kind => (only.Count == 0 || only.Contains(kind)) && (kind != DatabaseProvider.Postgres || PostgresProcess.Programs is not null))];
        return PostgresProcess.Programs is null ? "PostgreSQL is not under /usr/lib/postgresql on this machine, and is left out." : null;
    }

    /// <summary>A migrated database with the year's flows published.</summary>
    /// <param name="interceptors">What is to see the commands and commits.</param>
    public static async Task<Ground> Create(DatabaseProvider kind, params IInterceptor[] interceptors)
    {
        var folder = Directory.CreateTempSubdirectory("tilskudd-bench-");
        var ground = new Ground(await Empty(kind, folder, ""), folder, new SimulatedClock(new DateTimeOffset(2024, 9, 20, 7, 0, 0, TimeSpan.Zero)), interceptors);
        using (var held = ServerLock.TryTake(ground.Place)!)
        {
            Demand(await ground.Services.GetRequiredService<Migrator>().Run(held) is null, "The database could not be migrated.");
        }

        Demand((await ground.Services.PublishFlows()).Count == 0, "The flows could not be published.");
        return ground;
    }

    /// <summary>Another database with the same in it. The application here begins anew: what was got from it before is of no use.</summary>
    /// <param name="interceptors">What is to see the commands and commits of the copy.</param>
    public async Task<Ground> Copy(params IInterceptor[] interceptors)
    {
        await Rest();
        var folder = Directory.CreateTempSubdirectory("tilskudd-bench-");
        var how = Place is PostgresServer server ? $"TEMPLATE \"{Database(server)}\"" : "";
        var place = await Empty(Place is PostgresServer ? DatabaseProvider.Postgres : DatabaseProvider.Sqlite, folder, how);
        if (Place is SqliteFile file)
        {
            File.Copy(file.Path, ((SqliteFile)place).Path);
        }

        _app = Build();
        return new Ground(place, folder, new SimulatedClock(Clock.GetUtcNow()), interceptors);
    }

    /// <summary>Lets the application answer on a free port.</summary>
    public Task Serve() => _app.StartAsync();

    /// <summary>Writes through the door; a refusal is a fault of the benchmark's.</summary>
    public async Task Write(Func<Writing, Task> story) => Demand(
        await Door.Write(async w =>
        {
            await story(w);
            return null;
        }) is null,
        "The door refused a story.");

    /// <summary>A connection past EF Core, with the same promises about the disk.</summary>
    public async Task<DbConnection> Connect()
    {
        DbConnection connection = Place is PostgresServer server ? new NpgsqlConnection(server.ConnectionString) : new SqliteConnection(((SqliteFile)Place).ConnectionString);
        await connection.OpenAsync();
        if (connection is SqliteConnection)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA journal_size_limit=67108864;";
            await command.ExecuteNonQueryAsync();
        }

        return connection;
    }

    /// <summary>The trail is whole, and has this many lines.</summary>
    public async Task DemandTrail(long? lines = null)
    {
        await using var db = await Databases.CreateDbContextAsync();
        var report = await TrailVerification.Verify(TrailVerification.Lines(db), [], null);
        Demand(report.Verdict == TrailVerdict.Whole && report.Count == (lines ?? await db.Trail.LongCountAsync()), $"The trail of {Place.Name} is not whole: {string.Join(' ', report.Why)}");
    }

    /// <summary>Every table here holds the same as there, row by row.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "The tables are the model's own.")]
    public async Task DemandSame(Ground other)
    {
        await using var db = await Databases.CreateDbContextAsync();
        var (here, there) = (await Connect(), await other.Connect());
        await using (here)
        await using (there)
        {
            foreach (var type in db.Model.GetEntityTypes().Where(type => type.GetTableName() is not null).DistinctBy(type => type.GetTableName()))
            {
                var order = string.Join(", ", type.FindPrimaryKey()!.Properties.Select(property => $"\"{property.GetColumnName()}\""));
                var sql = $"SELECT * FROM \"{type.GetTableName()}\" ORDER BY {order}";
                await using var ours = here.CreateCommand();
                await using var theirs = there.CreateCommand();
                (ours.CommandText, theirs.CommandText) = (sql, sql);
                await using var one = await ours.ExecuteReaderAsync();
                await using var two = await theirs.ExecuteReaderAsync();
                while (await one.ReadAsync())
                {
                    Demand(await two.ReadAsync(), $"{type.GetTableName()} has fewer rows in {other.Place.Name}.");
                    for (var column = 0; column < one.FieldCount; column++)
                    {
                        Demand(Text(one.GetValue(column)) == Text(two.GetValue(column)), $"{type.GetTableName()}.{one.GetName(column)} differs: '{Text(one.GetValue(column))}' and '{Text(two.GetValue(column))}'.");
                    }
                }

                Demand(!await two.ReadAsync(), $"{type.GetTableName()} has more rows in {other.Place.Name}.");
            }
        }
    }

    /// <summary>What must be so for a figure to mean anything.</summary>
    public static void Demand([DoesNotReturnIf(false)] bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new InvalidOperationException(otherwise);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Rest();
        if (Place is PostgresServer server)
        {
            await Run($"DROP DATABASE IF EXISTS \"{Database(server)}\" WITH (FORCE)");
        }

        _folder.Delete(recursive: true);
    }

    // Nobody holds the database any more, and all of it is in its place.
    private async Task Rest()
    {
        await _app.DisposeAsync();
        if (Place is PostgresServer server)
        {
            await using var connection = new NpgsqlConnection(server.ConnectionString);
            NpgsqlConnection.ClearPool(connection);
            return;
        }

        await using (var connection = await Connect())
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync();
        }

        SqliteConnection.ClearAllPools();
    }

    private WebApplication Build()
    {
        List<KeyValuePair<string, string?>> words =
        [
            new("Urls", "http://127.0.0.1:0"), new("Data:Folder", _folder.FullName), new("Mail:Kind", "Folder"), new("Logging:Level", "Error"),
            .. Place is PostgresServer server
                ? new KeyValuePair<string, string?>[] { new("Database:Provider", nameof(DatabaseProvider.Postgres)), new("Database:Connection", server.ConnectionString) }
                : [new("Database:Connection", $"Data Source={((SqliteFile)Place).Path}")],
        ];
        var (settings, faults) = Settings.Read(words, new Hashtable(), AppContext.BaseDirectory);
        Demand(settings is not null, string.Join(' ', faults.Select(fault => fault.Message)));
        return DemoStart.Still(settings, Clock, builder =>
        {
            // What goes wrong is to be seen. That a story is told again is no error, though EF Core calls it one.
            builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error)
                .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None).AddFilter("Microsoft.AspNetCore", LogLevel.Error);
            builder.Services.ConfigureDbContext<TilskuddDb>(options => options.AddInterceptors(_interceptors));
            builder.Services.ConfigureDbContext<PostgresDb>(options => options.AddInterceptors(_interceptors));
        });
    }

    private static async Task<IDatabasePlace> Empty(DatabaseProvider kind, DirectoryInfo folder, string how)
    {
        if (kind == DatabaseProvider.Sqlite)
        {
            return SqliteFile.At(Path.Combine(folder.FullName, "tilskudd.db"));
        }

        var name = $"b{Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture)}";
        await Run($"CREATE DATABASE {name} {how}");
        return PostgresServer.Read(await At(name)).Server!;
    }

    private static string Database(PostgresServer server) => new NpgsqlConnectionStringBuilder(server.ConnectionString).Database!;

    private static async Task<string> At(string database) => $"Host={await Server.Value};Database={database};Username=tilskudd;Maximum Pool Size=60";

    [SuppressMessage("Security", "CA2100", Justification = "The statements are this class's own.")]
    private static async Task Run(string sql)
    {
        await using var connection = new NpgsqlConnection(await At("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Text(object value) => value is Array list ? string.Join(',', list.Cast<object>().Select(Text)) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
