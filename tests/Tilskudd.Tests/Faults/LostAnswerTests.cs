using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tilskudd.Storage;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Faults;

/// <summary>The connection breaks while a story is committed, so that nobody tells whether it was done.</summary>
[OnPostgres]
public sealed class LostAnswerTests
{
    [Fact]
    public async Task A_commit_that_was_done_is_found_to_be_and_is_not_told_again()
    {
        await using var database = await TestDatabase.Create();
        using var line = new WriterLine(TimeSpan.FromSeconds(30), database.Place.WritersAbreast);
        var told = 0;

        var refusal = await Broken(database, line, isDone: true).Write(writing =>
        {
            told++;
            DoorTests.Found(writing, "drammen");
            return Task.FromResult<Tilskudd.Cycle.Refusal?>(null);
        }, TestContext.Current.CancellationToken);

        Assert.Null(refusal);
        Assert.Equal(1, told);
        Assert.Equal((1L, 1L), (await database.Sql("SELECT count(*) FROM Municipalities"), await database.Sql("SELECT count(*) FROM Trail")));
        await Sound.IsWhole(database);
    }

    [Fact]
    public async Task A_commit_that_was_not_done_closes_the_door_and_the_next_story_is_kept()
    {
        await using var database = await TestDatabase.Create();
        using var line = new WriterLine(TimeSpan.FromSeconds(30), database.Place.WritersAbreast);
        var door = Broken(database, line, isDone: false);

        var closed = await Assert.ThrowsAsync<DoorClosed>(() => door.Write(writing =>
        {
            DoorTests.Found(writing, "drammen");
            return Task.FromResult<Tilskudd.Cycle.Refusal?>(null);
        }, TestContext.Current.CancellationToken));
        await database.Write(writing => DoorTests.Found(writing, "bergen"));

        Assert.Equal(DoorFault.Unreachable, closed.Fault);
        Assert.Equal("bergen", await database.Sql("SELECT Name FROM Municipalities"));
        await Sound.IsWhole(database);
    }

    private static Door Broken(TestDatabase database, WriterLine line, bool isDone)
    {
        var options = new DbContextOptionsBuilder<TilskuddDb>();
        StorageSetup.Configure(options, database.Place);
        options.AddInterceptors(new BrokenOnce(isDone));
        return new Door(new Databases(database.Place, options.Options), line, database.Clock, database.Ids, NullLogger<Door>.Instance);
    }

    private sealed class Databases(IDatabasePlace place, DbContextOptions<TilskuddDb> options) : IDbContextFactory<TilskuddDb>
    {
        public TilskuddDb CreateDbContext() => place.Open(options);
    }

    /// <summary>Breaks the first commit: after the server has done it, or before it has heard of it.</summary>
    private sealed class BrokenOnce(bool isDone) : DbTransactionInterceptor
    {
        private bool _hasBroken;

        public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            if (isDone || Break() is not { } broken)
            {
                return result;
            }

            // What a server does with the transaction of a connection that is gone.
            await transaction.RollbackAsync(cancellationToken);
            throw broken;
        }

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            isDone && Break() is { } broken ? throw broken : Task.CompletedTask;

        private NpgsqlException? Break()
        {
            var isFirst = !_hasBroken;
            _hasBroken = true;
            return isFirst ? new NpgsqlException("The connection was lost.", new IOException()) : null;
        }
    }
}
