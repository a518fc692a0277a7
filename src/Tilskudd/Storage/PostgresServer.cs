using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tilskudd.Setup;

namespace Tilskudd.Storage;

/// <summary>A database on a PostgreSQL server, and how it is reached. Any number of nodes may share it.</summary>
internal sealed class PostgresServer : IDatabasePlace
{
    /// <summary>The oldest version whose makers still mend it.</summary>
    private const int OldestMajor = 13;

    /// <summary>The schema a new database has, and tables are in where no other is named.</summary>
    public const string PublicSchema = "public";

    // Seconds to wait for a server that does not answer, as on SQLite for a file somebody holds.
    private const int Patience = 15;

    private readonly NpgsqlConnectionStringBuilder _connection;

    private PostgresServer(NpgsqlConnectionStringBuilder connection) => _connection = connection;

    public string Name => $"{_connection.Host}/{_connection.Database}{(Schema == PublicSchema ? "" : $" ({Schema})")}";

    // Each needs two connections at the end of its story, and readers need theirs.
    public int WritersAbreast => Math.Clamp(_connection.MaxPoolSize / 3, 1, 24);

    public string ConnectionString => _connection.ConnectionString;

    /// <summary>Where in the database the tables are.</summary>
    public string Schema => _connection.SearchPath ?? PublicSchema;

    /// <summary>Reads the setting <c>Database:Connection</c>.</summary>
    /// <returns>The server, or null with what is wrong in Norwegian.</returns>
    public static (PostgresServer? Server, string Fault) Read(string connection)
    {
        NpgsqlConnectionStringBuilder given;
        try
        {
            given = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidCastException)
        {
            return (null, "Database:Connection kan ikke leses. Skriv for eksempel «Host=db.example;Database=tilskudd;Username=tilskudd».");
        }

        if (string.IsNullOrEmpty(given.Host) || string.IsNullOrEmpty(given.Database))
        {
            return (null, "Database:Connection må nevne tjener og database, for eksempel «Host=db.example;Database=tilskudd;Username=tilskudd».");
        }

        given.Timeout = Math.Min(given.Timeout, Patience);
        given.ApplicationName ??= "tilskudd";
        return (new PostgresServer(given), "");
    }

    /// <summary>The same database, with the tables in a schema of their own: the demonstration and the simulated year touch nothing else.</summary>
    public PostgresServer Within(string schema) => new(new NpgsqlConnectionStringBuilder(ConnectionString) { SearchPath = schema });

    public IDatabasePlace ForReading() => With("default_transaction_read_only=on");

    /// <summary>The same database, with commits that do not wait for the disk: for a simulated year, which is played again if power fails.</summary>
    public PostgresServer Unhurried() => With("synchronous_commit=off");

    public string? Prepare()
    {
        try
        {
            using var connection = new NpgsqlConnection(ConnectionString);
            connection.Open();
            if (connection.PostgreSqlVersion.Major < OldestMajor)
            {
                return $"PostgreSQL på «{Name}» er versjon {connection.PostgreSqlVersion.Major}. Versjon {OldestMajor} eller nyere trengs.";
            }

            using var command = new NpgsqlCommand("SHOW server_encoding", connection);
            return command.ExecuteScalar() is "UTF8"
                ? null
                : $"Databasen «{Name}» har ikke tegnsettet UTF8. Lag den på nytt med «createdb --encoding UTF8 --template template0 {_connection.Database}».";
        }
        catch (PostgresException refused)
        {
            return Explain(refused);
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException)
        {
            return $"PostgreSQL på «{Name}» svarer ikke. Se etter at tjeneren går, og at Database:Connection er riktig.{SystemReason.Of(failure)}";
        }
    }

    public async Task<string?> Ailment(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("SHOW transaction_read_only", connection);
        return await command.ExecuteScalarAsync(ct) is "on" ? "Databasen tar bare imot lesing. Er den en kopi som følger en annen?" : null;
    }

    public Task<string?> BackUp(string file, CancellationToken ct) => new PostgresCopy(_connection, Schema).Take(file, ct);

    public async Task<string?> BringBack(string file, string stamp, Func<IDatabasePlace, Task<string?>> ready, CancellationToken ct)
    {
        if (Prepare() is { } unusable)
        {
            return unusable;
        }

        await using (var connection = new NpgsqlConnection(ConnectionString))
        {
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_tables WHERE schemaname = $1", connection) { Parameters = { new() { Value = Schema } } };
            if (await command.ExecuteScalarAsync(ct) is > 0L)
            {
                return $"Databasen «{Name}» er ikke tom. Lag en ny med «createdb --encoding UTF8 --template template0», og oppgi den i Database:Connection.";
            }
        }

        if (await new PostgresCopy(_connection, Schema).BringBack(file, ct) is { } fault)
        {
            return fault;
        }

        if (await ready(this) is not { } refusal)
        {
            return null;
        }

        await TakeOut(ct);
        return refusal;
    }

    public string? Former(string stamp) => null;

    // The schema had no tables, and has none again; what belongs to an extension was not brought back.
    private async Task TakeOut(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(
            """
            SELECT format('DROP TABLE IF EXISTS %I.%I CASCADE', schemaname, tablename) FROM pg_tables WHERE schemaname = $1
            UNION ALL
            SELECT format('DROP FUNCTION IF EXISTS %s CASCADE', p.oid::regprocedure) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname = $1 AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
            """,
            connection) { Parameters = { new() { Value = Schema } } };
        var drops = new List<string>();
        await using (var read = await command.ExecuteReaderAsync(ct))
        {
            while (await read.ReadAsync(ct))
            {
                drops.Add(read.GetString(0));
            }
        }

        foreach (var drop in drops)
        {
            await using var gone = new NpgsqlCommand(drop, connection);
            await gone.ExecuteNonQueryAsync(ct);
        }
    }

    public void Use(DbContextOptionsBuilder options) => options.UseNpgsql(
        ConnectionString,
        postgres => postgres.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery).MigrationsHistoryTable("__EFMigrationsHistory", Schema));

    public TilskuddDb Open(DbContextOptions<TilskuddDb> options) => new PostgresDb(options);

    /// <summary>Removes the schema with all that is in it, and makes it anew.</summary>
    /// <exception cref="InvalidOperationException">It is the one everything else of the database is in.</exception>
    public async Task Empty(CancellationToken ct = default)
    {
        if (Schema == PublicSchema)
        {
            throw new InvalidOperationException("Only a schema of its own is ever emptied.");
        }

        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(ct);
        var quoted = new NpgsqlCommandBuilder().QuoteIdentifier(Schema);
#pragma warning disable CA2100 // A schema cannot be a parameter; this one is quoted, and named by the program itself.
        await using var command = new NpgsqlCommand($"DROP SCHEMA IF EXISTS {quoted} CASCADE; CREATE SCHEMA {quoted}", connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }

    private PostgresServer With(string option) => new(new NpgsqlConnectionStringBuilder(ConnectionString) { Options = $"{_connection.Options} -c {option}".TrimStart() });

    private string Explain(PostgresException refused) => refused.SqlState switch
    {
        PostgresErrorCodes.InvalidCatalogName => $"Databasen «{_connection.Database}» finnes ikke på «{_connection.Host}». Lag den med «createdb --encoding UTF8 --template template0 {_connection.Database}».",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => $"PostgreSQL på «{Name}» tar ikke imot brukeren «{_connection.Username}». Rett brukernavn og passord i Database:Connection.",
        PostgresErrorCodes.TooManyConnections => $"PostgreSQL på «{Name}» har for mange forbindelser. Øk «max_connections» der, eller sett «Maximum Pool Size» i Database:Connection.",
        PostgresErrorCodes.CannotConnectNow => $"PostgreSQL på «{Name}» starter eller stopper. Prøv igjen om litt.",
        _ => $"PostgreSQL på «{Name}» kan ikke brukes nå, og melder feil {refused.SqlState}. Loggen til tjeneren sier mer.",
    };
}
