using Microsoft.Extensions.Logging.Abstractions;
using Tilskudd.Tests.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Trail;

public class CheckpointTimesTests
{
    [Fact]
    public async Task The_trail_is_signed_every_hour_in_which_it_has_come_further()
    {
        await using var database = await TestDatabase.Create();
        var folder = Path.Combine(database.Folder, "signed");
        using var checkpoints = new Checkpoints(database, new TrailSettings(Path.Combine(database.Folder, "key.pem"), folder), database.Clock);
        var sweep = new CheckpointSweep(checkpoints);

        foreach (var minutes in new[] { 0, 59, 1, 60 })
        {
            database.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await sweep.Run(database.Clock.GetUtcNow(), TestContext.Current.CancellationToken);
            if (minutes > 0)
            {
                continue;
            }

            await database.Write(writing => writing.Record(new TrailEvent(Actor.System, "began", "log", "1", "", [])));
        }

        Assert.Equal(["1.json"], Directory.GetFiles(folder).Select(Path.GetFileName));
        Assert.Contains("2024-11-20T09:00:00.000Z", await File.ReadAllTextAsync(Path.Combine(folder, "1.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_put_back_does_not_make_the_hour_longer()
    {
        await using var database = await TestDatabase.Create();
        var folder = Path.Combine(database.Folder, "signed");
        using var checkpoints = new Checkpoints(database, new TrailSettings(Path.Combine(database.Folder, "key.pem"), folder), database.Clock);
        var sweep = new CheckpointSweep(checkpoints);
        await sweep.Run(database.Clock.GetUtcNow(), TestContext.Current.CancellationToken);
        await database.Write(writing => writing.Record(new TrailEvent(Actor.System, "began", "log", "1", "", [])));

        database.Clock.Advance(TimeSpan.FromDays(-1));
        await sweep.Run(database.Clock.GetUtcNow(), TestContext.Current.CancellationToken);

        Assert.True(File.Exists(Path.Combine(folder, "1.json")));
    }

    [Fact]
    public async Task A_signature_that_is_taken_away_is_made_again_the_next_hour_with_the_key_that_lies_there_then()
    {
        await using var database = await TestDatabase.Create();
        var (folder, keyFile) = (Path.Combine(database.Folder, "signed"), Path.Combine(database.Folder, "key.pem"));
        using var checkpoints = new Checkpoints(database, new TrailSettings(keyFile, folder), database.Clock);
        await database.Write(writing => writing.Record(new TrailEvent(Actor.System, "began", "log", "1", "", [])));
        await checkpoints.Write(TestContext.Current.CancellationToken);
        var file = Path.Combine(folder, "1.json");
        File.Delete(file);
        File.Delete(keyFile);
        using var other = await TrailKey.Open(keyFile, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(keyFile, new DateTime(2024, 11, 20, 8, 0, 0, DateTimeKind.Utc));

        await checkpoints.Write(TestContext.Current.CancellationToken);

        var made = Checkpoint.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.True(made!.IsSignedBy(other));
    }

    [Fact]
    public async Task The_trail_is_signed_when_the_application_stops()
    {
        await using var database = await TestDatabase.Create();
        var folder = Path.Combine(database.Folder, "signed");
        using var checkpoints = new Checkpoints(database, new TrailSettings(Path.Combine(database.Folder, "key.pem"), folder), database.Clock);
        using var last = new LastCheckpoint(checkpoints, NullLogger<LastCheckpoint>.Instance);
        await last.StartAsync(TestContext.Current.CancellationToken);
        await database.Write(writing => writing.Record(new TrailEvent(Actor.System, "ended", "log", "1", "", [])));

        await last.StopAsync(TestContext.Current.CancellationToken);

        Assert.True(File.Exists(Path.Combine(folder, "1.json")));
    }
}
