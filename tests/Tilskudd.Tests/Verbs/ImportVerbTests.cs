using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SpreadCheetah;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Demo;
using Tilskudd.Tests.Faults;
using Tilskudd.Tests.Planning;
using Tilskudd.Tests.Planning.Sheets;
using Tilskudd.Tests.Storage;
using Tilskudd.Verbs;
using Tilskudd.Year.Sources;

namespace Tilskudd.Tests.Verbs;

/// <summary>A workbook is written into the draft of Strømsø's plan for 2025.</summary>
public class ImportVerbTests
{
    private const string Done = "Skrevet i kladden: ";

    [Fact]
    public async Task Stromsos_eighteen_tiltak_come_in_with_the_budget_they_have_to_the_ore()
    {
        await using var given = await Writing();
        var world = RealWorld.Read().Trusted();
        var tiltak = PlanDraft.ForStromso(world).Tiltak.Where(one => one.Verbatim.Length > 0).ToList();
        var path = Path.Combine(given.Database.Folder, "handlingsplan.xlsx");
        await File.WriteAllBytesAsync(path, await Workbook(tiltak));

        var (status, output, error) = await Import(given, path);

        Assert.Equal((0, Done + "18 nye og 0 endrede tiltak.\n"), (status, error));
        Assert.Contains("18 tiltak, 1 sumrad som stemmer", output, StringComparison.Ordinal);
        var plan = await given.Stored();
        Assert.Equal(tiltak.Select(one => (one.Name, one.Theme, one.SubTheme)), plan.Tiltak.OrderBy(one => one.Number).Select(one => (one.Name, one.Theme, one.SubTheme)));
        await using var db = given.Database.Read();
        var sources = await db.FundingSources.ToDictionaryAsync(source => source.Id, source => source.Code);
        Assert.Equal(
            tiltak.SelectMany(one => one.Budget.Select(line => (one.Name, line.Key, line.Value.Ore))).Order(),
            plan.Tiltak.SelectMany(one => one.Budget.Select(line => (one.Name, sources[line.SourceId], line.Amount.Ore))).Order());

        // All of KDD's 11 500 000 but the 500 000 of the evaluation, and all of AID's.
        Assert.Equal([("AID", 110_000_000L), ("KDD", 1_100_000_000L)], sources.Where(source => source.Value != "Egen").OrderBy(source => source.Value).Select(source => (source.Value, plan.Planned(source.Key).Ore)));
        Assert.Equal((null, 0), (plan.SavedBy, plan.Writers.Count));
        await Sound.IsWhole(given.Database);
    }

    [Fact]
    public async Task The_same_file_twice_changes_nothing_and_leaves_no_line_in_the_trail()
    {
        await using var given = await Writing();
        var path = Budget(["Leksehjelp", "Oppvekst", 1_000_000, null], ["Sommerjobber", "Arbeid", null, 300_000]).Save(given.Database.Folder);
        var first = await Import(given, path);
        var (head, revision) = (await Head(given), (await given.Stored()).Revision);

        var second = await Import(given, path);

        Assert.Equal((0, 0, "Kladden er alt som fila. Ingenting er skrevet.\n"), (first.Status, second.Status, second.Error));
        Assert.Contains("Uendret: 2 tiltak.", second.Out, StringComparison.Ordinal);
        Assert.Equal((head, revision), (await Head(given), (await given.Stored()).Revision));
    }

    [Fact]
    public async Task What_is_there_is_changed_by_what_the_file_says_and_by_nothing_else()
    {
        await using var given = await Writing();
        await given.WriteAll();
        await given.Database.Write(w =>
        {
            var plan = w.Db.Handlingsplaner.Single();
            var other = plan.Add(w.Ids.Next<TiltakId>(), "", given.Amina, w.Now);
            plan.WriteTiltak(other.TiltakId, Text("Språkkafé", given.Kdd, 200_000), plan.Revision, given.Amina, w.Now);
        });
        var id = (await given.Stored()).Tiltak.Single(tiltak => tiltak.Name == "Leksehjelp").TiltakId;

        var (status, output, error) = await Import(given, Budget([" leksehjelp ", "OPPVEKST", null, 300_000], ["Dialoghuset", null, 400_000, null]).Save(given.Database.Folder));

        Assert.Equal((0, Done + "1 nye og 1 endrede tiltak.\n"), (status, error));
        var plan = await given.Stored();
        var kept = plan.Tiltak.Single(tiltak => tiltak.TiltakId == id);
        Assert.Equal(("leksehjelp", "Oppvekst", "60 barn", "40 barn i 2024", TiltakStatus.Running), (kept.Name, kept.Theme, kept.Target, kept.Baseline, kept.Status));
        Assert.Equal((130_000_000, 100_000_000), (kept.Total.Ore, kept.From(given.Kdd).Ore));
        Assert.Equal(["leksehjelp", "Språkkafé", "Dialoghuset"], plan.Tiltak.OrderBy(tiltak => tiltak.Number).Select(tiltak => tiltak.Name));
        Assert.All(
            [
                "    Navn på tiltaket: Leksehjelp → leksehjelp\n    AID: (tomt) → 300 000 kr\n", "Nye tiltak (1):\n  Dialoghuset\n", "Står i kladden, ikke i fila (1). De blir stående:\n  Språkkafé, 200 000 kr\n",
                "«leksehjelp»: cellen for KDD er tom, så 1 000 000 kr i kladden blir stående.",
            ],
            each => Assert.Contains(each, output.Replace('\u00A0', ' '), StringComparison.Ordinal));
        Assert.Matches(@"\nKDD\s+400\s000\skr\s+1\s600\s000\skr\s+11\s500\s000\skr\s+9\s900\s000\skr\nAID\s+300\s000\skr\s+300\s000\skr\s+1\s100\s000\skr\s+800\s000\skr\n", output);
    }

    [Fact]
    public async Task A_nought_takes_an_amount_away()
    {
        await using var given = await Writing();
        await given.WriteAll();

        var (status, _, _) = await Import(given, Budget(["Leksehjelp", null, 0, null]).Save(given.Database.Folder));

        Assert.Equal(0, status);
        Assert.Empty((await given.Stored()).Tiltak.Single().Budget);
    }

    [Fact]
    public async Task The_trail_tells_by_the_system_which_tiltak_were_written_from_which_file()
    {
        await using var given = await Writing();
        await given.WriteAll();
        var path = Budget(["Leksehjelp", null, 1_200_000, null], ["Dialoghuset", null, 400_000, null]).Save(given.Database.Folder);

        await Import(given, path);

        await using var db = given.Database.Read();
        var entry = await db.Trail.OrderBy(line => line.Seq).LastAsync();
        var data = JsonNode.Parse(entry.Data)!;
        var plan = await given.Stored();
        Assert.Equal(("system", "tiltak-imported", $"handlingsplan/{given.Plan}"), (entry.Actor, entry.Event, entry.Object));
        Assert.Equal([plan.Tiltak.Single(one => one.Name == "Dialoghuset").TiltakId.ToString()], data["added"]!.AsArray().Select(one => (string)one!));
        Assert.Equal([plan.Tiltak.Single(one => one.Name == "Leksehjelp").TiltakId.ToString()], data["written"]!.AsArray().Select(one => (string)one!));
        Assert.Equal((160_000_000, plan.Revision, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(path)))), ((long)data["totalOre"]!, (int)data["revision"]!, (string)data["file"]!));
    }

    [Fact]
    public async Task A_tiltak_is_known_by_its_id_for_life_and_by_its_number_where_the_names_are_near()
    {
        await using var given = await Writing();
        await given.WriteAll();
        var id = (await given.Stored()).Tiltak.Single().TiltakId;

        var renamed = await Import(given, GivenBook.Of(["Id", "Tiltak", "KDD"], [id.ToString(), "Lesekroken", 1_000_000]).Save(given.Database.Folder));
        var numbered = await Import(given, GivenBook.Of(["Nr", "Tiltak", "KDD"], [1, "Lesekroken på skolen", 1_000_000], [2, "Dialoghuset", 400_000]).Save(given.Database.Folder));
        var strange = await Import(given, GivenBook.Of(["Nr", "Tiltak", "KDD"], [1, "Idrettshall", 1_000_000]).Save(given.Database.Folder));
        var unknown = await Import(given, GivenBook.Of(["Id", "Tiltak", "KDD"], [given.Plan.ToString(), "Svømming", 5_000]).Save(given.Database.Folder));

        Assert.Equal((0, 0, 1, 1), (renamed.Status, numbered.Status, strange.Status, unknown.Status));
        Assert.Contains("celle B2: «Idrettshall»: Nummer 1 er «Lesekroken på skolen» i kladden.", strange.Error, StringComparison.Ordinal);
        Assert.Contains($"Id-en {given.Plan} finnes ikke.", unknown.Error, StringComparison.Ordinal);
        Assert.Equal([(id, "Lesekroken på skolen"), (null, "Dialoghuset")], (await given.Stored()).Tiltak.OrderBy(one => one.Number).Select(one => (one.TiltakId == id ? id : (TiltakId?)null, one.Name)));
    }

    [Fact]
    public async Task An_id_from_the_units_own_earlier_years_is_taken_up_again_and_another_units_is_not()
    {
        await using var given = await Writing();
        var (own, others) = (default(TiltakId), default(TiltakId));
        await given.Database.Write(w =>
        {
            var other = new PlanUnit(w.Ids.Next<PlanUnitId>(), given.Programme, "fjell", "Fjell", PlanUnitKind.Area, null);
            (own, others) = (w.Ids.Next<TiltakId>(), w.Ids.Next<TiltakId>());
            var before = Handlingsplan.Start(w.Ids.Next<HandlingsplanId>(), given.Unit, GivenPlan.Year.Previous(), w.Now);
            var beside = Handlingsplan.Start(w.Ids.Next<HandlingsplanId>(), other.Id, GivenPlan.Year.Previous(), w.Now);
            before.Add(own, "", null, w.Now);
            beside.Add(others, "", null, w.Now);
            w.Db.AddRange(other, before, beside);
        });

        var taken = await Import(given, GivenBook.Of(["Id", "Tiltak", "KDD"], [own.ToString(), "Leksehjelp", 1_000_000]).Save(given.Database.Folder), "--unit", "stromso");
        var refused = await Import(given, GivenBook.Of(["Id", "Tiltak", "KDD"], [others.ToString(), "Dialoghuset", 1_000_000]).Save(given.Database.Folder), "--unit", "stromso");

        Assert.Equal((0, 1), (taken.Status, refused.Status));
        Assert.Contains($"Id-en {others} er et tiltak i en annen planenhet.", refused.Error, StringComparison.Ordinal);
        Assert.Equal(own, (await given.Stored()).Tiltak.Single().TiltakId);
    }

    [Fact]
    public async Task A_trial_tells_the_same_and_writes_nothing()
    {
        await using var given = await Writing();
        var path = Budget(["Leksehjelp", "Oppvekst", 12_000_000, null]).Save(given.Database.Folder);
        var (everything, head) = (await given.Database.Everything(), await Head(given));

        var trial = await Import(given, path, "--dry-run");
        var afterTrial = (await given.Database.Everything(), await Head(given));
        var real = await Import(given, path);

        Assert.Equal((0, "Prøvekjøring: ingenting er skrevet. Kjør uten «--dry-run» for å skrive det.\n"), (trial.Status, trial.Error));
        Assert.Equal((everything, head), afterTrial);
        Assert.Equal(trial.Out, real.Out);
        Assert.Contains("500 000 kr for mye", trial.Out.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.NotEqual(head, await Head(given));
    }

    [Fact]
    public async Task A_fault_in_the_last_row_leaves_nothing_of_those_before_it()
    {
        await using var given = await Writing();
        var (everything, head) = (await given.Database.Everything(), await Head(given));

        var file = await Import(given, Budget(["Leksehjelp", null, 1_000_000, null], ["Dialoghuset", null, "1.000", null]).Save(given.Database.Folder));
        // More than a plan can hold is found only when all is added up.
        var together = await Import(given, Budget(["Leksehjelp", null, 900_000_000_000m, null], ["Dialoghuset", null, 900_000_000_000m, null]).Save(given.Database.Folder));

        Assert.Equal((1, 1, "", ""), (file.Status, together.Status, file.Out, together.Out));
        Assert.Contains("celle C3: «1.000» kan ikke leses som beløp.", file.Error, StringComparison.Ordinal);
        Assert.Contains("celle A3: «Dialoghuset»: ", together.Error, StringComparison.Ordinal);
        Assert.Equal((everything, head), (await given.Database.Everything(), await Head(given)));
    }

    [Fact]
    public async Task A_plan_that_is_not_open_for_writing_is_left_alone()
    {
        await using var given = await GivenPlan.Start();
        var path = Budget(["Leksehjelp", null, 1_000_000, null]).Save(given.Database.Folder);
        var beforeFrame = await Import(given, path);
        await given.SetFrame();
        await given.WriteAll();
        await given.Send();

        var (status, _, error) = await Import(given, path);
        var trial = await Import(given, path, "--dry-run");

        Assert.Equal((1, 1, 1), (beforeFrame.Status, status, trial.Status));
        Assert.Contains("ikke åpen for skriving nå", error, StringComparison.Ordinal);
        Assert.Contains("Den venter i steget «", error, StringComparison.Ordinal);
        Assert.Equal(error, trial.Error);
    }

    [Theory]
    [InlineData("--programme drammn --year 2025", 1, "Det finnes ikke noe program «drammn». Mente du «drammen»?")]
    [InlineData("--programme drammen --year 2026", 1, "året er ikke åpnet")]
    [InlineData("--programme drammen --year 2025 --unit fjell", 1, "ingen planenhet «fjell» i 2025. Planenhetene er stromso (Strømsø 2030).")]
    [InlineData("--programme drammen --year 2025 --sheet Ark9", 1, "ikke noe ark «Ark9»")]
    [InlineData("--programme drammen --year 25", 64, "«--year 25» er ikke et tilskuddsår")]
    [InlineData("--programme drammen", 64, "«--year» må oppgis")]
    public async Task What_is_asked_for_wrongly_is_told(string words, int expected, string told)
    {
        await using var given = await Writing();

        var (status, output, error) = await Run(given.Database, ["import", Budget(["Leksehjelp", null, 1_000_000, null]).Save(given.Database.Folder), .. words.Split(' ')]);

        Assert.Equal((expected, ""), (status, output));
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_plan_units_one_must_be_named()
    {
        await using var given = await Writing();
        await given.Database.Write(w => w.Db.Add(new PlanUnit(w.Ids.Next<PlanUnitId>(), given.Programme, "fjell", "Fjell", PlanUnitKind.Area, null)));
        var path = Budget(["Leksehjelp", null, 1_000_000, null]).Save(given.Database.Folder);

        var (status, _, error) = await Import(given, path);
        var named = await Import(given, path, "--unit", "stromso");
        var other = await Import(given, path, "--unit", "fjell");

        Assert.Equal((1, 0, 1), (status, named.Status, other.Status));
        Assert.Contains("flere planenheter. Oppgi én med «--unit»: fjell (Fjell), stromso (Strømsø 2030).", error, StringComparison.Ordinal);
        Assert.Contains("Fjell har ingen handlingsplan for 2025", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_no_workbook_is_refused()
    {
        await using var given = await Writing();
        var csv = Path.Combine(given.Database.Folder, "plan.xlsx");
        await File.WriteAllTextAsync(csv, "Tiltak;KDD\nLeksehjelp;1000000\n");

        var (renamed, gone, folder) = (await Import(given, csv), await Import(given, csv + "x"), await Import(given, given.Database.Folder));

        Assert.Equal((1, 1, 1), (renamed.Status, gone.Status, folder.Status));
        Assert.Contains("Er den en tekstfil (CSV)", renamed.Error, StringComparison.Ordinal);
        Assert.Contains("finnes ikke", gone.Error, StringComparison.Ordinal);
        Assert.Contains("er en mappe", folder.Error, StringComparison.Ordinal);
    }

    internal static GivenBook Budget(params object?[][] rows) => GivenBook.Of([["Tiltak", "Tema", "KDD", "AID"], .. rows]);

    internal static async Task<GivenPlan> Writing()
    {
        var given = await GivenPlan.Start();
        await given.SetFrame();
        return given;
    }

    private static TiltakText Text(string name, FundingSourceId source, long kroner) => new(
        name, "Oppvekst", "", "", "", "", TiltakStatus.Running, TiltakChange.New, [], new Dictionary<FundingSourceId, Money> { [source] = Money.FromKroner(kroner) }, "", false);

    private static async Task<(long, string)> Head(GivenPlan given)
    {
        await using var db = given.Database.Read();
        var last = await db.Trail.OrderByDescending(entry => entry.Seq).FirstAsync();
        return (last.Seq, last.Hash);
    }

    private static Task<(int Status, string Out, string Error)> Import(GivenPlan given, string path, params string[] more) =>
        Run(given.Database, ["import", path, "--programme", "drammen", "--year", "2025", .. more]);

    internal static async Task<(int Status, string Out, string Error)> Run(TestDatabase database, IReadOnlyList<string> words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var status = await CommandLine.Run([.. words, "--Data:Folder", database.Folder, .. database.Words], new Terminal(output, error, IsInteractive: false), VerbTable.All);
        return (status, output.ToString(), error.ToString());
    }

    // As a municipality keeps it, by another writer: amounts from one ministry in kroner, from the other in thousands, and the sums below.
    private static async Task<byte[]> Workbook(IReadOnlyList<DraftTiltak> tiltak)
    {
        using var stream = new MemoryStream();
        await using (var book = await Spreadsheet.CreateNewAsync(stream))
        {
            await book.StartWorksheetAsync("Handlingsplan 2025");
            await book.AddRowAsync([new Cell("Handlingsplan 2025, Strømsø 2030")]);
            await book.AddRowAsync([.. new[] { "Tema", "Deltema", "Tiltak", "KDD (kr)", "AID (1 000 kr)" }.Select(text => new Cell(text))]);
            foreach (var one in tiltak)
            {
                await book.AddRowAsync([new Cell(one.Theme), new Cell(one.SubTheme), new Cell(one.Name), Amount(one, "KDD", 1), Amount(one, "AID", 1_000)]);
            }

            await book.AddRowAsync([new Cell("Sum"), new Cell(), new Cell(), new Cell(11_000_000), new Cell(1_100)]);
            await book.FinishAsync();
        }

        return stream.ToArray();

        static Cell Amount(DraftTiltak one, string source, int unit) => one.Budget.TryGetValue(source, out var amount) ? new Cell((amount.Ore / 100m / unit).ToString("#,##0", CultureInfo.GetCultureInfo("nb-NO"))) : new Cell();
    }
}

/// <summary>What only a file on a disk has: the server's lock, and a process that is killed while it writes.</summary>
[OnSqlite]
public sealed class ImportToFileTests
{
    [Fact]
    public async Task Nothing_is_written_beside_a_server_but_a_trial_may_look()
    {
        await using var given = await ImportVerbTests.Writing();
        var path = ImportVerbTests.Budget(["Leksehjelp", null, 1_000_000, null]).Save(given.Database.Folder);
        string[] words = ["import", path, "--programme", "drammen", "--year", "2025"];

        using var served = Tilskudd.Storage.ServerLock.TryTake(given.Database.Place);
        var (status, _, error) = await ImportVerbTests.Run(given.Database, words);
        var trial = await ImportVerbTests.Run(given.Database, [.. words, "--dry-run"]);

        Assert.Equal((1, 0), (status, trial.Status));
        Assert.Contains("alt i bruk av en annen tjener", error, StringComparison.Ordinal);
        Assert.Empty((await given.Stored()).Tiltak);
    }

    [Fact]
    public async Task Killed_at_any_call_to_the_disk_all_of_the_file_is_in_the_draft_or_nothing()
    {
        Served.Needs("/usr/bin/strace");
        await using var given = await ImportVerbTests.Writing();
        var path = ImportVerbTests.Budget([.. Enumerable.Range(1, 40).Select(number => new object?[] { $"Tiltak {number}", "Oppvekst", 100_000 + number, null })]).Save(given.Database.Folder);
        string[] words = ["import", path, "--programme", "drammen", "--year", "2025", "--Data:Folder", given.Database.Folder, .. given.Database.Words];

        var killed = 0;
        for (var status = -1; status != 0; killed++)
        {
            Assert.InRange(killed, 0, 30);
            var under = Served.KilledAt(Served.ToDisk, killed + 1);
            using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(under[0], [.. under[1..], Served.Program, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            status = process.ExitCode;

            await using var db = given.Database.Read();
            var told = await db.Trail.CountAsync(entry => entry.Event == "tiltak-imported");
            Assert.Equal(told * 40, (await given.Stored()).Tiltak.Count);
            Assert.InRange(told, status == 0 ? 1 : 0, 1);
            await Sound.IsWhole(given.Database);
        }

        Assert.True(killed > 1, "Nothing was brought to the disk.");
    }
}
