using Microsoft.EntityFrameworkCore;
using Tilskudd.Clockwork;
using Tilskudd.Notices;
using Tilskudd.Storage;

namespace Tilskudd.Demo;

/// <summary>Moves the simulated clock, and lets the clockwork do what comes due on the way at the instant it is due.</summary>
internal sealed class PlayedTime(SimulatedClock clock, Sweeps sweeps, IDbContextFactory<TilskuddDb> databases)
{
    // The earliest rung, the earliest deadline and the earliest mail.
    private static readonly Func<TilskuddDb, DateTimeOffset, IAsyncEnumerable<DateTimeOffset?>> After = Compiled.Query((TilskuddDb db, DateTimeOffset now) =>
        db.Deadlines.IgnoreAutoIncludes().Where(deadline => deadline.MetAt == null && deadline.SupersededAt == null)
            .SelectMany(deadline => deadline.Rungs).Where(rung => rung.HandledAt == null && rung.At > now).OrderBy(rung => rung.At).Select(rung => (DateTimeOffset?)rung.At).Take(1)
            .Concat(db.Deadlines.IgnoreAutoIncludes().Where(deadline => deadline.MetAt == null && deadline.SupersededAt == null && deadline.DueAt > now)
                .OrderBy(deadline => deadline.DueAt).Select(deadline => (DateTimeOffset?)deadline.DueAt).Take(1))
            .Concat(db.Set<Notice>().Where(notice => notice.State == NoticeState.Queued && notice.NextAttemptAt > now)
                .OrderBy(notice => notice.NextAttemptAt).Select(notice => notice.NextAttemptAt).Take(1)));

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>To an instant, by way of everything due before it.</summary>
    public async Task MoveTo(DateTimeOffset at)
    {
        await Settle();
        while (await NextDue() is { } due && due <= at)
        {
            clock.SetTo(due);
            await Settle();
        }

        if (at > Now)
        {
            clock.SetTo(at);
            await Settle();
        }
    }

    /// <summary>Does what is due now, mails too, until nothing is left.</summary>
    public async Task Settle()
    {
        while (await sweeps.RunAll(CancellationToken.None) > 0)
        {
        }
    }

    /// <summary>Sends the links that were asked for, and lets all else that is due wait until the clock moves.</summary>
    public async Task SendLinks()
    {
        foreach (var sweep in (string[])["sign-in", "outbox"])
        {
            await sweeps.Run([sweep], CancellationToken.None);
        }
    }

    /// <summary>The next instant after now at which something comes due by itself: a rung, a deadline, a mail to be tried again.</summary>
    public async Task<DateTimeOffset?> NextDue()
    {
        await using var db = await databases.CreateDbContextAsync();
        return (await After(db, Now).ToListAsync()).Min();
    }
}
