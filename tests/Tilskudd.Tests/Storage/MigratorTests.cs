using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Tilskudd.Storage;

namespace Tilskudd.Tests.Storage;

public class MigratorTests
{
    [Fact]
    public async Task A_database_is_migrated_once_however_often_it_is_asked()
    {
        await using var database = await TestDatabase.CreateEmpty();
        using var held = ServerLock.TryTake(database.Place)!;

        var first = await new Migrator(database).Run(held, TestContext.Current.CancellationToken);
        var second = await new Migrator(database).Run(held, TestContext.Current.CancellationToken);

        Assert.Null(first);
        Assert.Null(second);
        Assert.Null(await new Migrator(database).Check(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_left_alone()
    {
        await using var database = await TestDatabase.Create();
        await database.Sql("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Future', '99.0')");
        using var held = ServerLock.TryTake(database.Place)!;

        var fault = await new Migrator(database).Run(held, TestContext.Current.CancellationToken);

        Assert.Contains("nyere versjon", fault, StringComparison.Ordinal);
        Assert.Equal(fault, await new Migrator(database).Check(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_database_of_something_else_is_left_alone()
    {
        await using var database = await TestDatabase.CreateEmpty();
        await database.Sql("CREATE TABLE Songs (Id INTEGER)");
        using var held = ServerLock.TryTake(database.Place)!;

        var fault = await new Migrator(database).Run(held, TestContext.Current.CancellationToken);

        Assert.Contains("«Songs»", fault, StringComparison.Ordinal);
        Assert.Equal(0L, await database.Sql("SELECT count(*) FROM Songs"));
        await Assert.ThrowsAnyAsync<DbException>(() => database.Sql("SELECT count(*) FROM Trail"));
    }

    [Fact]
    public async Task An_older_database_must_be_migrated_before_it_is_read()
    {
        await using var database = await TestDatabase.CreateEmpty();

        var fault = await new Migrator(database).Check(TestContext.Current.CancellationToken);

        Assert.Contains("«migrate»", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_migrations_make_exactly_the_tables_the_model_has()
    {
        await using var database = await TestDatabase.CreateEmpty();
        await using var db = database.Read();

        Assert.False(db.Database.HasPendingModelChanges());
    }

    /// <summary>SQLite changes most things by building a table anew, from the model the migration leads to; those kept here carry none.</summary>
    [Fact]
    public async Task A_migration_that_builds_a_table_anew_knows_the_model_it_leads_to()
    {
        await using var database = await TestDatabase.CreateEmpty();
        await using var db = database.Read();
        var known = db.GetService<IMigrationsAssembly>();

        var blind = known.Migrations.Select(type => known.CreateMigration(type.Value, db.Database.ProviderName!))
            .Where(migration => !migration.TargetModel.GetEntityTypes().Any())
            .SelectMany(migration => migration.UpOperations.Where(IsRebuild).Select(operation => $"{migration.GetType().Name}: {operation.GetType().Name}"));

        Assert.Empty(blind);
    }

    private static bool IsRebuild(MigrationOperation operation) => operation
        is not (CreateTableOperation or DropTableOperation or RenameTableOperation or AddColumnOperation or RenameColumnOperation or CreateIndexOperation or DropIndexOperation or SqlOperation);

    [Theory]
    [InlineData("UPDATE Trail SET Actor = 'person/x'")]
    [InlineData("DELETE FROM Trail")]
    public async Task The_database_itself_refuses_to_change_or_delete_a_line_of_the_trail(string sql)
    {
        await using var database = await TestDatabase.Create();
        await database.Write(writing => writing.Record(new(Tilskudd.Trail.Actor.System, "began", "log", "1", "", [])));

        await Assert.ThrowsAnyAsync<DbException>(() => database.Sql(sql));

        Assert.Equal("system", await database.Sql("SELECT Actor FROM Trail"));
    }
}
