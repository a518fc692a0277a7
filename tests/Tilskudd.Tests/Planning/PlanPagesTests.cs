using System.Net;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Planning;

public sealed class PlanPagesTests
{
    [Fact]
    public async Task The_programme_leader_sets_the_frame_and_the_plan_goes_on_to_the_coordinator()
    {
        await using var given = await GivenPlan.Start();
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(given.Path + "/ramme");

        var answer = await ingrid.Post(page, "form.form", ("belop-2", "1 100 000"), ("grunnlag-2", "Brev 7. oktober 2024"));

        Assert.Equal("11\u00A0500\u00A0000", page.Field("belop-1"));
        Assert.Equal((HttpStatusCode.SeeOther, given.Path + "?sendt=1"), (answer.Status, answer.Location));
        Assert.Equal("coordinator", (await given.Run()).WaitsFor);
        await using var db = given.Database.Read();
        var sources = await db.FundingSources.OrderBy(source => source.Number).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Money.FromKroner(1_100_000), sources[1].FrameFor(given.Unit));
        Assert.Single(sources[0].Amounts);
    }

    [Fact]
    public async Task Units_that_share_a_source_are_given_no_more_of_it_than_there_is()
    {
        await using var given = await GivenPlan.Start();
        await given.Database.Write(w =>
        {
            var second = new PlanUnit(w.Ids.Next<PlanUnitId>(), given.Programme, "strom", "Strøm", PlanUnitKind.Area, null);
            w.Db.Add(second);
            w.Db.FundingSources.Single(source => source.Id == given.Kdd).Record(AmountState.Proposed, second.Id, Money.FromKroner(4_000_000), w.Now, "Fordeling");
        });
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(given.Path + "/ramme");

        var tooMuch = await ingrid.Post(page, "form.form", ("belop-1", "7 500 001"), ("belop-2", "1 100 000"), ("grunnlag-2", "Prop. 1 S"));
        var confirmed = await ingrid.Post(page, "form.form", ("belop-2", "1 100 000"), ("grunnlag-2", "Prop. 1 S"));

        Assert.Equal("7\u00A0500\u00A0000", page.Field("belop-1"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (tooMuch.Status, confirmed.Status));
        Assert.Contains("7 500 000", tooMuch.Find(".ds-error-summary a[href='#belop-1']").TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
        await using var db = given.Database.Read();
        var source = await db.FundingSources.SingleAsync(source => source.Id == given.Kdd, TestContext.Current.CancellationToken);
        Assert.Equal(Money.FromKroner(7_500_000), source.LatestFor(given.Unit, AmountState.Proposed));
    }

    [Fact]
    public async Task A_frame_that_is_wrong_is_told_so_though_another_has_been_sent()
    {
        await using var given = await GivenPlan.Start();
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(given.Path + "/ramme");
        await ingrid.Post(page, "form.form", ("belop-2", "1 100 000"), ("grunnlag-2", "Brev 7. oktober 2024"));

        var wrong = await ingrid.Post(page, "form.form", ("belop-2", "elleve"), ("grunnlag-2", "Brev 7. oktober 2024"));

        Assert.Equal(HttpStatusCode.Conflict, wrong.Status);
        Assert.Contains("Det du sendte, er ikke lagret", wrong.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_without_an_amount_or_a_paper_comes_back_with_what_was_typed()
    {
        await using var given = await GivenPlan.Start();
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(given.Path + "/ramme");

        var answer = await ingrid.Post(page, "form.form", ("belop-1", "elleve"), ("belop-2", ""), ("grunnlag-2", " "));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("elleve", answer.Field("belop-1"));
        Assert.Equal(["#belop-1", "#belop-2", "#grunnlag-2"], answer.Page.QuerySelectorAll(".ds-error-summary a").Select(link => link.GetAttribute("href")));
        Assert.Equal("programme-leader", (await given.Run()).WaitsFor);
    }

    [Fact]
    public async Task A_text_is_saved_and_the_next_one_comes()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(given.Path + "/del/hovedmal");

        var answer = await amina.Post(page, "form.form", ("tekst", "Gode oppvekstvilkår\r\nfor alle"));

        Assert.Equal((HttpStatusCode.SeeOther, given.Path + "/del/utfordringer"), (answer.Status, answer.Location));
        Assert.Equal("Gode oppvekstvilkår\nfor alle", (await given.Stored()).Goal);
    }

    [Fact]
    public async Task A_text_saved_over_by_another_is_shown_beside_what_was_typed()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);
        var old = await amina.Get(given.Path + "/del/hovedmal");
        await amina.Post(await amina.Get(given.Path + "/del/hovedmal"), "form.form", ("tekst", "Først"));

        var answer = await amina.Post(old, "form.form", ("tekst", "Sist"));
        var again = await amina.Post(answer, "form.form", "kladd", ("tekst", "Først og sist"));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal("Sist", answer.Field("tekst"));
        Assert.Contains("Først", answer.Find("section[aria-labelledby='lagret']").TextContent, StringComparison.Ordinal);
        Assert.Contains("sist av deg selv", answer.Find(".ds-error-summary").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Noen andre", answer.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, again.Status);
        Assert.Equal("Først og sist", (await given.Stored()).Goal);
    }

    [Fact]
    public async Task A_text_that_is_too_long_comes_back_whole()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);
        var text = new string('å', 4_001);

        var answer = await amina.Post(await amina.Get(given.Path + "/del/hovedmal"), "form.form", ("tekst", text));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(text, answer.Field("tekst"));
        Assert.Equal("Teksten har 4001 tegn. Kort den ned til 4000.", answer.Find(".ds-error-summary a").TextContent);
    }

    [Fact]
    public async Task A_plan_with_faults_is_not_sent_and_each_fault_leads_to_its_place()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);

        var answer = await amina.Post(await amina.Get(given.Path), "form[action$='/send']");
        var links = answer.Page.QuerySelectorAll(".ds-error-summary a").Select(link => link.GetAttribute("href")!).ToList();
        var place = await amina.Get(links[0]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(given.Path + "/del/hovedmal?sjekk=1#tekst", links[0]);
        Assert.Equal(given.Path + "/tiltak/ny", links[5]);
        Assert.Equal(6, links.Count);
        Assert.Contains("Skriv hovedmålet.", place.Find(".ds-error-summary").TextContent, StringComparison.Ordinal);
        Assert.Empty((await given.Stored()).Versions);
    }

    [Fact]
    public async Task A_ready_plan_is_sent_once_however_often_the_form_is_posted()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        await given.WriteAll();
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(given.Path);

        var first = await amina.Post(page, "form[action$='/send']");
        var second = await amina.Post(page, "form[action$='/send']");

        Assert.Equal((HttpStatusCode.SeeOther, given.Path + "?sendt=1"), (first.Status, first.Location));
        Assert.Equal((first.Status, first.Location), (second.Status, second.Location));
        Assert.Equal(1, Assert.Single((await given.Stored()).Versions).Number);
        Assert.Equal((3, "programme-leader"), ((await given.Run()).VisitNumber, (await given.Run()).WaitsFor));
    }

    [Fact]
    public async Task A_reviewer_sends_the_plan_back_only_with_a_reason_and_the_coordinator_reads_it()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        await given.WriteAll();
        await given.Send();
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(given.Path);

        var without = await ingrid.Post(page, "form[action$='/gjennomgang']", "Returned");
        var with = await ingrid.Post(page, "form[action$='/gjennomgang']", "Returned", ("grunn", "Målet for leksehjelpen er for lavt."));
        using var amina = await given.SignIn(given.Amina);
        var back = await amina.Get(given.Path);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.Status);
        Assert.Equal("#grunn", without.Find(".ds-error-summary a").GetAttribute("href"));
        Assert.Equal(HttpStatusCode.SeeOther, with.Status);
        Assert.Contains("Målet for leksehjelpen er for lavt.", back.Find("section[aria-labelledby='tilbake']").TextContent, StringComparison.Ordinal);
        Assert.NotNull(back.Page.QuerySelector("form[action$='/send']"));
    }

    [Fact]
    public async Task A_reviewer_of_the_second_version_reads_why_the_body_sent_the_first_back_also_after_sending_it_back_once_more()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        await given.WriteAll();
        await given.Send();
        using var ingrid = await given.SignIn(given.Ingrid);
        var first = await ingrid.Get(given.Path);
        await ingrid.Post(first, "form[action$='/gjennomgang']", "Accepted");
        await given.Move("Returned", "Leksehjelpen når for få.");
        await given.Send();
        var second = await ingrid.Get(given.Path);
        await ingrid.Post(second, "form[action$='/gjennomgang']", "Returned", ("grunn", "Fortsatt for få."));
        await given.Send();
        var third = await ingrid.Get(given.Path);

        Assert.Null(first.Page.QuerySelector("section[aria-labelledby='tilbake']"));
        Assert.All([second, third], page =>
        {
            Assert.NotNull(page.Page.QuerySelector("form[action$='/gjennomgang']"));
            var why = page.Find("section[aria-labelledby='tilbake']").TextContent;
            Assert.Contains("Hvorfor planen ble sendt tilbake sist", why, StringComparison.Ordinal);
            Assert.Contains("Leksehjelpen når for få.", why, StringComparison.Ordinal);
            Assert.DoesNotContain("Fortsatt for få.", why, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Who_has_written_in_the_plan_does_not_review_it_and_reads_who_can()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        await given.WriteAll();
        await given.Send();
        await given.Database.Write(w => w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), given.Amina, Role.ProgrammeLeader, given.Programme, null, null, new LocalDate(2024, 1, 1), null)));
        using var amina = await given.SignIn(given.Amina);
        using var ingrid = await given.SignIn(given.Ingrid);
        var (own, others) = (await amina.Get(given.Path), await ingrid.Get(given.Path));
        var run = await given.Run();

        var refused = await amina.PostTo(await amina.Get("/logg-inn"), given.Path + "/gjennomgang", ("run", $"{run.Id}"), ("besok", $"{run.VisitNumber}"), ("utfall", "Accepted"));
        var accepted = await ingrid.Post(others, "form[action$='/gjennomgang']", "Accepted");

        Assert.Null(own.Page.QuerySelector("form[action$='/gjennomgang']"));
        Assert.Contains("kan ikke kontrollere ditt eget arbeid. Be en annen gjøre det: Ingrid Solli.", own.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("Ingrid Solli", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, accepted.Status);
    }

    [Fact]
    public async Task An_accepted_plan_goes_to_the_body_and_can_no_longer_be_written()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        await given.WriteAll();
        using var amina = await given.SignIn(given.Amina);
        var open = await amina.Get(given.Path + "/del/hovedmal");
        await given.Send();
        using var ingrid = await given.SignIn(given.Ingrid);

        var accepted = await ingrid.Post(await ingrid.Get(given.Path), "form[action$='/gjennomgang']", "Accepted");
        var late = await amina.Post(open, "form.form", ("tekst", "For sent skrevet"));

        Assert.Equal(HttpStatusCode.SeeOther, accepted.Status);
        Assert.Equal("deciding-body", (await given.Run()).WaitsFor);
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("For sent skrevet", late.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_is_not_there_for_those_who_have_nothing_to_do_with_it()
    {
        await using var given = await GivenPlan.Start();
        using var stranger = await given.SignIn(given.Stranger);
        string[] paths = ["", "/ramme", "/del/hovedmal", "/endringer", "/utskrift", "/tiltak/ny"];

        var answers = new List<HttpStatusCode>();
        foreach (var path in paths)
        {
            answers.Add((await stranger.Get(given.Path + path)).Status);
        }

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.NotFound, status));
    }

    [Fact]
    public async Task Only_those_whose_turn_it_is_write()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);
        using var ingrid = await given.SignIn(given.Ingrid);
        var form = await amina.Get(given.Path + "/del/hovedmal");
        var own = await ingrid.Get(given.Path + "/del/hovedmal");

        var frame = await amina.Get(given.Path + "/ramme");
        var fresh = await ingrid.Get(given.Path + "/tiltak/ny");

        Assert.NotNull(form.Page.QuerySelector("textarea"));
        Assert.Null(own.Page.QuerySelector("textarea"));
        Assert.Equal(HttpStatusCode.Conflict, frame.Status);
        Assert.Equal(HttpStatusCode.Conflict, fresh.Status);
        Assert.Equal("Dette kan ikke gjøres nå", fresh.Find("h1").TextContent);
        Assert.DoesNotContain("Det du sendte", fresh.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_is_printed_as_it_was_sent_whatever_is_written_later()
    {
        await using var given = await GivenPlan.Start();
        using var amina = await SentBack(given);
        await amina.Post(await amina.Get(given.Path + "/del/hovedmal"), "form.form", ("tekst", "Et nytt hovedmål"));

        var version = await amina.Get(given.Path + "/utskrift?versjon=1");
        var draft = await amina.Get(given.Path + "/utskrift");
        var none = await amina.Get(given.Path + "/utskrift?versjon=2");
        var changes = await amina.Get(given.Path + "/endringer");

        Assert.Contains("Tekst om Goal", version.Text, StringComparison.Ordinal);
        Assert.Contains((await given.Stored()).Versions[0].Hash, version.Text, StringComparison.Ordinal);
        Assert.Contains("Et nytt hovedmål", draft.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, none.Status);
        Assert.Equal(["Tekst endret"], changes.Page.QuerySelectorAll("section[aria-labelledby='versjon'] .changes .ds-tag").Select(tag => tag.TextContent));
    }

    [Fact]
    public async Task A_plan_that_is_as_it_was_sent_has_no_change_and_no_sum_to_compare()
    {
        await using var given = await GivenPlan.Start();
        using var amina = await SentBack(given);

        var same = (await amina.Get(given.Path + "/endringer")).Find("section[aria-labelledby='versjon']");

        Assert.Equal("Ingenting er endret", same.QuerySelector(".empty")!.TextContent);
        Assert.DoesNotContain("Til sammen", same.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/endringer?runde=x")]
    [InlineData("/endringer?runde=00000000-0000-0000-0000-000000000001")]
    [InlineData("/del/ukjent")]
    [InlineData("/tiltak/00000000-0000-0000-0000-000000000001")]
    [InlineData("/utskrift?versjon=-1")]
    public async Task What_is_unknown_is_not_found(string path)
    {
        await using var given = await GivenPlan.Start();
        using var amina = await given.SignIn(given.Amina);

        var answer = await amina.Get(given.Path + path);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }

    /// <summary>The coordinator, with the plan sent once and back for another goal.</summary>
    private static async Task<Browsing> SentBack(GivenPlan given)
    {
        await given.SetFrame();
        await given.WriteAll();
        await given.Send();
        using var ingrid = await given.SignIn(given.Ingrid);
        await ingrid.Post(await ingrid.Get(given.Path), "form[action$='/gjennomgang']", "Returned", ("grunn", "Nytt mål"));
        return await given.SignIn(given.Amina);
    }
}
