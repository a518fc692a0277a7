using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Storage;

namespace Tilskudd.Tests.Storage;

[OnSqlite]
public sealed class SqliteFileTests
{
    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("foreign_keys", "1")]
    [InlineData("busy_timeout", "15000")]
    [InlineData("journal_size_limit", "67108864")]
    public async Task Every_connection_of_the_pool_is_set_up_to_lose_nothing(string pragma, string expected)
    {
        await using var database = await TestDatabase.CreateInFile();
        var contexts = Enumerable.Range(1, 4).Select(_ => database.Read()).ToList();

        var found = new List<string>();
        foreach (var db in contexts)
        {
            await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "PRAGMA " + pragma;
            found.Add($"{await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)}");
        }

        foreach (var db in contexts)
        {
            await db.DisposeAsync();
        }

        Assert.Equal(Enumerable.Repeat(expected, 4), found);
    }

    [Theory]
    [InlineData("Data Source=")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x.db;Mode=Memory")]
    [InlineData("Nonsense=1")]
    public void A_connection_that_names_no_file_is_refused(string connection)
    {
        var (file, fault) = SqliteFile.Read(connection);

        Assert.Null(file);
        Assert.StartsWith("Database:Connection", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_missing_is_made()
    {
        var folder = Directory.CreateTempSubdirectory("tilskudd-");
        var file = SqliteFile.At(Path.Combine(folder.FullName, "a", "b", "tilskudd.db"));

        var fault = file.Prepare();

        Assert.Null(fault);
        Assert.True(File.Exists(file.Path));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_folder_a_foreign_file_and_a_path_through_a_file_are_told_apart_in_plain_words()
    {
        var folder = Directory.CreateTempSubdirectory("tilskudd-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "notes.txt"), "Ikke en database, men lang nok.", TestContext.Current.CancellationToken);

        var isFolder = SqliteFile.At(folder).Prepare();
        var isForeign = SqliteFile.At(Path.Combine(folder, "notes.txt")).Prepare();
        var isThroughFile = SqliteFile.At(Path.Combine(folder, "notes.txt", "tilskudd.db")).Prepare();
        var isMissing = SqliteFile.At(Path.Combine(folder, "borte.db")).ForReading().Prepare();

        Assert.Contains("er en mappe", isFolder, StringComparison.Ordinal);
        Assert.Contains("er ikke en SQLite-database", isForeign, StringComparison.Ordinal);
        Assert.Contains("kan ikke nås", isThroughFile, StringComparison.Ordinal);
        Assert.Contains("finnes ikke", isMissing, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_second_server_on_the_file_is_refused_until_the_first_has_ended()
    {
        await using var database = await TestDatabase.CreateInFile();
        var first = ServerLock.TryTake(database.File);

        using var second = ServerLock.TryTake(database.File);
        first!.Dispose();
        using var third = ServerLock.TryTake(database.File);

        Assert.Null(second);
        Assert.NotNull(third);
    }

    [Fact]
    public async Task Who_only_reads_may_open_the_file_while_a_server_holds_it()
    {
        await using var database = await TestDatabase.CreateInFile();
        using var server = ServerLock.TryTake(database.File);
        var options = new DbContextOptionsBuilder<TilskuddDb>();
        StorageSetup.Configure(options, database.File.ForReading());

        await using var reader = new TilskuddDb(options.Options);

        Assert.Equal(0, await reader.Trail.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_somebody_else_holds_closes_the_door_in_time_and_it_opens_again()
    {
        await using var database = await TestDatabase.CreateInFile(patience: 1);
        await using var other = new SqliteConnection(database.File.ConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        var held = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);

        var closed = await Assert.ThrowsAsync<DoorClosed>(() => database.Write(writing => DoorTests.Found(writing, "drammen")));
        await held.DisposeAsync();
        await database.Write(writing => DoorTests.Found(writing, "bergen"));

        Assert.Equal(DoorFault.Busy, closed.Fault);
        Assert.Equal(1L, await database.Sql("SELECT count(*) FROM Trail"));
    }

    [Fact]
    public async Task A_lock_row_an_abrupt_end_left_behind_does_not_hang_the_start()
    {
        await using var database = TestDatabase.InFile();
        await database.Sql("CREATE TABLE __EFMigrationsLock (Id INTEGER NOT NULL PRIMARY KEY, Timestamp TEXT NOT NULL); INSERT INTO __EFMigrationsLock VALUES (1, '2026-01-01');");
        using var held = ServerLock.TryTake(database.File)!;

        var fault = await new Migrator(database).Run(held, TestContext.Current.CancellationToken);

        Assert.Null(fault);
        Assert.Null(await new Migrator(database).Check(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_line_of_the_trail_is_not_replaced_by_another_of_its_number()
    {
        await using var database = await TestDatabase.CreateInFile();
        await database.Write(writing => DoorTests.Found(writing, "drammen"));

        await Assert.ThrowsAsync<SqliteException>(() => database.Sql("REPLACE INTO Trail SELECT Seq, At, 'person/x', Event, Object, Version, Data, Prev, Hash FROM Trail"));

        Assert.Equal("system", await database.Sql("SELECT Actor FROM Trail"));
    }
}
