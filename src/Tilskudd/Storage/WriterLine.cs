namespace Tilskudd.Storage;

/// <summary>
/// Where writers wait their turn, first come first served: SQLite takes one at a time, and nobody should see that it is locked; PostgreSQL
/// takes many, but not so many that the readers are left without a connection.
/// </summary>
/// <param name="abreast">How many have their turn at once.</param>
internal sealed class WriterLine(TimeSpan patience, int abreast = 1) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(abreast, abreast);

    /// <summary>Waits for the turn; disposing the answer passes it on.</summary>
    /// <exception cref="DoorClosed">The turn did not come within the patience.</exception>
    public async Task<IDisposable> Enter(CancellationToken ct) => await _turn.WaitAsync(patience, ct)
        ? new Turn(_turn)
        : throw new DoorClosed(DoorFault.Busy, inner: null);

    public void Dispose() => _turn.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
