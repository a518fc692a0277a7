using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Tilskudd.Storage;

/// <summary>
/// Sets on every connection what SQLite forgets between them: a commit is on disk before it is acknowledged (WAL with synchronous=FULL;
/// NORMAL loses the last commits when power fails), and references hold.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    /// <summary>The WAL is cut back to this after a checkpoint, in bytes.</summary>
    public const long LargestWal = 64 * 1024 * 1024;

    private const string Always = "PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL;";
    private const string ForWriters = $"PRAGMA journal_mode=WAL; {Always} PRAGMA journal_size_limit=67108864;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = Command(connection);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = Command(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DbCommand Command(DbConnection connection)
    {
        var command = connection.CreateCommand();
        var isReadOnly = new SqliteConnectionStringBuilder(connection.ConnectionString).Mode == SqliteOpenMode.ReadOnly;
        command.CommandText = isReadOnly ? Always : ForWriters;
        return command;
    }
}
