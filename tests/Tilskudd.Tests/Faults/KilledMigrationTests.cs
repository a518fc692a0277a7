using System.Security.Cryptography;
using Tilskudd.Storage;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Faults;

/// <summary>Every migration, from the first, is killed at calls to the disk (F22): the next start ends with a whole schema, and never waits for who is gone.</summary>
[OnSqlite]
public sealed class KilledMigrationTests
{
    // More calls than there are: a program that never ends well ends the test.
    private const int Most = 60;

    [Fact]
    public async Task Killed_at_any_call_to_the_disk_the_next_start_ends_with_the_whole_schema()
    {
        Served.Needs("/usr/bin/strace");
        await using var whole = await TestDatabase.CreateInFile();
        var schema = await Schema(whole);

        // Every second point in one run, beginning at the first or the second; which of them is printed with the result.
        var begin = 1 + RandomNumberGenerator.GetInt32(2);
        TestContext.Current.TestOutputHelper!.WriteLine($"Killed at every second call from number {begin}.");
        var point = begin;
        for (var status = -1; status != 0; point += 2)
        {
            Assert.InRange(point, 1, Most);
            await using var database = TestDatabase.InFile();
            status = await Served.Migrate(database.Folder, Served.KilledAt(Served.ToDisk, point));

            using var held = ServerLock.TryTake(database.File)!;
            Assert.Null(await new Migrator(database).Run(held, TestContext.Current.CancellationToken));
            Assert.Null(await new Migrator(database).Check(TestContext.Current.CancellationToken));
            Assert.Equal(schema, await Schema(database));
            await Sound.IsWhole(database);
        }

        Assert.InRange(point, 6, Most + 2);
    }

    // The lock's own table comes and goes.
    private static Task<object?> Schema(TestDatabase database) => database.Sql(
        "SELECT group_concat(type || ' ' || name || ' ' || coalesce(sql, ''), ';') FROM (SELECT * FROM sqlite_master WHERE name <> '__EFMigrationsLock' AND tbl_name <> '__EFMigrationsLock' ORDER BY type, name)");
}
