using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Storage;

namespace Tilskudd.Clockwork;

/// <summary>
/// All that comes due by itself, one sweep at a time: none overlaps another or itself, and one that failed rests a while. When they run is
/// the clockwork's choice; as long as something was done it runs them again, since what one has done is often work for another. Of several
/// nodes one runs a sweep at a time.
/// </summary>
internal sealed partial class Sweeps(IEnumerable<ISweep> sweeps, IDbContextFactory<TilskuddDb> databases, Leases leases, TimeProvider clock, ILogger<Sweeps> log) : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, Trouble> _troubles = [];

    /// <summary>Runs every sweep that has something to do, once.</summary>
    /// <returns>How many things were done.</returns>
    public Task<int> RunAll(CancellationToken ct) => Run([.. sweeps], ct);

    /// <summary>Runs the sweeps of these names once.</summary>
    /// <returns>How many things were done.</returns>
    public Task<int> Run(IReadOnlyCollection<string> names, CancellationToken ct) => Run([.. sweeps.Where(sweep => names.Contains(sweep.Name))], ct);

    public void Dispose() => _turn.Dispose();

    private async Task<int> Run(IReadOnlyList<ISweep> some, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var (done, due) = (0, await Due(some, ct));
            foreach (var sweep in some.Where(sweep => due.Contains(sweep.Name)))
            {
                done += await Run(sweep, ct);
            }

            return done;
        }
        finally
        {
            _turn.Release();
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Not to know what is due may not stop the clockwork; it is logged, and every sweep looks for itself.")]
    private async Task<IReadOnlySet<string>> Due(IReadOnlyList<ISweep> some, CancellationToken ct)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var asked = some.Select(sweep => (sweep.Name, Due: sweep.Due(db, clock.GetUtcNow()))).ToList();
            var queries = asked.Select(one => one.Due).OfType<IQueryable<string>>().ToList();
            var due = queries.Count == 0 ? [] : await queries.Aggregate((one, next) => one.Concat(next)).ToListAsync(ct);
            return asked.Where(one => one.Due is null).Select(one => one.Name).Concat(due).ToHashSet();
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            LogNotAsked(failure);
            return some.Select(sweep => sweep.Name).ToHashSet();
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "No failure of one sweep may stop the clockwork; it is logged and tried again after a pause.")]
    private async Task<int> Run(ISweep sweep, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_troubles.TryGetValue(sweep.Name, out var trouble) && now < trouble.Until && trouble.Until - now <= LongestPause)
        {
            return 0;
        }

        try
        {
            var done = await RunAlone(sweep, now, ct);
            _troubles.Remove(sweep.Name);
            return done;
        }
        catch (LeaseLost)
        {
            LogLost(sweep.Name);
            return 0;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            var failures = (trouble?.Failures ?? 0) + 1;
            var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, failures)));
            _troubles[sweep.Name] = new Trouble(failures, now + pause);
            LogFailed(failure, sweep.Name, pause);
            return 0;
        }
    }

    private async Task<int> RunAlone(ISweep sweep, DateTimeOffset now, CancellationToken ct)
    {
        await using var lease = await leases.Take(sweep.Name, ct);
        if (lease is null)
        {
            return 0;
        }

        lease.Begin();
        return await sweep.Run(now, ct);
    }

    [LoggerMessage(LogLevel.Warning, "This node was away too long, and another runs the sweep {Sweep} now")]
    private partial void LogLost(string sweep);

    [LoggerMessage(LogLevel.Warning, "What is due could not be asked, and every sweep looks for itself")]
    private partial void LogNotAsked(Exception failure);

    [LoggerMessage(LogLevel.Error, "The sweep {Sweep} failed and rests for {Pause}")]
    private partial void LogFailed(Exception failure, string sweep, TimeSpan pause);

    private sealed record Trouble(int Failures, DateTimeOffset Until);
}
