using Tilskudd.Storage;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Browser;

/// <summary>The database of a whole application that is shown: a file in its folder, or a database of its own on the PostgreSQL of the tests.</summary>
internal static class OwnDatabase
{
    /// <summary>The settings that name a new one; none for the folder's own file.</summary>
    public static async Task<IReadOnlyList<KeyValuePair<string, string?>>> Make() => TestDatabase.IsForPostgres
        ? [new("Database:Provider", nameof(DatabaseProvider.Postgres)), new("Database:Connection", (await PostgresCluster.CreateEmpty()).ConnectionString)]
        : [];

    /// <summary>The right to write in it, as the application takes it before it begins.</summary>
    public static ServerLock Take(DatabaseSettings database)
    {
        var place = DatabasePlace.Of(database)!;
        Assert.Null(place.Prepare());
        return ServerLock.TryTake(place)!;
    }
}
