using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tilskudd.Cycle.People;
using Tilskudd.Notices;
using Tilskudd.Notices.Mailing;
using Tilskudd.SignIn;
using Tilskudd.Tests.Layout;

namespace Tilskudd.Tests.SignIn;

public sealed partial class SignInTests : IAsyncLifetime
{
    private const string Kari = "kari.nordby@drammen.example";
    private RunningSite _site = null!;
    private PersonId _kari;

    public async ValueTask InitializeAsync()
    {
        _site = await RunningSite.Start();
        _kari = _site.Database.Ids.Next<PersonId>();
        await _site.Database.Write(writing => writing.Db.Add(new Person(_kari, "Kari Nordby", Kari, "nn", "", isInvented: true, "salt")));
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_person_signs_in_by_the_mailed_link_and_out_again()
    {
        using var browser = new Browser(_site);

        var asked = await browser.Submit("/logg-inn?til=/innboks", "/logg-inn", ("epost", Kari), ("til", "/innboks"));
        var link = await Link();
        var shown = await browser.Get(link);
        var entered = await browser.Submit(link);
        var session = browser.Session;
        var left = await browser.Submit("/logg-inn", "/logg-ut");

        Assert.Equal((HttpStatusCode.SeeOther, "/logg-inn/sendt"), (asked.Status, asked.Location));
        Assert.Equal(HttpStatusCode.OK, shown.Status);
        Assert.Contains("Kari Nordby", shown.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, "/innboks"), (entered.Status, entered.Location));
        Assert.NotNull(session);
        Assert.Equal((HttpStatusCode.SeeOther, "/logg-inn"), (left.Status, left.Location));
        await using var db = _site.Database.Read();
        var kept = await db.Set<Session>().SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(SecretSource.Hash(session), kept.Hash);
        Assert.NotNull(kept.EndedAt);
    }

    [Theory]
    [InlineData("kari.nordby@drammen.example")]
    [InlineData("KARI.NORDBY@Drammen.example")]
    [InlineData(" kari.nordby@drammen.example\u00A0")]
    public async Task Capital_letters_and_spaces_are_the_same_account(string typed)
    {
        using var browser = new Browser(_site);

        await browser.Submit("/logg-inn", null, ("epost", typed));

        Assert.NotEmpty(await Link());
    }

    [Fact]
    public async Task An_unknown_address_gets_the_same_answer_and_no_mail()
    {
        using var browser = new Browser(_site);

        var known = await browser.Submit("/logg-inn", null, ("epost", Kari));
        var unknown = await browser.Submit("/logg-inn", null, ("epost", "ukjent@drammen.example"));
        await _site.Turn();

        Assert.Equal(known, unknown);
        Assert.Single(Mails());
        await using var db = _site.Database.Read();
        Assert.Empty(db.Set<SignInWish>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("kari@dep.example\r\nBcc: ond@evil.example")]
    [InlineData("\"kari\r\nRCPT TO:<ond@evil.example>\"@dep.example")]
    [InlineData("kari@dep.example,ond@evil.example")]
    [InlineData("kari@dep.example.")]
    public async Task What_is_not_one_address_is_refused_beside_the_field(string typed)
    {
        using var browser = new Browser(_site);

        var answer = await browser.Submit("/logg-inn", null, ("epost", typed));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("href=\"#epost\"", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_or_endless_address_is_refused_too()
    {
        using var browser = new Browser(_site);

        var missing = await browser.Submit("/logg-inn");
        var endless = await browser.Submit("/logg-inn", null, ("epost", new string('a', 10_000) + "@dep.example"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (missing.Status, endless.Status));
    }

    [Fact]
    public async Task Looking_at_the_link_spends_nothing_and_using_it_spends_it()
    {
        using var browser = new Browser(_site);
        using var other = new Browser(_site);
        await browser.Submit("/logg-inn", null, ("epost", Kari));
        var link = await Link();
        for (var look = 0; look < 3; look++)
        {
            Assert.Equal(HttpStatusCode.OK, (await other.Get(link)).Status);
        }

        var first = await browser.Submit(link);
        var second = await other.Get(link);

        Assert.Equal(HttpStatusCode.SeeOther, first.Status);
        Assert.Equal(HttpStatusCode.Gone, second.Status);
        Assert.Null(other.Session);
    }

    [Fact]
    public async Task A_link_lives_ten_minutes()
    {
        using var browser = new Browser(_site);
        await browser.Submit("/logg-inn", null, ("epost", Kari));
        var link = await Link();

        _site.Database.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        var before = await browser.Get(link);
        _site.Database.Clock.Advance(TimeSpan.FromSeconds(1));
        var after = await browser.Get(link);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Gone), (before.Status, after.Status));
    }

    [Fact]
    public async Task A_session_fixed_before_sign_in_is_worth_nothing_after()
    {
        using var browser = new Browser(_site);
        browser.Cookies.Add(browser.Address, new Cookie("s", "attacker"));
        await browser.Submit("/logg-inn", null, ("epost", Kari));

        await browser.Submit(await Link());

        Assert.NotEqual("attacker", browser.Session);
        await using var db = _site.Database.Read();
        Assert.Null(await Sessions.Find(db, "attacker", _site.Database.Clock.GetUtcNow(), TestContext.Current.CancellationToken));
        Assert.Equal(_kari, (await Sessions.Find(db, browser.Session!, _site.Database.Clock.GetUtcNow(), TestContext.Current.CancellationToken))!.Id);
        Assert.Null(await Sessions.Find(db, browser.Session!, _site.Database.Clock.GetUtcNow() + TimeSpan.FromHours(12), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_demonstration_s_link_works_many_times_in_many_browsers()
    {
        var token = "";
        await _site.Database.Write(writing => token = _site.Services.GetRequiredService<SignInTickets>().IssueReusable(writing, _kari));

        for (var visit = 0; visit < 3; visit++)
        {
            using var browser = new Browser(_site);
            Assert.Equal(HttpStatusCode.SeeOther, (await browser.Submit($"/l/{token}")).Status);
            Assert.NotNull(browser.Session);
            _site.Database.Clock.Advance(TimeSpan.FromHours(1));
        }
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task Signing_in_leads_nowhere_but_to_this_site(string elsewhere)
    {
        using var browser = new Browser(_site);
        await browser.Submit("/logg-inn", null, ("epost", Kari), ("til", elsewhere));

        var entered = await browser.Submit(await Link());

        Assert.Equal("/", entered.Location);
    }

    [Fact]
    public async Task Five_mails_an_hour_are_sent_to_one_address()
    {
        for (var wish = 0; wish < 8; wish++)
        {
            using var browser = new Browser(_site);
            await browser.Submit("/logg-inn", null, ("epost", Kari));
            await _site.Turn();
            _site.Database.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(5, Mails().Count);
    }

    [Fact]
    public async Task Who_tries_links_at_random_is_stopped_for_a_minute()
    {
        using var browser = new Browser(_site);
        for (var miss = 0; miss < Misses.MostPerMinute; miss++)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Get("/l/feil" + miss)).Status);
        }

        var stopped = await browser.Get("/l/feil");
        _site.Database.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = await browser.Get("/l/feil");
        var cut = await browser.Get("/l/");

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.NotFound), (stopped.Status, later.Status));
        Assert.Equal((HttpStatusCode.NotFound, true), (cut.Status, cut.Text.Contains("action=\"/logg-inn\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Behind_a_proxy_one_who_guesses_is_stopped_and_neither_others_nor_who_has_a_link_that_opens()
    {
        for (var miss = 0; miss < Misses.MostPerMinute; miss++)
        {
            Assert.Equal(HttpStatusCode.NotFound, await From("203.0.113.7", "/l/feil" + miss));
        }

        using (var browser = new Browser(_site))
        {
            await browser.Submit("/logg-inn", null, ("epost", Kari));
        }

        var link = await Link();
        var (stopped, other, mine) = (await From("203.0.113.7", "/l/feil"), await From("203.0.113.8", "/l/feil"), await From("203.0.113.7", link));

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.NotFound, HttpStatusCode.OK), (stopped, other, mine));

        async Task<HttpStatusCode> From(string client, string path)
        {
            using var asked = new HttpRequestMessage(HttpMethod.Get, path);
            asked.Headers.Add("X-Forwarded-For", client);
            using var answer = await _site.Client.SendAsync(asked, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("/plan/1?vis=alle", "/plan/1?vis=alle")]
    [InlineData("/å", "/")]
    [InlineData("/a b", "/")]
    [InlineData("//andre.example", "/")]
    [InlineData("/\\andre.example", "/")]
    [InlineData(null, "/")]
    public void Where_signing_in_leads_is_an_address_of_ours_in_letters_an_address_has(string? given, string expected) => Assert.Equal(expected, LocalPath.Of(given));

    [Fact]
    public void When_many_places_guess_within_a_minute_the_operator_is_alarmed_once()
    {
        var journal = new Journal();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(journal));
        var misses = new Misses(_site.Database.Clock, factory.CreateLogger<Misses>());

        for (var guess = 1; guess <= Misses.Alarming + 50; guess++)
        {
            Assert.Equal(guess > Misses.Alarming, misses.AlarmedAt is not null);
            misses.Count(From(guess));
        }

        Assert.Single(journal.Lines, line => line.StartsWith("Error: 200 tries", StringComparison.Ordinal));
        Assert.False(misses.AreTooMany(From(7)));
    }

    [Fact]
    public void As_many_tries_over_an_hour_are_people_who_mistype()
    {
        var misses = new Misses(_site.Database.Clock, NullLogger<Misses>.Instance);

        for (var guess = 1; guess <= 2 * Misses.Alarming; guess++)
        {
            misses.Count(From(guess));
            _site.Database.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Null(misses.AlarmedAt);
    }

    private static DefaultHttpContext From(int place)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = new IPAddress([10, 0, (byte)(place / 256), (byte)place]);
        return context;
    }

    [Fact]
    public async Task A_post_without_a_form_of_ours_changes_nothing()
    {
        using var browser = new Browser(_site);
        await browser.Submit("/logg-inn", null, ("epost", Kari));
        var link = await Link();

        var answer = await browser.Post(link);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Null(browser.Session);
    }

    [Fact]
    public async Task No_log_tells_a_token_an_address_or_a_session()
    {
        using var browser = new Browser(_site);
        await browser.Submit("/logg-inn", null, ("epost", Kari));
        await browser.Submit("/logg-inn", null, ("epost", "kanarifugl@drammen.example\r\n"));
        var link = await Link();
        await browser.Submit(link);
        await browser.Get("/g/kanarifugl-token");
        await browser.Get("/k/kanarifugl-token");
        await browser.Get("/l/kanarifugl-token");

        var log = string.Join('\n', _site.Log.Lines);
        Assert.DoesNotContain(link["/l/".Length..], log, StringComparison.Ordinal);
        Assert.DoesNotContain("kanarifugl", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Kari, log, StringComparison.Ordinal);
        Assert.Contains(" signed in by mailed link", log, StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Session!, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mailbox_of_development_shows_the_mail_and_its_link()
    {
        using var browser = new Browser(_site);
        await browser.Submit("/logg-inn", null, ("epost", Kari));
        var link = await Link();

        var all = await browser.Get("/postkasse");
        var mail = await browser.Get(MailLink().Match(all.Text).Value);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (all.Status, mail.Status));
        Assert.Contains($"{link}\"", mail.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get("/postkasse/..%2Fhemmelig")).Status);
    }

    private List<ReadMail> Mails()
    {
        var folder = Path.Combine(_site.Database.Folder, "mail");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(file => MailReader.Read(File.ReadAllBytes(file)))] : [];
    }

    // The path of the link in the last mail.
    private async Task<string> Link()
    {
        await _site.Turn();
        return SignInLink().Match(Mails()[^1].Text).Value;
    }

    [GeneratedRegex("/l/[A-Za-z0-9_-]{43}")]
    private static partial Regex SignInLink();

    [GeneratedRegex("/postkasse/[0-9a-f-]{36}")]
    private static partial Regex MailLink();
}
