using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Planning.Sheets;

namespace Tilskudd.Tests.Planning.Sheets;

/// <summary>What is read of the sheets of a plan for 2025 with money from KDD, AID and the municipality.</summary>
public sealed class PlanSheetTests
{
    private static readonly GrantYear Year = new(2025);
    private static readonly GrantorId Ministry = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly FundingSource Kdd = Source(1, Ministry, "KDD", 590, 65);
    private static readonly FundingSource Aid = Source(2, Ministry, "AID", 291, 62);
    private static readonly FundingSource Own = Source(3, null, "Egen", null, null);
    private static readonly Criterion[] Criteria =
    [
        new("DRM-1", default, 1, "Inkludering, og trygge oppvekstmiljøer", ["K1"]),
        new("DRM-2", default, 2, "Frivillighet i utsatte lokalområder", ["K2"]),
    ];

    [Fact]
    public void Every_column_is_known_by_its_bokmal_heading()
    {
        var table = Read(
            ["Nr.", "TILTAK", "Tema", "Deltema", "Kriterier", "Hva skal gjøres i 2025?", "Mål for 2025", "Utgangspunkt", "Ansvarlig virksomhet", "Hvor er tiltaket nå?", "Endring fra 2024", "KDD (kr)", "AID (mill. kr)", "Kommunens egne midler", "Sum"],
            [7, " Leksehjelp\u00A0 på\nskolen ", "Oppvekst", "Skole", "DRM-1; Frivillighet i utsatte lokalområder", "Leksehjelp\nto dager", "60 barn", "ikke kjent", "Skole", "Utvikles videre", "Økt", 1_000_000, 0.5m, 250_000, 1_750_000]);

        var line = Assert.Single(table.Lines);
        Assert.Empty(table.Faults);
        Assert.Equal(("Leksehjelp på skolen", "Oppvekst", "Skole", "Leksehjelp\nto dager", "60 barn", "Skole"), (line.Name.Text, line.Theme, line.SubTheme, line.Description, line.Target, line.Responsible));
        Assert.Equal((7, true, null, TiltakStatus.Developing, TiltakChange.Increased), (line.Number, line.HasNoBaseline, line.Baseline, line.Status, line.Change));
        Assert.Equal(["DRM-1", "DRM-2"], line.Criteria);
        Assert.Equal([(Kdd.Id, 100_000_000L), (Aid.Id, 50_000_000L), (Own.Id, 25_000_000L)], line.Amounts.Select(amount => (amount.Key, amount.Value.Ore)));
    }

    [Fact]
    public void Every_column_is_known_by_its_nynorsk_heading()
    {
        var table = Read(
            ["Namn på tiltaket", "Undertema", "Kva skal gjerast i 2025?", "Utgangspunkt", "Ansvarleg verksemd", "Kvar er tiltaket no?", "Endring frå 2024", "Midlar frå KDD", "Kommunal- og distriktsdepartementet (AID)", "Eigne midlar"],
            ["Leksehjelp", "Skule", "To dagar", "45 barn i 2024", "Skule", "Stopp", "Vidareført", 1_000_000, 300_000, null],
            ["Sommarjobb", null, null, null, null, "Blir avslutta", null, null, null, null]);

        Assert.Contains("celle F2: «Stopp» er ukjent.", Assert.Single(table.Faults), StringComparison.Ordinal);
        Assert.Equal(("Skule", "45 barn i 2024", TiltakChange.Continued), (table.Lines[0].SubTheme, table.Lines[0].Baseline, table.Lines[0].Change));
        Assert.Equal([Kdd.Id, Aid.Id], table.Lines[0].Amounts.Keys);
        Assert.Equal(TiltakStatus.Ending, table.Lines[1].Status);
    }

    [Theory]
    [InlineData("KDD")]
    [InlineData(" kdd 2025 ")]
    [InlineData("KDD (kr)")]
    [InlineData("KDD, kapittel 590 post 65")]
    [InlineData("Kap. 590 post 65")]
    [InlineData("Fra KDD")]
    [InlineData("KDD-midler i hele kroner")]
    public void A_source_is_known_by_its_code_or_its_place_in_the_state_budget(string heading)
    {
        var table = Read(["Tiltak", "Tema", heading], ["Leksehjelp", "Oppvekst", 1_000_000]);

        Assert.Empty(table.Faults);
        Assert.Equal(100_000_000, Assert.Single(table.Lines).Amounts[Kdd.Id].Ore);
    }

    [Theory]
    [InlineData("KDD (1 000 kr)", 1_900, 190_000_000)]
    [InlineData("KDD i tusen kroner", 1_900, 190_000_000)]
    [InlineData("KDD tkr", 1_900, 190_000_000)]
    [InlineData("KDD (mill.)", 1.9, 190_000_000)]
    [InlineData("KDD millionar kroner", 1.9, 190_000_000)]
    public void The_heading_says_what_its_numbers_count(string heading, double number, long ore)
    {
        var table = Read(["Tiltak", heading], ["Leksehjelp", number]);

        Assert.Empty(table.Faults);
        Assert.Equal(ore, Assert.Single(table.Lines).Amounts[Kdd.Id].Ore);
    }

    [Fact]
    public void A_unit_above_the_table_is_that_of_every_column_without_its_own()
    {
        var table = Read(["Handlingsplan 2025"], ["Alle beløp i 1 000 kr"], [], ["Tiltak", "KDD", "AID (kr)"], ["Leksehjelp", 1_900, 300_000]);

        Assert.Empty(table.Faults);
        Assert.Equal([190_000_000L, 30_000_000L], Assert.Single(table.Lines).Amounts.Values.Select(amount => amount.Ore));
    }

    [Theory]
    [InlineData("Merkand", "celle C1: «Merkand» er en ukjent kolonne. Mente du «Merknad»?")]
    [InlineData("Prosjekteier", "celle C1: «Prosjekteier» er en ukjent kolonne. Rett overskriften")]
    [InlineData("KUD (kr)", "celle C1: «KUD (kr)» er ingen kilde i 2025. Mente du «KDD»? Kildene er KDD, AID, Egen.")]
    [InlineData("HOD", "celle C1: «HOD» er ingen kilde i 2025. Kildene er KDD, AID, Egen.")]
    [InlineData("KDD 2024", "celle C1: «KDD 2024» er")]
    [InlineData("Kommunal- og distriktsdepartementet", "celle C1: «Kommunal- og distriktsdepartementet» kan være flere kilder. Skriv kapittel og post også, som «KDD kap. 590 post 65» eller «AID kap. 291 post 62».")]
    [InlineData("kdd", "celle C1: «kdd» er det samme som «KDD» i celle B1.")]
    [InlineData(null, "celle C2: Kolonne C har innhold, men ingen overskrift i rad 1.")]
    public void A_column_that_is_not_known_is_refused_and_never_lost_in_silence(string? heading, string told)
    {
        var table = Read(["Tiltak", "KDD", heading], ["Leksehjelp", 1_000_000, 3]);

        Assert.StartsWith("Ark «Budsjett», " + told, Assert.Single(table.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_told_at_once_with_sheet_and_cell()
    {
        var table = Read(
            ["Tiltak", "Kriterier", "Status", "Id", "KDD", "AID"],
            ["Leksehjelp", "DRM-9", "I gnag", "17", "1.900.000", new Failed("#REF!")],
            [null, null, null, null, 500_000, null],
            ["leksehjelp ", null, null, null, -5_000, new Formula("E2", null)],
            [new string('x', 121), null, null, null, null, true]);

        string[] told =
        [
            "celle D2: «17» er ingen id", "celle B2: «DRM-9» er ikke et kriterium i året. Mente du «DRM-1»?", "celle C2: «I gnag» er ukjent. Mente du «I gang»?",
            "celle E2: «1.900.000» kan ikke leses som beløp. Skriv beløpet uten punktum", "celle F2: «#REF!» kan ikke leses som beløp. Formelen ga en feil",
            "celle A3: Raden har innhold, men navnet på tiltaket mangler.", "celle E4: «-5000» kan ikke leses som beløp. Et beløp kan ikke være under null",
            "celle F4: «E2» kan ikke leses som beløp. Formelen har ingen utregnet verdi", "celle A5: Teksten er på 121 tegn. Feltet tar høyst 120",
            "celle F5: «SANN» kan ikke leses som beløp.", "celle A4: «leksehjelp» står mer enn én gang, også i celle A2.",
        ];
        Assert.Equal(told.Length, table.Faults.Count);
        Assert.All(told.Zip(table.Faults), each => Assert.StartsWith("Ark «Budsjett», " + each.First, each.Second, StringComparison.Ordinal));
    }

    [Fact]
    public void Sums_are_no_tiltak_and_agree_with_the_lines_above_them_or_since_the_sum_before()
    {
        var table = Read(
            ["Tiltak", "KDD", "AID", "Totalt"],
            ["Leksehjelp", 1_000_000, null, 1_000_000], ["Sommerjobber", 500_000, 300_000, new Formula("SUM(B3:C3)", 800_000m)], ["Sum Oppvekst", 1_500_000, 300_000, 1_800_000], [],
            ["Dialoghuset", 200_000, null, 200_000], ["Delsum", 200_000, null, 200_000], ["I alt (kr):", 1_700_000, 300_000, 2_000_000], ["Ramme", 11_500_000, 1_100_000], ["* Foreløpige tall"]);

        Assert.Empty(table.Faults);
        Assert.Equal(3, table.Sums);
        Assert.Equal(["Leksehjelp", "Sommerjobber", "Dialoghuset"], table.Lines.Select(line => line.Name.Text));
        Assert.Equal(["Rad 9 («Ramme») er ikke lest", "Rad 10 («* Foreløpige tall») er ikke lest"], table.Notes.Select(note => note.Split(':')[0]));
    }

    [Fact]
    public void A_sum_that_does_not_agree_is_a_fault_with_both_figures()
    {
        var table = Read(["Tiltak", "KDD", "Sum"], ["Leksehjelp", 1_000_000, 900_000], ["Sommerjobber", 500_000, null], ["Sum", 1_600_000, 900_000]);

        Assert.Equal(
            [
                "Ark «Budsjett», celle C2: Summen er 900\u00A0000\u00A0kr, men kildene på raden blir 1\u00A0000\u00A0000\u00A0kr. Rett summen eller kildene.",
                "Ark «Budsjett», celle B4: «Sum» oppgir 1\u00A0600\u00A0000\u00A0kr, men radene over blir 1\u00A0500\u00A0000\u00A0kr. Rett summen eller radene.",
            ],
            table.Faults);
    }

    [Fact]
    public void Merged_cells_give_a_theme_to_all_their_rows_and_a_heading_to_those_below()
    {
        var book = new GivenBook().Sheet(
            "Plan", [["Handlingsplan 2025"], ["Tiltak", "Tema", "Budsjett 2025 (mill. kr)", null], [null, null, "KDD", "AID"], ["Leksehjelp", "Oppvekst", 1m, null], ["SFO", null, 2m, 0.3m]],
            merged: ["A1:D1", "A2:A3", "B2:B3", "C2:D2", "B4:B5"]);
        var loose = Read(["Tiltak", "Tema", "Budsjett 2025 (1 000 kr)"], [null, null, "KDD", "AID", "Sum"], ["Leksehjelp", "Oppvekst", 1_000, 200, 1_200]);
        var headed = new GivenBook().Sheet("Plan", [["Tiltak", "KDD"], ["Oppvekst", null], ["Leksehjelp", 1_000_000], ["Arbeid"], ["Sommerjobber", 500_000]], merged: ["A2:B2"]);

        var (tall, wide) = (Read(book), Read(headed, themes: ["arbeid"]));

        Assert.Empty(tall.Faults.Concat(wide.Faults).Concat(loose.Faults));
        Assert.Equal([(Kdd.Id, 100_000_000L), (Aid.Id, 20_000_000L)], Assert.Single(loose.Lines).Amounts.Select(amount => (amount.Key, amount.Value.Ore)));
        Assert.Equal([("Oppvekst", 100_000_000L), ("Oppvekst", 200_000_000L)], tall.Lines.Select(line => (line.Theme!, line.Amounts[Kdd.Id].Ore)));
        Assert.Equal([("Leksehjelp", "Oppvekst"), ("Sommerjobber", "Arbeid")], wide.Lines.Select(line => (line.Name.Text, line.Theme!)));
        Assert.Equal(2, wide.Notes.Count);
    }

    [Fact]
    public void What_hides_or_lies_over_several_rows_is_refused()
    {
        object?[][] rows = [["Tiltak", "KDD", "AID"], ["Leksehjelp", 1_000_000], ["SFO", null], ["Kurs", 5_000]];

        var merged = Read(new GivenBook().Sheet("Plan", rows, merged: ["B2:B3"]));
        var hidden = Read(new GivenBook().Sheet("Plan", rows, hiddenRows: [4], hiddenColumns: [3]));
        var named = Read(new GivenBook().Sheet("Plan", [["Tiltak", "KDD"], ["Leksehjelp", 1_000_000], [null, 5_000]], merged: ["A2:A3"]));

        Assert.StartsWith("Ark «Plan», celle B2: Beløpet er slått sammen over flere rader.", Assert.Single(merged.Faults), StringComparison.Ordinal);
        Assert.Equal(["Ark «Plan»: Kolonne C («AID») er skjult. Vis den, eller slett den.", "Ark «Plan»: Rad 4 («Kurs») er skjult. Vis raden, eller slett den."], hidden.Faults);
        Assert.StartsWith("Ark «Plan», celle A3: Navnet er slått sammen over rad 2 til 3.", Assert.Single(named.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_sheet_with_the_headings_is_read_or_the_one_that_is_named()
    {
        object?[][] plan = [["Tiltak", "KDD"], ["Leksehjelp", 1_000_000]];
        var book = new GivenBook().Sheet("Skjult", plan, isHidden: true).Sheet("Forside", [["Tiltak i Strømsø 2030"]]).Sheet("Budsjett", plan).Sheet("Budsjett 2", plan);

        Assert.Equal("Budsjett", Read(book).Sheet);
        Assert.Equal("Budsjett 2", Read(book, only: "budsjett 2").Sheet);
        Assert.Equal("Skjult", Read(book, only: "Skjult").Sheet);
        Assert.Contains("ikke noe ark «Budsjet». Mente du «Budsjett»?", Assert.Single(Read(book, only: "Budsjet").Faults), StringComparison.Ordinal);
        Assert.Contains("Fant ingen overskriftsrad i arket «Forside».", Assert.Single(Read(book, only: "Forside").Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sheet_with_headings_alone_is_no_plan()
    {
        Assert.Contains("ingen tiltak under overskriftene i rad 1", Assert.Single(Read(["Tiltak", "KDD"], ["Sum", 0]).Faults), StringComparison.Ordinal);
    }

    private static PlanTable Read(params object?[][] rows) => Read(GivenBook.Of(rows));

    private static PlanTable Read(GivenBook book, string? only = null, string[]? themes = null) => PlanSheet.Read(
        book.Read(), only, new PlanColumns(Year, [Kdd, Aid, Own], new Dictionary<GrantorId, string> { [Ministry] = "Kommunal- og distriktsdepartementet" }), Criteria, themes ?? []);

    private static FundingSource Source(int number, GrantorId? grantor, string code, int? chapter, int? post) =>
        new(new FundingSourceId(new Guid(number, 0, 0, new byte[8])), default, Year, number, grantor, code, chapter, post, chapter is null ? "" : $"kap. {chapter} post {post}", "");
}
