using System.Globalization;
using System.Text.Json.Nodes;
using Tilskudd.Year.Sources;

namespace Tilskudd.Tests.Year.Sources;

public sealed class SourceFaultTests
{
    private static readonly SourceFiles Files = SourceFiles.Embedded();

    public static TheoryData<string> FileNames =>
    [
        "bergen-areas.json", "budget-2024.json", "criteria.json", "funding-stromso-2025.json", "idehefte-tiltak.json", "oslo-delprogram.json",
        "programmes.json", "tiltak-stromso-2025.json", "timeplan-stromso.json",
    ];

    [Theory]
    [InlineData("budget-2024.json", "$.rader[0].celler_ordrett.KDD", "\"67,3\"", "$.rader[0].celler_ordrett.KDD")]
    [InlineData("budget-2024.json", "$.rader[1].celler_ordrett.AID", "\"0\"", "$.rader[1].celler_ordrett.AID")]
    [InlineData("budget-2024.json", "$.rader[1].belop_kr.AID", "0", "$.rader[1].celler_ordrett.AID")]
    [InlineData("budget-2024.json", "$.rader[0].celler_ordrett.SUM", "\"145.7\"", "$.rader[0].celler_ordrett.SUM")]
    [InlineData("budget-2024.json", "$.rader[5].per_kommune_mill_kr", "4", "$.rader[5].per_kommune_mill_kr")]
    [InlineData("budget-2024.json", "$.sum_rad.celler_ordrett.SUM", "\"298,7\"", "$.sum_rad.celler_ordrett.SUM")]
    [InlineData("budget-2024.json", "$.enhet_i_kilde", "\"tusen kr\"", "$.enhet_i_kilde")]
    [InlineData("budget-2024.json", "$.budsjettaar", "1899", "$.budsjettaar")]
    [InlineData("budget-2024.json", "$.rader[0].kilde.fil", "\"DOC-009\"", "$.rader[0].kilde.fil")]
    [InlineData("budget-2024.json", "$.utenfor_tabellen[0].belop_kr", "2500001", "$.utenfor_tabellen[0].belop_kr")]
    [InlineData("programmes.json", "$.programmer[2].tilskudd_2024_kr", "12600001", "$.programmer[2].tilskudd_2024_kr")]
    [InlineData("programmes.json", "$.programmer[1].ramme_2025.belop_kr.AID", "0", "$.programmer[1].ramme_2025.belop_kr.AID")]
    [InlineData("programmes.json", "$.programmer[0].id", "\"Ås\"", "$.programmer[0].id")]
    [InlineData("programmes.json", "$.programmer[0].til", "2016", "$.programmer[0].til")]
    [InlineData("programmes.json", "$.programmer[0].planenheter[3].overordnet", "\"finnes-ikke\"", "$.programmer[0].planenheter")]
    [InlineData("programmes.json", "$.programmer[0].planenheter[3].slag", "\"krets\"", "$.programmer[0].planenheter[3].slag")]
    [InlineData("funding-stromso-2025.json", "$.poster[0].kapittel", "591", "$.poster[0].kapittel_post_ordrett")]
    [InlineData("funding-stromso-2025.json", "$.poster[1].belop_kr", "1100000.5", "$.poster[1].belop_kr")]
    [InlineData("funding-stromso-2025.json", "$.poster[1].belop_ordrett", "\"\"", "$.poster[1].belop_ordrett")]
    [InlineData("funding-stromso-2025.json", "$.poster[1].departement_kode", "\"UD\"", "$.poster[1].departement_kode")]
    [InlineData("funding-stromso-2025.json", "$.dokumentdato", "\"26.11.2024\"", "$.dokumentdato")]
    [InlineData("funding-stromso-2025.json", "$.plan_aar", "2026", "$.plan_aar")]
    [InlineData("tiltak-stromso-2025.json", "$.tiltak[0].tema", "\"Syssselsetting\"", "$.tiltak")]
    [InlineData("tiltak-stromso-2025.json", "$.tiltak[0].relasjoner[0].id", "\"STR25-99\"", "$.tiltak[0].relasjoner")]
    [InlineData("tiltak-stromso-2025.json", "$.tiltak[8].relasjoner", "[]", "$.tiltak[0].relasjoner")]
    [InlineData("tiltak-stromso-2025.json", "$.tiltak[1].id", "\"STR25-01\"", "$.tiltak[0].id")]
    [InlineData("tiltak-stromso-2025.json", "$.tiltak[1].belop_kr", "1", "$.tiltak[1].belop_kr")]
    [InlineData("tiltak-stromso-2025.json", "$.tiltak[1].tekst_ordrett", "\"a\\u0000b\"", "$.tiltak[1].tekst_ordrett")]
    [InlineData("tiltak-stromso-2025.json", "$.antall.sum", "17", "$.antall.sum")]
    [InlineData("criteria.json", "$.kanonisk_forslag_slutning[0].bergen[0]", "\"BGO-9\"", "$.kanonisk_forslag_slutning")]
    [InlineData("criteria.json", "$.lister.bergen.kriterier[0].nr", "2", "$.lister.bergen.kriterier")]
    [InlineData("timeplan-stromso.json", "$.steg[1].til_slutning", "\"2024-08-31\"", "$.steg[1].til_slutning")]
    [InlineData("timeplan-stromso.json", "$.steg[1].presisjon", "\"dag\"", "$.steg[1].presisjon")]
    [InlineData("timeplan-stromso.json", "$.moter[0].ukedag", "\"onsdag\"", "$.moter[0].ukedag")]
    [InlineData("oslo-delprogram.json", "$.bydeler[0].navn", "\"Frogner\"", "$.bydeler")]
    [InlineData("bergen-areas.json", "$.omraader[0].indikator.verdi_pst", "144", "$.omraader[0].indikator.verdi_pst")]
    [InlineData("idehefte-tiltak.json", "$.tiltak[0].maaltall", "[{\"verdi\":[7,5]}]", "$.tiltak[0].maaltall[0].verdi")]
    [InlineData("idehefte-tiltak.json", "$.tiltak[0].manglende_felt", "[\"resultater\"]", "$.tiltak[0].manglende_felt")]
    public void A_changed_datum_is_a_fault_with_file_and_path(string file, string where, string json, string path)
    {
        var reading = RealWorld.Read(Files.With(file, Changed(file, where, JsonNode.Parse(json))));

        Assert.Contains((file, path), Faults(reading).Select(fault => (fault.File, fault.Path)));
    }

    [Theory]
    [MemberData(nameof(FileNames))]
    public void A_missing_or_broken_file_is_a_fault_and_nothing_is_imported(string file)
    {
        var missing = RealWorld.Read(Files.Without(file));
        var broken = RealWorld.Read(Files.With(file, Files.Text(file)![..^3]));
        var twice = RealWorld.Read(Files.With(file, "{\"kilde\": 1, \"kilde\": 2}"));
        var other = RealWorld.Read(Files.With(file, "[]"));

        Assert.Contains(new SourceFault(file, "$", "Filen mangler. Legg den tilbake."), Faults(missing));
        Assert.Contains(Faults(broken), fault => fault.File == file && fault.Text.StartsWith("Filen er ikke gyldig JSON (linje ", StringComparison.Ordinal));
        Assert.Contains(Faults(twice), fault => fault.File == file && fault.Text.StartsWith("Filen er ikke gyldig JSON (linje ", StringComparison.Ordinal));
        Assert.Contains(Faults(other), fault => fault.File == file);
    }

    [Theory]
    [MemberData(nameof(FileNames))]
    public void An_unknown_key_is_a_fault_where_it_stands(string file)
    {
        var reading = RealWorld.Read(Files.With(file, Changed(file, "$.kilder_", 1)));

        var fault = Assert.Single(Faults(reading));
        Assert.Equal(new SourceFault(file, "$.kilder_", "Feltet «kilder_» er ukjent. Rett skrivemåten eller ta det bort."), fault);
    }

    [Theory]
    [MemberData(nameof(FileNames))]
    public void A_value_of_the_wrong_kind_never_makes_the_reading_throw(string file)
    {
        var leaves = Leaves(JsonNode.Parse(Files.Text(file)!)!).ToList();
        var random = new Random(20251121);

        foreach (var path in leaves.OrderBy(_ => random.Next()).Take(6))
        {
            foreach (var other in new JsonNode?[] { null, "x", -1, true, new JsonArray(), new JsonObject(), 1e300 })
            {
                _ = RealWorld.Read(Files.With(file, Changed(file, path, other)));
            }
        }
    }

    [Theory]
    [InlineData("budget-2024.json", "$.rader[0].celler_ordrett.KDD")]
    [InlineData("budget-2024.json", "$.sum_rad.celler_ordrett.KDD")]
    [InlineData("funding-stromso-2025.json", "$.poster[1].belop_ordrett")]
    [InlineData("funding-stromso-2025.json", "$.sum.ordrett")]
    public void A_bad_cell_is_a_fault_where_it_stands_and_never_nought(string file, string path)
    {
        string[] cells =
        [
            "ca. 5", "fem millioner kroner", "5 millioner kroner og 3", "-5", "\u22125", "\u22125 millioner kroner", "\uFF15 millioner kroner", "\u0665", "1.1 millioner kroner",
            "1e3", "NaN", "5;0", "5,0,0", "0,000000001 millioner kroner", "999999999999999 millioner kroner", "#REF!", "\u00A0", "", "1\u200B1",
        ];

        foreach (var cell in cells)
        {
            var faults = Faults(RealWorld.Read(Files.With(file, Changed(file, path, cell))));
            Assert.True(faults.Any(fault => fault.File == file && fault.Path == path && fault.Text.Length > 0), $"«{cell}» at {path}: {string.Join("; ", faults)}");
        }
    }

    [Theory]
    [InlineData("budget-2024.json")]
    [InlineData("programmes.json")]
    [InlineData("funding-stromso-2025.json")]
    public void An_amount_written_as_text_is_a_fault_where_it_stands(string file)
    {
        var root = JsonNode.Parse(Files.Text(file)!)!;
        var amounts = Leaves(root)
            .Where(path => At(root, path)!.GetValueKind() == System.Text.Json.JsonValueKind.Number && !path.Contains("kontroll", StringComparison.Ordinal))
            .Where(path => new[] { "belop_kr", "mill_kr", "sum_kr", "tilskudd_2024_kr" }.Any(name => path.Contains(name, StringComparison.Ordinal))).ToList();

        var unnoticed = amounts.Where(path => !Faults(RealWorld.Read(Files.With(file, Changed(file, path, At(root, path)!.ToJsonString())))).Any(fault => fault.File == file && fault.Path == path));

        Assert.True(amounts.Count > 5, $"Only {amounts.Count} amounts were found in {file}.");
        Assert.Equal([], unnoticed);
    }

    [Theory]
    [InlineData("programmes.json", "programmer", "id")]
    [InlineData("tiltak-stromso-2025.json", "tiltak", "id")]
    [InlineData("idehefte-tiltak.json", "tiltak", "id")]
    [InlineData("bergen-areas.json", "omraader", "navn")]
    [InlineData("oslo-delprogram.json", "satsinger", "navn")]
    [InlineData("oslo-delprogram.json", "delprogram", "navn")]
    [InlineData("oslo-delprogram.json", "bydeler", "navn")]
    public void The_same_id_twice_is_a_fault(string file, string list, string id)
    {
        var second = JsonNode.Parse(Files.Text(file)!)![list]![0]![id]!.DeepClone();

        var faults = Faults(RealWorld.Read(Files.With(file, Changed(file, $"$.{list}[1].{id}", second))));

        Assert.Contains(faults, fault => fault.File == file);
    }

    [Fact]
    public void A_key_that_is_taken_away_is_missed_where_it_stood()
    {
        foreach (var (file, parent, key) in new[]
        {
            ("budget-2024.json", "$.rader[0]", "celler_ordrett"), ("budget-2024.json", "$.rader[0].celler_ordrett", "KDD"), ("budget-2024.json", "$.rader[0].belop_kr", "KDD"),
            ("budget-2024.json", "$", "budsjettaar"), ("programmes.json", "$.programmer[2]", "ramme_2025"), ("funding-stromso-2025.json", "$.poster[0]", "belop_ordrett"),
            ("funding-stromso-2025.json", "$", "sum"), ("criteria.json", "$", "egne_vilkaar_per_finansieringskilde"), ("criteria.json", "$.lister.drammen.kriterier[0]", "tekst"),
            ("tiltak-stromso-2025.json", "$.tiltak[0]", "tekst_ordrett"), ("timeplan-stromso.json", "$.steg[0]", "presisjon"), ("bergen-areas.json", "$.omraader[0]", "navn"),
        })
        {
            var root = JsonNode.Parse(Files.Text(file)!)!;
            At(root, parent)!.AsObject().Remove(key);

            var faults = Faults(RealWorld.Read(Files.With(file, root.ToJsonString())));

            Assert.Contains(new SourceFault(file, $"{parent}.{key}", $"Feltet «{key}» mangler. Fyll det ut."), faults);
        }
    }

    [Fact]
    public void Every_amount_in_the_budget_is_held_against_another()
    {
        const string File = "budget-2024.json";
        var amounts = Leaves(JsonNode.Parse(Files.Text(File)!)!)
            .Where(path => path.Contains("belop", StringComparison.Ordinal) || path.Contains("sum_kr", StringComparison.Ordinal)
                || path.Contains("sum_mill", StringComparison.Ordinal) || path.Contains("celler_ordrett", StringComparison.Ordinal))
            .ToList();

        var unnoticed = amounts.Where(path =>
        {
            var changed = path.Contains("celler_ordrett", StringComparison.Ordinal) ? JsonValue.Create("999,9") : JsonValue.Create(999);
            return Faults(RealWorld.Read(Files.With(File, Changed(File, path, changed)))).Count == 0;
        });

        Assert.True(amounts.Count > 120, $"Only {amounts.Count} amounts were found.");
        Assert.Equal([], unnoticed);
    }

    [Fact]
    public void All_faults_come_at_once()
    {
        var reading = RealWorld.Read(Files
            .With("budget-2024.json", Changed("budget-2024.json", "$.rader[0].celler_ordrett.KDD", "x"))
            .With("timeplan-stromso.json", Changed("timeplan-stromso.json", "$.steg[0].presisjon", "x"))
            .Without("criteria.json"));

        Assert.Equal(
            ["budget-2024.json", "criteria.json", "timeplan-stromso.json"],
            Faults(reading).Select(fault => fault.File).Intersect(["budget-2024.json", "criteria.json", "timeplan-stromso.json"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Money_that_is_not_last_years_is_not_warned_of_as_such()
    {
        var other = Files.With("budget-2024.json", Files.Text("budget-2024.json")!);
        var funding = Changed("funding-stromso-2025.json", "$.dokumentdato", "2025-01-15");

        var world = RealWorld.Read(other.With("funding-stromso-2025.json", funding)).Trusted();

        Assert.DoesNotContain(world.Warnings, warning => warning.Discrepancy.Number == 12);
    }

    private static IReadOnlyList<SourceFault> Faults(RealWorldReading reading) => reading is RealWorldReading.Faulty faulty ? faulty.Faults : [];

    /// <summary>The file with one value exchanged, at a path as the faults write them.</summary>
    internal static string Changed(string file, string path, JsonNode? value)
    {
        var root = JsonNode.Parse(Files.Text(file)!)!;
        var steps = path[2..].Replace("[", ".[", StringComparison.Ordinal).Split('.');
        var parent = steps.SkipLast(1).Aggregate(root, (node, step) => step[0] == '[' ? node[Index(step)]! : node[step]!);
        if (steps[^1][0] == '[')
        {
            parent[Index(steps[^1])] = value?.DeepClone();
        }
        else
        {
            parent[steps[^1]] = value?.DeepClone();
        }

        return root.ToJsonString();
    }

    private static JsonNode? At(JsonNode root, string path) =>
        path == "$" ? root : path[2..].Replace("[", ".[", StringComparison.Ordinal).Split('.').Aggregate((JsonNode?)root, (node, step) => step[0] == '[' ? node![Index(step)] : node![step]);

    private static int Index(string step) => int.Parse(step[1..^1], CultureInfo.InvariantCulture);

    private static IEnumerable<string> Leaves(JsonNode? node, string path = "$") => node switch
    {
        JsonObject some => some.Where(pair => !pair.Key.Contains('.')).SelectMany(pair => Leaves(pair.Value, $"{path}.{pair.Key}")),
        JsonArray some => some.SelectMany((item, index) => Leaves(item, $"{path}[{index}]")),
        null => [],
        _ => [path],
    };
}
