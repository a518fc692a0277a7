using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Storage;

public class DoorTests
{
    [Fact]
    public async Task What_a_story_wrote_and_recorded_is_there_afterwards()
    {
        await using var database = await TestDatabase.Create();

        await database.Write(writing => Found(writing, "drammen"));

        await using var db = database.Read();
        var municipality = await db.Municipalities.SingleAsync(TestContext.Current.CancellationToken);
        var entry = await db.Trail.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal("drammen", municipality.Name);
        Assert.Equal((1, "system", "municipality-founded", $"municipality/{municipality.Id}", TrailEntry.Genesis), (entry.Seq, entry.Actor, entry.Event, entry.Object, entry.Prev));
        Assert.Equal(database.Clock.GetUtcNow(), entry.At);
    }

    [Fact]
    public async Task A_refused_story_leaves_nothing()
    {
        await using var database = await TestDatabase.Create();

        var refusal = await database.Door.Write(
            writing =>
            {
                Found(writing, "drammen");
                return Task.FromResult<Refusal?>(new No());
            },
            TestContext.Current.CancellationToken);

        Assert.IsType<No>(refusal);
        Assert.Equal((0, 0), await Kept(database));
    }

    [Fact]
    public async Task A_story_that_throws_leaves_nothing_and_the_door_stays_usable()
    {
        await using var database = await TestDatabase.Create();

        await Assert.ThrowsAsync<InvalidDataException>(() => database.Door.Write(
            writing =>
            {
                Found(writing, "drammen");
                throw new InvalidDataException("A bug.");
            },
            TestContext.Current.CancellationToken));
        var afterwards = await Kept(database);
        await database.Write(writing => Found(writing, "bergen"));

        Assert.Equal((0, 0), afterwards);
        Assert.Equal((1, 1), await Kept(database));
    }

    [Fact]
    public async Task Fifty_writers_at_once_make_one_chain_without_gaps()
    {
        await using var database = await TestDatabase.Create();

        await Task.WhenAll(Enumerable.Range(1, 50).Select(n => Task.Run(() => database.Write(writing => Found(writing, $"kommune-{n}")))));

        await using var db = database.Read();
        var entries = await db.Trail.OrderBy(entry => entry.Seq).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, 50).Select(n => (long)n), entries.Select(entry => entry.Seq));
        Assert.Equal(entries.Select(entry => entry.Hash).Prepend(TrailEntry.Genesis).SkipLast(1), entries.Select(entry => entry.Prev));
        Assert.Equal(50, await db.Municipalities.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nothing_is_saved_past_the_door()
    {
        await using var database = await TestDatabase.Create();
        await using var db = database.Read();

        db.Municipalities.Add(new Municipality(database.Ids.Next<MunicipalityId>(), "drammen", "nb"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Who_began_from_an_older_state_is_told_that_it_has_changed()
    {
        await using var database = await TestDatabase.Create();
        await database.Write(writing => writing.Db.People.Add(new Person(writing.Ids.Next<PersonId>(), "Kari", "kari@bydel.example", "nb", "", true, "salt")));

        var refusal = await database.Door.Write(
            async writing =>
            {
                var person = await writing.Db.People.SingleAsync(TestContext.Current.CancellationToken);
                await writing.Db.Database.ExecuteSqlRawAsync("UPDATE \"People\" SET \"Writes\" = \"Writes\" + 1", TestContext.Current.CancellationToken);
                person.Speak("nn");
                return null;
            },
            TestContext.Current.CancellationToken);

        Assert.IsType<DoorRefusal.ChangedMeanwhile>(refusal);
        Assert.Equal("nb", await database.Sql("SELECT Language FROM People"));
    }

    [Fact]
    public async Task A_turn_that_does_not_come_closes_the_door_instead_of_waiting_for_ever()
    {
        using var line = new WriterLine(TimeSpan.Zero);
        using var turn = await line.Enter(TestContext.Current.CancellationToken);

        var closed = await Assert.ThrowsAsync<DoorClosed>(() => line.Enter(TestContext.Current.CancellationToken));

        Assert.Equal(DoorFault.Busy, closed.Fault);
    }

    [Fact]
    public async Task A_hint_comes_after_the_commit_and_none_after_a_refusal()
    {
        await using var database = await TestDatabase.Create();
        var heard = new List<object?>();

        await database.Write(writing =>
        {
            Found(writing, "drammen");
            writing.AfterCommit(() => heard.Add(database.Sql("SELECT count(*) FROM Municipalities").GetAwaiter().GetResult()));
        });
        await database.Door.Write(
            writing =>
            {
                writing.AfterCommit(() => heard.Add("refused"));
                return Task.FromResult<Refusal?>(new No());
            },
            TestContext.Current.CancellationToken);

        Assert.Equal([1L], heard);
    }

    internal static void Found(Writing writing, string name)
    {
        var id = writing.Ids.Next<MunicipalityId>();
        writing.Db.Municipalities.Add(new Municipality(id, name, "nb"));
        writing.Record(new TrailEvent(Actor.System, "municipality-founded", "municipality", id.ToString(), "", new JsonObject { ["n"] = 1 }));
    }

    private static async Task<(int Municipalities, int Entries)> Kept(TestDatabase database)
    {
        await using var db = database.Read();
        return (await db.Municipalities.CountAsync(TestContext.Current.CancellationToken), await db.Trail.CountAsync(TestContext.Current.CancellationToken));
    }

    private sealed record No : Refusal;
}
