using Microsoft.EntityFrameworkCore;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Tests.Notices;
using Tilskudd.Tests.Storage;
using Tilskudd.Trail;
using Tilskudd.Verbs;

namespace Tilskudd.Tests.Verbs;

/// <summary>A copy is taken, the years go on, and the copy is brought back.</summary>
public class BackupTests
{
    [Fact]
    public async Task A_copy_brought_back_is_the_database_as_it_was_with_every_mail_held_until_it_is_let_go()
    {
        await using var given = await GivenNotices.Create();
        var kari = await given.Person("Kari Nordby", "kari@drammen.example");
        await given.Tell(kari);
        await given.Database.Write(writing => DoorTests.Found(writing, "drammen"));
        await using var place = await NewPlace(given.Database);
        var copy = Path.Combine(given.Database.Folder, "kopier", "kopi");

        var taken = await Run("backup", "--out", copy, given.Database);
        await given.Database.Write(writing => DoorTests.Found(writing, "etterpå"));
        var broughtBack = await Run("restore", "--from", copy, place);
        var held = GivenNotices.On(place);
        var whileHeld = await held.Send();
        var letGo = await Run("release", null, null, place);
        var afterwards = await held.Send();

        Assert.Equal((0, 0, 0), (taken.Status, broughtBack.Status, letGo.Status));
        Assert.Contains("E-post holdes tilbake", broughtBack.Error, StringComparison.Ordinal);
        Assert.Equal((0, 1), (whileHeld, afterwards));
        await using var db = place.Read();
        Assert.Equal(["drammen"], await db.Municipalities.Select(municipality => municipality.Name).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["municipality-founded", "outbox-held", "outbox-released"], await db.Trail.OrderBy(entry => entry.Seq).Select(entry => entry.Event).ToListAsync(TestContext.Current.CancellationToken));
        await Faults.Sound.IsWhole(place);
    }

    [Fact]
    public async Task Checkpoints_of_what_the_copy_has_not_are_set_aside_and_the_trail_is_signed_on_from_there()
    {
        await using var database = await TestDatabase.Create();
        await database.Write(writing => DoorTests.Found(writing, "drammen"));
        await using var place = await NewPlace(database);
        var copy = Path.Combine(database.Folder, "kopi");
        var trail = new TrailSettings(Path.Combine(place.Folder, "trail-key.pem"), Path.Combine(place.Folder, "checkpoints"));
        await Sign(database, trail);
        await Run("backup", "--out", copy, database);
        await database.Write(writing => DoorTests.Found(writing, "bergen"));
        await Sign(database, trail);

        var broughtBack = await Run("restore", "--from", copy, place);
        await place.Write(writing => writing.Record(new TrailEvent(Actor.System, "began-anew", "log", "1")));
        await Sign(place, trail);

        Assert.Equal(0, broughtBack.Status);
        Assert.Equal(["1.json", "3.json"], Names(trail.CheckpointFolder));
        Assert.Equal(["2.json"], Names(Assert.Single(Directory.GetDirectories(place.Folder, "checkpoints-*"))));
        Assert.Equal(0, (await Run("verify", null, null, place)).Status);
    }

    [Fact]
    public async Task What_is_there_already_is_not_written_over_and_no_copy_is_made_of_nothing()
    {
        await using var database = await TestDatabase.Create();
        await using var empty = await NewPlace(database);
        var copy = Path.Combine(database.Folder, "kopi");
        await File.WriteAllTextAsync(copy, "noe annet", TestContext.Current.CancellationToken);

        var overOther = await Run("backup", "--out", copy, database);
        var ofOther = await Run("restore", "--from", copy, empty);
        var ofNone = await Run("restore", "--from", copy + "-borte", empty);
        var ofNothing = await Run("backup", "--out", copy + "2", empty);

        Assert.Equal((1, 1, 1, 1), (overOther.Status, ofOther.Status, ofNone.Status, ofNothing.Status));
        Assert.Equal("noe annet", await File.ReadAllTextAsync(copy, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(copy + "2"));
    }

    [Fact]
    public async Task A_copy_cut_short_is_refused_and_so_is_a_place_that_takes_no_copy_and_nothing_is_left_of_either()
    {
        await using var database = await TestDatabase.Create();
        await using var place = await NewPlace(database);
        var copy = Path.Combine(database.Folder, "kopi");
        await Run("backup", "--out", copy, database);
        await using (var file = File.OpenWrite(copy))
        {
            file.SetLength(file.Length / 2);
        }

        var cut = await Run("restore", "--from", copy, place);
        var nowhere = await Run("backup", "--out", "/proc/kopi.db", database);

        Assert.Equal((1, 1), (cut.Status, nowhere.Status));
        Assert.All(new[] { cut.Error, nowhere.Error }, error => Assert.Contains(database.Place is PostgresServer ? "ga opp" : "opien", error, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", cut.Error + nowhere.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Names(place.Folder), name => name!.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fault_in_the_copy_is_blamed_on_the_copy_and_not_on_a_setting()
    {
        await using var database = await TestDatabase.Create();
        await using var place = await NewPlace(database);
        var (rubbish, foreign) = (Path.Combine(database.Folder, "rot"), Path.Combine(database.Folder, "annen"));
        await File.WriteAllTextAsync(rubbish, new string('x', 5_000), TestContext.Current.CancellationToken);
        await using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={foreign};Pooling=False"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = other.CreateCommand();
            command.CommandText = "CREATE TABLE Handleliste (Vare TEXT)";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        foreach (var copy in new[] { rubbish, foreign, database.Folder })
        {
            var (status, error) = await Run("restore", "--from", copy, place);

            Assert.Equal(1, status);
            Assert.DoesNotContain("Database:Connection", error, StringComparison.Ordinal);
            Assert.Contains(database.Place is PostgresServer && copy != database.Folder ? "pg_restore" : $"«{copy}»", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_database_that_was_there_before_a_restore_is_set_aside_and_told_of()
    {
        await using var database = await TestDatabase.Create();
        await database.Write(writing => DoorTests.Found(writing, "drammen"));
        var copy = Path.Combine(database.Folder, "kopi");
        await using var place = await NewPlace(database);
        await Run("backup", "--out", copy, database);
        var first = await Run("restore", "--from", copy, place);
        var there = place.Place is PostgresServer ? [] : await File.ReadAllBytesAsync(place.File.Path, TestContext.Current.CancellationToken);

        var second = await Run("restore", "--from", copy, place);

        Assert.Equal(0, first.Status);
        Assert.DoesNotContain("fra før", first.Error, StringComparison.Ordinal);
        if (place.Place is PostgresServer)
        {
            // Nothing is ever set aside there: the place must be empty.
            Assert.Equal(1, second.Status);
            return;
        }

        Assert.Equal(0, second.Status);
        var former = System.Text.RegularExpressions.Regex.Match(second.Error, "ligger nå i «([^»]+)»").Groups[1].Value;
        Assert.StartsWith(place.File.Path + ".", former, StringComparison.Ordinal);
        Assert.Equal(there, await File.ReadAllBytesAsync(former, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_copy_of_a_newer_version_is_refused_before_anything_is_touched()
    {
        await using var database = await TestDatabase.Create();
        await using var place = await NewPlace(database);
        var copy = Path.Combine(database.Folder, "kopi");
        await database.Sql(database.Place is PostgresServer
            ? """INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('30000101000000_Newer', '99')"""
            : "INSERT INTO __EFMigrationsHistory (MigrationId, ProductVersion) VALUES ('30000101000000_Newer', '99')");
        Assert.Null(await database.Place.BackUp(copy, TestContext.Current.CancellationToken));

        var refused = await Run("restore", "--from", copy, place);

        Assert.Equal(1, refused.Status);
        Assert.Contains("nyere versjon", refused.Error, StringComparison.Ordinal);
        Assert.All(Names(place.Folder), name => Assert.EndsWith(".lock", name, StringComparison.Ordinal));
        await database.Sql(database.Place is PostgresServer ? """DELETE FROM "__EFMigrationsHistory" WHERE "ProductVersion" = '99'""" : "DELETE FROM __EFMigrationsHistory WHERE ProductVersion = '99'");
        await Run("backup", "--out", copy + "2", database);
        var (status, error) = await Run("restore", "--from", copy + "2", place);
        Assert.True(status == 0, error);
    }

    [Fact]
    public async Task After_a_restore_nobody_is_signed_in_and_no_link_to_sign_in_by_opens()
    {
        await using var given = await GivenNotices.Create();
        var kari = await given.Person("Kari Nordby", "kari@drammen.example");
        await given.Database.Write(w => w.Db.AddRange(
            new Session("cookie", kari, isElectronic: false, w.Now, w.Now.AddHours(12)), new SignInTicket("token", kari, null, "", w.Now, w.Now.AddMinutes(10), isReusable: false)));
        await using var place = await NewPlace(given.Database);
        var copy = Path.Combine(given.Database.Folder, "kopi");
        await Run("backup", "--out", copy, given.Database);

        var broughtBack = await Run("restore", "--from", copy, place);

        Assert.Equal(0, broughtBack.Status);
        Assert.Contains("Alle må logge inn på nytt.", broughtBack.Error, StringComparison.Ordinal);
        await using var db = place.Read();
        Assert.NotNull((await db.Set<Session>().SingleAsync(TestContext.Current.CancellationToken)).EndedAt);
        Assert.Empty(await db.Set<SignInTicket>().ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Where_there_is_no_database_nothing_is_let_go_and_none_is_made()
    {
        await using var like = await TestDatabase.Create();
        await using var empty = await NewPlace(like);

        var (status, error) = await Run("release", null, null, empty);

        Assert.Equal(1, status);
        Assert.NotEmpty(error);
        Assert.DoesNotContain(Names(empty.Folder), name => name!.EndsWith(".db", StringComparison.Ordinal));
    }

    private static async Task<TestDatabase> NewPlace(TestDatabase like) => like.Place is PostgresServer ? await TestDatabase.CreateEmpty() : TestDatabase.InFile();

    private static async Task Sign(TestDatabase database, TrailSettings trail)
    {
        using var checkpoints = new Checkpoints(database, trail, database.Clock);
        await checkpoints.Write(TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string?> Names(string folder) => Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private static async Task<(int Status, string Error)> Run(string verb, string? option, string? value, TestDatabase database)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        string[] words = [verb, .. option is null ? Array.Empty<string>() : [option, value!], "--Data:Folder", database.Folder, .. database.Words];
        var status = await CommandLine.Run(words, new Terminal(output, error, IsInteractive: false), VerbTable.All);
        return (status, error.ToString());
    }
}
