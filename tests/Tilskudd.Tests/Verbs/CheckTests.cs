using Tilskudd.Cycle.Steps;
using Tilskudd.Runs;
using Tilskudd.Tests.House;
using Tilskudd.Tests.Storage;
using Tilskudd.Trail;
using Tilskudd.Verbs;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Tests.Verbs;

/// <summary>The verb <c>check</c> on good and bad settings, flows, words, calendars and databases.</summary>
[OnSqlite]
public sealed class CheckTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tilskudd-check-").FullName;

    public CheckTests()
    {
        Directory.CreateDirectory(Flows);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "workflows"), "*.json"))
        {
            File.Copy(file, Path.Combine(Flows, Path.GetFileName(file)));
        }
    }

    private string Flows => Path.Combine(_folder, "workflows");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_good_house_is_told_of_and_nothing_is_made()
    {
        var (status, output, error) = await Check("--Calendar:Closed", "12-24,12-31");

        Assert.Equal((0, ""), (status, output));
        Assert.Contains("5 flyter med ord på nb, nn, en er i orden", error, StringComparison.Ordinal);
        Assert.Contains("Kalenderen har 2 egne fridager", error, StringComparison.Ordinal);
        Assert.Contains("finnes ikke ennå", error, StringComparison.Ordinal);
        Assert.Equal(["workflows"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Faults_of_every_kind_are_listed_in_one_run_with_file_and_place()
    {
        await Edit("handlingsplan.json", text => text.Replace("\"Tilskudd.Close\"", "\"Tilskudd.Clsoe\"", StringComparison.Ordinal));
        await Edit("rapport.nn.json", text => text.Replace("\"steps\"", "\"stegs\"", StringComparison.Ordinal));
        File.Delete(Path.Combine(Flows, "tilskudd.en.json"));

        var (status, output, error) = await Check("--Mail:Knid", "Folder", "--Limits:VotePercent", "mye");

        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((1, ""), (status, output));
        Assert.Contains(lines, line => line.Contains("Mail:Knid", StringComparison.Ordinal) && line.Contains("Mail:Kind", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("Limits:VotePercent", StringComparison.Ordinal) && line.Contains("«mye»", StringComparison.Ordinal));
        Assert.All(["handlingsplan.json: $", "rapport.nn.json: $", "tilskudd.en.json"], told => Assert.Contains(lines, line => line.Contains(told, StringComparison.Ordinal)));
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("handlingsplan.json", "\"Tilskudd.Close\"", "\"Tilskudd.Clsoe\"", "Tilskudd.Close")]
    [InlineData("rapport.nn.json", "\"steps\"", "\"stegs\"", "$")]
    [InlineData("tilskudd.json", "{", "{ ,", "JSON")]
    public async Task A_bad_file_is_named_with_the_place_and_the_remedy(string file, string good, string bad, string told)
    {
        await Edit(file, text => text.Remove(text.IndexOf(good, StringComparison.Ordinal), good.Length).Insert(text.IndexOf(good, StringComparison.Ordinal), bad));

        var (status, _, error) = await Check();

        Assert.Equal(1, status);
        Assert.Contains(error.Split('\n'), line => line.StartsWith(Path.Combine(Flows, file) + ": $", StringComparison.Ordinal) && line.Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Words_that_are_missing_in_one_language_are_named()
    {
        File.Delete(Path.Combine(Flows, "tilskudd.en.json"));

        var (status, _, error) = await Check();

        Assert.Equal(1, status);
        Assert.Contains("tilskudd.en.json", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Calendar:Closed", "13-40", "Calendar:Closed")]
    [InlineData("--Calendar:Closed", "12-24,julaften", "julaften")]
    [InlineData("--Calendar:Closed", null, "høyst 60 datoer")]
    [InlineData("--Workflows:Folder", "/finnes/ikke", "/finnes/ikke")]
    [InlineData("--Database:Connection", "Data Source=file:data/x.db", "må peke på en fil")]
    [InlineData("--Database:Connection", "Data Source=x.db;Mode=Memory", "må peke på en fil")]
    [InlineData("--Database:Connection", "Data Source=x.db;Default Timeout=99999999999", "Database:Connection")]
    [InlineData("--Database:Connection", "Host=x", "Database:Connection")]
    public async Task A_setting_that_cannot_be_used_is_named_with_the_value(string key, string? value, string told)
    {
        // Sixty-one days are too long to write here.
        var (status, _, error) = await Check(key, value ?? string.Join(',', Enumerable.Range(0, 61).Select(day => $"{2027 + (day / 28)}-02-{(day % 28) + 1:00}")));

        Assert.Equal(1, status);
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_none_or_a_folder_is_named()
    {
        var file = Path.Combine(_folder, "noe.db");
        await File.WriteAllTextAsync(file, new string('x', 5_000), TestContext.Current.CancellationToken);

        var broken = await Check("--Database:Connection", "Data Source=" + file);
        var folder = await Check("--Database:Connection", "Data Source=" + _folder);

        Assert.Equal((1, 1), (broken.Status, folder.Status));
        Assert.Contains("er ikke en SQLite-database", broken.Error, StringComparison.Ordinal);
        Assert.Contains("mappe", folder.Error, StringComparison.Ordinal);
        Assert.Equal(5_000, new FileInfo(file).Length);
    }

    [Fact]
    public async Task A_database_of_this_version_is_in_order_and_one_with_changed_flows_is_not()
    {
        await using var database = await TestDatabase.Create();
        await Publish(database);

        var good = await Check("--Database:Connection", "Data Source=" + database.File.Path);
        await Edit("handlingsplan.json", Shorter);
        var changed = await Check("--Database:Connection", "Data Source=" + database.File.Path);

        Assert.Equal((0, 1), (good.Status, changed.Status));
        Assert.Contains($"{Flows}: Flyten handlingsplan versjon 2 er endret etter at den ble publisert.", changed.Error, StringComparison.Ordinal);

        // One working day less: another flow, and as valid.
        static string Shorter(string text) => System.Text.RegularExpressions.Regex.Replace(text, "10, *5, *1|10,\\s*5,\\s*1", "9, 5, 1");
    }

    [Theory]
    [InlineData("--Trail:KeyFile", "mappe", "er en mappe. Oppgi en fil.")]
    [InlineData("--Trail:KeyFile", "fil", "er ikke en ECDSA-nøkkel (P-256) i PEM-form.")]
    [InlineData("--Trail:KeyFile", "offentlig", "er bare den offentlige halvdelen av nøkkelen")]
    [InlineData("--Trail:KeyFile", "fil/nokkel.pem", "er en fil. Oppgi en mappe.")]
    [InlineData("--Trail:CheckpointFolder", "fil", "er en fil. Oppgi en mappe.")]
    [InlineData("--Trail:CheckpointFolder", "fil/under", "er en fil. Oppgi en mappe.")]
    [InlineData("--Mail:Folder", "fil", "er en fil. Oppgi en mappe.")]
    [InlineData("--Mail:Inbound", "fil", "er en fil. Oppgi en mappe.")]
    [InlineData("--Data:Folder", "fil", "er en fil. Oppgi en mappe.")]
    public async Task A_place_that_cannot_be_used_is_named_with_its_setting_and_the_remedy(string key, string place, string told)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "mappe"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "fil"), "noe annet", TestContext.Current.CancellationToken);
        using (var made = await TrailKey.Open(Path.Combine(_folder, "privat"), TestContext.Current.CancellationToken))
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, "offentlig"), made.PublicPem, TestContext.Current.CancellationToken);
        }

        var before = Directory.GetFileSystemEntries(_folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var path = Path.Combine(_folder, place);
        var good = await Check("--Trail:KeyFile", Path.Combine(_folder, "privat"), "--Trail:CheckpointFolder", Path.Combine(_folder, "mappe"), "--Mail:Folder", Path.Combine(_folder, "ny", "mail"));

        var (status, _, error) = await Check(key, path);

        Assert.True(good.Status == 0, good.Error);
        Assert.Equal(1, status);
        var line = Assert.Single(error.Split('\n'), line => line.StartsWith($"{key[2..]} «", StringComparison.Ordinal));
        Assert.Contains(told, line, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_key_that_is_gone_while_its_checkpoints_are_there_is_told_of()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "punkter"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "punkter", "1.json"), "{}", TestContext.Current.CancellationToken);

        var (status, _, error) = await Check("--Trail:CheckpointFolder", Path.Combine(_folder, "punkter"));

        Assert.Equal(1, status);
        Assert.Contains("(Trail:KeyFile) finnes ikke, men sporet er signert med den. Hent den fram igjen.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_and_serve_agree_on_https_without_a_certificate()
    {
        string[] words = ["--Urls", "https://127.0.0.1:0"];

        var check = await Check(words);
        var serve = await Run("serve", words);

        Assert.Equal((1, 1), (check.Status, serve.Status));
        var told = Assert.Single(check.Error.Split('\n'), line => line.Contains("ikke noe sertifikat for https", StringComparison.Ordinal));
        Assert.Contains(told, serve.Error, StringComparison.Ordinal);
    }

    private async Task Publish(TestDatabase database)
    {
        var flows = DefinitionFolder.Read(Flows, CycleSteps.Catalogue).Value!;
        Assert.Null(await database.Door.Write(async writing =>
        {
            Assert.Empty(await new FlowLibrary(flows, CycleSteps.Catalogue).Publish(writing));
            return null;
        }, TestContext.Current.CancellationToken));
    }

    private async Task Edit(string file, Func<string, string> edit)
    {
        var path = Path.Combine(Flows, file);
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var edited = edit(text);
        Assert.NotEqual(text, edited);
        await File.WriteAllTextAsync(path, edited, TestContext.Current.CancellationToken);
    }

    private Task<(int Status, string Output, string Error)> Check(params string[] more) => Run("check", more);

    private async Task<(int Status, string Output, string Error)> Run(string verb, string[] more)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] settings = ["--Workflows:Folder", Flows, "--Data:Folder", Path.Combine(_folder, "data"), "--Database:Connection", "Data Source=" + Path.Combine(_folder, "data", "tilskudd.db")];
        var own = settings.Chunk(2).Where(pair => !more.Contains(pair[0])).SelectMany(pair => pair);
        var status = await CommandLine.Run([verb, .. own, .. more], new Terminal(output, error, IsInteractive: false), VerbTable.All);
        return (status, output.ToString(), error.ToString());
    }
}
