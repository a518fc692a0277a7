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
}
