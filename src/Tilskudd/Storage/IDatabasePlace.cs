using Microsoft.EntityFrameworkCore;

namespace Tilskudd.Storage;

/// <summary>Where the database is, and how it is opened: a SQLite file, or a PostgreSQL server.</summary>
internal interface IDatabasePlace
{
    /// <summary>What the operator knows it as: never with a password.</summary>
    string Name { get; }

    /// <summary>How many may tell a story of writing at once.</summary>
    int WritersAbreast { get; }

    /// <summary>The same place, opened so that nothing can be written: for verbs that only look.</summary>
    IDatabasePlace ForReading();

    /// <summary>Finds out whether the place can be used, and makes what it can make itself.</summary>
    /// <returns>What is wrong, in Norwegian; null when nothing is.</returns>
    string? Prepare();

    /// <summary>What keeps a database that answers from being written, in Norwegian; null when nothing does. Writes nothing.</summary>
    Task<string?> Ailment(CancellationToken ct);

    /// <summary>Copies the database as it is at one instant into a new file, while others use it.</summary>
    /// <returns>What is wrong, in Norwegian; null when the copy is whole.</returns>
    Task<string?> BackUp(string file, CancellationToken ct);

    /// <summary>Puts a copy in the database's place. The caller has seen to it that nobody uses that.</summary>
    /// <param name="stamp">Marks what was there before, where there is something to set aside.</param>
    /// <param name="ready">What is done to the copy before anybody can take it for the database; or what is wrong with it, in Norwegian.</param>
    /// <returns>What is wrong, in Norwegian; then all is as it was.</returns>
    Task<string?> BringBack(string file, string stamp, Func<IDatabasePlace, Task<string?>> ready, CancellationToken ct);

    /// <summary>Where what was there before a copy was put in its place lies, under its stamp; null when nothing was.</summary>
    string? Former(string stamp);

    /// <summary>Says in <paramref name="options"/> how the place is reached.</summary>
    void Use(DbContextOptionsBuilder options);

    /// <summary>A database of this place's kind.</summary>
    TilskuddDb Open(DbContextOptions<TilskuddDb> options);
}

/// <summary>Reads which place the settings name.</summary>
internal static class DatabasePlace
{
    /// <returns>The place, or null with what is wrong in Norwegian.</returns>
    public static (IDatabasePlace? Place, string Fault) Read(DatabaseSettings settings) => settings.Provider switch
    {
        DatabaseProvider.Sqlite => SqliteFile.Read(settings.Connection),
        DatabaseProvider.Postgres => PostgresServer.Read(settings.Connection),
    };

    /// <summary>The place of settings that were checked.</summary>
    /// <exception cref="ArgumentException">They name none.</exception>
    public static IDatabasePlace Of(DatabaseSettings settings)
    {
        var (place, fault) = Read(settings);
        return place ?? throw new ArgumentException(fault, nameof(settings));
    }
}
