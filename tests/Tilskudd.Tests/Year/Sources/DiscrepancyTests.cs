using System.Text.Json.Nodes;
using Tilskudd.Country;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Year.Sources;

namespace Tilskudd.Tests.Year.Sources;

/// <summary>
/// The register of discrepancies, line by line: what is done with the datum, held on the real files, and no longer so when the datum is another.
/// D-34 and D-37 concern what is in no file; they are rules, each with a made example.
/// </summary>
public sealed class DiscrepancyTests
{
    private const string Budget = "budget-2024.json";
    private const string Funding = "funding-stromso-2025.json";
    private const string Criteria = "criteria.json";
    private const string Tiltak = "tiltak-stromso-2025.json";
    private const string Bergen = "bergen-areas.json";
    private const string Oslo = "oslo-delprogram.json";
    private const string Booklet = "idehefte-tiltak.json";
    private const string Programmes = "programmes.json";

    private static readonly SourceFiles Files = SourceFiles.Embedded();
    private static readonly RealWorld World = RealWorld.Read(Files).Trusted();

    private static readonly Handling[] Register =
    [
        new(1, Budget, "$.rader[5].celler_ordrett.SUM", "\"20\"", w => w.Budget.Rows[5].Sum is { Verbatim: "20 (5 til hver kommune)", Note: "5 til hver kommune" } sum && sum.Amount == Kroner(20)),
        new(2, Budget, "$.rader[6].kommuner", """["Gjøvik","Halden","Indre Østfold","Larvik"]""", w => w.Budget.Shares.Count(s => s.FromGroupRow && s.RowVerbatim == w.Budget.Rows[6].LabelVerbatim) == 5
            && w.Budget.Shares.Where(s => s.FromGroupRow).All(s => s.Amount == Kroner(5))),
        new(3, Budget, "$.utenfor_tabellen", "[]", w => w.Budget.OutsideTable.Sum(a => a.Amount.Ore) == Money.FromKroner(39_500_000).Ore && w.Budget.GrantTo("Oslo") == Money.FromKroner(145_700_000)),
        new(4, Budget, "$.utenfor_tabellen[0].departement", "\"KUD\"", w => w.Budget.OutsideTable.All(a => a.Ministry is null)),
        new(5, Budget, "$.rader[0].rad_ordrett", "\"Oslo (2017-2026)\"", w => Warned(w, 5) && w.Programmes.Any(p => p.Period is { From: null, To: null })),
        new(6, Budget, "$.departementer[0].formaal", "\"Områdesatsing i byer\"", w => Warned(w, 6)),
        new(7, Budget, "$.rader[1].celler_ordrett.AID", "\"0\"", w => w.Budget.Share("Bergen", "AID") is null && w.Budget.Share("Oslo", "KDD") == Money.FromKroner(67_200_000) && w.Budget.Share("Oslo", "KLD") == Kroner(5)),
        new(8, Budget, "$.tittel_i_kilde", "\"Statsbudsjettet 2024\"", w => w.Budget.TitleVerbatim == "Statbudsjettet 2024"),
        new(9, Funding, "$.poster[1].finansieringskilde_ordrett", "\"Arbeids- og inkluderingsdepartementet\"", w => Warned(w, 9) && w.StromsoFunding.Rows[1].FunderVerbatim.EndsWith('*')),
        new(10, Funding, "$.poster[1].kapittel", "671", w => Warned(w, 10) && w.StromsoFunding.Rows[1] is { Chapter: 291, Post: 62, Ministry: "AID" }),
        new(11, Funding, "$.poster[1].belop_ordrett", "\"1,1 mill. kr\"", w => w.StromsoFunding.Rows[1].Amount is { Verbatim: "1,1 million kroner" } amount && amount.Amount == Money.FromKroner(1_100_000)),
        new(12, Funding, "$.dokumentdato", "\"2025-02-01\"", w => Warned(w, 12) && w.StromsoFunding.ReservationVerbatim.Contains("med forbehold", StringComparison.Ordinal)),
        new(13, Criteria, "$.kanonisk_forslag_slutning[1].drammen", """["DRM-2"]""", w => w.Criteria.BehindWording("BGO-7").Count() == 2 && w.Criteria.Criteria[1].WordingIds is ["BGO-2"]),
        new(14, Criteria, "$.lister.drammen.kriterier[0].punktmerket_i_kilde", "true", w => Warned(w, 14) && w.Criteria.WordingsIn("Drammen").Count() == 8),
        new(15, Tiltak, "$.temaer[0].overskrift_ordrett", "\"Sysselsetting\"", w => w.StromsoTiltak.Theme("Syssetting")?.Name == "Sysselsetting" && w.StromsoTiltak.Theme("Utdanning og oppvekst")?.Number == 2),
        new(16, Tiltak, "$.tiltak[0].relasjoner", "[]", w => SamePilot(w, "STR25-01", "STR25-09")),
        new(16, Tiltak, "$.tiltak[8].relasjoner", "[]", w => SamePilot(w, "STR25-09", "STR25-01")),
        new(17, Tiltak, "$.tiltak[5].relasjoner", "[]", w => w.StromsoTiltak.Tiltak.Single(t => t.Id == "STR25-06") is { EndsInto: "STR25-05", Status: TiltakStatus.Ending }),
        new(18, Tiltak, "$.tiltak[14].undertema", "null", w => w.StromsoTiltak.Tiltak[14].SubTheme == "Strømsøhagen" && w.StromsoTiltak.Tiltak[0].SubTheme is null),
        new(19, Tiltak, "$.tiltak[1].belop_kr", "100000", w => Warned(w, 19)),
        new(20, "timeplan-stromso.json", "$.steg[1].presisjon", "\"omtrentlig\"", w => w.StromsoTimePlan.Steps[1].When is { Precision: DatePrecision.Period, YearIsInferred: true } when && when.From < when.To),
        new(21, Tiltak, "$.nye_kommuner_nevnt", """["Sarpsborg","Fredrikstad","Kristiansand","Skien","Gjøvik","Halden","Indre Østfold","Larvik","Tromsø"]""", w => Warned(w, 21)
            && w.Budget.Shares.Where(s => s.FromGroupRow).Select(s => s.Municipality).Distinct().Count() == 9),
        new(22, Bergen, "$.avvik[0]", "\"Kilden teller fire områder.\"", w => Warned(w, 22) && w.Bergen.Areas.Count == 4),
        new(23, Bergen, "$.omraader[0].fra", "2023", w => w.Bergen.Areas[0] is { From.Number: 2019, WebPageStatus: "områdesatsing fra 1. januar 2023" } && Warned(w, 23)),
        new(24, Bergen, "$.omraader[3].fase", "\"satsing\"", w => w.Bergen.Areas[3].IsPreliminaryProject && w.Bergen.Areas.Count(a => a.IsPreliminaryProject) == 1),
        new(25, Bergen, "$.omraader[2].hendelse.aar", "2024", w => w.Bergen.Areas[2] is { MergedIn.Number: 2023, Parts: ["Solheim nord", "Solheim sør"] }),
        new(26, Oslo, "$.delprogram[2].hovedmaal_ordrett", "\"Flere i arbeid i hele byen.\"", w => Warned(w, 26) && w.Oslo.CommonGoalsFrom.Number == 2019),
        new(27, Oslo, "$.avvik[4]", "\"Siden er i drift.\"", w => Warned(w, 27)),
        new(28, Booklet, "$.tiltak[4].maaltall[1].verdi", "[300,300]", w => Figures(w, 4) is [{ From: 300m, To: 300m }, { From: 350m, To: 500m }, ..] && Warned(w, 28)),
        new(29, Booklet, "$.tiltak[5].maaltall[4].enhet", "\"prosent\"", w => Figures(w, 5)[4].Unit.Contains("prosentpoeng", StringComparison.Ordinal) && Warned(w, 29)),
        new(30, Booklet, "$.tiltak[6].maaltall[0].periode", "\"2012\"", w => Figures(w, 6)[0].Period == "to år på rad, år ikke oppgitt" && Warned(w, 30)),
        new(31, Booklet, "$.tiltak[11].maaltall[0].verdi", "439", w => Figures(w, 11) is [{ From: 101m }, { From: 23m }, ..] && Warned(w, 31)),
        new(32, Booklet, "$.tiltak[10].manglende_felt", "[]", w => w.Booklet.Ideas[10].MissingFields is ["eksterne_samarbeidspartnere"]),
        new(33, Booklet, "$.tiltak[4].tittel_i_innholdsfortegnelsen", "\"Ung\"", w => w.Booklet.Ideas.Count(idea => idea.TitleVerbatim != idea.TitleInContents) == 11 && w.Booklet.Ideas[4].TitleInContents.StartsWith("Ung i Sortland", StringComparison.Ordinal)),
        new(35, Booklet, "$.tiltak[8].eier", "\"Kinn kommune\"", w => w.Booklet.Ideas[8].Owner == "Flora kommune" && Warned(w, 35)),
        new(36, Bergen, "$.avvik[4]", "\"Byrådsavdelingen heter det samme.\"", w => Warned(w, 36)),
        new(38, Funding, "$.poster[0].postnavn_ordrett", "\"Områdesatsing i byer\"", w => Warned(w, 38) && w.StromsoFunding.Rows[0] is { Chapter: 590, Post: 65 }),
    ];

    public static TheoryData<int> Lines => [.. Enumerable.Range(0, Register.Length)];

    [Fact]
    public void Every_line_of_the_register_that_a_file_can_show_is_here()
    {
        Assert.Equal(Enumerable.Range(1, Discrepancy.Last).Except([34, 37]), Register.Select(line => line.Number).Distinct());
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_discrepancy_is_handled_as_the_register_says(int line)
    {
        Assert.True(Register[line].Holds(World), $"D-{Register[line].Number:00} is not handled.");
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void What_is_said_of_a_discrepancy_no_longer_holds_when_its_datum_is_another(int line)
    {
        var (number, file, path, json, holds) = Register[line];

        var reading = RealWorld.Read(Files.With(file, SourceFaultTests.Changed(file, path, JsonNode.Parse(json))));

        Assert.True(reading is RealWorldReading.Faulty || !holds(reading.Trusted()), $"D-{number:00} does not hang on {file} {path}.");
    }

    [Theory]
    [InlineData(Booklet, "$.tiltak[0].eier", "Kontakt: kari.nordmann@vadso.example", "Teksten har en e-postadresse. Personopplysninger hentes ikke inn; ta den bort.")]
    [InlineData(Programmes, "$.programmer[2].kilder[1].url", "https://", "Lenken kan ikke åpnes. Skriv hele adressen, eller ta den bort.")]
    [InlineData(Programmes, "$.programmer[3].kilder[2].url", "https://youtu.be /abc", "Lenken kan ikke åpnes. Skriv hele adressen, eller ta den bort.")]
    public void A_link_that_leads_nowhere_and_an_address_of_a_person_are_not_taken_in(string file, string path, string text, string fault)
    {
        var reading = RealWorld.Read(Files.With(file, SourceFaultTests.Changed(file, path, text)));

        Assert.Contains(new SourceFault(file, path, fault), Assert.IsType<RealWorldReading.Faulty>(reading).Faults);
    }

    // Drammen in 2020 as two pages have it: 11,6 millions in all, 10,6 of them from KMD.
    [Fact]
    public void What_one_source_gives_is_never_taken_for_what_all_give()
    {
        var at = new DateTimeOffset(2020, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var (municipality, programme, unit) = (new MunicipalityId(new Guid(1, 0, 0, new byte[8])), new ProgrammeId(new Guid(2, 0, 0, new byte[8])), new PlanUnitId(new Guid(3, 0, 0, new byte[8])));
        var grantors = new[] { new Grantor(new GrantorId(new Guid(4, 0, 0, new byte[8])), "KMD", "KMD"), new Grantor(new GrantorId(new Guid(5, 0, 0, new byte[8])), "KD", "KD") };
        var sources = grantors.Zip([10_600_000L, 1_000_000L], (grantor, kroner) =>
        {
            var source = new FundingSource(new FundingSourceId(new Guid((int)(kroner / 100_000), 1, 0, new byte[8])), programme, new GrantYear(2020), 1, grantor.Id, grantor.Code, null, null, "", "");
            source.Record(AmountState.Granted, null, Money.FromKroner(kroner), at, "Brev");
            return source;
        }).ToList();
        var year = new CountryYear(
            new GrantYear(2020), [new Programme(programme, municipality, "stromso-2030", "Strømsø 2030", 2020, 2030, "")], new Dictionary<MunicipalityId, string> { [municipality] = "Drammen" },
            new[] { new PlanUnit(unit, programme, "stromso-2030", "Strømsø 2030", PlanUnitKind.Programme, null) }.ToLookup(one => one.ProgrammeId), sources.ToLookup(source => source.ProgrammeId),
            grantors, Array.Empty<Standing>().ToLookup(run => run.Unit), [], new Dictionary<string, List<string>>());

        var row = Assert.Single(new CountryDivision(year, null).Rows());

        Assert.Equal([Money.FromKroner(10_600_000), Money.FromKroner(1_000_000)], row.Cells);
        Assert.Equal(Money.FromKroner(11_600_000), row.Sum);
    }

    private static Money Kroner(long millions) => Money.FromKroner(millions * 1_000_000);

    private static bool Warned(RealWorld world, int number) => world.Warnings.Any(warning => warning.Discrepancy.Number == number);

    private static bool SamePilot(RealWorld world, string one, string other) =>
        world.StromsoTiltak.Tiltak.Single(tiltak => tiltak.Id == one).Relations.Contains(new TiltakRelation(TiltakRelationKind.SamePilotAs, other));

    private static IReadOnlyList<BookletFigure> Figures(RealWorld world, int idea) => world.Booklet.Ideas[idea].Figures;

    /// <param name="Path">The datum.</param>
    /// <param name="Json">Another datum in its place.</param>
    /// <param name="Holds">What the software does with it, as the register demands.</param>
    private sealed record Handling(int Number, string File, string Path, string Json, Func<RealWorld, bool> Holds);
}
