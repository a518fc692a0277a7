using System.Data;
using Microsoft.Data.Sqlite;

namespace Tilskudd.Storage;

/// <summary>
/// A connection to SQLite that stays open until it is disposed of, and keeps the statements it has prepared. The driver keeps a statement no longer
/// than its command, and sets the file up anew for each that opens it: a seventh of the time of a simulated year of all programmes.
/// </summary>
/// <remarks>EF Core's own functions, for decimals and regular expressions, are not on it: it adds them to connections it makes itself. Amounts are whole numbers of øre.</remarks>
internal sealed class KeptConnection(string connectionString) : SqliteConnection(connectionString)
{
    /// <summary>Statements kept; beyond them the one that has waited longest gives way. Everything a year asks is some four hundred, a busy page thirty.</summary>
    internal const int Most = 200;

    /// <summary>A statement holds what it was last given until it is used again, so one given a longer text or file is not kept.</summary>
    internal const int LongestValue = 16 * 1024;

    private readonly Dictionary<string, Prepared> _prepared = new(StringComparer.Ordinal);
    private long _turn;

    /// <summary>Does nothing: EF Core closes when a database goes back among those kept ready.</summary>
    public override void Close()
    {
    }

    /// <inheritdoc/>
    public override SqliteCommand CreateCommand() => new Command(this) { CommandTimeout = DefaultTimeout, Transaction = Transaction };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            base.Close();
            _prepared.Clear();
        }

        base.Dispose(disposing);
    }

    // Null while somebody reads from the statement.
    private Prepared? Statement(string text)
    {
        if (!_prepared.TryGetValue(text, out var statement))
        {
            if (_prepared.Count >= Most && _prepared.Values.Where(kept => !kept.IsRead).MinBy(kept => kept.LastTurn) is { } stale)
            {
                _prepared.Remove(stale.CommandText);
                stale.Dispose();
            }

            statement = new Prepared(this, text);
            _prepared.Add(text, statement);
        }

        statement.LastTurn = _turn++;
        return statement.IsRead ? null : statement;
    }

    private static bool IsLong(SqliteParameter parameter) => parameter.Value switch
    {
        string text => text.Length > LongestValue,
        byte[] file => file.Length > LongestValue,
        _ => false,
    };

    // All ways to carry out a command lead to this one, EF Core's and those without a result too.
    private sealed class Command : SqliteCommand
    {
        private readonly KeptConnection _connection;

        public Command(KeptConnection connection) => Connection = _connection = connection;

        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            var given = Parameters.Cast<SqliteParameter>().ToList();
            if (_connection.State != ConnectionState.Open || given.Exists(IsLong) || _connection.Statement(CommandText) is not { } statement)
            {
                return base.ExecuteReader(behavior);
            }

            statement.Transaction = Transaction;
            statement.CommandTimeout = CommandTimeout;
            statement.Parameters.Clear();
            statement.Parameters.AddRange(given);
            return statement.ExecuteReader(behavior);
        }
    }

    private sealed class Prepared : SqliteCommand
    {
        public Prepared(KeptConnection connection, string text) => (Connection, CommandText) = (connection, text);

        public long LastTurn { get; set; }

        public bool IsRead => DataReader is not null;
    }
}
