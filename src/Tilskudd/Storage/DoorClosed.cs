using Microsoft.Data.Sqlite;
using Npgsql;

namespace Tilskudd.Storage;

/// <summary>What keeps the database from being written just now.</summary>
internal enum DoorFault
{
    /// <summary>Others have been writing for too long.</summary>
    Busy,

    DiskFull,

    ReadOnly,

    /// <summary>The file is gone, unreadable or damaged; the server is away.</summary>
    Unreachable,
}

/// <summary>The database cannot be written now, and nothing of the story was kept. A page answers 503 and asks to try again.</summary>
internal sealed class DoorClosed(DoorFault fault, Exception? inner) : Exception($"The database cannot be written now: {fault}.", inner)
{
    public DoorFault Fault => fault;

    /// <summary>The failure as a closed door, or null when it is something else: a bug.</summary>
    public static DoorClosed? Because(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is DoorClosed known)
            {
                return known;
            }

            if (cause is SqliteException sqlite && FaultOf(sqlite.SqliteErrorCode) is { } fault)
            {
                return new DoorClosed(fault, failure);
            }

            if (cause is NpgsqlException postgres && FaultOf(postgres) is { } away)
            {
                return new DoorClosed(away, failure);
            }
        }

        return null;
    }

    // The result codes of SQLite: BUSY 5, LOCKED 6, READONLY 8, IOERR 10, CORRUPT 11, FULL 13, CANTOPEN 14, NOTADB 26.
    private static DoorFault? FaultOf(int code) => code switch
    {
        5 or 6 => DoorFault.Busy,
        8 => DoorFault.ReadOnly,
        13 => DoorFault.DiskFull,
        10 or 11 or 14 or 26 => DoorFault.Unreachable,
        _ => null,
    };

    // A server that answers names the fault: 53100 disk full, 25006 reading only, 55P03 a lock not had in time. The classes 08, 53 and 57 are
    // the server's own trouble, 3D and 28 that it no longer knows the database or the user. One that does not answer gives no state at all.
    private static DoorFault? FaultOf(NpgsqlException failure) => failure.SqlState switch
    {
        PostgresErrorCodes.DiskFull => DoorFault.DiskFull,
        PostgresErrorCodes.ReadOnlySqlTransaction => DoorFault.ReadOnly,
        PostgresErrorCodes.LockNotAvailable => DoorFault.Busy,
        null => DoorFault.Unreachable,
        { } state when state[..2] is "08" or "53" or "57" or "58" or "3D" or "28" => DoorFault.Unreachable,
        _ => null,
    };
}
