using Npgsql;
using Tilskudd.Storage;

namespace Tilskudd.Tests.Storage;

/// <summary>
/// A PostgreSQL server of this test run's own, started by the first test that needs it and gone with the process, however that ends. It sorts
/// as in Norway, so that a query that leans on the server's language is found out. A database is a copy of one that was migrated once.
/// </summary>
internal static class PostgresCluster
{
    /// <summary>The database every other is a copy of.</summary>
    private const string Template = "migrated";

    private static readonly Lazy<Task<string>> Running = new(Start);
    private static readonly Lazy<Task> Migrated = new(Migrate);

    private static int _made;

    /// <summary>A migrated database of its own.</summary>
    public static async Task<PostgresServer> Create()
    {
        await Migrated.Value;
        return await Make($"TEMPLATE {Template}");
    }

    /// <summary>A database in which nothing is made yet.</summary>
    public static Task<PostgresServer> CreateEmpty() => Make("");

    /// <summary>Throws away a database, and those who still use it out of it.</summary>
    public static async Task Drop(PostgresServer server)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        NpgsqlConnection.ClearPool(connection);
        await Run($"DROP DATABASE IF EXISTS \"{connection.Database}\" WITH (FORCE)");
    }

    private static async Task<PostgresServer> Make(string how)
    {
        var name = $"t{Interlocked.Increment(ref _made)}";
        await Run($"CREATE DATABASE {name} {how}");
        return await At(name);
    }

    private static async Task<PostgresServer> At(string database) =>
        PostgresServer.Read($"Host={await Running.Value};Database={database};Username=tilskudd;Maximum Pool Size=60").Server!;

    private static async Task Migrate()
    {
        await Run($"CREATE DATABASE {Template}");
        var server = await At(Template);
        await using (var database = TestDatabase.Open(server))
        {
            using var held = ServerLock.TryTake(server)!;
            Assert.Null(await new Migrator(database).Run(held));
        }

        // Nobody may use a database that is being copied.
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        NpgsqlConnection.ClearPool(connection);
    }

    private static async Task Run(string sql)
    {
        await using var connection = new NpgsqlConnection((await At("postgres")).ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The statements are the tests' own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Whether a missing server is a failure: in a build, and on Debian as root, where the tests install it themselves.</summary>
    private static bool IsPromised =>
        Environment.GetEnvironmentVariable("CI") == "true" || (File.Exists("/etc/debian_version") && Environment.UserName == "root");

    // Nothing here need outlive the test run, so nothing waits for the disk.
    private static async Task<string> Start()
    {
        if (PostgresProcess.Programs is null)
        {
            Assert.SkipUnless(IsPromised, "PostgreSQL is not on this machine.");
            Assert.Fail("PostgreSQL is promised here and is not under /usr/lib/postgresql: apt-get install postgresql.");
        }

        return await PostgresProcess.Start(isDurable: false);
    }
}

/// <summary>Marks a class whose tests run on PostgreSQL: the same tests as those of the class it continues, which run on SQLite.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OnPostgresAttribute : Attribute;

/// <summary>Marks a class that tests what only a SQLite file has, whatever the rest of the run stands on.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OnSqliteAttribute : Attribute;
