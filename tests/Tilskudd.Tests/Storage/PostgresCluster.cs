using System.Diagnostics;
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

    // Whoever started this script holds the other end of its input, and the server is stopped when that is let go. Nothing here need outlive
    // the test run, so nothing waits for the disk; tests of durability ask for it.
    private const string Script = """
        d=$(mktemp -d -t tilskudd-pg-XXXXXX) || exit 1
        "$1/initdb" -D "$d/data" -U tilskudd -A trust -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=nb-NO --no-sync >"$d/log" 2>&1 \
          && "$1/pg_ctl" -D "$d/data" -l "$d/log" -w -o "-c listen_addresses='' -k $d -c fsync=off -c full_page_writes=off -c max_connections=400 -c shared_buffers=64MB" start >/dev/null 2>&1 \
          && echo "$d" || { cat "$d/log"; rm -rf "$d"; exit 1; }
        read -r _
        "$1/pg_ctl" -D "$d/data" -m immediate stop >/dev/null 2>&1
        rm -rf "$d"
        """;

    private static readonly Lazy<Task<string>> Running = new(Start);
    private static readonly Lazy<Task> Migrated = new(Migrate);

    // Held for as long as the tests run: letting go of its input is what ends it.
    private static Process? _process;
    private static int _made;

    /// <summary>The folder of the newest server on this machine, or null.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

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

    private static async Task<string> Start()
    {
        if (Programs is null)
        {
            Assert.SkipUnless(IsPromised, "PostgreSQL is not on this machine.");
            Assert.Fail("PostgreSQL is promised here and is not under /usr/lib/postgresql: apt-get install postgresql.");
        }

        string[] shell = ["/bin/sh", "-c", Script, "sh", Programs!];

        // The server refuses to run as root.
        string[] words = Environment.IsPrivilegedProcess ? ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", .. shell] : shell;
        _process = Process.Start(new ProcessStartInfo(words[0], words.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = "/" })!;
        var folder = await _process.StandardOutput.ReadLineAsync();
        return Directory.Exists(folder) ? folder : throw new InvalidOperationException($"PostgreSQL did not start: {folder}\n{await _process.StandardOutput.ReadToEndAsync()}");
    }
}

/// <summary>Marks a class whose tests run on PostgreSQL: the same tests as those of the class it continues, which run on SQLite.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OnPostgresAttribute : Attribute;

/// <summary>Marks a class that tests what only a SQLite file has, whatever the rest of the run stands on.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OnSqliteAttribute : Attribute;
