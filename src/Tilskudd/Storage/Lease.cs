using Microsoft.EntityFrameworkCore;

namespace Tilskudd.Storage;

/// <summary>
/// A node's right to run a sweep. Each loan has a number higher than the one before it, and the door saves nothing told under a number that
/// is no longer the latest: a node that was away for a while and comes back cannot write over the one that took its place.
/// </summary>
/// <param name="fence">The loan's number; 0 where there is but one node.</param>
/// <param name="isTakenOver">Whether the one before it was never given back.</param>
internal sealed class Lease(string sweep, long fence, bool isTakenOver, Func<Task> giveBack) : IAsyncDisposable
{
    private static readonly AsyncLocal<Lease?> Running = new();

    /// <summary>The one the work going on here is done under; null for work that needs none.</summary>
    public static Lease? Current => Running.Value;

    /// <summary>Whether whoever ran the sweep before is gone, in the midst of something.</summary>
    public bool IsTakenOver => isTakenOver;

    /// <summary>Lets what follows, in this flow of calls, be done under this lease.</summary>
    public void Begin() => Running.Value = this;

    /// <summary>Sees that it holds, and goes on holding until the transaction is over.</summary>
    /// <exception cref="LeaseLost">Another node has it now.</exception>
    public async Task Demand(TilskuddDb db, CancellationToken ct)
    {
        if (fence > 0 && await Extend(db, sweep, fence, ct) == 0)
        {
            throw new LeaseLost(sweep);
        }
    }

    /// <returns>0 when another node has it now.</returns>
    public static Task<int> Extend(TilskuddDb db, string sweep, long fence, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""UPDATE "SweepLeases" SET "Until" = now() + interval '45 seconds' WHERE "Name" = {sweep} AND "Fence" = {fence}""", ct);

    public async ValueTask DisposeAsync()
    {
        Running.Value = null;
        await giveBack();
    }
}

/// <summary>Another node has taken over the sweep, so this one breaks off, as when it is told to stop.</summary>
internal sealed class LeaseLost(string sweep) : OperationCanceledException($"Another node runs the sweep {sweep} now.");
