using System.Globalization;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Year.Sources;

namespace Tilskudd.Tests.Year.Sources;

public sealed class RealWorldTests
{
    private static readonly RealWorld World = RealWorld.Read().Trusted();

    [Fact]
    public void The_built_in_sources_have_no_fault()
    {
        var reading = RealWorld.Read();

        Assert.Equal([], reading is RealWorldReading.Faulty faulty ? faulty.Faults : []);
    }

    [Theory]
    [InlineData("Oslo", 145_700_000)]
    [InlineData("Bergen", 18_400_000)]
    [InlineData("Drammen", 12_600_000)]
    [InlineData("Stavanger", 23_700_000)]
    [InlineData("Trondheim", 13_800_000)]
    [InlineData("Sarpsborg", 5_000_000)]
    [InlineData("Fredrikstad", 5_000_000)]
    [InlineData("Kristiansand", 5_000_000)]
    [InlineData("Skien", 5_000_000)]
    [InlineData("Gjøvik", 5_000_000)]
    [InlineData("Halden", 5_000_000)]
    [InlineData("Indre Østfold", 5_000_000)]
    [InlineData("Larvik", 5_000_000)]
    [InlineData("Tromsø", 5_000_000)]
    public void Fourteen_municipalities_receive_what_the_table_of_2024_says(string municipality, long kroner)
    {
        var programme = World.Programmes.Single(candidate => candidate.Municipality == municipality);

        Assert.Equal(14, World.Programmes.Count);
        Assert.Equal(Money.FromKroner(kroner), programme.Grant2024);
        Assert.Equal(Money.FromKroner(kroner), World.Budget.GrantTo(municipality));
        Assert.Equal(Money.FromKroner(kroner), programme.Frame2025.Sum);
    }

    [Theory]
    [InlineData("KDD", "172,6", 172_600_000)]
    [InlineData("AID", "53", 53_000_000)]
    [InlineData("HOD", "13,1", 13_100_000)]
    [InlineData("KD", "10,5", 10_500_000)]
    [InlineData("KLD", "5", 5_000_000)]
    [InlineData("KUD", "5", 5_000_000)]
    public void Each_ministrys_column_adds_up_to_the_ore(string ministry, string verbatim, long kroner)
    {
        var column = World.Budget.Rows.Select(row => row.Cells[ministry].Amount ?? Money.Zero);

        Assert.True(Money.TrySum(column, out var sum));
        Assert.Equal(Money.FromKroner(kroner), sum);
        Assert.Equal(new AmountCell(verbatim, Money.FromKroner(kroner), null), World.Budget.Total.Cells[ministry]);
    }

    [Fact]
    public void The_table_is_259_million_and_the_money_outside_it_is_in_no_sum()
    {
        var shares = World.Budget.Shares.Select(share => share.Amount);

        Assert.True(Money.TrySum(shares, out var sum));
        Assert.Equal(Money.FromKroner(259_200_000), sum);
        Assert.Equal(sum, World.Budget.Total.Sum.Amount);
        Assert.Equal([Money.FromKroner(2_500_000), Money.FromKroner(37_000_000)], World.Budget.OutsideTable.Select(outside => outside.Amount));
        Assert.All(World.Budget.OutsideTable, outside => Assert.Null(outside.Ministry));
    }

    [Fact]
    public void A_blank_cell_stays_blank_and_is_never_nought()
    {
        var bergen = World.Budget.Rows.Single(row => row.LabelVerbatim == "Bergen");

        Assert.Null(bergen.Cells["AID"].Amount);
        Assert.Null(World.Budget.Share("Bergen", "AID"));
        Assert.Null(World.Programme("bergen")!.Frame2025.Amounts["AID"]);
        Assert.Equal(27, World.Budget.Rows.Sum(row => row.Cells.Values.Count(cell => cell.IsBlank)));
    }

    [Fact]
    public void A_row_for_several_is_split_between_them_and_says_which_row_it_was()
    {
        var halden = World.Budget.Shares.Single(share => share.Municipality == "Halden");

        Assert.Equal(new BudgetShare("Halden", "KDD", Money.FromKroner(5_000_000), true, "Gjøvik, Halden, Indre Østfold, Larvik, Tromsø"), halden);
        Assert.Equal("5 til hver kommune", World.Budget.Rows[6].Sum.Note);
        Assert.Equal("25 (5 til hver kommune)", World.Budget.Rows[6].Sum.Verbatim);
    }

    [Fact]
    public void Stromso_has_two_funders_with_chapter_and_post_as_received_and_a_reservation()
    {
        var (kdd, aid) = (World.StromsoFunding.Rows[0], World.StromsoFunding.Rows[1]);

        Assert.Equal((590, 65, Money.FromKroner(11_500_000)), (kdd.Chapter, kdd.Post, kdd.Amount.Amount));
        Assert.Equal((291, 62, Money.FromKroner(1_100_000)), (aid.Chapter, aid.Post, aid.Amount.Amount));
        Assert.Equal("Kapittel 291, post 62: kommunale innvandrer tiltak", aid.ChapterAndPostVerbatim);
        Assert.Equal("Kunnskapsdepartementet (nå Arbeids- og inkluderingsdepartementet)*", aid.FunderVerbatim);
        Assert.Equal("1,1 million kroner", aid.Amount.Verbatim);
        Assert.EndsWith("med forbehold om Stortingets budsjettvedtak", World.StromsoFunding.ReservationVerbatim, StringComparison.Ordinal);
        Assert.Equal(Money.FromKroner(12_600_000), World.StromsoFunding.Total.Amount);
    }

    [Fact]
    public void Stromso_has_eighteen_tiltak_under_three_themes_that_also_go_by_other_names()
    {
        var list = World.StromsoTiltak;

        Assert.Equal([4, 7, 7], list.Themes.Select(theme => list.Under(theme).Count()));
        Assert.Equal("Sysselsetting", list.Theme("Syssetting")?.Name);
        Assert.Equal("Oppvekst og utdanning", list.Theme("Utdanning og oppvekst")?.Name);
        Assert.Null(list.Theme("Utdanning"));
        Assert.Equal("Sosialt entrepenørskap – inn i Dialoghuset, etablere kontakt med entrepenører, «unlimtere», etablere styre", list.Tiltak[2].TextVerbatim);
        Assert.Equal(["Innbyggersentrert pilot", "- en arbeidstittel", "«Oppgang til oppgang» en modell å lære fra"], list.Tiltak[3].AdditionsVerbatim);
    }

    [Fact]
    public void A_tiltak_may_be_the_same_pilot_as_another_or_end_by_becoming_part_of_it()
    {
        var byId = World.StromsoTiltak.Tiltak.ToDictionary(tiltak => tiltak.Id);

        Assert.Equal([new TiltakRelation(TiltakRelationKind.SamePilotAs, "STR25-09")], byId["STR25-01"].Relations);
        Assert.Equal([new TiltakRelation(TiltakRelationKind.SamePilotAs, "STR25-01")], byId["STR25-09"].Relations);
        Assert.Equal("STR25-05", byId["STR25-06"].EndsInto);
        Assert.Equal(TiltakStatus.Ending, byId["STR25-06"].Status);
        Assert.Equal("Strømsøhagen", byId["STR25-15"].SubTheme);
        Assert.Null(byId["STR25-01"].SubTheme);
    }

    [Fact]
    public void The_two_lists_of_criteria_meet_in_nine_keys_many_to_many()
    {
        var criteria = World.Criteria;

        Assert.Equal(["K7", "K8"], criteria.BehindWording("BGO-7").Select(criterion => criterion.Id));
        Assert.Equal(["BGO-2"], criteria.Criteria.Single(criterion => criterion.Id == "K2").WordingIds);
        Assert.Equal(["BGO-8", "DRM-7"], criteria.Criteria.Single(criterion => criterion.Id == "K9").WordingIds);
        Assert.Equal(8, criteria.WordingsIn("Bergen").Count());
        Assert.Equal("inkludering, trygge og gode bo-, oppvekst- og nærmiljøer", criteria.WordingsIn("Drammen").First().TextVerbatim);
        Assert.Equal("AID", Assert.Single(criteria.FunderTerms).Ministry);
    }

    [Fact]
    public void A_vague_date_is_an_interval_that_says_how_vague_it_is()
    {
        var late = World.StromsoTimePlan.Steps[4].When;

        Assert.Equal(new DateInterval(new(2025, 10, 1), new(2025, 12, 31), DatePrecision.Approximate, "Sen høst 2025", false), late);
        Assert.True(late.Contains(new(2025, 10, 1)) && late.Contains(new(2025, 12, 31)));
        Assert.False(late.Contains(new(2025, 9, 30)) || late.Contains(new(2026, 1, 1)));
        Assert.Equal(4, World.StromsoTimePlan.Steps.Count(step => step.When.YearIsInferred));
    }

    [Fact]
    public void Oslo_bergen_and_drammen_make_plans_in_their_own_units()
    {
        var units = World.Programmes.ToDictionary(programme => programme.Slug, programme => programme.PlanUnits);

        Assert.Equal(3, units["oslo"].Count(unit => unit.Kind == PlanUnitKind.Delprogram));
        Assert.Equal(6, units["oslo"].Count(unit => unit is { Kind: PlanUnitKind.Bydel, ParentSlug: "delprogram-naermiljo" }));
        Assert.Equal(["loddefjord", "olsvik", "solheim", "slettebakken"], units["bergen"].Select(unit => unit.Slug));
        Assert.Equal("stromso-2030", Assert.Single(units["drammen"]).Slug);
        Assert.Equal((new GrantYear(2021), new GrantYear(2030)), (World.Programme("drammen")!.Period.From, World.Programme("drammen")!.Period.To));
        Assert.Null(World.Programme("stavanger")!.Period.From);
        Assert.Equal("Områdesatsing i Tromsø", World.Programme("tromso")!.DisplayName);
    }

    [Fact]
    public void Every_discrepancy_the_files_can_show_is_warned_of()
    {
        var warned = World.Warnings.Select(warning => warning.Discrepancy.Number).Distinct();

        // D-34 concerns texts that are not carried, D-37 a year that is not in any file.
        Assert.Equal(Enumerable.Range(1, 38).Except([34, 37]), warned);
    }

    [Theory]
    [InlineData("D-09", "funding-stromso-2025.json", "$.poster[1].finansieringskilde_ordrett")]
    [InlineData("D-10", "funding-stromso-2025.json", "$.poster[1].kapittel")]
    [InlineData("D-11", "funding-stromso-2025.json", "$.poster[1].belop_ordrett")]
    [InlineData("D-12", "funding-stromso-2025.json", "$.poster")]
    [InlineData("D-14", "criteria.json", "$.lister.drammen.kriterier[0].punktmerket_i_kilde")]
    [InlineData("D-16", "tiltak-stromso-2025.json", "$.tiltak[0].relasjoner")]
    [InlineData("D-17", "tiltak-stromso-2025.json", "$.tiltak[5].relasjoner")]
    [InlineData("D-18", "tiltak-stromso-2025.json", "$.tiltak[14].undertema")]
    [InlineData("D-19", "tiltak-stromso-2025.json", "$.tiltak")]
    [InlineData("D-21", "tiltak-stromso-2025.json", "$.nye_kommuner_nevnt")]
    public void A_discrepancy_in_stromsos_sources_is_warned_of_once_and_where_it_stands(string discrepancy, string file, string path)
    {
        var warnings = World.Warnings.Where(warning => warning.Discrepancy.ToString() == discrepancy);

        var warning = Assert.Single(warnings);
        Assert.Equal((file, path), (warning.File, warning.Path));
        Assert.EndsWith(".", warning.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    [InlineData("en-US")]
    public void The_machines_culture_changes_nothing_that_is_read_or_said(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

        try
        {
            var world = RealWorld.Read().Trusted();

            Assert.Equal(World.Warnings, world.Warnings);
            Assert.Equal(World.Budget.Shares, world.Budget.Shares);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
