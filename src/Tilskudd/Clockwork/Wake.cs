namespace Tilskudd.Clockwork;

/// <summary>A hint that there may be work. It may be lost without harm: the loop comes round by itself.</summary>
internal sealed class Wake : IDisposable
{
    private readonly SemaphoreSlim _hints = new(0, 1);

    /// <summary>Hints; many hints at once are one.</summary>
    public void Up()
    {
        try
        {
            _hints.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already hinted.
            return;
        }
    }

    /// <summary>Waits for a hint, at most so long.</summary>
    public async Task Wait(TimeSpan most, TimeProvider clock, CancellationToken ct)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var hinted = _hints.WaitAsync(done.Token);
        var waited = Task.Delay(most, clock, done.Token);
        await Task.WhenAny(hinted, waited);

        // A hint that comes just now is not taken by a wait nobody listens to any more.
        await done.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    public void Dispose() => _hints.Dispose();
}
