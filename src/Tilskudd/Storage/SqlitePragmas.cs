using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Tilskudd.Storage;

/// <summary>
/// Sets on every connection what SQLite forgets between them: a commit is on disk before it is acknowledged (WAL with synchronous=FULL;
/// NORMAL loses the last commits when power fails), and references hold. A database keeps its connection open until its own end: opening one
/// costs more than most queries.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    // Microsoft.Data.Sqlite hands the same open file out again and again, and these settings are the file's.
    private static readonly ConditionalWeakTable<object, object> Set = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (IsSet(connection))
        {
            return;
        }

        using var command = Command(connection);
        command.ExecuteNonQuery();
        Remember(connection);
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (IsSet(connection))
        {
            return;
        }

        await using var command = Command(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        Remember(connection);
    }

    // EF Core would close after every query; the end of the database closes all the same, but for a KeptConnection.
    public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

    public override ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
        ValueTask.FromResult(InterceptionResult.Suppress());

    private static bool IsSet(DbConnection connection) => ((SqliteConnection)connection).Handle is { } file && Set.TryGetValue(file, out _);

    private static void Remember(DbConnection connection) => Set.AddOrUpdate(((SqliteConnection)connection).Handle!, connection.DataSource);

    private static DbCommand Command(DbConnection connection)
    {
        var command = connection.CreateCommand();
        var given = new SqliteConnectionStringBuilder(connection.ConnectionString);
        var patience = (given.DefaultTimeout * 1000).ToString(CultureInfo.InvariantCulture);
        var always = $"PRAGMA busy_timeout={patience}; PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL;";

        // The WAL is cut back to 64 MiB after a checkpoint, so that one great write does not leave a great file.
        command.CommandText = given.Mode == SqliteOpenMode.ReadOnly ? always : $"PRAGMA journal_mode=WAL; {always} PRAGMA journal_size_limit=67108864;";
        return command;
    }
}
