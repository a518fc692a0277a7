using System.Collections.Concurrent;

namespace Tilskudd.Notices.Mailing;

/// <summary>An open connection to a mail server, which can carry one mail after another.</summary>
internal interface IMailLine : IDisposable
{
    /// <summary>It has carried a mail before, so that its end may have come unnoticed.</summary>
    bool IsUsed { get; set; }

    /// <summary>False once the server has said goodbye.</summary>
    bool IsConnected { get; }

    /// <summary>Asks the server whether it is still there; throws what went wrong on the wire where it is not.</summary>
    Task Ask(CancellationToken ct);

    /// <summary>Says goodbye, and waits for the server's own.</summary>
    Task Leave(CancellationToken ct);
}

/// <summary>How many lines to a mail server are worth their cost.</summary>
internal static class MailLines
{
    public const int Most = 4;

    // Under this, which is more than any body has members, one line is quick enough, and a crash doubles one mail at the most.
    private const int Many = 100;

    /// <inheritdoc cref="IMailer.AtOnce"/>
    public static int AtOnce(int waiting) => waiting < Many ? 1 : Most;
}

/// <summary>A few lines to a mail server, kept as long as they are of use.</summary>
/// <param name="open">Opens a line, ready to carry mails.</param>
/// <param name="isOfTheWire">Whether a failure is the connection's, and not ours.</param>
internal sealed class MailLines<TLine>(TimeProvider clock, Func<CancellationToken, Task<TLine>> open, Func<Exception, bool> isOfTheWire) : IAsyncDisposable
    where TLine : class, IMailLine
{
    private static readonly TimeSpan PatienceForAnswer = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PatienceForGoodbye = TimeSpan.FromSeconds(2);

    // Servers hang up on idle lines after some minutes. One that has rested a while is asked whether it is there.
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ShortRest = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _room = new(MailLines.Most, MailLines.Most);
    private readonly ConcurrentStack<(TLine Line, DateTimeOffset UsedAt)> _resting = [];

    /// <summary>Sends a mail when there is room for it.</summary>
    /// <param name="attempt">Takes a line and sends over it; null where a used line turned out to be dead and nothing was sent. A new one has the last word.</param>
    public async Task<MailResult> Send(Func<Task<MailResult?>> attempt, CancellationToken ct)
    {
        await _room.WaitAsync(ct);
        try
        {
            while (true)
            {
                if (await attempt() is { } result)
                {
                    return result;
                }
            }
        }
        finally
        {
            _room.Release();
        }
    }

    /// <summary>A line that rests, or a new one.</summary>
    public async Task<TLine> Take(CancellationToken ct)
    {
        while (_resting.TryPop(out var rested))
        {
            var (line, rest) = (rested.Line, clock.GetUtcNow() - rested.UsedAt);
            try
            {
                if (rest < LongestRest && (rest < ShortRest || await IsThere(line, ct)))
                {
                    return line;
                }
            }
            catch
            {
                line.Dispose();
                throw;
            }

            line.Dispose();
        }

        return await open(ct);
    }

    /// <summary>Puts a line to rest that can carry another mail.</summary>
    public void Keep(TLine line)
    {
        if (!line.IsConnected)
        {
            line.Dispose();
            return;
        }

        line.IsUsed = true;
        _resting.Push((line, clock.GetUtcNow()));
    }

    public async ValueTask DisposeAsync()
    {
        while (_resting.TryPop(out var rested))
        {
            using var line = rested.Line;
            using var leaving = Patience.Within(PatienceForGoodbye, CancellationToken.None);
            await Try(line.Leave(leaving.Token), CancellationToken.None);
        }

        _room.Dispose();
    }

    private async Task<bool> IsThere(TLine line, CancellationToken ct)
    {
        using var asking = Patience.Within(PatienceForAnswer, ct);
        return await Try(line.Ask(asking.Token), ct);
    }

    private async Task<bool> Try(Task said, CancellationToken ct)
    {
        try
        {
            await said;
            return true;
        }
        catch (Exception gone) when (isOfTheWire(gone) && !ct.IsCancellationRequested)
        {
            return false;
        }
    }
}

/// <summary>How long somebody waits for another machine.</summary>
internal static class Patience
{
    /// <summary>A token that is cancelled with another, or when the time is out.</summary>
    public static CancellationTokenSource Within(TimeSpan patience, CancellationToken ct)
    {
        var within = CancellationTokenSource.CreateLinkedTokenSource(ct);
        within.CancelAfter(patience);
        return within;
    }
}
