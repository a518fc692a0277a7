using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Archive;
using Tilskudd.Cycle;
using Tilskudd.Setup;
using Tilskudd.Tests.Runs;
using Tilskudd.Tests.Storage;
using Tilskudd.Trail;
using Tilskudd.Verbs;

namespace Tilskudd.Tests.Archive;

/// <summary>A plan before its group, carried out as a case; what happened afterwards stands in the trail too.</summary>
public sealed class PackedCase : IAsyncLifetime
{
    private GivenAYear _given = null!;
    private int _folders;

    internal TestDatabase Database => _given.Site.Database;

    internal Guid Plan { get; private set; }

    public string Folder => Path.Combine(Database.Folder, "sak");

    public async ValueTask InitializeAsync()
    {
        _given = await GivenAYear.Create();
        await _given.BeforeTheGroup();
        await using (var db = _given.Read())
        {
            Plan = (await db.Handlingsplaner.SingleAsync()).Id.Value;
        }

        await _given.MoreRuns(1);
        Assert.Null(await Package().Write(Plan, null, Folder));
    }

    internal CasePackage Package(PrintPdf? pdf = null) =>
        new(Database, new TrailSettings(Path.Combine(Database.Folder, "trail-key.pem"), Path.Combine(Database.Folder, "checkpoints")), pdf, Database.Clock);

    /// <summary>A folder that goes with the database.</summary>
    public string Empty() => Directory.CreateDirectory(Path.Combine(Database.Folder, $"mappe-{Interlocked.Increment(ref _folders)}")).FullName;

    /// <summary>A copy to spoil.</summary>
    public string Copy()
    {
        var copy = Empty();
        foreach (var path in PackageFile.All(Folder))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, path))!);
            File.Copy(Path.Combine(Folder, path), Path.Combine(copy, path));
        }

        return copy;
    }

    public static async Task<(int Status, string Output, string Error)> Verify(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var status = await CommandLine.Run(["verify", .. words], new Terminal(output, error, IsInteractive: false), VerbTable.All);
        return (status, output.ToString(), error.ToString());
    }

    public ValueTask DisposeAsync() => _given.DisposeAsync();
}

public sealed class CasePackageTests(PackedCase packed) : IClassFixture<PackedCase>
{
    [Fact]
    public async Task A_case_as_it_was_written_is_whole()
    {
        var (status, output, error) = await PackedCase.Verify("--package", packed.Folder);

        Assert.Equal((0, ""), (status, error));
        Assert.StartsWith("Saksmappen er i orden: ", output, StringComparison.Ordinal);
        Assert.Equal(
            ["README.txt", "case.json", "checkpoint-key.pem", "decisions.json", "handlingsplan-1.html", "handlingsplan-1.json", "manifest.json", "package.css", "trail.jsonl"],
            PackageFile.All(packed.Folder).Where(path => !path.Contains('/')));
    }

    [Fact]
    public async Task The_document_has_the_hash_that_was_voted_on_and_reads_like_the_plan()
    {
        await using var db = packed.Database.Read();
        var version = (await db.Handlingsplaner.SingleAsync(plan => plan.Id == new Tilskudd.Cycle.Planning.HandlingsplanId(packed.Plan), TestContext.Current.CancellationToken)).Versions.Single();

        Assert.Equal(version.Hash, Canonical.Hash(Read("handlingsplan-1.json")));
        Assert.Equal(version.Hash, (string)JsonNode.Parse(Read("decisions.json"))![0]!["hash"]!);
        Assert.Contains("Leksehjelp to dager i uka", Read("handlingsplan-1.html"), StringComparison.Ordinal);
        Assert.Contains(version.Hash, Read("handlingsplan-1.html"), StringComparison.Ordinal);
        Assert.Contains("Handlingsplan 2025 for Strømsø", Read("README.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_decisions_stand_with_their_counts()
    {
        var round = JsonNode.Parse(Read("decisions.json"))![0]!;

        Assert.Equal(("Politisk styringsgruppe", 5, 3, 0), ((string)round["body"]!, (int)round["size"]!, (int)round["quorum"]!, (int)round["present"]!));
    }

    [Fact]
    public async Task Any_single_byte_that_is_changed_is_found_and_the_file_named()
    {
        var copy = packed.Copy();
        foreach (var path in PackageFile.All(copy))
        {
            var file = Path.Combine(copy, path);
            var whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            foreach (var place in Enumerable.Range(0, 24).Select(i => i * (whole.Length - 1) / 23).Distinct())
            {
                var spoiled = whole.ToArray();
                spoiled[place] ^= 1;
                await File.WriteAllBytesAsync(file, spoiled, TestContext.Current.CancellationToken);

                var (status, _, error) = await PackedCase.Verify("--package", copy);

                Assert.True(status is 2 or 4, $"{path}, byte {place}: {status}");
                Assert.Contains(path, error, StringComparison.Ordinal);
            }

            await File.WriteAllBytesAsync(file, whole, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, (await PackedCase.Verify("--package", copy)).Status);
    }

    [Fact]
    public async Task A_file_that_is_missing_is_found_and_named()
    {
        foreach (var path in PackageFile.All(packed.Folder).Where(path => path != PackageManifest.Name))
        {
            var copy = packed.Copy();
            File.Delete(Path.Combine(copy, path));

            var (status, _, error) = await PackedCase.Verify("--package", copy);

            Assert.Equal((path, path == "checkpoint-key.pem" ? 4 : path is "trail.jsonl" ? 2 : 3), (path, status));
            Assert.Contains($"{path}: mangler.", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("notat.txt")]
    [InlineData(".skjult")]
    [InlineData("checkpoints/notat.txt")]
    public async Task A_file_more_is_found_and_named(string path)
    {
        var copy = packed.Copy();
        await File.WriteAllTextAsync(Path.Combine(copy, path), "x", TestContext.Current.CancellationToken);

        var (status, _, error) = await PackedCase.Verify("--package", copy);

        Assert.Equal((2, $"{path}: står ikke i manifest.json."), (status, error.Trim()));
    }

    [Fact]
    public async Task Two_files_that_have_changed_places_are_found()
    {
        var copy = packed.Copy();
        var (one, other) = (Path.Combine(copy, "case.json"), Path.Combine(copy, "decisions.json"));
        File.Move(one, one + ".x");
        File.Move(other, one);
        File.Move(one + ".x", other);

        var (status, _, error) = await PackedCase.Verify("--package", copy);

        Assert.Equal(2, status);
        Assert.Contains("case.json: er endret", error, StringComparison.Ordinal);
        Assert.Contains("decisions.json: er endret", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_signed_anew_with_another_key_is_found_by_who_has_the_key()
    {
        var copy = packed.Copy();
        using var key = await TrailKey.Open(Path.Combine(copy, "..", Path.GetFileName(copy) + ".pem"), TestContext.Current.CancellationToken);
        var known = Path.Combine(packed.Folder, "checkpoint-key.pem");
        await File.WriteAllTextAsync(Path.Combine(copy, "handlingsplan-1.html"), "En annen plan", TestContext.Current.CancellationToken);
        await Resign(copy, key);

        var alone = await PackedCase.Verify("--package", copy);
        var trusted = await PackedCase.Verify("--package", copy, "--key", known);
        var untouched = await PackedCase.Verify("--package", packed.Folder, "--key", known);

        Assert.Equal((4, 4, 0), (alone.Status, trusted.Status, untouched.Status));
        Assert.Contains("checkpoint-key.pem: er ikke den nøkkelen", trusted.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Even_one_who_signs_cannot_put_another_plan_or_another_trail_in_its_place()
    {
        using var key = await TrailKey.Open(Path.Combine(packed.Database.Folder, "trail-key.pem"), TestContext.Current.CancellationToken);
        var (plan, trail) = (packed.Copy(), packed.Copy());
        await File.WriteAllTextAsync(Path.Combine(plan, "handlingsplan-1.json"), Read("handlingsplan-1.json").Replace("Leksehjelp", "Leksefri", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(trail, "trail.jsonl"), Read("trail.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries)[..^1], TestContext.Current.CancellationToken);
        await Resign(plan, key);
        await Resign(trail, key);

        var changed = await PackedCase.Verify("--package", plan);
        var cut = await PackedCase.Verify("--package", trail);

        Assert.Equal((2, 3), (changed.Status, cut.Status));
        Assert.StartsWith("handlingsplan-1.json: har et annet innhold", changed.Error, StringComparison.Ordinal);
        Assert.StartsWith("trail.jsonl: ", cut.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("finnes-ikke")]
    [InlineData(".")]
    public async Task What_is_no_case_is_refused(string folder)
    {
        var empty = packed.Empty();

        var (status, output, error) = await PackedCase.Verify("--package", Path.Combine(empty, folder));

        Assert.Equal((1, ""), (status, output));
        Assert.StartsWith("Mappen «", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_listed_twice_is_found_and_half_a_letter_is_no_text()
    {
        var (twice, half) = (packed.Copy(), packed.Copy());
        var manifest = Path.Combine(twice, "manifest.json");
        var parsed = JsonNode.Parse(await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken))!;
        var files = PackageManifest.Parse(await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken))!;
        await File.WriteAllTextAsync(manifest, (files with { Files = [.. files.Files, files.Files[0]] }).ToText(), TestContext.Current.CancellationToken);
        var told = Path.Combine(half, "case.json");
        await File.WriteAllTextAsync(told, (await File.ReadAllTextAsync(told, TestContext.Current.CancellationToken)).Replace("Strømsø", "\\ud800", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var (first, second) = (await PackedCase.Verify("--package", twice), await PackedCase.Verify("--package", half));

        Assert.NotNull(parsed);
        Assert.Contains($"nevner «{files.Files[0].Path}» to ganger", first.Error, StringComparison.Ordinal);
        Assert.Equal(2, second.Status);
    }

    [Fact]
    public async Task A_folder_with_something_in_it_is_left_alone_and_nothing_is_half_written()
    {
        var mine = packed.Empty();
        await File.WriteAllTextAsync(Path.Combine(mine, "mine.txt"), "x", TestContext.Current.CancellationToken);
        var fresh = Path.Combine(mine, "ny");

        var refused = await packed.Package().Write(packed.Plan, null, mine, TestContext.Current.CancellationToken);
        var unknown = await packed.Package().Write(Guid.Empty, null, fresh, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<ToldFault>(() => packed.Package(new PrintPdf("/finnes/ikke/chromium")).Write(packed.Plan, null, fresh, TestContext.Current.CancellationToken));

        Assert.Contains("ikke en tom mappe", refused, StringComparison.Ordinal);
        Assert.StartsWith("Det finnes ingen handlingsplan", unknown, StringComparison.Ordinal);
        Assert.Equal(["mine.txt"], PackageFile.All(mine));
        Assert.Equal([], Directory.GetDirectories(mine));
    }

    [Fact]
    public async Task The_trail_of_a_case_holds_its_own_lines_and_no_more_than_leads_to_a_signature()
    {
        await using var db = packed.Database.Read();
        var objects = await db.Trail.Select(entry => new { entry.Seq, entry.Object }).ToListAsync(TestContext.Current.CancellationToken);
        var own = JsonNode.Parse(Read("case.json"))!["trail"]!.AsArray().Select(seq => (long)seq!).ToList();

        Assert.NotEmpty(own);
        Assert.True(own.Count < objects.Count, "Another run's lines are not the case's.");
        Assert.Contains(objects.Single(entry => entry.Object.StartsWith("round/", StringComparison.Ordinal)).Seq, own);
        Assert.True(File.Exists(Path.Combine(packed.Folder, "checkpoints", $"{objects.Max(entry => entry.Seq)}.json")));
    }

    private string Read(string path) => File.ReadAllText(Path.Combine(packed.Folder, path));

    private static async Task Resign(string folder, TrailKey key)
    {
        File.Delete(Path.Combine(folder, PackageManifest.Name));
        await File.WriteAllTextAsync(Path.Combine(folder, "checkpoint-key.pem"), key.PublicPem, TestContext.Current.CancellationToken);
        var files = new List<PackageFile>();
        foreach (var path in PackageFile.All(folder))
        {
            files.Add(await PackageFile.Read(folder, path, TestContext.Current.CancellationToken));
        }

        await File.WriteAllTextAsync(Path.Combine(folder, PackageManifest.Name), PackageManifest.Sign(files, key).ToText(), TestContext.Current.CancellationToken);
    }
}
