using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Tilskudd.Storage;

/// <summary>
/// Gives each database kept ready a <see cref="KeptConnection"/>, and closes them when the application ends: EF Core leaves that undone for those that
/// lie ready then, and for those beyond the number it keeps. The latter close when the collector finds them.
/// </summary>
internal sealed class KeptConnections : DbConnectionInterceptor, IDisposable
{
    private readonly ConditionalWeakTable<KeptConnection, object?> _given = [];

    public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        InterceptionResult<DbConnection>.SuppressWithResult(Give(eventData.ConnectionString!));

    public void Dispose()
    {
        foreach (var (connection, _) in _given)
        {
            connection.Dispose();
        }
    }

    internal KeptConnection Give(string connectionString)
    {
        var connection = new KeptConnection(connectionString);
        _given.Add(connection, null);
        return connection;
    }
}
