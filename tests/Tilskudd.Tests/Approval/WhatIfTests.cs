using System.Net;
using Tilskudd.Cycle.Approval;

namespace Tilskudd.Tests.Approval;

public sealed class WhatIfTests
{
    [Fact]
    public async Task The_secretary_tries_answers_and_sees_what_they_give_and_nothing_is_kept()
    {
        await using var given = await GivenARound.Open(mandate: Mandate.Default with { Written = WrittenRule.Majority });
        var round = await given.Read();
        using var silje = await given.SignedIn("Silje");

        var asItIs = await silje.Get(given.Page + "/hva-om");
        var tried = await silje.Get($"{given.Page}/hva-om?{Seat(round, given, "Kari")}=Approve&{Seat(round, given, "Ola")}=SendBack&{Seat(round, given, "Fatima")}=Approve");
        var page = await silje.Get($"/prosess/{(await given.Run()).Id}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (asItIs.Status, tried.Status));
        Assert.Contains("Det kan fortsatt bli et gyldig ja.", Words(asItIs), StringComparison.Ordinal);
        Assert.DoesNotContain("Det kan fortsatt bli et gyldig ja.", Words(tried), StringComparison.Ordinal);
        Assert.Contains("Saken er godkjent.", Words(tried), StringComparison.Ordinal);
        Assert.DoesNotContain("Saken er godkjent.", Words(asItIs), StringComparison.Ordinal);
        Assert.Contains("/hva-om", page.Text, StringComparison.Ordinal);
        Assert.Empty((await given.Read()).Answers);
    }

    [Fact]
    public async Task A_member_who_is_tried_away_has_a_deputy_step_in_and_the_deputy_can_be_tried_too()
    {
        await using var given = await GivenARound.Open();
        var round = await given.Read();
        using var silje = await given.SignedIn("Silje");
        var deputy = round.Seats.Single(seat => seat.PersonId == given["Per"]);

        var before = await silje.Get(given.Page + "/hva-om");
        var away = await silje.Get($"{given.Page}/hva-om?{Seat(round, given, "Ola")}=Absent");
        var answered = await silje.Get($"{given.Page}/hva-om?{Seat(round, given, "Kari")}=Approve&{Seat(round, given, "Fatima")}=Approve&{Seat(round, given, "Ola")}=Absent&plass-{deputy.SeatId}=Approve");

        Assert.DoesNotContain($"plass-{deputy.SeatId}", before.Text, StringComparison.Ordinal);
        Assert.Contains($"plass-{deputy.SeatId}", away.Text, StringComparison.Ordinal);
        Assert.Contains("Saken er godkjent.", Words(answered), StringComparison.Ordinal);
        Assert.DoesNotContain("Saken er godkjent.", Words(away), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Regime.Mandat, true)]
    [InlineData(Regime.Administrativ, false)]
    public async Task Only_what_the_bodys_rules_allow_can_be_tried(Regime regime, bool isOffered)
    {
        await using var given = await GivenARound.Open(regime);
        using var ingrid = await given.SignedIn("Ingrid");

        var page = await ingrid.Get(given.Page + "/hva-om");

        Assert.Equal((HttpStatusCode.OK, isOffered), (page.Status, page.Text.Contains($"value=\"{nameof(AnswerKind.ObjectToWritten)}\"", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Kari", HttpStatusCode.Forbidden)]
    [InlineData("Utenfor", HttpStatusCode.NotFound)]
    [InlineData("Ingrid", HttpStatusCode.OK)]
    public async Task Only_those_who_lead_the_round_try(string name, HttpStatusCode expected)
    {
        await using var given = await GivenARound.Open();
        using var browser = await given.SignedIn(name);

        Assert.Equal(expected, (await browser.Get(given.Page + "/hva-om")).Status);
    }

    [Theory]
    [InlineData("Abstain")]
    [InlineData("7")]
    [InlineData("<script>")]
    public async Task An_answer_that_is_not_in_the_list_is_told_of_and_the_rest_is_shown_as_it_stands(string value)
    {
        await using var given = await GivenARound.Open();
        var round = await given.Read();
        using var silje = await given.SignedIn("Silje");

        var page = await silje.Get($"{given.Page}/hva-om?{Seat(round, given, "Kari")}={Uri.EscapeDataString(value)}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("Velg et av svarene i lista for", Words(page), StringComparison.Ordinal);
    }

    private static string Seat(Round round, GivenARound given, string name) => $"plass-{round.SeatOf(given[name])!.SeatId}";

    private static string Words((HttpStatusCode Status, string Text, string? Location) page) => WebUtility.HtmlDecode(page.Text);
}
