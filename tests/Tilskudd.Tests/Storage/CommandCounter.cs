using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Tilskudd.Tests.Storage;

/// <summary>Counts the SQL commands a page or a handler sends, so that a test can hold it to a number.</summary>
internal sealed class CommandCounter : DbCommandInterceptor
{
    private readonly List<string> _texts = [];

    public int Count => Texts.Count;

    /// <summary>The commands so far, in order.</summary>
    public IReadOnlyList<string> Texts
    {
        get
        {
            lock (_texts)
            {
                return [.. _texts];
            }
        }
    }

    public void Reset()
    {
        lock (_texts)
        {
            _texts.Clear();
        }
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) => Note(command, result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) => new(Note(command, result));

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) => Note(command, result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => new(Note(command, result));

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result) => Note(command, result);

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) => new(Note(command, result));

    private T Note<T>(DbCommand command, T result)
    {
        lock (_texts)
        {
            _texts.Add(command.CommandText);
        }

        return result;
    }
}
