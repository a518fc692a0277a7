using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Xml.Linq;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tilskudd.Country;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Demo;
using Tilskudd.Notices;
using Tilskudd.Storage;
using Tilskudd.Tests.Award;
using Tilskudd.Tests.Layout;
using Tilskudd.Tests.Planning;
using Tilskudd.Tests.Storage;
using Tilskudd.Year.Sources;

namespace Tilskudd.Tests.Country;

/// <summary>The fourteen programmes with their money of 2024 and 2025, and no plan opened.</summary>
public sealed class LoadedCountry : IAsyncLifetime
{
    internal static RealWorld World { get; } = RealWorld.Read().Trusted();

    internal Site Given { get; private set; } = null!;

    internal LoadedProgramme Oslo { get; private set; } = null!;

    internal PersonId Ministry { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Given = new Site(await RunningSite.Start());
        var load = new LoadProgramme(Given.Database.Door, Given.Services.GetRequiredService<SecretSource>(), World, 1);
        foreach (var source in World.Programmes)
        {
            var loaded = await load.Load(source, new GrantYear(2024), new GrantYear(2025));
            Oslo = loaded.Slug == "oslo" ? loaded : Oslo;
        }

        Ministry = Oslo.With(Role.GrantorContact, "KDD").Id;
    }

    public ValueTask DisposeAsync() => Given.DisposeAsync();

    internal sealed class Site(RunningSite site) : GivenSite(site)
    {
        public async Task<byte[]> Bytes(string path, (string Name, string Value) session)
        {
            using var client = new HttpClient { BaseAddress = Address };
            client.DefaultRequestHeaders.Add("Cookie", $"{session.Name}={session.Value}");
            return await client.GetByteArrayAsync(path, TestContext.Current.CancellationToken);
        }
    }
}

public sealed class CountryTests(LoadedCountry country) : IClassFixture<LoadedCountry>
{
    [Fact]
    public async Task The_table_of_the_state_budget_of_2024_is_reproduced_cell_by_cell()
    {
        using var ministry = await country.Given.SignIn(country.Ministry);

        var page = await ministry.Get("/landet?aar=2024");

        var budget = LoadedCountry.World.Budget;
        Assert.Equal(budget.Ministries.Select(column => column.Code), page.Page.QuerySelectorAll("#tabell ~ .scroll thead abbr").Select(column => column.TextContent));
        var rows = Rows(page, "#tabell ~ .scroll").Where(row => row.QuerySelector("th strong") is not null).ToDictionary(row => row.QuerySelector("th strong")!.TextContent);
        Assert.Equal(14, rows.Count);
        foreach (var (municipality, row) in rows)
        {
            Assert.Equal(budget.Ministries.Select(column => Shown(budget.Share(municipality, column.Code))).Append(Shown(budget.GrantTo(municipality))), Cells(row));
        }

        var sums = Cells(page.Find("#tabell ~ .scroll tfoot tr"));
        Assert.Equal(budget.Ministries.Select(column => Shown(budget.Total.Cells[column.Code].Amount)).Append(Shown(Money.FromKroner(259_200_000))), sums);
    }

    [Fact]
    public async Task One_municipality_is_found_and_the_sum_is_still_of_all()
    {
        using var ministry = await country.Given.SignIn(country.Ministry);

        var page = await ministry.Get("/landet?aar=2024&sok=DRAMMEN");
        var none = await ministry.Get("/landet?aar=2024&sok=paris&side=abc");

        Assert.Equal(["Drammen"], Rows(page, "#tabell ~ .scroll").Select(row => row.QuerySelector("th strong")?.TextContent).OfType<string>());
        var foot = page.Find("#tabell ~ .scroll tfoot tr");
        Assert.Equal("Sum av alle 14", foot.QuerySelector("th")!.TextContent);
        Assert.Equal(Shown(Money.FromKroner(259_200_000)), Cells(foot)[^1]);
        Assert.Contains("Ingen kommuner eller programmer passer med «paris»", none.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "", 50, 150, "Kommune 1", 3)]
    [InlineData(3, "", 20, 60, "Kommune 101", 3)]
    [InlineData(9, "", 20, 60, "Kommune 101", 3)]
    [InlineData(1, "kommune 12", 3, 9, "Kommune 12", 1)] // 12, 112 and 120
    public void Programmes_come_fifty_a_page_with_their_units(int asked, string search, int programmes, int lines, string first, int last)
    {
        var rows = Enumerable.Range(1, 120).SelectMany(number => new[] { "", "Nord", "Sør" }.Select(unit => new CountryRow($"Kommune {number}", $"Program {number}", unit, [], null, []))).ToList();
        var content = new CountryContent(2025, [2025], "", [], [], rows, rows[0], [], "", [], [], [], Money.Zero, 120);

        var (shown, paging) = content.OnPage(asked, search);

        Assert.Equal((programmes, lines, first, last), (shown.Count(row => !row.IsUnit), shown.Count, shown[0].Municipality, paging.Last));
    }

    [Fact]
    public async Task Money_outside_the_table_is_told_of_and_is_in_no_sum()
    {
        using var ministry = await country.Given.SignIn(country.Ministry);

        var page = await ministry.Get("/landet?aar=2024");
        var next = await ministry.Get("/landet?aar=2025");

        var outside = page.Find(".ds-alert").TextContent;
        Assert.Contains($"Oslo: {Money.FromKroner(37_000_000)}", outside, StringComparison.Ordinal);
        Assert.Contains("departementet er ikke oppgitt", outside, StringComparison.Ordinal);
        Assert.DoesNotContain(Shown(Money.FromKroner(185_200_000)), page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Shown(Money.FromKroner(298_700_000)), page.Text, StringComparison.Ordinal);
        Assert.Null(next.Page.QuerySelector(".ds-alert"));
    }

    [Fact]
    public async Task A_programmes_units_add_up_to_it_to_the_ore_and_what_is_preliminary_is_marked()
    {
        using var ministry = await country.Given.SignIn(country.Ministry);

        var page = await ministry.Get("/landet?aar=2025");

        var rows = Rows(page, "#tabell ~ .scroll").ToList();
        var oslo = rows.FindIndex(row => row.QuerySelector("th strong")?.TextContent == "Oslo");
        var parts = rows.Skip(oslo + 1).TakeWhile(row => row.QuerySelector("th strong") is null).ToList();
        Assert.Equal(9, parts.Count);
        for (var column = 0; column < 7; column++)
        {
            Assert.Equal(Kroner(Cells(rows[oslo])[column]), parts.Sum(part => Kroner(Cells(part)[column])));
        }

        Assert.Contains("Med forbehold om Stortingets vedtak", rows[oslo].TextContent, StringComparison.Ordinal);
        Assert.Contains("som 2024", rows[oslo].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("som 2024", rows.Single(row => row.QuerySelector("th strong")?.TextContent == "Drammen").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_money_by_status_is_the_tables_sum_and_a_letter_to_one_unit_changes_only_that_unit()
    {
        using var ministry = await country.Given.SignIn(country.Ministry);
        await using var db = country.Given.Database.Read();
        var bergen = await db.Programmes.SingleAsync(programme => programme.Slug == "bergen");
        var unit = (await db.PlanUnits.Where(unit => unit.ProgrammeId == bergen.Id).OrderBy(unit => unit.Slug).FirstAsync()).Id;
        await country.Given.Database.Write(w =>
        {
            var source = w.Db.FundingSources.Single(source => source.ProgrammeId == bergen.Id && source.Year == new GrantYear(2025) && source.Code == "KDD");
            source.Record(AmountState.Granted, unit, new Money(123_456_789), w.Now, "Brev");
        });

        var page = await ministry.Get("/landet?aar=2025");
        var granted = await ministry.Get("/landet?aar=2025&tall=granted");
        var proposed = await ministry.Get("/landet?aar=2025&tall=proposed");

        var total = Cells(page.Find("#tabell ~ .scroll tfoot tr"))[^1];
        Assert.Equal(total, Cells(page.Find("#status ~ .scroll tfoot tr"))[^1]);
        Assert.Equal(Kroner(total), Rows(page, "#status ~ .scroll").Sum(row => Kroner(Cells(row)[^1])));
        Assert.Equal(1_234_567.89m, Kroner(Cells(granted.Find("#tabell ~ .scroll tfoot tr"))[^1]));
        Assert.Equal(259_200_000m, Kroner(Cells(proposed.Find("#tabell ~ .scroll tfoot tr"))[^1]));
        Assert.Equal(259_200_000m, Kroner(total) - 1_234_567.89m + await Proposed(db, bergen.Id, unit));
    }

    [Fact]
    public async Task What_a_source_gives_no_unit_after_all_is_not_the_states_money_in_any_plan()
    {
        await using var year = await BusyYear.Of(1);
        var before = await year.Kari.Get("/landet?aar=2025");
        await year.Given.Database.Write(async w =>
        {
            foreach (var source in await w.Db.FundingSources.Where(source => source.Year == new GrantYear(2025) && source.GrantorId != null).ToListAsync())
            {
                foreach (var unit in await w.Db.PlanUnits.Where(unit => unit.ProgrammeId == source.ProgrammeId).ToListAsync())
                {
                    source.Record(AmountState.Revised, unit.Id, Money.Zero, w.Now, "");
                }
            }
        });
        var after = await year.Kari.Get("/landet?aar=2025");

        Assert.All(["#tema", "#kriterium"], group => Assert.Contains(Rows(before, $"{group} ~ .scroll"), row => Kroner(Cells(row)[1]) > 0));
        Assert.All(["#tema", "#kriterium"], group => Assert.All(Rows(after, $"{group} ~ .scroll"), row => Assert.Equal(0m, Kroner(Cells(row)[1]))));
    }

    [Fact]
    public async Task Where_a_letters_difference_is_laid_on_the_lines_the_country_counts_what_each_was_granted_to_the_ore()
    {
        await using var given = await GivenGrant.Start();
        await given.ReachLetter("960 000,01");
        using var ingrid = await given.SignIn(given.Ingrid);
        var before = await ingrid.Get("/landet?aar=2025");

        await given.Done(given.Ingrid, given.Path, "#aksepter", ("fordeling", "Proportional"));
        var after = await ingrid.Get("/landet?aar=2025");
        var csv = await ingrid.Get("/landet/eksport?aar=2025&form=csv&tabell=tema");

        Assert.All(["#tema", "#kriterium"], group =>
        {
            Assert.Equal(1_000_000m, Kroner(Cells(before.Find($"{group} ~ .scroll tfoot tr"))[1]));
            Assert.Equal(960_000.01m, Kroner(Cells(after.Find($"{group} ~ .scroll tfoot tr"))[1]));
            Assert.Equal(960_000.01m, Rows(after, $"{group} ~ .scroll").Sum(row => Kroner(Cells(row)[1])));
        });
        Assert.Equal(Cells(after.Find("#tabell ~ .scroll tfoot tr"))[^1], Cells(after.Find("#tema ~ .scroll tfoot tr"))[1]);
        Assert.Contains("960000,01", csv.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("1000000,00", csv.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Themes_that_differ_in_capitals_accents_and_spaces_alone_are_one_under_the_most_used_writing()
    {
        string[] written = ["Kafé  og møteplass", "kafe og møteplass ", "kafe og møteplass", "Kafe og moteplass", "", " "];
        var tiltak = written.Select((theme, at) => new ApprovedTiltak(new TiltakId(new Guid(at + 1, 0, 0, new byte[8])), at + 1, theme, [], new Dictionary<Guid, Money> { [Guid.Empty] = new Money(1_00 << at) }, false)).ToList();
        var none = Enumerable.Empty<int>();
        var year = new CountryYear(
            new GrantYear(2025), [], new Dictionary<MunicipalityId, string>(), none.ToLookup(_ => default(ProgrammeId), _ => (PlanUnit)null!), none.ToLookup(_ => default(ProgrammeId), _ => (FundingSource)null!), [],
            none.ToLookup(_ => default(PlanUnitId), _ => (Standing)null!), tiltak, new Dictionary<string, List<string>>());

        var plans = new CountryPlans(year, LoadedCountry.World);

        Assert.Equal([("(uten tema)", 2, 48_00L), ("Kafe og moteplass", 1, 8_00L), ("kafe og møteplass", 3, 7_00L)], plans.Themes().Select(theme => (theme.Name.StartsWith("Kafe", StringComparison.OrdinalIgnoreCase) ? theme.Name : "(uten tema)", theme.Count, theme.Amount.Ore)));
        Assert.Equal(new Money(63_00), plans.Sum);
    }

    [Fact]
    public async Task An_approved_plan_is_read_once_and_known_again_by_its_hash()
    {
        await using var year = await BusyYear.Of(1);
        var commands = year.Given.Database.Commands;

        commands.Reset();
        var first = await year.Kari.Get("/landet?aar=2025");
        var read = commands.Texts.Count(ReadsPlans);
        commands.Reset();
        var second = await year.Kari.Get("/landet?aar=2025");

        Assert.Equal(1, read);
        Assert.Equal(0, commands.Texts.Count(ReadsPlans));
        Assert.NotEmpty(Rows(first, "#tema ~ .scroll"));
        Assert.Equal(first.Page.QuerySelectorAll("table").Select(table => table.TextContent), second.Page.QuerySelectorAll("table").Select(table => table.TextContent));

        // Another version is another hash.
        await year.Given.Database.Write(async w =>
        {
            var plan = await w.Db.Handlingsplaner.SingleAsync(plan => plan.Id == year.Given.Plan);
            var tiltak = plan.Tiltak[0];
            var text = new TiltakText(
                tiltak.Name, "Bomiljø", "", tiltak.Description, tiltak.Target, tiltak.Responsible, tiltak.Status, tiltak.Change, tiltak.Criteria,
                tiltak.Budget.ToDictionary(line => line.SourceId, line => line.Amount), tiltak.Baseline, tiltak.HasNoBaseline);
            Assert.Null(plan.WriteTiltak(tiltak.TiltakId, text, plan.Revision, year.Given.Amina, w.Now));
            Assert.Null(plan.Freeze(w.Ids.Next<VersionId>(), year.Given.Amina, w.Now, await w.Db.FundingSources.Where(source => source.Year == plan.Year).ToListAsync(), await w.Db.Criteria.ToListAsync()));
            plan.Approve(plan.LatestVersion!.Number, w.Now);
        });
        commands.Reset();
        var third = await year.Kari.Get("/landet?aar=2025");

        Assert.Equal(1, commands.Texts.Count(ReadsPlans));
        Assert.DoesNotContain("Bomiljø", second.Text, StringComparison.Ordinal);
        Assert.Contains("Bomiljø", third.Text, StringComparison.Ordinal);

        static bool ReadsPlans(string text) => text.Contains("HandlingsplanVersions", StringComparison.Ordinal) && text.Contains("\"Content\"", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_files_hold_the_same_table_with_numbers_as_numbers()
    {
        using var ministry = await country.Given.SignIn(country.Ministry);

        var csv = Encoding.UTF8.GetString(await country.Given.Bytes("/landet/eksport?aar=2024&form=csv", ministry.Session));
        var book = await country.Given.Bytes("/landet/eksport?aar=2024&form=xlsx", ministry.Session);

        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("\"Oslo\";\"Groruddalssatsingen / Oslo indre øst-satsingen / Oslo sør-satsingen\";\"\";67200000,00;48900000,00;9100000,00;10500000,00;5000000,00;5000000,00;145700000,00;", csv, StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("\"Bergen\";", StringComparison.Ordinal) && line.Contains("\"\";18400000,00;;;;;;18400000,00;", StringComparison.Ordinal));
        Assert.StartsWith("\uFEFF\"Kommune\";", csv, StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("\"Sum\";", StringComparison.Ordinal) && line.Contains(";259200000,00;", StringComparison.Ordinal));
        Assert.Equal(259_200_000m, Numbers(book, 1).Max());
        Assert.Contains(172_600_000m, Numbers(book, 1));
        Assert.DoesNotContain(37_000_000m, Numbers(book, 1));
    }

    [Fact]
    public async Task Bergens_areas_have_the_period_the_phase_and_the_merger_the_presentation_gives_and_make_no_plan_outside_their_period()
    {
        using var bergen = await country.Given.SignIn((await Leader("bergen")).Id);
        await using var db = country.Given.Database.Read();
        var units = await db.PlanUnits.Where(unit => db.Programmes.Any(programme => programme.Id == unit.ProgrammeId && programme.Slug == "bergen")).ToDictionaryAsync(unit => unit.Name, TestContext.Current.CancellationToken);

        var page = await bergen.Get("/program/bergen");

        Assert.Contains("Loddefjord (område, 2019–2026)", page.Text, StringComparison.Ordinal);
        Assert.Contains("Slettebakken (område, forprosjekt, fra 2023)", page.Text, StringComparison.Ordinal);
        Assert.Contains("Solheim (område, slått sammen av Solheim nord + Solheim sør i 2023)", page.Text, StringComparison.Ordinal);
        Assert.Equal([false, true, true, false], new[] { 2018, 2019, 2026, 2027 }.Select(year => units["Loddefjord"].Makes(new GrantYear(year))));
        Assert.Equal([false, true, true], new[] { 2022, 2023, 2027 }.Select(year => units["Slettebakken"].Makes(new GrantYear(year))));
        Assert.Equal([true, true], new[] { 2018, 2027 }.Select(year => units["Solheim"].Makes(new GrantYear(year))));
    }

    [Fact]
    public async Task Who_has_one_programme_sees_that_one_and_a_year_that_is_none_is_not_found()
    {
        var leader = (await Leader("bergen")).Id;
        using var bergen = await country.Given.SignIn(leader);

        var page = await bergen.Get("/landet?aar=2024");
        var wrong = await bergen.Get("/landet?aar=tjue");
        var state = await bergen.Get("/landet?aar=2024&tall=spent");

        Assert.Equal(["Bergen"], Rows(page, "#tabell ~ .scroll").Select(row => row.QuerySelector("th strong")?.TextContent).OfType<string>());
        Assert.Null(page.Page.QuerySelector(".ds-alert"));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (wrong.Status, state.Status));
    }

    [Fact]
    public async Task A_contact_at_a_grantor_that_is_no_more_reads_no_country()
    {
        await using var other = new LoadedCountry();
        await other.InitializeAsync();
        using var ministry = await other.Given.SignIn(other.Ministry);

        var before = await ministry.Get("/landet?aar=2024");
        await other.Given.Database.Write(w => w.Db.Grantors.Single(grantor => grantor.Code == "KDD").End(Tilskudd.Layout.Dates.On(w.Now).PlusDays(-1)));
        var after = await ministry.Get("/landet?aar=2024");

        Assert.NotEmpty(Rows(before, "#tabell ~ .scroll"));
        Assert.Empty(Rows(after, "#tabell ~ .scroll"));
    }

    [Theory]
    [InlineData("/landet?aar=2024")]
    [InlineData("/planer")]
    [InlineData("/")]
    public async Task The_questions_are_as_many_for_357_programmes_as_for_fourteen(string path)
    {
        await using var other = new LoadedCountry();
        await other.InitializeAsync();
        await using var db = other.Given.Database.Read();
        using var administrator = await other.Given.SignIn(await db.Roles.Where(role => role.Role == Role.Administrator).Select(role => role.PersonId).FirstAsync());
        await administrator.Get(path);

        var few = await Questions(other, administrator, path);
        await other.Given.Database.Write(w =>
        {
            var kdd = w.Db.Grantors.Single(grantor => grantor.Code == "KDD").Id;
            for (var number = 15; number <= 357; number++)
            {
                var municipality = new Municipality(w.Ids.Next<MunicipalityId>(), $"Kommune {number}", "nb");
                var programme = new Programme(w.Ids.Next<ProgrammeId>(), municipality.Id, $"program-{number}", $"Program {number}", 2020, 2030, "");
                var source = new FundingSource(w.Ids.Next<FundingSourceId>(), programme.Id, new GrantYear(2024), 1, kdd, "KDD", 590, 65, "", "");
                source.Record(AmountState.Proposed, null, Money.FromKroner(1_000_000), w.Now, "Prop. 1 S");
                w.Db.AddRange(municipality, programme, new PlanUnit(w.Ids.Next<PlanUnitId>(), programme.Id, "enhet", "Enhet", PlanUnitKind.Programme, null), source);
            }
        });
        var many = await Questions(other, administrator, path);

        Assert.Equal(few, many);
    }

    private static async Task<int> Questions(LoadedCountry country, Browsing reader, string path)
    {
        country.Given.Database.Commands.Reset();
        Assert.Equal(HttpStatusCode.OK, (await reader.Get(path)).Status);
        return country.Given.Database.Commands.Texts.Count;
    }

    private async Task<Person> Leader(string slug)
    {
        await using var db = country.Given.Database.Read();
        return await db.Roles.Where(role => role.Role == Role.ProgrammeLeader && role.ProgrammeId == db.Programmes.Single(programme => programme.Slug == slug).Id)
            .Join(db.People, role => role.PersonId, person => person.Id, (_, person) => person).SingleAsync();
    }

    private static async Task<decimal> Proposed(TilskuddDb db, ProgrammeId programme, PlanUnitId unit) =>
        (await db.FundingSources.SingleAsync(source => source.ProgrammeId == programme && source.Year == new GrantYear(2025) && source.Code == "KDD")).LatestFor(unit, AmountState.Proposed)!.Value.Ore / 100m;

    private static IEnumerable<IElement> Rows(Answer page, string table) => page.Page.QuerySelectorAll($"{table} tbody tr");

    private static List<string> Cells(IElement row) => [.. row.QuerySelectorAll("td").Select(cell => cell.TextContent)];

    private static string Shown(Money? amount) => amount?.ToColumn(CultureInfo.InvariantCulture) ?? "";

    private static decimal Kroner(string shown) =>
        shown.Length == 0 ? 0 : decimal.Parse(shown.Replace("\u00A0", "", StringComparison.Ordinal).Replace("kr", "", StringComparison.Ordinal).Replace(',', '.'), CultureInfo.InvariantCulture);

    // What a spreadsheet would count as numbers on a sheet.
    private static List<decimal> Numbers(byte[] workbook, int sheet)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        using var xml = zip.GetEntry($"xl/worksheets/sheet{sheet}.xml")!.Open();
        XNamespace main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        return [.. XDocument.Load(xml).Descendants(main + "c").Where(cell => cell.Attribute("t") is null or { Value: "n" }).Select(cell => cell.Element(main + "v")?.Value).OfType<string>()
            .Select(value => decimal.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture))];
    }
}
