using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;
using Tilskudd.Storage;

namespace Tilskudd.Tests.Storage;

[OnSqlite]
public sealed class KeptConnectionTests
{
    [Fact]
    public async Task A_statement_is_prepared_once_and_answers_what_it_is_asked_each_time()
    {
        await using var database = await TestDatabase.CreateInFile();
        await using var connection = await Open(database);

        var answers = new[] { 1L, 2L, 3L }.Select(given => Ask(connection, "SELECT $given * 2", given)).ToList();

        Assert.Equal([2L, 4L, 6L], answers);
        Assert.Equal(1, Statements(connection));
    }

    [Fact]
    public async Task Two_may_read_from_the_same_question_at_once()
    {
        await using var database = await TestDatabase.CreateInFile();
        await using var connection = await Open(database);
        await using var one = Command(connection, "SELECT $given UNION ALL SELECT 9", 1);
        await using var other = Command(connection, "SELECT $given UNION ALL SELECT 9", 2);

        await using var first = one.ExecuteReader();
        Assert.True(first.Read());
        await using var second = other.ExecuteReader();
        Assert.True(second.Read());

        Assert.Equal((1L, 2L), (first.GetInt64(0), second.GetInt64(0)));
        Assert.True(first.Read() && second.Read());
        Assert.Equal((9L, 9L), (first.GetInt64(0), second.GetInt64(0)));
    }

    [Fact]
    public async Task No_more_are_kept_than_the_most_and_those_in_use_stay()
    {
        await using var database = await TestDatabase.CreateInFile();
        await using var connection = await Open(database);

        for (var number = 0; number < KeptConnection.Most + 50; number++)
        {
            Assert.Equal(1L, Ask(connection, "SELECT 1", 0));
            Assert.Equal((long)number, Ask(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT {number} WHERE $given = 0"), 0));
        }

        Assert.Equal(KeptConnection.Most, Statements(connection));
        Assert.Equal(1L, Ask(connection, "SELECT 1", 0));
        Assert.Equal(KeptConnection.Most, Statements(connection));
    }

    [Fact]
    public async Task A_long_text_or_file_is_not_held_on_to()
    {
        await using var database = await TestDatabase.CreateInFile();
        await using var connection = await Open(database);

        Assert.Equal(KeptConnection.LongestValue + 1L, Ask(connection, "SELECT length($given)", new string('a', KeptConnection.LongestValue + 1)));
        Assert.Equal(KeptConnection.LongestValue + 1L, Ask(connection, "SELECT length($given)", new byte[KeptConnection.LongestValue + 1]));
        Assert.Equal(0, Statements(connection));
        Assert.Equal((long)KeptConnection.LongestValue, Ask(connection, "SELECT length($given)", new string('a', KeptConnection.LongestValue)));
        Assert.Equal(1, Statements(connection));
    }

    [Fact]
    public async Task A_statement_that_was_refused_can_be_carried_out_again_and_holds_nothing_locked()
    {
        await using var database = await TestDatabase.CreateInFile();
        await using var connection = await Open(database);
        Ask(connection, "CREATE TABLE numbers (number INTEGER PRIMARY KEY)");
        await database.Sql("INSERT INTO numbers VALUES (7)");

        Assert.Throws<SqliteException>(() => Ask(connection, "INSERT INTO numbers VALUES ($given) RETURNING number", 7));
        await database.Sql("DELETE FROM numbers");

        Assert.Equal(7L, Ask(connection, "INSERT INTO numbers VALUES ($given) RETURNING number", 7));
    }

    [Fact]
    public async Task A_question_from_before_the_tables_were_changed_is_answered_from_the_new_ones()
    {
        await using var database = await TestDatabase.CreateInFile();
        await using var connection = await Open(database);
        await database.Sql("CREATE TABLE numbers (number INTEGER)");
        Assert.Null(Ask(connection, "SELECT * FROM numbers"));

        await database.Sql("DROP TABLE numbers; CREATE TABLE numbers (name TEXT, number INTEGER); INSERT INTO numbers VALUES ('seven', 7)");

        Assert.Equal("seven", Ask(connection, "SELECT * FROM numbers"));
    }

    [Fact]
    public async Task A_database_that_goes_back_among_those_kept_ready_keeps_its_connection_until_the_application_ends()
    {
        await using var database = await TestDatabase.CreateInFile();
        SqliteConnection connection;
        await using (var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddStorage(database.File).BuildServiceProvider())
        {
            var databases = services.GetRequiredService<IDbContextFactory<TilskuddDb>>();
            await using (var db = await databases.CreateDbContextAsync(TestContext.Current.CancellationToken))
            {
                connection = (SqliteConnection)db.Database.GetDbConnection();
                await db.Municipalities.CountAsync(TestContext.Current.CancellationToken);
            }

            var prepared = StatementMemory(connection);
            await using (var db = await databases.CreateDbContextAsync(TestContext.Current.CancellationToken))
            {
                Assert.Same(connection, db.Database.GetDbConnection());
                await db.Municipalities.CountAsync(TestContext.Current.CancellationToken);
            }

            Assert.Equal(ConnectionState.Open, connection.State);
            Assert.Equal(prepared, StatementMemory(connection));
            Assert.NotEqual(0, prepared);
        }

        Assert.Equal(ConnectionState.Closed, connection.State);
    }

    [Fact]
    public async Task A_connection_nobody_has_any_more_is_not_held_on_to()
    {
        await using var database = await TestDatabase.CreateInFile();
        using var connections = new KeptConnections();
        var lost = await Lose(connections, database.File.ConnectionString);

        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.False(lost.IsAlive);
    }

    // In a method of its own, whose variables are gone when it is over.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> Lose(KeptConnections connections, string connectionString)
    {
        var connection = connections.Give(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return new WeakReference(connection);
    }

    private static async Task<KeptConnection> Open(TestDatabase database)
    {
        var connection = new KeptConnection(database.File.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        connection.Handle!.enable_sqlite3_next_stmt(true);
        return connection;
    }

    private static object? Ask(KeptConnection connection, string text, object? given = null)
    {
        using var command = Command(connection, text, given);
        return command.ExecuteScalar();
    }

    [SuppressMessage("Security", "CA2100", Justification = "The statements are the tests' own.")]
    private static SqliteCommand Command(KeptConnection connection, string text, object? given)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        if (given is not null)
        {
            command.Parameters.AddWithValue("$given", given);
        }

        return command;
    }

    // What SQLite itself has prepared on this connection.
    private static int Statements(SqliteConnection connection)
    {
        var count = 0;
        for (var statement = raw.sqlite3_next_stmt(connection.Handle, null); statement is not null; statement = raw.sqlite3_next_stmt(connection.Handle, statement))
        {
            count++;
        }

        return count;
    }

    // Bytes that SQLite holds for prepared statements.
    private static int StatementMemory(SqliteConnection connection)
    {
        raw.sqlite3_db_status(connection.Handle, raw.SQLITE_DBSTATUS_STMT_USED, out var bytes, out _, 0);
        return bytes;
    }
}
