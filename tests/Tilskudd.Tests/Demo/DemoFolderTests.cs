using Tilskudd.Demo;
using Tilskudd.Storage;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Demo;

[OnPostgres]
public sealed class DemoFolderTests
{
    [Fact]
    public async Task A_fresh_demonstration_begins_where_there_has_been_none()
    {
        var server = await PostgresCluster.CreateEmpty();
        var folder = Path.Combine(Path.GetTempPath(), $"tilskudd-{Path.GetRandomFileName()}");
        var (settings, faults) = DemoFolder.Read(
            [new("Database:Provider", nameof(DatabaseProvider.Postgres)), new("Database:Connection", server.ConnectionString)], folder);
        var place = DatabasePlace.Of(settings!.Database);
        var unusable = place.Prepare();
        using var held = ServerLock.TryTake(place)!;

        await DemoFolder.Empty(settings, held);

        Assert.Empty(faults);
        Assert.Null(unusable);
        Assert.False(Directory.Exists(folder));
    }
}
