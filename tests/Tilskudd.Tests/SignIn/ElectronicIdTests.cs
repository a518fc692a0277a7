using System.Net;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Tests.Approval;

namespace Tilskudd.Tests.SignIn;

/// <summary>Signing in through an identity provider, and a body that asks for it.</summary>
public sealed class ElectronicIdTests
{
    private static readonly DateTimeOffset _now = new(2024, 11, 20, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_the_provider_vouches_for_is_signed_in_and_comes_where_they_were_going()
    {
        await using var provider = await IdentityProvider.Start(_now);
        await using var given = await GivenARound.Open(settings: provider.Settings);
        using var kari = new Browser(given.Site);
        provider.Email = GivenARound.Address("Kari").ToUpperInvariant();
        var page = await kari.Get("/logg-inn?til=%2Finnboks");
        var to = await IdentityProvider.SignIn(kari, "/logg-inn/eid?til=%2Finnboks");
        var inbox = await kari.Get("/innboks");

        Assert.Contains("href=\"/logg-inn/eid?til=%2Finnboks\"", page.Text, StringComparison.Ordinal);
        Assert.Equal(("/innboks", HttpStatusCode.OK), (to, inbox.Status));
        await using var db = given.Site.Database.Read();
        Assert.True((await db.Set<Tilskudd.SignIn.Session>().SingleAsync(Ct)).IsElectronic);
        Assert.DoesNotContain(given.Site.Log.Lines, line => line.Contains('@', StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_that_asks_for_it_takes_no_answer_by_link_or_mailed_sign_in_and_says_the_way()
    {
        await using var provider = await IdentityProvider.Start(_now);
        await using var given = await GivenARound.Open(settings: provider.Settings, assurance: Assurance.OpenIdConnect);
        using var kari = await given.Member("Kari");
        var shown = await kari.Browser.Get($"{given.Page}/bekreft?svar=godkjenn");
        var round = await given.Read();
        var posted = await kari.Browser.Submit("/logg-inn", $"{given.Page}/bekreft", ("svar", "godkjenn"), ("skjema", "01934895-d800-7b15-bea4-f5a10f520ae5"), ("etter", "0"), ("vist", round.Hash), ("merk", ""), ("kode", kari.Code));
        using var mailed = await given.SignedIn("Kari");
        var signedIn = await mailed.Get($"{given.Page}/bekreft?svar=godkjenn");

        foreach (var text in new[] { shown.Text, signedIn.Text })
        {
            Assert.Contains($"/logg-inn/eid?til={Uri.EscapeDataString($"{given.Page}/bekreft?svar=godkjenn")}", WebUtility.HtmlDecode(text), StringComparison.Ordinal);
            Assert.DoesNotContain("name=\"kode\"", text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, posted.Status);
        Assert.Empty((await given.Read()).Answers);
    }

    [Fact]
    public async Task After_the_provider_the_same_browser_answers_without_a_code_and_the_answer_says_how()
    {
        await using var provider = await IdentityProvider.Start(_now);
        await using var given = await GivenARound.Open(settings: provider.Settings, assurance: Assurance.OpenIdConnect);
        using var kari = await given.Member("Kari");
        provider.Email = GivenARound.Address("Kari");
        var to = await IdentityProvider.SignIn(kari.Browser, $"/logg-inn/eid?til={Uri.EscapeDataString($"{given.Page}/bekreft?svar=godkjenn")}");
        var answered = await kari.Post(Member.Fields((await kari.Browser.Get(to)).Text), ("merk", ""));

        Assert.Equal(HttpStatusCode.SeeOther, answered.Status);
        var answer = Assert.Single((await given.Read()).Answers);
        Assert.Equal((AnswerKind.Approve, Assurance.OpenIdConnect, given["Kari"]), (answer.Kind, answer.Assurance, answer.PersonId));
    }

    [Fact]
    public async Task Another_persons_electronic_id_answers_for_nobody_but_themselves()
    {
        await using var provider = await IdentityProvider.Start(_now);
        await using var given = await GivenARound.Open(settings: provider.Settings, assurance: Assurance.OpenIdConnect);
        using var kari = await given.Member("Kari");
        provider.Email = GivenARound.Address("Per");
        await IdentityProvider.SignIn(kari.Browser, "/logg-inn/eid");
        var shown = await kari.Browser.Get($"{given.Page}/bekreft?svar=godkjenn");

        Assert.Contains("elektronisk ID når du svarer", shown.Text, StringComparison.Ordinal);
        Assert.Empty((await given.Read()).Answers);
    }

    [Theory]
    [InlineData("ukjent@drammen.example", null, false, false, "Unknown")]
    [InlineData("ikke en adresse", null, false, false, "Unknown")]
    [InlineData("kari@drammen.example", false, false, false, "Unknown")]
    [InlineData("kari@drammen.example", null, true, false, "Failed")]
    [InlineData("kari@drammen.example", null, false, true, "Failed")]
    public async Task What_does_not_vouch_signs_nobody_in_and_is_told_plainly(string email, bool? isVerified, bool isForged, bool isCancelled, string told)
    {
        await using var provider = await IdentityProvider.Start(_now);
        await using var given = await GivenARound.Open(settings: provider.Settings);
        using var browser = new Browser(given.Site);
        (provider.Email, provider.IsVerified, provider.IsForged, provider.IsCancelled) = (email, isVerified, isForged, isCancelled);
        var to = await IdentityProvider.SignIn(browser, "/logg-inn/eid");
        var page = await browser.Get(to);

        Assert.Equal($"/logg-inn?eid={told}", to);
        Assert.Contains("role=\"alert\"", page.Text, StringComparison.Ordinal);
        Assert.Null(browser.Session);
        Assert.DoesNotContain(given.Site.Log.Lines, line => line.Contains("drammen.example", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "/innboks")]
    [InlineData(true, "/innboks")]
    [InlineData(false, "/logg-inn?eid=Unknown")]
    public async Task What_the_provider_tells_only_when_asked_vouches_as_much_as_what_stands_in_the_token(bool? isVerified, string expected)
    {
        await using var provider = await IdentityProvider.Start(_now);
        await using var given = await GivenARound.Open(settings: provider.Settings);
        using var kari = new Browser(given.Site);
        (provider.Email, provider.IsVerified, provider.TellsWhenAsked) = (GivenARound.Address("Kari"), isVerified, true);

        Assert.Equal(expected, await IdentityProvider.SignIn(kari, "/logg-inn/eid?til=%2Finnboks"));
    }

    [Fact]
    public async Task What_another_browser_began_or_what_was_used_before_signs_nobody_in()
    {
        await using var provider = await IdentityProvider.Start(_now);
        await using var given = await GivenARound.Open(settings: provider.Settings);
        using var kari = new Browser(given.Site);
        using var thief = new Browser(given.Site);
        provider.Email = GivenARound.Address("Kari");
        var fields = await IdentityProvider.Ask(kari, "/logg-inn/eid");
        var stolen = await thief.Post("/logg-inn/svar", fields);
        var right = await kari.Post("/logg-inn/svar", fields);
        var again = await kari.Post("/logg-inn/svar", fields);
        var nothing = await thief.Post("/logg-inn/svar");

        Assert.Equal(("/logg-inn?eid=Failed", "/", "/logg-inn?eid=Failed", "/logg-inn?eid=Failed"), (stolen.Location, right.Location, again.Location, nothing.Location));
        Assert.Null(thief.Session);
    }

    [Theory]
    [InlineData("https://ond.example/")]
    [InlineData("//ond.example")]
    public async Task The_way_back_never_leads_to_another_site(string til)
    {
        await using var provider = await IdentityProvider.Start(_now);
        await using var given = await GivenARound.Open(settings: provider.Settings);
        using var kari = new Browser(given.Site);
        provider.Email = GivenARound.Address("Kari");

        Assert.Equal("/", await IdentityProvider.SignIn(kari, $"/logg-inn/eid?til={Uri.EscapeDataString(til)}"));
    }

    [Fact]
    public async Task Without_a_provider_there_is_no_such_way()
    {
        await using var given = await GivenARound.Open();
        using var browser = new Browser(given.Site);

        Assert.DoesNotContain("/logg-inn/eid", (await browser.Get("/logg-inn")).Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await browser.Get("/logg-inn/eid")).Status, (await browser.Post("/logg-inn/svar")).Status));
    }
}
