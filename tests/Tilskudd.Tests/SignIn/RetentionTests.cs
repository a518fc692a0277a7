using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.People;
using Tilskudd.SignIn;
using Tilskudd.Tests.Storage;

namespace Tilskudd.Tests.SignIn;

public sealed class RetentionTests
{
    [Fact]
    public async Task What_tells_when_people_came_in_goes_after_ninety_days_but_for_each_persons_last()
    {
        await using var database = await TestDatabase.Create();
        var (kari, ola) = (database.Ids.Next<PersonId>(), database.Ids.Next<PersonId>());
        await database.Write(w =>
        {
            w.Db.AddRange(new Person(kari, "Kari Nordby", "kari@drammen.example", "nb", "", isInvented: true, "a"), new Person(ola, "Ola Berg", "ola@drammen.example", "nb", "", isInvented: true, "b"));
            var (day, now) = (TimeSpan.FromDays(1), w.Now);
            w.Db.AddRange(
                new Session("kari-1", kari, false, now, now - (100 * day)), new Session("kari-2", kari, false, now, now - (91 * day)), new Session("kari-3", kari, false, now, now - (89 * day)),
                new Session("ola-1", ola, false, now, now - (200 * day)), new Session("ola-2", ola, false, now, now - (150 * day)),
                new SignInTicket("gammel", kari, null, "/", now, now - (91 * day), isReusable: false), new SignInTicket("ny", kari, null, "/", now, now - (89 * day), isReusable: false));
        });
        var retention = new Retention(database.Door);
        var now = database.Clock.GetUtcNow();

        var first = await retention.Run(now, TestContext.Current.CancellationToken);
        var again = await retention.Run(now, TestContext.Current.CancellationToken);

        await using var db = database.Read();
        Assert.Equal((4, 0), (first, again));
        Assert.Equal(["kari-3", "ola-2"], await db.Set<Session>().OrderBy(session => session.Hash).Select(session => session.Hash).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["ny"], await db.Set<SignInTicket>().Select(ticket => ticket.Hash).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await new Retention(database.Door).Due(db, now).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task It_is_asked_for_once_a_day_until_it_is_found_and_again_until_it_is_done()
    {
        await using var database = await TestDatabase.Create();
        var kari = database.Ids.Next<PersonId>();
        await database.Write(w => w.Db.AddRange(
            new Person(kari, "Kari Nordby", "kari@drammen.example", "nb", "", isInvented: true, "a"),
            new SignInTicket("gammel", kari, null, "/", w.Now, w.Now - TimeSpan.FromDays(91), isReusable: false)));
        var (now, retention) = (database.Clock.GetUtcNow(), new Retention(database.Door));

        var asked = new[] { await IsDue(now), await IsDue(now), await IsDue(now + TimeSpan.FromHours(23)), await IsDue(now + TimeSpan.FromHours(24)), await IsDue(now + TimeSpan.FromHours(25)) };
        using (var gone = new CancellationTokenSource())
        {
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => retention.Run(now + TimeSpan.FromHours(25), gone.Token));
        }

        Assert.Equal([true, false, false, true, false], asked);
        Assert.True(await IsDue(now + TimeSpan.FromHours(25)));
        Assert.Equal(1, await retention.Run(now + TimeSpan.FromHours(25), TestContext.Current.CancellationToken));
        Assert.False(await IsDue(now + TimeSpan.FromHours(50)));

        async Task<bool> IsDue(DateTimeOffset at)
        {
            await using var db = database.Read();
            return await retention.Due(db, at).AnyAsync(TestContext.Current.CancellationToken);
        }
    }
}
