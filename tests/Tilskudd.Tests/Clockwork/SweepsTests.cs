using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Tilskudd.Clockwork;
using Tilskudd.Cycle.Year;
using Tilskudd.Demo;
using Tilskudd.Storage;
using Tilskudd.Tests.Layout;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.Clockwork;

public sealed class SweepsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2024, 11, 20, 8, 0, 0, TimeSpan.Zero);
    private readonly SimulatedClock _clock = new(Start);
    private readonly TestDatabase _database = TestDatabase.InFile();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_due_is_asked_in_one_question_that_depends_on_no_order()
    {
        await using var site = await RunningSite.Start();
        var options = new DbContextOptionsBuilder<TilskuddDb>();
        StorageSetup.Configure(options, site.Database.Place);
        options.ConfigureWarnings(warnings => warnings.Throw(CoreEventId.RowLimitingOperationWithoutOrderByWarning)).AddInterceptors(site.Database.Commands);
        await using var db = site.Database.Place.Open(options.Options);
        var asked = site.Services.GetServices<ISweep>().Select(sweep => sweep.Due(db, _clock.GetUtcNow())).OfType<IQueryable<string>>().ToList();
        var before = site.Database.Commands.Count;

        var due = await asked.Aggregate((one, next) => one.Concat(next)).ToListAsync(Ct);

        Assert.True(asked.Count >= 8, $"{asked.Count}");
        Assert.Equal(1, site.Database.Commands.Count - before);
        Assert.Equal(due.Distinct(), due);
    }

    [Fact]
    public async Task Every_sweep_runs_once_with_the_clock_s_time()
    {
        var (first, second) = (new Counting("en"), new Counting("to"));
        using var sweeps = Sweeps(first, second);

        var done = await sweeps.RunAll(Ct);

        Assert.Equal(2, done);
        Assert.Equal([Start], first.Times);
        Assert.Equal([Start], second.Times);
    }

    [Fact]
    public async Task A_sweep_that_fails_stops_no_other_and_rests_longer_each_time()
    {
        var (broken, whole) = (new Counting("ødelagt") { Breaks = true }, new Counting("hel"));
        using var sweeps = Sweeps(broken, whole);

        for (var second = 0; second < 7; second++)
        {
            await sweeps.RunAll(Ct);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(7, whole.Times.Count);
        Assert.Equal([Start, Start.AddSeconds(2), Start.AddSeconds(6)], broken.Times);
    }

    [Fact]
    public async Task A_sweep_that_works_again_is_forgiven()
    {
        var sweep = new Counting("en") { Breaks = true };
        using var sweeps = Sweeps(sweep);
        await sweeps.RunAll(Ct);

        sweep.Breaks = false;
        _clock.Advance(TimeSpan.FromSeconds(2));
        await sweeps.RunAll(Ct);
        await sweeps.RunAll(Ct);

        Assert.Equal(3, sweep.Times.Count);
    }

    [Fact]
    public async Task A_clock_that_is_put_back_makes_no_rest_longer()
    {
        var sweep = new Counting("en") { Breaks = true };
        using var sweeps = Sweeps(sweep);
        await sweeps.RunAll(Ct);

        _clock.SetTo(Start.AddDays(-1));
        await sweeps.RunAll(Ct);

        Assert.Equal([Start, Start.AddDays(-1)], sweep.Times);
    }

    [Fact]
    public async Task Two_rounds_never_overlap()
    {
        var sweep = new Waiting();
        using var sweeps = Sweeps(sweep);
        var first = sweeps.RunAll(Ct);
        var second = sweeps.RunAll(Ct);
        await sweep.Entered.Task;

        sweep.Go.SetResult();
        await Task.WhenAll(first, second);

        Assert.Equal(2, sweep.Runs);
        Assert.Equal(1, sweep.Most);
    }

    [Fact]
    public async Task A_hint_wakes_the_loop_and_a_stop_ends_it()
    {
        var wake = new Wake();
        var sweep = new Signalling();
        using var sweeps = new Sweeps([sweep], _database, Leases, TimeProvider.System, NullLogger<Sweeps>.Instance);
        using var loop = new BackgroundLoop(sweeps, wake, TimeProvider.System, NullLogger<BackgroundLoop>.Instance);

        await loop.StartAsync(Ct);
        await sweep.First.Task.WaitAsync(Ct);
        wake.Up();
        await sweep.Second.Task.WaitAsync(Ct);
        await loop.StopAsync(Ct);

        Assert.True(loop.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_sweep_with_nothing_due_does_not_run_and_what_one_has_done_is_work_for_the_next_time()
    {
        await using var database = await TestDatabase.Create();
        var idle = new Asking("tom", db => db.Municipalities.Where(known => known.Name == "Ingen"));
        var next = new Asking("neste", db => db.Municipalities.Where(known => known.Name == "Drammen"));
        var first = new Asking("første", db => db.Municipalities.Where(known => known.Name == "Bergen"), () => database.Write(writing => DoorTests.Found(writing, "Drammen")));
        await database.Write(writing => DoorTests.Found(writing, "Bergen"));
        using var sweeps = new Sweeps([idle, first, next], database, Leases, _clock, NullLogger<Sweeps>.Instance);

        await sweeps.RunAll(Ct);
        Assert.Equal((0, 1, 0), (idle.Runs, first.Runs, next.Runs));

        await sweeps.RunAll(Ct);
        Assert.Equal((0, 2, 1), (idle.Runs, first.Runs, next.Runs));
    }

    [Fact]
    public async Task A_database_that_cannot_be_asked_is_found_by_each_sweep_for_itself()
    {
        var sweep = new Asking("spør", db => db.Municipalities.Where(_ => Throws()));
        using var sweeps = Sweeps(sweep);

        await sweeps.RunAll(Ct);

        Assert.Equal(1, sweep.Runs);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static bool Throws() => throw new InvalidOperationException("Never translated to SQL.");

    private Leases Leases => new(_database, _database.Place, _clock, NullLogger<Leases>.Instance);

    private Sweeps Sweeps(params ISweep[] sweeps) => new(sweeps, _database, Leases, _clock, NullLogger<Sweeps>.Instance);

    private sealed class Asking(string name, Func<TilskuddDb, IQueryable<Municipality>> due, Func<Task>? work = null) : ISweep
    {
        public string Name => name;

        public int Runs { get; private set; }

        public IQueryable<string> Due(TilskuddDb db, DateTimeOffset now) => due(db).Select(_ => name).Take(1);

        public async Task<int> Run(DateTimeOffset now, CancellationToken ct)
        {
            Runs++;
            await (work?.Invoke() ?? Task.CompletedTask);
            return 1;
        }
    }

    private sealed class Counting(string name) : ISweep
    {
        public string Name => name;

        public bool Breaks { get; set; }

        public List<DateTimeOffset> Times { get; } = [];

        public Task<int> Run(DateTimeOffset now, CancellationToken ct)
        {
            Times.Add(now);
            return Breaks ? throw new InvalidOperationException("Ødelagt.") : Task.FromResult(1);
        }
    }

    private sealed class Waiting : ISweep
    {
        private int _inside;

        public string Name => "venter";

        public TaskCompletionSource Entered { get; } = new();

        public TaskCompletionSource Go { get; } = new();

        public int Runs { get; private set; }

        public int Most { get; private set; }

        public async Task<int> Run(DateTimeOffset now, CancellationToken ct)
        {
            Most = Math.Max(Most, Interlocked.Increment(ref _inside));
            Entered.TrySetResult();
            await Go.Task.WaitAsync(ct);
            Runs++;
            Interlocked.Decrement(ref _inside);
            return 0;
        }
    }

    private sealed class Signalling : ISweep
    {
        public string Name => "signal";

        public TaskCompletionSource First { get; } = new();

        public TaskCompletionSource Second { get; } = new();

        public Task<int> Run(DateTimeOffset now, CancellationToken ct)
        {
            if (!First.TrySetResult())
            {
                Second.TrySetResult();
            }

            return Task.FromResult(0);
        }
    }
}
