using System.Net;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Planning;

public sealed class TiltakPagesTests
{
    private static readonly (string, string)[] Whole =
    [
        ("navn", "Sommerjobb"), ("nytt-tema", "Arbeid"), ("kriterier", "DRM-2"), ("besk", "Ungdom får jobb"), ("maal", "60 jobber"), ("utgangspunkt", "45 i 2024"), ("ansv", "Kultur"),
        ("status", "Starting"), ("endring", "New"), ("belop-1", "1 900 000"), ("belop-3", "250,50"),
    ];

    [Fact]
    public async Task A_tiltak_is_added_once_however_often_the_form_is_posted()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(given.Path + "/tiltak/ny");

        var first = await amina.Post(page, "form.form", Whole);
        var second = await amina.Post(page, "form.form", Whole);

        Assert.Equal((HttpStatusCode.SeeOther, given.Path + "?lagret=1"), (first.Status, first.Location));
        Assert.Equal((first.Status, first.Location), (second.Status, second.Location));
        var tiltak = Assert.Single((await given.Stored()).Tiltak);
        Assert.Equal(("Sommerjobb", "Arbeid", "60 jobber"), (tiltak.Name, tiltak.Theme, tiltak.Target));
        Assert.Equal(new Money(190_025_050), tiltak.Total);
        Assert.Equal(["DRM-2"], tiltak.Criteria);
    }

    [Fact]
    public async Task An_idea_from_the_booklet_gives_its_title_and_one_it_has_not_is_told_of()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);
        var before = await given.Stored();
        var page = await amina.Get(given.Path + "/tiltak/ny");

        var links = page.Page.QuerySelectorAll("details a").Select(link => link.GetAttribute("href")!).ToList();
        var chosen = await amina.Get(links[11]);

        Assert.Equal(15, links.Distinct().Count());
        Assert.Contains("resultat: overgang til lønnsarbeid, antall, 101 personer (2015)", page.Text, StringComparison.Ordinal);
        Assert.Contains("besøk, Åpent Hus, 350–500 besøkende (intervall, periode ikke oppgitt) – Heftet har to tall for dette.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Fra utenforskap til inkludering. KS; utarbeidet av", page.Text, StringComparison.Ordinal);
        Assert.Contains(", 2016.", page.Text, StringComparison.Ordinal);
        Assert.Equal("", page.Field("navn"));
        Assert.Equal(HttpStatusCode.OK, chosen.Status);
        Assert.Equal("Aktivitetsplikt i arbeidsgruppen «innsatsgjengen» i Fredrikstad kommune", chosen.Field("navn"));
        Assert.Equal("Tittelen er hentet fra idéheftet. Ingenting er lagret ennå, og du kan skrive den om.", chosen.Find("[role='status']").TextContent);
        foreach (var unknown in (string[])["", "IDE-16", "ide-01", "%ff", "IDE-01&ide=IDE-02", "%3Cscript%3E", new string('x', 1500)])
        {
            var told = await amina.Get($"{given.Path}/tiltak/ny?ide={unknown}");
            Assert.Equal(HttpStatusCode.NotFound, told.Status);
            Assert.Equal("Vi fant ikke ideen du valgte. Velg en fra listen med ideer, eller skriv tittelen selv.", told.Find(".ds-error-summary a[href='#ideer']").TextContent);
            Assert.Equal("", told.Field("navn"));
            Assert.NotNull(told.Page.QuerySelector("details[open] #ideer"));
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await amina.Get($"{given.Path}/tiltak/ny?ide=%00%ff")).Status);
        var after = await given.Stored();
        Assert.Equal((before.Revision, 0), (after.Revision, after.Tiltak.Count));

        await amina.Post(chosen, "form.form", "kladd", ("navn", chosen.Field("navn")!));
        Assert.Equal(chosen.Field("navn"), Assert.Single((await given.Stored()).Tiltak).Name);
    }

    [Fact]
    public async Task A_draft_is_saved_with_what_is_missing_and_told_of_it_only_when_going_on()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);

        var draft = await amina.Post(await amina.Get(given.Path + "/tiltak/ny"), "form.form", "kladd", ("navn", "Bare et navn"));
        var page = await amina.Get(draft.Location!);
        var on = await amina.Post(page, "form.form", "videre");
        var told = await amina.Get(on.Location!);

        Assert.EndsWith("?lagret=1", draft.Location, StringComparison.Ordinal);
        Assert.Null(page.Page.QuerySelector(".ds-error-summary"));
        Assert.EndsWith("?sjekk=1", on.Location, StringComparison.Ordinal);
        Assert.Equal(["#kriterier", "#besk", "#maal", "#utgangspunkt", "#ansv", "#belop-1"], told.Page.QuerySelectorAll(".ds-error-summary a").Select(link => link.GetAttribute("href")));
        Assert.StartsWith("Feil: ", told.Page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Money_over_the_frame_is_told_beside_the_amount()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame("1 500 000");
        using var amina = await given.SignIn(given.Amina);

        var on = await amina.Post(await amina.Get(given.Path + "/tiltak/ny"), "form.form", Whole);
        var told = await amina.Get(on.Location!);

        Assert.Equal(
            "KDD: Planen blir 1\u00A0900\u00A0000\u00A0kr. Rammen er 1\u00A0500\u00A0000\u00A0kr. Sett ned med 400\u00A0000\u00A0kr i ett eller flere tiltak.",
            told.Find(".ds-error-summary a[href='#belop-1']").TextContent);
    }

    [Fact]
    public async Task Money_with_a_condition_of_its_own_is_told_what_to_tick()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        await given.Database.Write(w => w.Db.Add(new Criterion("DRM-AID", given.Programme, 3, "Støtter integreringsstrategien", [], "AID")));
        using var amina = await given.SignIn(given.Amina);

        var on = await amina.Post(await amina.Get(given.Path + "/tiltak/ny"), "form.form", [.. Whole, ("belop-2", "1 000")]);
        var told = await amina.Get(on.Location!);
        var ticked = await amina.Post(told, "form.form", ("kriterier", "DRM-2"), ("kriterier", "DRM-AID"));

        Assert.Equal(
            "Tiltaket får penger fra AID, men bidrar ikke til noe som er vilkår for dem. Kryss av for det vilkåret fra AID som tiltaket oppfyller, eller ta bort beløpet fra AID.",
            told.Find(".ds-error-summary a[href='#kriterier']").TextContent);
        Assert.Contains("Støtter integreringsstrategien (vilkår for penger fra AID)", told.Text, StringComparison.Ordinal);
        Assert.Equal(given.Path + "?lagret=1", ticked.Location);
        Assert.Equal(["DRM-2", "DRM-AID"], Assert.Single((await given.Stored()).Tiltak).Criteria.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_criterion_that_has_ended_is_not_offered_and_a_tiltak_that_has_it_is_told_to_choose_anew()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        await given.WriteAll();
        var had = (await given.Stored()).Tiltak[0].Criteria.Single();
        await given.Database.Write(w => w.Db.Criteria.Single(criterion => criterion.Id == had).End(2024));
        using var amina = await given.SignIn(given.Amina);
        var path = $"{given.Path}/tiltak/{(await given.Stored()).Tiltak[0].TiltakId}";

        var told = await amina.Get(path + "?sjekk=1");
        await given.Database.Write(w => w.Db.Criteria.Single(criterion => criterion.Id == had).End(2025));
        var lasting = await amina.Get(path + "?sjekk=1");

        Assert.Null(told.Page.QuerySelector($"input[name='kriterier'][value='{had}']"));
        Assert.Contains("er ikke lenger programmets", told.Find(".ds-error-summary a[href='#kriterier']").TextContent, StringComparison.Ordinal);
        Assert.NotNull(lasting.Page.QuerySelector($"input[name='kriterier'][value='{had}'][checked]"));
        Assert.Null(lasting.Page.QuerySelector(".ds-error-summary"));
    }

    [Theory]
    [InlineData("belop-1", "1.900.000", "#belop-1")]
    [InlineData("belop-1", "-5", "#belop-1")]
    [InlineData("belop-1", "999999999999999999999999", "#belop-1")]
    [InlineData("belop-1", "1,234", "#belop-1")]
    [InlineData("navn", "  ", "#navn")]
    [InlineData("nytt-tema", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "#nytt-tema")]
    [InlineData("status", "7", "#status")]
    [InlineData("endring", "Ukjent", "#endring")]
    public async Task What_is_wrong_is_not_saved_and_leads_to_its_field(string field, string typed, string place)
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);
        (string, string)[] fields = [.. Whole.Where(one => one.Item1 != field), (field, typed)];

        var answer = await amina.Post(await amina.Get(given.Path + "/tiltak/ny"), "form.form", "kladd", fields);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(place, Assert.Single(answer.Page.QuerySelectorAll(".ds-error-summary a")).GetAttribute("href"));
        Assert.NotNull(answer.Page.QuerySelector(place));
        Assert.Equal("Ungdom får jobb", answer.Field("besk"));
        Assert.Empty((await given.Stored()).Tiltak);
    }

    [Fact]
    public async Task What_was_typed_over_anothers_saving_is_compared_and_kept()
    {
        await using var given = await GivenPlan.Start();
        using var amina = await Written(given);
        var path = $"{given.Path}/tiltak/{(await given.Stored()).Tiltak[0].TiltakId}";
        var old = await amina.Get(path);
        await amina.Post(await amina.Get(path), "form.form", "kladd", ("maal", "70 barn"), ("belop-1", "1 200 000"));

        var answer = await amina.Post(old, "form.form", "kladd", ("maal", "80 barn"));
        var cells = answer.Page.QuerySelectorAll("section[aria-labelledby='forskjell'] tbody tr").Select(row => string.Join("|", row.Children.Select(cell => cell.TextContent))).ToList();
        var again = await amina.Post(answer, "form.form", "kladd");

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal(["Mål for 2025|70 barn|80 barn", "KDD, kapittel 590 post 65|1\u00A0200\u00A0000|1\u00A0000\u00A0000"], cells);
        Assert.Equal("80 barn", answer.Field("maal"));
        Assert.Equal(HttpStatusCode.SeeOther, again.Status);
        Assert.Equal("80 barn", (await given.Stored()).Tiltak[0].Target);
    }

    [Fact]
    public async Task A_form_with_a_fault_is_still_over_what_its_writer_saw_first()
    {
        await using var given = await GivenPlan.Start();
        using var amina = await Written(given);
        var path = $"{given.Path}/tiltak/{(await given.Stored()).Tiltak[0].TiltakId}";
        var old = await amina.Get(path);
        await amina.Post(await amina.Get(path), "form.form", "kladd", ("maal", "70 barn"));

        var unread = await amina.Post(old, "form.form", "kladd", ("maal", "80 barn"), ("belop-1", "mye"));
        var answer = await amina.Post(unread, "form.form", "kladd", ("belop-1", "1 000 000"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Conflict), (unread.Status, answer.Status));
        Assert.Equal("70 barn", (await given.Stored()).Tiltak[0].Target);
    }

    [Fact]
    public async Task The_same_saving_twice_is_one_saving()
    {
        await using var given = await GivenPlan.Start();
        using var amina = await Written(given);
        var page = await amina.Get($"{given.Path}/tiltak/{(await given.Stored()).Tiltak[0].TiltakId}");

        var first = await amina.Post(page, "form.form", "kladd", ("maal", "70 barn"));
        var revision = (await given.Stored()).Revision;
        var second = await amina.Post(page, "form.form", "kladd", ("maal", "70 barn"));

        Assert.Equal((first.Status, first.Location), (second.Status, second.Location));
        Assert.Equal(revision, (await given.Stored()).Revision);
    }

    [Fact]
    public async Task A_theme_that_is_written_goes_before_one_that_is_chosen()
    {
        await using var given = await GivenPlan.Start();
        using var amina = await Written(given);
        var page = await amina.Get($"{given.Path}/tiltak/{(await given.Stored()).Tiltak[0].TiltakId}");

        await amina.Post(page, "form.form", "kladd", ("nytt-tema", "Arbeid"));

        Assert.Equal("Oppvekst", page.Find("input[name='tema'][checked]").GetAttribute("value"));
        Assert.Equal("Arbeid", (await given.Stored()).Tiltak[0].Theme);
    }

    [Fact]
    public async Task A_tiltak_that_is_merged_names_the_one_it_became_part_of()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        await given.WriteAll();
        await given.WriteAll();
        using var amina = await given.SignIn(given.Amina);
        var (into, merged) = ((await given.Stored()).Tiltak[0], (await given.Stored()).Tiltak[1]);
        var page = await amina.Get($"{given.Path}/tiltak/{merged.TiltakId}");

        var hostile = await amina.Post(page, "form.form", ("status", "Merged"), ("inn-i", "x'"));
        var other = await amina.Post(page, "form.form", ("status", "Merged"), ("inn-i", $"{given.Plan}"));
        var saved = await amina.Post(page, "form.form", ("status", "Merged"), ("inn-i", into.TiltakId.ToString()));
        var shown = await amina.Get($"{given.Path}/tiltak/{merged.TiltakId}");

        Assert.Equal([into.TiltakId.ToString()], page.Page.QuerySelectorAll("#inn-i option[value]:not([value=''])").Select(option => option.GetAttribute("value")));
        Assert.All(new[] { hostile, other }, refused =>
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Equal("Velg et annet tiltak i planen som dette er slått sammen med.", refused.Find(".ds-error-summary a[href='#inn-i']").TextContent);
        });
        Assert.Equal(HttpStatusCode.SeeOther, saved.Status);
        Assert.Equal(into.TiltakId, (await given.Stored()).Tiltak[1].MergedInto);
        Assert.Equal(into.TiltakId.ToString(), shown.Find("#inn-i option[selected][value]:not([value=''])").GetAttribute("value"));
    }

    [Fact]
    public async Task A_tiltak_is_removed_after_a_question()
    {
        await using var given = await GivenPlan.Start();
        using var amina = await Written(given);
        var path = $"{given.Path}/tiltak/{(await given.Stored()).Tiltak[0].TiltakId}/fjern";

        var asked = await amina.Get(path);
        var removed = await amina.Post(asked, "form.form");
        var again = await amina.Post(asked, "form.form");

        Assert.Contains("Fjerne Leksehjelp fra planen?", asked.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, given.Path + "?fjernet=1"), (removed.Status, removed.Location));
        Assert.Equal((removed.Status, removed.Location), (again.Status, again.Location));
        Assert.Empty((await given.Stored()).Tiltak);
    }

    [Fact]
    public async Task Last_year_stands_beside_with_its_own_money()
    {
        await using var given = await GivenPlan.Start(opens: false);
        var id = given.Database.Ids.Next<TiltakId>();
        await given.Database.Write(w =>
        {
            var source = new FundingSource(w.Ids.Next<FundingSourceId>(), given.Programme, new GrantYear(2024), 1, w.Db.Grantors.First().Id, "KDD", 590, 65, "kap. 590 post 65", "");
            var plan = Handlingsplan.Start(w.Ids.Next<HandlingsplanId>(), given.Unit, new GrantYear(2024), w.Now);
            plan.Add(id, "", given.Amina, w.Now);
            var text = new TiltakText(
                "Levekårspedagoger", "Oppvekst", "", "Fire pedagoger", "4 barnehager", "Barnehage", TiltakStatus.Running, TiltakChange.New, ["DRM-1", "GML-1"],
                new Dictionary<FundingSourceId, Money> { [source.Id] = Money.FromKroner(1_400_000) }, "3 i 2023", false);
            var ended = new Criterion("GML-1", given.Programme, 9, "Et mål som gjaldt i fjor", ["K1"]);
            ended.End(2024);
            w.Db.Add(ended);
            Assert.Null(plan.WriteTiltak(id, text, plan.Revision, given.Amina, w.Now));
            w.Db.AddRange(source, plan);
        });
        await given.Open();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);

        var page = await amina.Get($"{given.Path}/tiltak/{id}");
        await amina.Post(page, "form.form", "kladd");
        var changes = await amina.Get(given.Path + "/endringer");

        Assert.Contains("Et mål som gjaldt i fjor", changes.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("GML-1", changes.Text, StringComparison.Ordinal);
        var beside = page.Find("section[aria-labelledby='i-fjor']").TextContent;
        Assert.Contains("Fire pedagoger", beside, StringComparison.Ordinal);
        Assert.Contains("1\u00A0400\u00A0000\u00A0kr", beside, StringComparison.Ordinal);
        Assert.Contains("Mindre penger", changes.Find("section[aria-labelledby='i-fjor']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_number_of_queries_does_not_grow_with_the_plan()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);
        await given.WriteAll();
        var path = $"{given.Path}/tiltak/{(await given.Stored()).Tiltak[0].TiltakId}";

        var few = (await Queries(given, amina, given.Path), await Queries(given, amina, path), await Queries(given, amina, given.Path + "/utskrift"));
        for (var more = 0; more < 20; more++)
        {
            await given.WriteAll();
        }

        var many = (await Queries(given, amina, given.Path), await Queries(given, amina, path), await Queries(given, amina, given.Path + "/utskrift"));

        Assert.Equal(few, many);
        Assert.Equal((13, 9, 12), many);
    }

    [Fact]
    public async Task A_tiltak_is_saved_without_the_plan_being_read_more_than_once()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(given.Path + "/tiltak/ny");

        given.Database.Commands.Reset();
        var saved = await amina.Post(page, "form.form", Whole);

        Assert.Equal((HttpStatusCode.SeeOther, given.Path + "?lagret=1"), (saved.Status, saved.Location));
        Assert.Single(given.Database.Commands.Texts, text => text.StartsWith("SELECT", StringComparison.Ordinal) && text.Contains("JOIN \"HandlingsplanVersions\"", StringComparison.Ordinal));
        Assert.Equal(11, given.Database.Commands.Texts.Count(text => text.StartsWith("SELECT", StringComparison.Ordinal)));
    }

    private static async Task<int> Queries(GivenPlan given, Browsing browser, string path)
    {
        given.Database.Commands.Reset();
        Assert.Equal(HttpStatusCode.OK, (await browser.Get(path)).Status);
        return given.Database.Commands.Count;
    }

    /// <summary>The coordinator, with all of the plan written and nothing sent.</summary>
    private static async Task<Browsing> Written(GivenPlan given)
    {
        await given.SetFrame();
        await given.WriteAll();
        return await given.SignIn(given.Amina);
    }
}
