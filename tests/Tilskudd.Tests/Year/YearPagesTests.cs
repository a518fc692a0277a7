using System.Net;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Tests.Planning;

namespace Tilskudd.Tests.Year;

public sealed class YearPagesTests
{
    private const string Programme = "/program/drammen";

    [Fact]
    public async Task A_programme_shows_its_period_its_bodies_and_its_money_as_received()
    {
        await using var given = await GivenPlan.Start();
        using var jonas = await given.SignIn(given.Jonas);

        var page = await jonas.Get(Programme);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("2020–2025", page.Text, StringComparison.Ordinal);
        Assert.Contains("Politisk styringsgruppe", page.Text, StringComparison.Ordinal);
        Assert.Contains("Jonas Berg", page.Text, StringComparison.Ordinal);
        Assert.Contains("Oppdiktet", page.Text, StringComparison.Ordinal);
        Assert.Equal("kap. 590 post 65", page.Find("q").TextContent);
        Assert.Contains("Med forbehold om Stortingets budsjettvedtak.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Beløpet er ikke kjent. Det er ikke det samme som null.", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Page.QuerySelector("form[action$='/apne']"));
    }

    [Fact]
    public async Task What_was_odd_when_a_source_was_received_and_what_equals_last_years_is_warned_of()
    {
        await using var given = await GivenPlan.Start();
        await given.Database.Write(w =>
        {
            var kdd = w.Db.Grantors.Single(grantor => grantor.Code == "KDD").Id;
            var last = new FundingSource(w.Ids.Next<FundingSourceId>(), given.Programme, new GrantYear(2024), 1, kdd, "KDD", 590, 65, "kap. 590 post 65", "");
            last.Record(AmountState.Granted, null, Money.FromKroner(11_500_000), w.Now, "Brev 24/1");
            w.Db.AddRange(last, new FundingSource(
                w.Ids.Next<FundingSourceId>(), given.Programme, GivenPlan.Year, 4, kdd, "KD", 291, 62, "kap. 291 post 62", "", ["Kapittel 291 hørte til KD. Sjekk det mot tilskuddsbrevet."]));
        });
        using var jonas = await given.SignIn(given.Jonas);

        var year = await jonas.Get(Programme + "/2025");
        var programme = await jonas.Get(Programme);
        await given.Database.Write(w => w.Db.FundingSources.Single(source => source.Id == given.Kdd).Record(AmountState.Voted, null, Money.FromKroner(11_500_000), w.Now, "Innst. 16 S"));
        var voted = await jonas.Get(Programme + "/2025");

        foreach (var page in new[] { year, programme })
        {
            Assert.Contains("Kapittel og post er de samme som for 2024. Sjekk dem mot statsbudsjettet for 2025.", page.Text, StringComparison.Ordinal);
            Assert.Contains("Beløpet er nøyaktig det samme som for 2024. Sjekk at det ikke er fjorårets tall.", page.Text, StringComparison.Ordinal);
            Assert.Contains("Kapittel 291 hørte til KD. Sjekk det mot tilskuddsbrevet.", page.Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("nøyaktig det samme", voted.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_documents_say_in_two_ways_stands_on_the_programmes_page_with_the_unit_it_is_about()
    {
        await using var given = await GivenPlan.Start();
        using var jonas = await given.SignIn(given.Jonas);
        var before = await jonas.Get(Programme);
        await given.Database.Write(w =>
        {
            w.Db.Programmes.Single(one => one.Id == given.Programme).Remark(["Perioden står på to måter."]);
            w.Db.PlanUnits.Single(one => one.Id == given.Unit).Remark(["Navnet er skrevet på to måter."]);
        });

        var page = await jonas.Get(Programme);

        Assert.DoesNotContain("Merknader fra kildene", before.Text, StringComparison.Ordinal);
        await using var db = given.Database.Read();
        var unit = await db.PlanUnits.Where(one => one.Id == given.Unit).Select(one => one.Name).SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["Perioden står på to måter.", $"{unit}: Navnet er skrevet på to måter."], page.Page.QuerySelectorAll("h3 + ul > li[lang=nb]").Select(line => line.TextContent));
    }

    [Fact]
    public async Task A_year_before_every_units_own_part_of_the_agreement_is_not_opened()
    {
        await using var given = await GivenPlan.Start(opens: false);
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(Programme + "/2025");
        await given.Database.Write(w => w.Db.PlanUnits.Single(one => one.Id == given.Unit).Lasts(2026, null, UnitPhase.Full));

        var answer = await ingrid.Post(page, "form[action$='/2025/apne']");
        var after = await ingrid.Get(Programme + "/2025");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("Avtalen gjelder ikke for 2025.", answer.Text, StringComparison.Ordinal);
        Assert.Null(after.Page.QuerySelector("form[action$='/2025/apne']"));
    }

    [Fact]
    public async Task The_programme_leader_opens_a_year_and_each_unit_gets_its_plan()
    {
        await using var given = await GivenPlan.Start(opens: false);
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(Programme + "/2025");

        var answer = await ingrid.Post(page, "form[action$='/2025/apne']");
        var after = await ingrid.Get(answer.Location!);
        var again = await ingrid.Post(page, "form[action$='/2025/apne']");

        Assert.Equal((HttpStatusCode.SeeOther, Programme + "/2025?apnet=1"), (answer.Status, answer.Location));
        Assert.Contains("Handlingsplan 2025, Strømsø 2030", after.Find(".tasks a").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        await using var db = given.Database.Read();
        Assert.Equal("programme-leader", (await db.Set<Run>().SingleAsync(TestContext.Current.CancellationToken)).WaitsFor);
        Assert.Equal("year-opened", (await db.Trail.FirstAsync(entry => entry.Event == "year-opened", TestContext.Current.CancellationToken)).Event);
    }

    [Theory]
    [InlineData(null, "KDD|kap. 590 post 65|CarriedIn 70, AID|kap. 291 post 62|, Egen||")]
    [InlineData("2026-01-01", "KDD|kap. 590 post 65|CarriedIn 70, AID|kap. 291 post 62|, Egen||")]
    [InlineData("2025-12-31", "KDD|kap. 590 post 65|CarriedIn 70, Egen||")]
    public async Task A_new_year_begins_with_last_years_sources_and_of_their_money_what_is_carried_over_but_for_a_grantor_that_is_no_more(string? aidEnded, string expected)
    {
        await using var given = await GivenPlan.Start(opens: false);
        await given.Database.Write(w =>
        {
            var programme = w.Db.Programmes.Single();
            w.Db.Entry(programme).Property("ToYear").CurrentValue = 2030;
            w.Db.FundingSources.Single(source => source.Code == "KDD").Record(AmountState.CarriedOver, w.Db.PlanUnits.Single().Id, new Money(70), w.Now, "25/9");
            w.Db.Grantors.Single(grantor => grantor.Code == "AID").End(aidEnded is null ? null : NodaTime.Text.LocalDatePattern.Iso.Parse(aidEnded).Value);
        });
        using var ingrid = await given.SignIn(given.Ingrid);
        var form = await ingrid.Get(Programme + "/2025");

        var answer = await ingrid.PostTo(form, Programme + "/2026/apne");

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        await using var db = given.Database.Read();
        var year = new GrantYear(2026);
        var sources = await db.FundingSources.Where(source => source.Year == year).OrderBy(source => source.Number).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected, string.Join(", ", sources.Select(source => $"{source.Code}|{source.AsReceived}|{string.Concat(source.Amounts.Select(amount => $"{amount.State} {amount.Amount.Ore}"))}")));
    }

    [Theory]
    [InlineData("2026", HttpStatusCode.UnprocessableEntity)]
    [InlineData("2019", HttpStatusCode.UnprocessableEntity)]
    [InlineData("1999", HttpStatusCode.NotFound)]
    [InlineData("02025", HttpStatusCode.NotFound)]
    public async Task A_year_outside_the_agreement_is_not_opened(string year, HttpStatusCode status)
    {
        await using var given = await GivenPlan.Start(opens: false);
        using var ingrid = await given.SignIn(given.Ingrid);
        var form = await ingrid.Get(Programme + "/2025");

        var answer = await ingrid.PostTo(form, $"{Programme}/{year}/apne");

        Assert.Equal(status, answer.Status);
        await using var db = given.Database.Read();
        Assert.Empty(await db.Handlingsplaner.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Only_the_programme_leader_opens_a_year_and_a_stranger_knows_of_none()
    {
        await using var given = await GivenPlan.Start(opens: false);
        using var amina = await given.SignIn(given.Amina);
        using var stranger = await given.SignIn(given.Stranger);
        using var ingrid = await given.SignIn(given.Ingrid);
        var own = await ingrid.Get(Programme + "/2025");

        var answers = new[] { await Open(amina), await Open(stranger) };
        var pages = new[] { await stranger.Get(Programme), await stranger.Get(Programme + "/2025"), await amina.Get("/program/ukjent") };
        var list = await stranger.Get("/planer");

        Assert.NotNull(own.Page.QuerySelector("form[action$='/apne']"));
        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.NotFound], answers.Select(answer => answer.Status));
        Assert.All(pages, page => Assert.Equal(HttpStatusCode.NotFound, page.Status));
        Assert.Contains("Du er ikke med i noe program", list.Text, StringComparison.Ordinal);

        // Any page of the person's own has the token a form needs.
        async Task<Answer> Open(Browsing browser) => await browser.PostTo(await browser.Get("/logg-inn"), Programme + "/2025/apne");
    }

    [Fact]
    public async Task The_plans_of_my_programmes_are_listed_with_where_they_stand()
    {
        await using var given = await GivenPlan.Start();
        using var amina = await given.SignIn(given.Amina);

        var page = await amina.Get("/planer");

        Assert.Equal(given.Path, page.Find(".tasks a").GetAttribute("href"));
        Assert.Equal("Rammer og orientering", page.Find(".tasks .ds-tag").TextContent);
    }

    [Theory]
    [InlineData("nn")]
    [InlineData("en")]
    public async Task Every_page_is_whole_in_the_other_languages(string language)
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        await given.WriteAll();
        using var amina = await given.SignIn(given.Amina);
        await amina.Get("/planer?sprak=" + language);
        string[] paths = ["/planer", Programme, Programme + "/2025", given.Path, given.Path + "/utskrift", given.Path + "/endringer", given.Path + "/del/vedtak", given.Path + "/tiltak/ny"];

        foreach (var path in paths)
        {
            var page = await amina.Get(path);

            Assert.Equal((HttpStatusCode.OK, language), (page.Status, page.Page.DocumentElement.GetAttribute("lang")));
        }
    }
}
