using System.Net;
using Npgsql;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Storage;
using Tilskudd.Tests.Approval;
using Tilskudd.Tests.Layout;
using Tilskudd.Tests.Notices;
using Tilskudd.Tests.Notices.Inbound;
using Tilskudd.Tests.Runs;
using Tilskudd.Tests.Trail;
using Tilskudd.Tests.Verbs;

namespace Tilskudd.Tests.Storage;

[OnPostgres]
public sealed class MigratorOnPostgresTests : MigratorTests
{
    [Fact]
    public async Task Two_nodes_that_start_at_once_migrate_once()
    {
        await using var database = await TestDatabase.CreateEmpty();
        using var held = ServerLock.TryTake(database.Place)!;

        var faults = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => new Migrator(database).Run(held, TestContext.Current.CancellationToken))));

        Assert.All(faults, Assert.Null);
        Assert.Null(await new Migrator(database).Check(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("TRUNCATE Trail")]
    [InlineData("INSERT INTO Trail SELECT * FROM Trail ON CONFLICT (Seq) DO UPDATE SET Actor = 'person/x'")]
    public async Task The_trail_is_not_emptied_or_written_over(string sql)
    {
        await using var database = await TestDatabase.Create();
        await database.Write(writing => DoorTests.Found(writing, "drammen"));

        var refused = await Assert.ThrowsAsync<PostgresException>(() => database.Sql(sql));

        Assert.Equal("Trail is append-only", refused.MessageText);
        Assert.Equal("system", await database.Sql("SELECT Actor FROM Trail"));
    }
}

[OnPostgres]
public sealed class RoundTripOnPostgresTests : RoundTripTests
{
    [Fact]
    public async Task Text_is_ordered_byte_by_byte_whatever_language_the_server_speaks()
    {
        await using var database = await TestDatabase.Create();
        await database.Write(writing =>
        {
            foreach (var name in new[] { "b", "a", "B", "Å", "å", "aa", "Aa", "ø" })
            {
                DoorTests.Found(writing, name);
            }
        });

        await using var db = database.Read();

        Assert.Equal(["Aa", "B", "a", "aa", "b", "Å", "å", "ø"], db.Municipalities.OrderBy(municipality => municipality.Name).Select(municipality => municipality.Name));
    }
}

[OnPostgres]
public sealed class CompiledOnPostgresTests : CompiledTests;

[OnPostgres]
public sealed class DoorOnPostgresTests : DoorTests
{
    [Fact]
    public async Task Who_is_crossed_by_another_tells_his_story_again_from_what_the_other_left()
    {
        await using var database = await TestDatabase.Create();
        await database.Write(writing => writing.Db.People.Add(new Person(writing.Ids.Next<PersonId>(), "Kari", "kari@bydel.example", "nb", "", true, "salt")));
        var seen = new List<string>();
        var told = 0;

        var refusal = await database.Door.Write(
            async writing =>
            {
                var person = Assert.Single(writing.Db.People.ToList());
                seen.Add(person.Language);
                if (told++ == 0)
                {
                    await database.Write(other => other.Db.People.Single().Speak("nn"));
                }

                person.Speak("en");
                return null;
            },
            TestContext.Current.CancellationToken);

        Assert.Null(refusal);
        Assert.Equal(["nb", "nn"], seen);
        Assert.Equal("en", await database.Sql("SELECT Language FROM People"));
    }

    [Fact]
    public async Task Who_is_crossed_even_when_he_tells_his_story_alone_tells_it_again()
    {
        await using var database = await TestDatabase.Create();
        var told = 0;

        var refusal = await database.Door.Write(
            writing =>
            {
                DoorTests.Found(writing, "drammen");
                return ++told < 4 ? throw Aborted() : Task.FromResult<Refusal?>(null);
            },
            TestContext.Current.CancellationToken);

        Assert.Null(refusal);
        Assert.Equal(4, told);
        Assert.Equal(1L, await database.Sql("SELECT count(*) FROM Municipalities"));
    }

    [Fact]
    public async Task Who_is_crossed_every_time_is_told_that_the_database_is_busy()
    {
        await using var database = await TestDatabase.Create();
        var told = 0;

        var closed = await Assert.ThrowsAsync<DoorClosed>(() => database.Door.Write(
            writing =>
            {
                told++;
                throw Aborted();
            },
            TestContext.Current.CancellationToken));

        Assert.Equal((DoorFault.Busy, 10), (closed.Fault, told));
    }

    // As the server says it where a commit cannot be put in order with the others.
    private static PostgresException Aborted() => new("could not serialize access", "ERROR", "ERROR", PostgresErrorCodes.SerializationFailure);

    [Fact]
    public async Task Two_who_each_saw_that_the_other_had_not_written_do_not_both_write()
    {
        await using var database = await TestDatabase.Create();
        var bothHaveLooked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var looked = 0;

        async Task<Refusal?> FoundTheOnlyOne(Writing writing)
        {
            var isFirst = !writing.Db.Municipalities.Any();
            if (Interlocked.Increment(ref looked) == 2)
            {
                bothHaveLooked.SetResult();
            }

            await bothHaveLooked.Task;
            if (isFirst)
            {
                DoorTests.Found(writing, $"kommune-{writing.Ids.Next()}");
            }

            return null;
        }

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => database.Door.Write(FoundTheOnlyOne, TestContext.Current.CancellationToken))));

        Assert.Equal(1L, await database.Sql("SELECT count(*) FROM Municipalities"));
        Assert.Equal(3, looked);
    }

    [Fact]
    public async Task A_head_somebody_else_holds_makes_writers_wait_and_loses_none()
    {
        await using var database = await TestDatabase.Create();
        await using var other = new NpgsqlConnection(((PostgresServer)database.Place).ConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        var held = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var take = new NpgsqlCommand("LOCK TABLE \"TrailHead\" IN EXCLUSIVE MODE", other, held))
        {
            await take.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var write = database.Write(writing => Found(writing, "drammen"));
        var before = await database.Sql("SELECT count(*) FROM Trail");
        await held.DisposeAsync();
        await write;

        Assert.Equal(0L, before);
        Assert.Equal(1L, await database.Sql("SELECT count(*) FROM Trail"));
    }

    [Fact]
    public async Task A_page_asked_for_while_the_server_is_away_says_when_to_try_again()
    {
        await using var site = await RunningSite.Start();
        var before = await site.Get("/logg-inn");
        await PostgresCluster.Drop((PostgresServer)site.Database.Place);

        using var page = await site.Get("/g/" + new string('A', 43));
        using var ready = await site.Get("/health/ready");
        using var alive = await site.Get("/health/live");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (before.StatusCode, alive.StatusCode));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (page.StatusCode, ready.StatusCode));
        Assert.Equal("30", page.Headers.RetryAfter!.ToString());
    }

    [Fact]
    public async Task A_server_that_is_away_closes_the_door()
    {
        var gone = PostgresServer.Read("Host=127.0.0.1;Port=1;Database=tilskudd;Username=tilskudd").Server!;
        await using var database = TestDatabase.Open(gone, Directory.CreateTempSubdirectory("tilskudd-"));

        var closed = await Assert.ThrowsAsync<DoorClosed>(() => database.Write(writing => Found(writing, "drammen")));
        var fault = await new Migrator(database).Check(TestContext.Current.CancellationToken);

        Assert.Equal(DoorFault.Unreachable, closed.Fault);
        Assert.Contains("PostgreSQL svarer ikke", fault, StringComparison.Ordinal);
        Assert.Contains("svarer ikke", gone.Prepare(), StringComparison.Ordinal);
    }
}

[OnPostgres]
public sealed class TrailVerificationOnPostgresTests : TrailVerificationTests;

[OnPostgres]
public sealed class CheckpointTimesOnPostgresTests : CheckpointTimesTests;

[OnPostgres]
public sealed class LinksOnPostgresTests : LinksTests;

[OnPostgres]
public sealed class OutboxOnPostgresTests : OutboxTests;

[OnPostgres]
public sealed class InboundSweepOnPostgresTests : InboundSweepTests;

[OnPostgres]
public sealed class ReminderSweepOnPostgresTests : ReminderSweepTests;

[OnPostgres]
public sealed class WaitSweepOnPostgresTests : WaitSweepTests;

[OnPostgres]
public sealed class IncidentOnPostgresTests : IncidentTests;

[OnPostgres]
public sealed class BackupOnPostgresTests : BackupTests;

[OnPostgres]
public sealed class ImportVerbOnPostgresTests : ImportVerbTests;

[OnPostgres]
public sealed class AnswerOnPostgresTests : AnswerTests;
