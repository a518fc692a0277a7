using System.Globalization;
using System.Text.Json.Nodes;
using Tilskudd.Storage;
using Tilskudd.Tests.Storage;
using Tilskudd.Trail;
using Tilskudd.Verbs;

namespace Tilskudd.Tests.Trail;

/// <summary>The verbs <c>export</c> and <c>verify</c> as an operator and an outside auditor run them.</summary>
public class TrailVerificationTests
{
    [Fact]
    public async Task An_exported_trail_is_whole()
    {
        await using var exported = await Exported.Create();

        var (status, output, error) = await exported.Verify();

        Assert.Equal((0, ""), (status, error));
        Assert.StartsWith("Sporet er i orden: 20 linjer, 2 kontrollpunkter", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_is_written_over_an_earlier_one_and_over_nothing_else()
    {
        await using var exported = await Exported.Create();
        var (key, link, other) = (exported.Settings.KeyFile, Path.Combine(exported.Folder, "lenke.jsonl"), Path.Combine(exported.Folder, "other"));
        File.CreateSymbolicLink(link, exported.Trail);
        var before = await File.ReadAllTextAsync(key, TestContext.Current.CancellationToken);
        Task<(int Status, string Output, string Error)> Export(string trail, string checkpoints) => Exported.Run(["export", "--trail", trail, "--checkpoints", checkpoints, .. exported.OwnSettings()]);

        var again = await Export(exported.Trail, exported.Checkpoints);
        var nowhere = await Export("/proc/spor.jsonl", exported.Checkpoints);
        var overKey = await Export(key, exported.Checkpoints);
        var overLink = await Export(link, exported.Checkpoints);
        var overDevice = await Export("/dev/full", exported.Checkpoints);
        var own = await Export(exported.Trail, exported.Settings.CheckpointFolder);
        Directory.CreateDirectory(other);
        await File.WriteAllTextAsync(Path.Combine(other, "999.json"), "{}", TestContext.Current.CancellationToken);
        var mixed = await Export(Path.Combine(exported.Folder, "ny.jsonl"), other);

        Assert.Equal((0, ""), (again.Status, again.Error));
        Assert.StartsWith("«/proc/spor.jsonl» kunne ikke skrives. Oppgi et sted som kan skrives", nowhere.Error, StringComparison.Ordinal);
        foreach (var (refused, told) in new[] { (overKey, "ikke et spor som er skrevet ut"), (overLink, "ikke et spor som er skrevet ut"), (overDevice, "ikke et spor som er skrevet ut"), (own, "mappen tjeneren selv skriver i"), (mixed, "fra et annet spor («999.json»)") })
        {
            Assert.Equal(1, refused.Status);
            Assert.Contains(told, refused.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, await File.ReadAllTextAsync(key, TestContext.Current.CancellationToken));
        Assert.Equal(exported.Trail, new FileInfo(link).LinkTarget);
        Assert.False(File.Exists(Path.Combine(exported.Folder, "ny.jsonl")));
        Assert.Equal(0, (await exported.Verify()).Status);
    }

    [Fact]
    public async Task Of_an_empty_trail_nothing_is_signed_and_no_key_is_made_that_would_say_a_signature_is_gone()
    {
        await using var empty = TestDatabase.InFile();
        string[] own = ["--Data:Folder", empty.Folder, .. empty.Words];
        await Exported.Run(["migrate", .. own]);
        var trail = Path.Combine(empty.Folder, "spor.jsonl");

        var export = await Exported.Run(["export", "--trail", trail, "--checkpoints", Path.Combine(empty.Folder, "ut", "punkter"), .. own]);
        var verify = await Exported.Run(["verify", .. own]);

        Assert.Equal((0, 0), (export.Status, verify.Status));
        Assert.Equal(0, new FileInfo(trail).Length);
        Assert.Empty(Directory.GetFiles(empty.Folder, "*.pem", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_live_trail_is_not_called_whole_when_what_was_signed_is_gone()
    {
        await using var exported = await Exported.Create();
        var folder = exported.Settings.CheckpointFolder;
        await exported.Database.Write(writing => writing.Record(new TrailEvent(Actor.System, "counted", "number", "21", "", [])));

        var further = await exported.VerifyLive();
        File.Move(Path.Combine(folder, "10.json"), Path.Combine(folder, "11.json"));
        var renamed = await exported.VerifyLive();
        File.Move(exported.Settings.KeyFile, exported.Settings.KeyFile + ".x");
        var keyless = await exported.VerifyLive();
        var replaced = await Exported.Run(["export", "--trail", Path.Combine(exported.Folder, "ny.jsonl"), "--checkpoints", Path.Combine(exported.Folder, "ny"), .. exported.OwnSettings()]);
        File.Move(exported.Settings.KeyFile + ".x", exported.Settings.KeyFile);
        Directory.Delete(folder, recursive: true);
        var unsigned = await exported.VerifyLive();

        Assert.Equal(0, further.Status);
        Assert.EndsWith(" Signert til og med linje 20.\n", further.Output, StringComparison.Ordinal);
        Assert.Equal((4, "Kontrollpunktet «11.json» går god for linje 10, og skulle hett «10.json».\n"), (renamed.Status, renamed.Error));
        Assert.Equal(4, keyless.Status);
        Assert.StartsWith($"Nøkkelfilen «{exported.Settings.KeyFile}» (Trail:KeyFile) finnes ikke.", keyless.Error, StringComparison.Ordinal);
        Assert.Equal(1, replaced.Status);
        Assert.Contains("finnes ikke, men sporet er signert med den", replaced.Error, StringComparison.Ordinal);
        Assert.Equal(3, unsigned.Status);
        Assert.Contains("har ingen kontrollpunkter, men sporet har vært signert", unsigned.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_live_trail_that_was_never_signed_it_is_told_what_could_not_be_verified()
    {
        await using var exported = await Exported.Create();
        File.Delete(exported.Settings.KeyFile);
        Directory.Delete(exported.Settings.CheckpointFolder, recursive: true);

        var (status, output, error) = await exported.VerifyLive();

        var mistaken = await Exported.Run(["verify", .. exported.Database.Words, "--Trail:KeyFile", exported.Folder, "--Trail:CheckpointFolder", exported.Trail]);

        Assert.Equal((1, ""), (mistaken.Status, mistaken.Output));
        Assert.Contains($"Trail:KeyFile «{exported.Folder}» er en mappe. Oppgi en fil.", mistaken.Error, StringComparison.Ordinal);
        Assert.Contains($"Trail:CheckpointFolder «{exported.Trail}» kan ikke brukes:", mistaken.Error, StringComparison.Ordinal);
        Assert.Equal(0, status);
        Assert.StartsWith("Sporet er i orden: 20 linjer, 0 kontrollpunkter", output, StringComparison.Ordinal);
        Assert.Contains("om noe er kuttet av på slutten", error, StringComparison.Ordinal);
        Assert.Contains("(Trail:CheckpointFolder)", error, StringComparison.Ordinal);
        Assert.Contains("(Trail:KeyFile)", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("edit", 7)]
    [InlineData("edit and hash anew", 8)]
    [InlineData("delete", 7)]
    [InlineData("swap", 7)]
    [InlineData("insert a copy", 8)]
    [InlineData("not JSON", 7)]
    [InlineData("a field twice", 7)]
    [InlineData("a field more", 7)]
    [InlineData("a field less", 7)]
    [InlineData("number as text", 7)]
    [InlineData("empty line", 7)]
    [InlineData("half a character", 7)]
    public async Task Tampering_with_a_line_breaks_the_trail_there(string tampering, int expected)
    {
        await using var exported = await Exported.Create();
        exported.Lines = Tamper([.. exported.Lines], tampering);

        var (status, _, error) = await exported.Verify();

        Assert.Equal(2, status);
        Assert.StartsWith($"Sporet er brutt ved linje {expected}:", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(20)]
    public async Task A_trail_that_is_cut_short_is_found_by_its_checkpoint(int cut)
    {
        await using var exported = await Exported.Create();
        exported.Lines = exported.Lines[..^cut];

        var (status, _, error) = await exported.Verify();

        Assert.Equal(3, status);
        Assert.Equal($"Sporet slutter ved linje {20 - cut}, men et signert kontrollpunkt går god for 20.\n", error);
    }

    [Fact]
    public async Task A_trail_written_anew_from_the_start_is_found_by_its_checkpoint()
    {
        await using var exported = await Exported.Create();
        var head = (0L, TrailEntry.Genesis);
        exported.Lines = [.. Enumerable.Range(1, 20).Select(n =>
        {
            var entry = TrailEntry.After(head, new TrailEvent(Actor.System, "forged", "log", "1", "", []), DateTimeOffset.UnixEpoch);
            head = (entry.Seq, entry.Hash);
            return entry.ToLine();
        })];

        var (status, _, error) = await exported.Verify();

        Assert.Equal(2, status);
        Assert.StartsWith("Sporet er brutt ved linje 10:", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"count\":20", "\"count\":19")]
    [InlineData("\"seq\":20", "\"seq\":19")]
    [InlineData("\"signature\":\"M", "\"signature\":\"N")]
    [InlineData("{", "{\"more\":1,")]
    [InlineData("{", "")]
    public async Task An_edited_checkpoint_is_found_before_anything_else(string what, string with)
    {
        await using var exported = await Exported.Create();
        exported.Lines = Tamper([.. exported.Lines], "delete")[..15];
        var file = Path.Combine(exported.Checkpoints, "20.json");
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, text.Replace(what, with, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var (status, _, error) = await exported.Verify();

        Assert.Equal(4, status);
        Assert.Contains("«20.json»", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_key_vouches_for_nothing()
    {
        await using var exported = await Exported.Create();
        using var other = await TrailKey.Open(Path.Combine(exported.Folder, "other.pem"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(exported.Key, other.PublicPem, TestContext.Current.CancellationToken);

        var (status, _, _) = await exported.Verify();

        Assert.Equal(4, status);
    }

    [Fact]
    public async Task A_break_is_told_before_a_missing_end()
    {
        await using var exported = await Exported.Create();
        exported.Lines = Tamper([.. exported.Lines], "edit")[..15];

        var (status, _, _) = await exported.Verify();

        Assert.Equal(2, status);
    }

    [Fact]
    public async Task Without_checkpoints_a_missing_end_cannot_be_seen_and_the_verifier_says_so()
    {
        await using var exported = await Exported.Create();
        Directory.Delete(exported.Checkpoints, recursive: true);
        Directory.CreateDirectory(exported.Checkpoints);

        var (status, _, error) = await exported.Verify();

        Assert.Equal(1, status);
        Assert.Contains("har ingen kontrollpunkter", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_live_database_is_verified_as_it_stands()
    {
        await using var exported = await Exported.Create();
        var before = await exported.VerifyLive();
        await exported.Database.Sql($"{exported.Unguard} UPDATE Trail SET Data = '{{\"n\":99}}' WHERE Seq = 5;");

        var after = await exported.VerifyLive();

        Assert.Equal((0, ""), (before.Status, before.Error));
        Assert.Equal(2, after.Status);
        Assert.StartsWith("Sporet er brutt ved linje 5:", after.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_cannot_even_be_read_from_the_database_is_a_break_too()
    {
        await using var exported = await Exported.Create();
        await exported.Database.Sql($"{exported.Unguard} UPDATE Trail SET {exported.NotToBeRead} = 'i går' WHERE Seq = 5;");

        var (status, _, error) = await exported.VerifyLive();

        Assert.Equal(2, status);
        Assert.StartsWith("Sporet er brutt ved linje 5:", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_is_written_only_when_the_trail_has_come_further()
    {
        await using var exported = await Exported.Create();
        using var checkpoints = new Checkpoints(exported.Database, exported.Settings, exported.Database.Clock);

        var again = await checkpoints.Write(TestContext.Current.CancellationToken);

        Assert.Equal(20, again!.Seq);
        Assert.Equal(2, Directory.GetFiles(exported.Settings.CheckpointFolder).Length);
    }

    [Fact]
    public async Task A_trail_other_than_the_one_that_was_signed_is_not_signed()
    {
        await using var exported = await Exported.Create();
        await using var other = await TestDatabase.Create();
        for (var n = 1; n <= 10; n++)
        {
            await other.Write(writing => writing.Record(new TrailEvent(Actor.System, "forged", "log", "1", "", [])));
        }

        using var checkpoints = new Checkpoints(other, exported.Settings, other.Clock);

        await Assert.ThrowsAsync<InvalidDataException>(() => checkpoints.Write(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_private_key_is_for_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are Unix's.");
        await using var exported = await Exported.Create();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(exported.Settings.KeyFile));
    }

    [Fact]
    public async Task Half_a_set_of_files_is_wrong_usage()
    {
        var (status, _, error) = await Exported.Run("verify", "--export", "trail.jsonl");

        Assert.Equal(64, status);
        Assert.Contains("må oppgis sammen", error, StringComparison.Ordinal);
    }

    private static string[] Tamper(List<string> lines, string tampering)
    {
        const int Seventh = 6;
        switch (tampering)
        {
            case "edit": lines[Seventh] = lines[Seventh].Replace("\"n\":7", "\"n\":8", StringComparison.Ordinal); break;
            case "edit and hash anew": lines[Seventh] = Rehashed(lines[Seventh].Replace("\"n\":7", "\"n\":8", StringComparison.Ordinal)); break;
            case "delete": lines.RemoveAt(Seventh); break;
            case "swap": lines.Reverse(Seventh, 2); break;
            case "insert a copy": lines.Insert(Seventh, lines[Seventh]); break;
            case "not JSON": lines[Seventh] = lines[Seventh][..^1]; break;
            case "a field twice": lines[Seventh] = lines[Seventh].Replace("\"n\":7", "\"n\":8,\"n\":7", StringComparison.Ordinal); break;
            case "a field more": lines[Seventh] = lines[Seventh].Replace("\"version\":", "\"more\":1,\"version\":", StringComparison.Ordinal); break;
            case "a field less": lines[Seventh] = lines[Seventh].Replace("\"version\":\"\",", "", StringComparison.Ordinal); break;
            case "number as text": lines[Seventh] = lines[Seventh].Replace("\"seq\":7", "\"seq\":\"7\"", StringComparison.Ordinal); break;
            case "empty line": lines.Insert(Seventh, ""); break;
            case "half a character": lines[Seventh] = lines[Seventh].Replace("\"n\":7", "\"n\":\"\\ud83d\"", StringComparison.Ordinal); break;
            default: throw new ArgumentOutOfRangeException(nameof(tampering));
        }

        return [.. lines];
    }

    private static string Rehashed(string line)
    {
        var entry = (JsonObject)JsonNode.Parse(line)!;
        entry["hash"] = TrailEntry.HashOf(entry);
        return entry.ToJsonString();
    }

    /// <summary>Twenty entries with checkpoints at the tenth and the last, carried out to files.</summary>
    private sealed class Exported : IAsyncDisposable
    {
        private Exported(TestDatabase database) => Database = database;

        public TestDatabase Database { get; }

        public string Folder => Database.Folder;

        public TrailSettings Settings => new(Path.Combine(Folder, "trail-key.pem"), Path.Combine(Folder, "signed"));

        public string Trail => Path.Combine(Folder, "out", "trail.jsonl");

        public string Checkpoints => Path.Combine(Folder, "out", "checkpoints");

        public string Key => Path.Combine(Folder, "out", TrailExport.KeyName);

        public string[] Lines
        {
            get => File.ReadAllLines(Trail);
            set => File.WriteAllLines(Trail, value);
        }

        public static async Task<Exported> Create()
        {
            var exported = new Exported(await TestDatabase.Create());
            using var checkpoints = new Checkpoints(exported.Database, exported.Settings, exported.Database.Clock);
            for (var n = 1; n <= 20; n++)
            {
                var number = n;
                await exported.Database.Write(writing => writing.Record(new TrailEvent(Actor.System, "counted", "number", number.ToString(CultureInfo.InvariantCulture), "", new JsonObject { ["n"] = number })));
                if (n == 10)
                {
                    await checkpoints.Write();
                }
            }

            var (status, _, error) = await Run(["export", "--trail", exported.Trail, "--checkpoints", exported.Checkpoints, .. exported.OwnSettings()]);
            Assert.True(status == 0, error);
            return exported;
        }

        public Task<(int Status, string Output, string Error)> Verify() => Run("verify", "--export", Trail, "--checkpoints", Checkpoints, "--key", Key);

        /// <summary>What whoever owns the database must do before he can change a line.</summary>
        public string Unguard => Database.Place is PostgresServer ? "DROP TRIGGER Trail_is_never_changed ON Trail;" : "DROP TRIGGER Trail_is_never_changed;";

        /// <summary>A column in which words make no sense: PostgreSQL takes none for an instant.</summary>
        public string NotToBeRead => Database.Place is PostgresServer ? "Data" : "At";

        public Task<(int Status, string Output, string Error)> VerifyLive() => Run(["verify", .. OwnSettings()]);

        public static async Task<(int Status, string Output, string Error)> Run(params string[] words)
        {
            using var output = new StringWriter { NewLine = "\n" };
            using var error = new StringWriter { NewLine = "\n" };
            var status = await CommandLine.Run(words, new Terminal(output, error, IsInteractive: false), VerbTable.All);
            var told = error.ToString();
            return (status, output.ToString(), words[0] == "export" && status == 0 ? "" : told);
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();

        public string[] OwnSettings() =>
            [.. Database.Words, "--Trail:KeyFile", Settings.KeyFile, "--Trail:CheckpointFolder", Settings.CheckpointFolder];
    }
}
