using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Tilskudd.Demo.Simulation;

/// <summary>
/// Lets SQLite leave to the system when a commit reaches the disk. A simulated year that loses its power is played again, and a third of its
/// time would go to waiting for the disk; a process that is killed loses nothing by it.
/// </summary>
internal sealed class UnhurriedDisk : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Hurry(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Hurry(connection);
        return Task.CompletedTask;
    }

    // SQLite answers in the calling thread whatever it is asked through, so there is nothing to wait for.
    private static void Hurry(DbConnection connection)
    {
        if (connection is not SqliteConnection)
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous=OFF;";
        command.ExecuteNonQuery();
    }
}
