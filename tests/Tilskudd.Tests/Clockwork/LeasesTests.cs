using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Tilskudd.Clockwork;
using Tilskudd.Storage;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Clockwork;

/// <summary>Two nodes on one PostgreSQL.</summary>
[OnPostgres]
public sealed class LeasesTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.Create();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_sweep_runs_on_one_node_at_a_time_and_every_node_has_its_turn()
    {
        var inside = 0;
        var most = 0;
        var runs = 0;
        var sweep = new Doing(async () =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await _database.Write(writing => DoorTests.Found(writing, $"kommune-{++runs}"));
            Interlocked.Decrement(ref inside);
        });

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            using var node = Node(sweep);
            for (var turn = 0; turn < 20; turn++)
            {
                await node.RunAll(Ct);
            }
        })));

        Assert.Equal(1, most);
        Assert.Equal((long)runs, await _database.Sql("SELECT max(Seq) FROM Trail"));
        Assert.Equal((long)runs, await _database.Sql("SELECT Fence FROM SweepLeases"));
    }

    [Fact]
    public async Task A_lease_that_was_given_back_is_anybody_s_and_one_that_was_not_is_kept_until_its_time_is_out()
    {
        var first = await Leases().Take("outbox", Ct);
        var inVain = await Leases().Take("outbox", Ct);
        var other = await Leases().Take("reminders", Ct);
        await first!.DisposeAsync();
        await using var second = await Leases().Take("outbox", Ct);
        await Expire();
        await using var third = await Leases().Take("outbox", Ct);

        Assert.Null(inVain);
        Assert.NotNull(other);
        Assert.Equal((false, true), (second!.IsTakenOver, third!.IsTakenOver));
        await other.DisposeAsync();
    }

    [Fact]
    public async Task A_node_that_was_away_and_comes_back_writes_nothing_over_the_one_that_took_its_place()
    {
        var sweep = new Doing(async () =>
        {
            // Meanwhile, as this node stands still, its time runs out and another takes over.
            await Expire();
            await using var other = await Leases().Take("doing", Ct);
            Assert.True(other!.IsTakenOver);
            await _database.Write(writing => DoorTests.Found(writing, "for sent"));
        });
        using var node = Node(sweep);

        var done = await node.RunAll(Ct);

        Assert.Equal(0, done);
        Assert.Equal(0L, await _database.Sql("SELECT count(*) FROM Trail"));
        await _database.Write(writing => DoorTests.Found(writing, "utenfor"));
        Assert.Equal(1L, await _database.Sql("SELECT count(*) FROM Trail"));
    }

    [Fact]
    public async Task A_renewal_that_fails_is_followed_by_the_next()
    {
        var (time, databases) = (new TimeByHand(), new Away(_database));
        var lease = await new Leases(databases, _database.Place, time, NullLogger<Leases>.Instance).Take("outbox", Ct);
        await databases.Asked.WaitAsync(Ct);
        await Expire();

        databases.IsAway = true;
        time.Tick();
        await databases.Asked.WaitAsync(Ct);
        databases.IsAway = false;
        time.Tick();
        await databases.Asked.WaitAsync(Ct);
        // The one after it begins when it has ended.
        time.Tick();
        await databases.Asked.WaitAsync(Ct);

        Assert.Equal(1L, await _database.Sql("SELECT count(*) FROM SweepLeases WHERE Until > now()"));
        await lease!.DisposeAsync();
    }

    private Task Expire() => _database.Sql("UPDATE SweepLeases SET Until = now() - interval '1 second'");

    private Leases Leases() => new(_database, _database.Place, TimeProvider.System, NullLogger<Leases>.Instance);

    private Sweeps Node(ISweep sweep) => new([sweep], _database, Leases(), TimeProvider.System, NullLogger<Sweeps>.Instance);

    private sealed class Away(IDbContextFactory<TilskuddDb> database) : IDbContextFactory<TilskuddDb>
    {
        public SemaphoreSlim Asked { get; } = new(0);

        public bool IsAway { get; set; }

        public TilskuddDb CreateDbContext()
        {
            Asked.Release();
            return IsAway ? throw new DoorClosed(DoorFault.Unreachable, null) : database.CreateDbContext();
        }
    }

    private sealed class TimeByHand : TimeProvider
    {
        private Action _tick = () => { };

        public void Tick() => _tick();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _tick = () => callback(state);
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    private sealed class Doing(Func<Task> what) : ISweep
    {
        public string Name => "doing";

        public async Task<int> Run(DateTimeOffset now, CancellationToken ct)
        {
            await what();
            return 1;
        }
    }
}
