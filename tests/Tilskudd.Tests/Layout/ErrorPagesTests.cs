using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Tilskudd.SignIn;
using Tilskudd.Tests.Planning;
using Tilskudd.Tests.Runs;

namespace Tilskudd.Tests.Layout;

public sealed class ErrorPagesTests
{
    [Fact]
    public async Task A_nul_in_the_address_of_any_page_is_told_of()
    {
        await using var given = await GivenAYear.Create();
        using var administrator = await given.SignedIn(given.Administrator);
        foreach (var path in new[] { "/spor?program=%00", "/spor?hendelse=a%00b", "/admin/personer?sok=%00", "/?sok=%00", "/planer?%00=x" })
        {
            var answer = await administrator.Get(path);

            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Contains("Adressen har et tegn som ikke kan brukes.", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_took_time_to_write_stands_on_the_page_that_does_not_take_it()
    {
        const string Long = "Vi har gått gjennom signalene fra staten,\r\nog dette er det vi mener om dem.";
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        using var amina = await given.SignIn(given.Amina);
        var page = await amina.Get(given.Path + "/del/hovedmal");
        await given.Database.Write(w => w.Db.Set<Session>().Single(session => session.PersonId == given.Amina).End(w.Now));

        var signedOut = await amina.Post(page, "form.form", ("tekst", Long));
        var shortText = await amina.Post(page, "form.form", ("tekst", "Kort og godt"));
        var notOurs = await amina.Post(page, "form.form", ("tekst", Long), ("__RequestVerificationToken", "x"));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (signedOut.Status, shortText.Status, notOurs.Status));
        Assert.Equal(Long.ReplaceLineEndings("\n"), signedOut.Page.QuerySelector("textarea[readonly]")?.TextContent.ReplaceLineEndings("\n"));
        Assert.Contains("Det er ikke lagret.", signedOut.Text, StringComparison.Ordinal);
        Assert.Equal("Logg inn", signedOut.Page.QuerySelector("main a[href='/logg-inn']")?.TextContent);
        Assert.All([shortText, notOurs], answer => Assert.Null(answer.Page.QuerySelector("textarea")));
    }

    [Fact]
    public async Task A_text_for_a_step_somebody_else_has_done_can_be_copied_from_the_answer()
    {
        const string Long = "Planen mangler et mål for ungdommene, og tallene i tabellen stemmer ikke med teksten.";
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        await given.WriteAll();
        await given.Done(given.Amina, given.Path, "form[action$='/send']");
        using var ingrid = await given.SignIn(given.Ingrid);
        var page = await ingrid.Get(given.Path);
        var first = await ingrid.Post(page, "form[action$='/gjennomgang']", "Accepted");

        var late = await ingrid.Post(page, "form[action$='/gjennomgang']", "Returned", ("grunn", Long));

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.Conflict), (first.Status, late.Status));
        Assert.Equal(Long, late.Page.QuerySelector("textarea[readonly]")?.TextContent);
    }

    [Fact]
    public async Task A_failure_shows_a_reference_and_nothing_of_its_insides()
    {
        await using var site = await RunningSite.Start();

        var (status, text) = await site.Read("/prove/hemmelig-token/feiler");

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Contains("Noe gikk galt hos oss", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Inside", text, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperation", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_is_logged_once_under_its_reference_without_the_path()
    {
        await using var site = await RunningSite.Start();

        var (_, text) = await site.Read("/prove/hemmelig-token/feiler");

        var reference = text.Split("Referanse: ")[1].Split('<')[0];
        var line = Assert.Single(site.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
        Assert.Equal($"Error: Request {reference} failed: GET /prove/{{token}}/feiler", line);
        Assert.DoesNotContain(site.Log.Lines, logged => logged.Contains("hemmelig-token", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/prove/borte", "Information: Refused with 410: GET /prove/borte by nobody")]
    [InlineData("/finnes/ikke", null)]
    public async Task What_somebody_is_refused_is_logged_by_its_route_and_an_address_nobody_has_made_is_not(string path, string? expected)
    {
        await using var site = await RunningSite.Start();

        await site.Read(path);

        Assert.Equal(expected is null ? 0 : 1, site.Log.Lines.Count(line => line.Contains("Refused with", StringComparison.Ordinal)));
        Assert.Equal(expected is not null, site.Log.Lines.Any(line => line.StartsWith(expected ?? "?", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/logg-inn", HttpStatusCode.OK)]
    [InlineData("/innboks", HttpStatusCode.SeeOther)]
    [InlineData("/finnes/ikke", HttpStatusCode.NotFound)]
    [InlineData("/prove/borte", HttpStatusCode.Gone)]
    [InlineData("/tilskudd.css", HttpStatusCode.OK)]
    [InlineData("/logg-ut", HttpStatusCode.MethodNotAllowed)]
    public async Task Head_answers_as_get_without_the_body(string path, HttpStatusCode expected)
    {
        await using var site = await RunningSite.Start();

        using var get = await site.Get(path);
        using var head = await site.Send(HttpMethod.Head, path);

        Assert.Equal((expected, expected), (get.StatusCode, head.StatusCode));
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(get.Headers.Location, head.Headers.Location);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_link_that_has_ended_says_why()
    {
        await using var site = await RunningSite.Start();

        var (status, text) = await site.Read("/prove/borte");

        Assert.Equal(HttpStatusCode.Gone, status);
        Assert.Contains("Lenken gjelder ikke lenger", text, StringComparison.Ordinal);
        Assert.Contains("Runden ble avsluttet 26. november.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_link_offers_a_form_for_a_new_one_where_its_room_asks_for_it()
    {
        await using var site = await RunningSite.Start();

        var (status, text) = await site.Read("/prove/lenke");

        var form = new HtmlParser().ParseDocument(text).QuerySelector("form[action='/ny-lenke']");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.NotNull(form?.QuerySelector("input[name=epost][type=email]"));
        Assert.NotNull(form.QuerySelector("input[name=__RequestVerificationToken]"));
    }

    [Theory]
    [InlineData("nb", "Vi finner ikke siden")]
    [InlineData("nn", "Vi finn ikkje sida")]
    [InlineData("en", "We cannot find the page")]
    public async Task An_error_is_told_in_the_chosen_language(string language, string title)
    {
        await using var site = await RunningSite.Start();

        var (_, text) = await site.Read("/finnes-ikke", $"sprak={language}");

        var page = new HtmlParser().ParseDocument(text);
        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.Equal($"{title} – Tilskudd, Drammen kommune", page.Title);
        Assert.Equal(title, page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task The_api_answers_errors_as_problem_json()
    {
        await using var site = await RunningSite.Start();

        using var answer = await site.Get("/api/v1/finnes-ikke");

        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(404, problem.RootElement.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_form_without_our_token_is_refused_and_says_that_nothing_is_saved()
    {
        await using var site = await RunningSite.Start();

        using var form = new FormUrlEncodedContent([KeyValuePair.Create("a", "b")]);
        using var answer = await site.Send(HttpMethod.Post, "/prove/skjema", content: form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Ingenting er lagret.", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://tilskudd.eksempel.no")]
    public async Task A_form_with_our_token_is_taken(string? baseUrl)
    {
        await using var site = await RunningSite.Start(baseUrl);
        using var page = await site.Get("/prove/lenke");
        var cookie = page.Headers.GetValues("Set-Cookie").Single();
        var document = new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var token = document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]);
        using var answer = await site.Send(HttpMethod.Post, "/prove/skjema", cookie.Split(';')[0], form);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith(baseUrl is null ? "skjema=" : "__Host-skjema=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
        Assert.Equal(baseUrl is not null, cookie.Contains("secure", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_beyond_the_limit_is_told_that_it_is_too_large()
    {
        await using var site = await RunningSite.Start();

        using var form = new FormUrlEncodedContent([KeyValuePair.Create("a", new string('b', (1024 * 1024) + 1))]);
        using var answer = await site.Send(HttpMethod.Post, "/prove/skjema", content: form);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("Det du sendte, er for stort", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
