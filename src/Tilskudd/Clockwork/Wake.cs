using System.Threading.Channels;

namespace Tilskudd.Clockwork;

/// <summary>A hint that there may be work. It may be lost without harm: the loop comes round by itself.</summary>
internal sealed class Wake
{
    // Room for one: many hints at once are one.
    private readonly Channel<bool> _hints = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Hints; many hints at once are one.</summary>
    public void Up() => _hints.Writer.TryWrite(true);

    /// <summary>Waits for a hint, at most so long, and takes it.</summary>
    public async Task Wait(TimeSpan most, TimeProvider clock, CancellationToken ct)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(_hints.Reader.WaitToReadAsync(done.Token).AsTask(), Task.Delay(most, clock, done.Token));
        await done.CancelAsync();
        ct.ThrowIfCancellationRequested();
        _hints.Reader.TryRead(out _);
    }
}
