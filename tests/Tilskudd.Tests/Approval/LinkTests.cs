using System.Net;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Notices;
using Tilskudd.Storage;
using Tilskudd.Tests.SignIn;

namespace Tilskudd.Tests.Approval;

public sealed class LinkTests
{
    [Fact]
    public async Task The_link_moves_its_token_into_a_cookie_and_leads_to_an_address_without_it()
    {
        await using var given = await GivenARound.Open();
        var (token, _) = given.Access("Kari");

        using var answer = await given.Site.Get($"/g/{token}");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(given.Page, answer.Headers.Location!.OriginalString);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith($"g-{given.Round}=", StringComparison.Ordinal));
        Assert.Equal($"g-{given.Round}={token}; max-age=43200; path=/; samesite=lax; httponly", cookie);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task However_often_a_link_is_fetched_nothing_is_written()
    {
        await using var given = await GivenARound.Open();
        var (token, _) = given.Access("Kari");
        var before = await given.Kept();

        for (var i = 0; i < 25; i++)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Options })
            {
                using var answer = await given.Site.Send(method, $"/g/{token}");
            }

            using var prefetch = new HttpRequestMessage(HttpMethod.Get, $"/g/{token}");
            prefetch.Headers.Add("Sec-Purpose", "prefetch");
            using var prefetched = await given.Site.Client.SendAsync(prefetch, TestContext.Current.CancellationToken);
        }

        Assert.Equal(before, await given.Kept());
        using var kari = await given.Member("Kari");
        Assert.Equal(HttpStatusCode.OK, (await kari.Get()).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("..%2F..")]
    [InlineData("æøå")]
    public async Task An_unknown_or_mangled_token_meets_the_one_page_with_a_form(string what)
    {
        await using var given = await GivenARound.Open();
        var (token, _) = given.Access("Kari");
        var mangled = what.Length == 0 ? (token[0] == 'A' ? 'B' : 'A') + token[1..] : token[..20] + what + token[20..];

        var page = await given.Site.Read($"/g/{mangled}");
        var unknown = await given.Site.Read($"/g/{new string('A', 43)}");
        var cut = await given.Site.Read("/g/");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("name=\"epost\"", page.Text, StringComparison.Ordinal);
        Assert.Equal(Same(unknown.Text), Same(page.Text));
        Assert.Equal((HttpStatusCode.NotFound, true), (cut.Status, cut.Text.Contains("name=\"epost\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_nought_in_the_address_is_no_link_and_tells_nothing()
    {
        await using var given = await GivenARound.Open();
        var (token, _) = given.Access("Kari");

        var page = await given.Site.Read($"/g/{token[..20]}%00{token[20..]}");

        // The server takes no such address, and so no page of ours is asked.
        Assert.Equal((HttpStatusCode.BadRequest, ""), page);
    }

    [Theory]
    [InlineData(".")]
    [InlineData(")")]
    [InlineData(">")]
    [InlineData("=")]
    [InlineData("%20")]
    [InlineData(").")]
    public async Task What_mail_programs_hang_on_the_end_is_taken_off(string mark)
    {
        await using var given = await GivenARound.Open();
        var (token, _) = given.Access("Kari");

        using var answer = await given.Site.Get($"/g/{token}{mark}");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task A_link_to_the_old_version_says_so_and_its_form_stores_nothing()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        var form = await kari.Form("godkjenn");
        var old = given.Round;
        await given.SendAnewVersion();

        var read = await kari.Browser.Get($"/godkjenning/{old}");
        var posted = await kari.Browser.Post($"/godkjenning/{old}/bekreft", [.. form, ("kode", kari.Code)]);
        using var anew = await given.Member("Kari");
        var now = await anew.Get();

        Assert.NotEqual(old, given.Round);
        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Gone), (read.Status, posted.Status));
        Assert.Contains("Det er kommet en ny versjon", read.Text, StringComparison.Ordinal);
        Assert.Empty((await given.Read(old)).Answers);
        Assert.Equal(HttpStatusCode.OK, now.Status);
        Assert.Contains("Versjon 2", now.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_takes_part_no_longer_can_neither_read_nor_answer_by_an_old_link_and_gets_no_more_mail()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        var form = await kari.Form("godkjenn");
        var mails = given.Mails("Kari").Count;
        await given.Tell(async w => (await w.Db.Existing<Person>(given["Kari"])).End(new LocalDate(2024, 11, 19)));

        var read = await kari.Get();
        var posted = await kari.Post(form, ("kode", kari.Code));
        await kari.Browser.Submit("/g", null, ("epost", GivenARound.Address("Kari")));
        await given.Turn();
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(30));
        await given.Turn();

        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Gone), (read.Status, posted.Status));
        Assert.Contains("fordi du ikke er med i organet nå", read.Text, StringComparison.Ordinal);
        Assert.Empty((await given.Read()).Answers);
        Assert.Equal(mails, given.Mails("Kari").Count);
        Assert.True(given.Mails("Fatima").Count > 1);
    }

    [Fact]
    public async Task What_was_sent_to_an_address_that_is_corrected_opens_nothing_and_the_right_one_is_asked()
    {
        await using var given = await GivenARound.Open();
        using var stranger = await given.Member("Kari");
        var form = await stranger.Form("godkjenn");
        using var signedIn = await given.SignedIn("Kari");
        await given.Tell(w =>
        {
            w.Db.Add(new RoleAssignment(w.Ids.Next<RoleId>(), given["Silje"], Role.Administrator, null, null, null, new LocalDate(2024, 1, 1), null));
            return Task.CompletedTask;
        });
        using var silje = await given.SignedIn("Silje");
        var path = $"/admin/personer/{given["Kari"]}/endre";
        var page = await silje.Get(path);

        var saved = await silje.Submit(path, null, [.. Member.Fields(page.Text).Where(field => field.Name != "__RequestVerificationToken"), ("navn", "Kari Nordby"), ("epost", "karin@drammen.example"), ("sprak", "nb"), ("parti", "")]);
        var (read, posted, away) = (await stranger.Get(), await stranger.Post(form, ("kode", stranger.Code)), await signedIn.Get("/innboks"));
        await given.Turn();
        using var kari = await given.Member("Karin");

        Assert.Equal(HttpStatusCode.SeeOther, saved.Status);
        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Gone, HttpStatusCode.SeeOther), (read.Status, posted.Status, away.Status));
        Assert.Contains("e-postadressen den ble sendt til, er byttet ut", read.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await kari.Answer("godkjenn")).Status);
    }

    [Fact]
    public async Task After_the_end_the_link_is_gone_for_who_did_not_answer_and_a_receipt_for_who_did()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        using var fatima = await given.Member("Fatima");
        var form = await fatima.Form("godkjenn");
        await kari.Answer("mote");

        var late = await fatima.Post(form, ("kode", fatima.Code));
        var gone = await fatima.Get();
        var followed = await kari.Follow();
        var page = await kari.Get();
        var receipt = await kari.Get("/kvittering");

        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Gone), (late.Status, gone.Status));
        Assert.Contains("Runden er avsluttet", gone.Text, StringComparison.Ordinal);
        Assert.Equal(given.Page + "/kvittering", followed.Location);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.OK), (page.Status, receipt.Status));
        Assert.Contains("saken blir behandlet i et møte", receipt.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_of_one_round_opens_no_other_and_a_person_in_the_form_is_not_read()
    {
        await using var given = await GivenARound.Open();
        await using var other = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        var form = await kari.Form("godkjenn");
        var (foreign, _) = other.Access("Kari");

        var renamed = await given.Site.Send(HttpMethod.Get, given.Page, $"g-{given.Round}={foreign}");
        var unknown = await kari.Browser.Post($"/godkjenning/{Guid.Empty}/bekreft", [.. form, ("kode", kari.Code)]);
        await kari.Post([.. form, ("personId", given["Ola"].ToString()), ("person", given["Ola"].ToString())], ("kode", kari.Code));

        Assert.Equal(HttpStatusCode.NotFound, renamed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Equal(given["Kari"], Assert.Single((await given.Read()).Answers).PersonId);
    }

    [Fact]
    public async Task Without_the_cookie_the_page_says_to_open_the_link_again()
    {
        await using var given = await GivenARound.Open();

        var real = await given.Site.Read(given.Page);
        var unreal = await given.Site.Read($"/godkjenning/{Guid.Empty}");

        Assert.Equal(HttpStatusCode.NotFound, real.Status);
        Assert.Contains("Åpne lenken i e-posten på nytt.", real.Text, StringComparison.Ordinal);
        Assert.Equal(Same(real.Text), Same(unreal.Text));
    }

    [Fact]
    public async Task A_form_without_our_token_or_with_another_browsers_is_refused()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        using var fatima = await given.Member("Fatima");
        var form = await kari.Form("godkjenn");
        var others = (await fatima.Form("godkjenn")).Where(field => field.Name == "__RequestVerificationToken");

        var without = await kari.Post(form.Where(field => field.Name != "__RequestVerificationToken"), ("kode", kari.Code));
        var wrong = await kari.Post([.. form.Where(field => field.Name != "__RequestVerificationToken"), .. others], ("kode", kari.Code));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (without.Status, wrong.Status));
        Assert.Empty((await given.Read()).Answers);
    }

    [Theory]
    [InlineData("Origin", "https://evil.no", HttpStatusCode.BadRequest)]
    [InlineData("Origin", "http://127.0.0.1", HttpStatusCode.BadRequest)]
    [InlineData("Origin", "null", HttpStatusCode.SeeOther)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.BadRequest)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.BadRequest)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.SeeOther)]
    public async Task A_form_sent_from_another_site_is_refused_though_it_carries_our_token(string header, string value, HttpStatusCode expected)
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        var form = await kari.Form("godkjenn");
        using var content = new FormUrlEncodedContent([.. form.Select(field => KeyValuePair.Create(field.Name, field.Value)), new("kode", kari.Code)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, given.Page + "/bekreft") { Content = content };
        request.Headers.Add("Cookie", kari.Browser.Cookies.GetCookieHeader(kari.Browser.Address));
        request.Headers.Add(header, value);

        using var answer = await given.Site.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.SeeOther ? 1 : 0, (await given.Read()).Answers.Count);
    }

    [Theory]
    [InlineData("skjema", "")]
    [InlineData("skjema", "ikke-en-guid")]
    [InlineData("etter", "-1")]
    [InlineData("etter", "99999999999999")]
    [InlineData("vist", "")]
    public async Task A_hidden_field_that_is_not_ours_is_asked_about_again(string field, string value)
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        var form = await kari.Form("godkjenn");

        var posted = await kari.Post(form, (field, value), ("kode", kari.Code));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, posted.Status);
        Assert.Empty((await given.Read()).Answers);
    }

    [Fact]
    public async Task A_hash_of_something_else_is_not_what_is_decided()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        var form = await kari.Form("godkjenn");

        var posted = await kari.Post(form, ("vist", new string('0', 64)), ("kode", kari.Code));

        Assert.Equal(HttpStatusCode.Conflict, posted.Status);
        Assert.Empty((await given.Read()).Answers);
    }

    [Fact]
    public async Task Who_asks_for_a_new_link_gets_one_only_with_a_round_to_answer_in_and_always_the_same_page()
    {
        await using var given = await GivenARound.Open();
        using var browser = new Browser(given.Site);
        var before = given.Mails("Kari").Count;

        var member = await browser.Submit("/g/ukjent", "/g", ("epost", "KARI@drammen.example"));
        var leader = await browser.Submit("/g/ukjent", "/g", ("epost", GivenARound.Address("Ingrid")));
        var nobody = await browser.Submit("/g/ukjent", "/g", ("epost", "ingen@drammen.example"));
        var wrong = await browser.Submit("/g/ukjent", "/g", ("epost", "ikke en adresse"));
        await given.Turn();

        Assert.Equal((HttpStatusCode.SeeOther, "/g/sendt"), (member.Status, member.Location));
        Assert.Equal(member, leader);
        Assert.Equal(member, nobody);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(before + 1, given.Mails("Kari").Count);
        using var kari = await given.Member("Kari");
        Assert.Equal(HttpStatusCode.SeeOther, (await kari.Answer("godkjenn")).Status);
    }

    [Fact]
    public async Task Who_got_the_mail_by_mistake_closes_the_link_with_its_code()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");

        var without = await kari.Browser.Submit(given.Page + "/ikke-meg");
        var closed = await kari.Browser.Submit(given.Page + "/ikke-meg", null, ("kode", kari.Code));
        var gone = await kari.Get();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.Status);
        Assert.Equal(HttpStatusCode.SeeOther, closed.Status);
        Assert.Equal(HttpStatusCode.Gone, gone.Status);
        Assert.Contains("name=\"epost\"", gone.Text, StringComparison.Ordinal);
        await using var db = given.Site.Database.Read();
        Assert.Equal(LinkEnd.NotMe, (await db.Set<Link>().SingleAsync(link => link.PersonId == given["Kari"], TestContext.Current.CancellationToken)).RevokedWhy);
    }

    [Fact]
    public async Task Neither_token_code_nor_address_stands_in_the_log_or_the_trail()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        await kari.Answer("merknad", "kanarifugl");

        var log = string.Join('\n', given.Site.Log.Lines);
        await using var db = given.Site.Database.Read();
        var trail = string.Concat((await db.Trail.ToListAsync(TestContext.Current.CancellationToken)).Select(entry => entry.ToLine()));

        foreach (var secret in new[] { kari.Token, GivenARound.Address("Kari"), "kanarifugl", "Kari Nordby" })
        {
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, trail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task At_the_talkative_level_too_no_secret_and_no_number_of_a_person_stands_in_the_log()
    {
        await using var given = await GivenARound.Open(logs: "Trace");
        using var kari = await given.Member("Kari");
        using var fatima = await given.Member("Fatima");
        var leader = await given.SignedIn("Ingrid");
        await kari.Answer("merknad", "kanarifugl 01017012345");
        await fatima.Post(await fatima.Form("tilbake"), ("merk", "kanarifugl 01017012345"), ("kode", "0000" == fatima.Code ? "1111" : "0000"));
        await fatima.Browser.Post(given.Page + "/kode", [.. await fatima.Form("godkjenn")]);
        await leader.Get($"/godkjenning/{given.Round}");
        await given.Site.Read($"/g/{kari.Token[..40]}");
        await given.Site.Read($"/prove/{kari.Token}/feiler");
        await given.Turn();

        var log = string.Join('\n', given.Site.Log.Lines);
        string[] secrets =
        [
            kari.Token, kari.Token[..40], fatima.Token, given.FreshCode("Fatima"), leader.Session!, GivenARound.Address("Kari"), GivenARound.Address("Fatima"),
            GivenARound.Address("Ingrid"), "kanarifugl", "01017012345", "Nordby", $"kode={kari.Code}",
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, log, StringComparison.OrdinalIgnoreCase));
        Assert.NotEmpty(log);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public async Task The_page_asks_the_database_as_often_for_many_tiltak_as_for_few(int tiltak)
    {
        await using var given = await GivenARound.Open(tiltak: tiltak, hasLastYear: true);
        using var kari = await given.Member("Kari");
        given.Site.Database.Commands.Reset();

        var page = await kari.Get();

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Endret siden 2024", page.Text, StringComparison.Ordinal);
        Assert.True(given.Site.Database.Commands.Count <= 22, string.Join("\n\n", given.Site.Database.Commands.Texts));
    }

    // The antiforgery token differs each time, and the reference of an error.
    private static string Same(string page) => System.Text.RegularExpressions.Regex.Replace(page, "(__RequestVerificationToken\" value=\"[^\"]+)|(href=\"\\?[^\"]*)", "");
}
