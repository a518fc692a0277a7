using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tilskudd.Approval;
using Tilskudd.Cycle.Approval;
using Tilskudd.Notices;
using Tilskudd.Storage;

namespace Tilskudd.Tests.Approval;

/// <summary>A member on leave on the pages and in the mails: who names whom, who is asked, and what is told of it.</summary>
public sealed class SubstitutePagesTests
{
    [Fact]
    public async Task The_member_names_a_substitute_who_is_asked_at_once_answers_and_stands_beside_the_members_name_everywhere()
    {
        await using var given = await GivenARound.Open();
        using var ola = await given.SignedIn("Ola");
        var path = await Path(given, "Ola");

        var inbox = await ola.Get("/innboks");
        var named = await ola.Submit(path, null, ("stedfortreder", $"{given["Silje"]}"), ("fra", "20.11.2024"), ("til", "22.11.2024"));
        var twice = await ola.Submit(path, null, ("stedfortreder", $"{given["Jonas"]}"), ("fra", "21.11.2024"), ("til", "23.11.2024"));
        await given.Turn();
        using var silje = await given.Member("Silje");
        var (asked, away) = (await silje.Get(), await ola.Get(given.Page));
        using var ingrid = await given.SignedIn("Ingrid");
        var panel = await ingrid.Get($"/prosess/{(await given.Run()).Id}");
        await silje.Answer("godkjenn");
        foreach (var name in new[] { "Kari", "Fatima" })
        {
            using var member = await given.Member(name);
            await member.Answer("godkjenn");
        }

        var protocol = WebUtility.HtmlDecode((await ingrid.Get(given.Page + "/protokoll")).Text);
        var trail = WebUtility.HtmlDecode((await ingrid.Get("/spor")).Text);

        Assert.Contains($"href=\"{path}\"", inbox.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, path), (named.Status, named.Location));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.Status);
        Assert.Contains(given.Mails("Silje"), mail => mail.Subject.StartsWith("Stedfortreder i Politisk styringsgruppe", StringComparison.Ordinal) && GivenARound.Said(mail).Contains("Du svarer i stedet for Ola Nordby i Politisk styringsgruppe fra", StringComparison.Ordinal));
        Assert.Contains(given.Mails("Silje"), mail => mail.Subject.StartsWith("Til godkjenning", StringComparison.Ordinal) && GivenARound.Said(mail).Contains("Du svarer i stedet for Ola Nordby.", StringComparison.Ordinal));
        Assert.Contains("Du svarer i stedet for Ola Nordby.", asked.Text, StringComparison.Ordinal);
        Assert.Contains("Silje Nordby svarer for deg til og med 22. november 2024.", away.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"svar\"", away.Text, StringComparison.Ordinal);
        Assert.Contains("Silje Nordby i stedet for Ola Nordby", panel.Text, StringComparison.Ordinal);
        Assert.Equal(CountOutcome.Approved, (await given.Read()).Outcome);
        Assert.Contains("Silje Nordby i stedet for Ola Nordby, medlem", protocol, StringComparison.Ordinal);
        Assert.Contains("Ola Nordby var borte til og med 22. november 2024 og hadde stedfortreder.", protocol, StringComparison.Ordinal);
        Assert.Contains("navnga Silje Nordby som stedfortreder for Ola Nordby.", trail, StringComparison.Ordinal);
        Assert.Contains("ga plassen i runden til Silje Nordby, i stedet for Ola Nordby.", trail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_leave_is_over_it_ends_by_itself_the_link_closes_and_the_member_is_asked_again()
    {
        await using var given = await GivenARound.Open();
        using var ola = await given.SignedIn("Ola");
        await ola.Submit(await Path(given, "Ola"), null, ("stedfortreder", $"{given["Silje"]}"), ("fra", "21.11.2024"), ("til", "22.11.2024"));
        await given.Turn();
        var before = await given.Read();
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(1));
        await given.Turn();
        var during = await given.Read();
        using var silje = await given.Member("Silje");
        var mails = given.Mails("Ola").Count;
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(2));
        await given.Turn();

        var gone = await silje.Get();
        using var member = await given.Member("Ola");
        var answered = await member.Answer("godkjenn");

        Assert.NotNull(before.SeatOf(given["Ola"]));
        Assert.Equal((null, true), (during.SeatOf(given["Ola"]), during.SeatOf(given["Silje"]) is not null));
        Assert.Equal(HttpStatusCode.Gone, gone.Status);
        Assert.Contains("/g/", given.Mails("Ola").Skip(mails).Single(mail => mail.Subject.StartsWith("Til godkjenning", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, answered.Status);
        Assert.Single(await given.Trail("substitute-left"));
    }

    [Fact]
    public async Task Under_kommuneloven_others_than_the_deputies_are_refused_and_the_deputy_who_is_named_answers()
    {
        await using var given = await GivenARound.Open(Regime.Kommuneloven);
        using var ola = await given.SignedIn("Ola");
        var path = await Path(given, "Ola");

        var page = await ola.Get(path);
        var other = await ola.Submit(path, null, ("stedfortreder", $"{given["Silje"]}"), ("fra", "20.11.2024"), ("til", "22.11.2024"));
        var deputy = await ola.Submit(path, null, ("stedfortreder", $"{given["Anne"]}"), ("fra", "20.11.2024"), ("til", "22.11.2024"));
        await given.Turn();
        using var anne = await given.Member("Anne");

        Assert.Contains("Bare vara som er valgt for gruppa, kan tre inn", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Silje Nordby</option>", page.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (other.Status, deputy.Status));
        Assert.Equal(HttpStatusCode.SeeOther, (await anne.Answer("godkjenn")).Status);
        Assert.Empty(given.Mails("Per"));
    }

    [Fact]
    public async Task Who_leads_the_programme_may_name_and_end_it_and_others_find_no_such_page()
    {
        await using var given = await GivenARound.Open();
        var path = await Path(given, "Ola");
        using var ingrid = await given.SignedIn("Ingrid");
        using var fatima = await given.SignedIn("Fatima");

        var named = await ingrid.Submit(path, null, ("stedfortreder", $"{given["Per"]}"), ("fra", "20.11.2024"), ("til", "30.11.2024"));
        var shown = await ingrid.Get(path);
        var (other, posted) = (await fatima.Get(path), await fatima.Submit("/logg-inn", path, ("stedfortreder", $"{given["Anne"]}"), ("fra", "1.12.2024"), ("til", "2.12.2024")));
        var ended = await ingrid.Submit(path, path + "/avslutt", [.. Member.Fields(shown.Text).Where(field => field.Name == "hvem")]);
        await given.Turn();
        var wrong = await ingrid.Submit(path, null, ("stedfortreder", ""), ("fra", "i morgen"), ("til", ""));
        var farAway = await ingrid.Submit(path, null, ("stedfortreder", "ingen"), ("fra", "1.1.0007"), ("til", "1.12.2024"));

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (named.Status, ended.Status));
        Assert.Contains("20. november 2024 til 30. november 2024", shown.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (other.Status, posted.Status));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (wrong.Status, farAway.Status));
        Assert.Contains("Dette er ikke en dato. Skriv den som 26.11.2024 eller 2024-11-26.", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("Skriv en dato, for eksempel 26.11.2024.", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"i morgen\"", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("Skriv en dato mellom år", farAway.Text, StringComparison.Ordinal);
        Assert.Contains("Velg hvem som skal svare.", farAway.Text, StringComparison.Ordinal);
        var (toMember, toDeputy) = (given.Mails("Ola").Select(GivenARound.Said).ToList(), given.Mails("Per").Select(GivenARound.Said).ToList());
        Assert.Contains(toMember, said => said.Contains("Per Nordby svarer i stedet for deg i Politisk styringsgruppe", StringComparison.Ordinal) && said.Contains("Ingrid Nordby har registrert det. Du kan avslutte det fra innboksen din.", StringComparison.Ordinal));
        Assert.Contains(toMember, said => said.Contains("Per Nordby svarer ikke lenger i stedet for deg i Politisk styringsgruppe.", StringComparison.Ordinal));
        Assert.Contains(toDeputy, said => said.Contains("Du svarer ikke lenger i stedet for Ola Nordby i Politisk styringsgruppe.", StringComparison.Ordinal));
        Assert.NotNull((await given.Read()).SeatOf(given["Ola"]));
        Assert.Contains(given.Mails("Ola"), mail => mail.Subject.StartsWith("Stedfortreder i Politisk styringsgruppe er avsluttet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_who_begin_on_the_same_day_are_asked_once_each_and_the_others_not_again()
    {
        await using var given = await GivenARound.Open();
        using var ingrid = await given.SignedIn("Ingrid");
        foreach (var (away, instead) in new[] { ("Ola", "Silje"), ("Fatima", "Anne") })
        {
            await ingrid.Submit(await Path(given, away), null, ("stedfortreder", $"{given[instead]}"), ("fra", "21.11.2024"), ("til", "22.11.2024"));
        }

        given.Site.Database.Clock.Advance(TimeSpan.FromDays(1));
        await given.Turn();

        await using var db = given.Site.Database.Read();
        var links = await db.Set<Link>().Where(link => link.RoundId == given.Round).Select(link => link.PersonId).ToListAsync(TestContext.Current.CancellationToken);
        Assert.All(new[] { "Silje", "Anne", "Kari" }, name => Assert.Single(given.Mails(name), mail => mail.Subject.StartsWith("Til godkjenning", StringComparison.Ordinal)));
        Assert.Equal(links.Distinct(), links);
        Assert.Equal(5, links.Count);
    }

    [Fact]
    public async Task One_leave_follows_another_and_the_place_goes_from_one_substitute_to_the_next_whichever_was_named_first()
    {
        await using var given = await GivenARound.Open();
        using var ola = await given.SignedIn("Ola");
        var path = await Path(given, "Ola");
        await ola.Submit(path, null, ("stedfortreder", $"{given["Anne"]}"), ("fra", "22.11.2024"), ("til", "25.11.2024"));
        await ola.Submit(path, null, ("stedfortreder", $"{given["Silje"]}"), ("fra", "20.11.2024"), ("til", "21.11.2024"));
        await given.Turn();
        var first = await given.Read();

        given.Site.Database.Clock.Advance(TimeSpan.FromDays(2));
        await given.Turn();

        var next = await given.Read();
        Assert.NotNull(first.SeatOf(given["Silje"]));
        Assert.Equal((true, false, false), (next.SeatOf(given["Anne"]) is not null, next.SeatOf(given["Silje"]) is not null, next.SeatOf(given["Ola"]) is not null));
        Assert.Contains(given.Mails("Anne"), mail => mail.Subject.StartsWith("Til godkjenning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_substitute_who_comes_in_again_after_the_leave_was_over_is_asked_again_and_answers()
    {
        await using var given = await GivenARound.Open();
        var path = await Path(given, "Ola");
        await Leave(given, path, "Anne", "20.11.2024", "21.11.2024");
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(2));
        await given.Turn();
        var between = await given.Read();

        await Leave(given, path, "Anne", "22.11.2024", "25.11.2024");

        using var standIn = await given.Member("Anne");
        var answered = await standIn.Answer("godkjenn");
        Assert.NotNull(between.SeatOf(given["Ola"]));
        Assert.Equal(2, Asked(given, "Anne"));
        Assert.Equal(HttpStatusCode.SeeOther, answered.Status);
        Assert.Equal(1, Asked(given, "Fatima"));
    }

    [Fact]
    public async Task A_leave_that_is_over_while_the_substitute_is_in_doubt_gives_the_place_back_when_that_is_decided()
    {
        await using var given = await GivenARound.Open();
        await Leave(given, await Path(given, "Ola"), "Anne", "20.11.2024", "21.11.2024");
        using var standIn = await given.Member("Anne");
        await standIn.Answer("inhabil", "Jeg er i tvil.");
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(2));
        await given.Turn();
        var during = await given.Read();

        await given.Decide("Anne", isInhabil: false);

        var told = given.Mails("Anne")[^1];
        var gone = await standIn.Get();
        using var ola = await given.Member("Ola");
        var answered = await ola.Answer("godkjenn");
        Assert.Null(during.SeatOf(given["Ola"]));
        Assert.Contains("Plassen i runden er gitt tilbake, så du trenger ikke svare.", GivenARound.Said(told), StringComparison.Ordinal);
        Assert.DoesNotContain("/g/", told.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, gone.Status);
        Assert.Equal(2, Asked(given, "Ola"));
        Assert.Equal(HttpStatusCode.SeeOther, answered.Status);
        Assert.Single(await given.Trail("substitute-left"));
    }

    [Fact]
    public async Task When_the_substitute_is_found_inhabil_the_member_who_was_asked_before_is_asked_again()
    {
        await using var given = await GivenARound.Open();
        await Leave(given, await Path(given, "Ola"), "Anne", "20.11.2024", "25.11.2024");
        using var standIn = await given.Member("Anne");
        await standIn.Answer("inhabil", "Jeg er i tvil.");
        await given.Turn();

        await given.Decide("Anne");

        using var ola = await given.Member("Ola");
        Assert.Equal(HttpStatusCode.SeeOther, (await ola.Answer("godkjenn")).Status);
        Assert.Equal((2, 1, 1), (Asked(given, "Ola"), Asked(given, "Anne"), Asked(given, "Kari")));
    }

    [Fact]
    public async Task An_answer_taken_back_after_the_leave_is_over_gives_the_place_back_to_the_member()
    {
        await using var given = await GivenARound.Open();
        await Leave(given, await Path(given, "Ola"), "Anne", "20.11.2024", "21.11.2024");
        using var silje = await given.SignedIn("Silje");
        var form = Member.Fields((await silje.Get(given.Page + "/svar")).Text);
        var registered = await silje.Post(
            given.Page + "/svar", [("medlem", $"{(await given.Read()).SeatOf(given["Anne"])!.SeatId}"), ("kanal", "telefon"), ("svar", "godkjenn"), ("dato", "20.11.2024"), .. form]);
        await given.Turn();
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(2));
        await given.Turn();
        using var standIn = await given.Member("Anne");
        var receipt = await standIn.Get("/kvittering");

        var retracted = await standIn.Browser.Post(given.Page + "/trekk", [.. Member.Fields(receipt.Text), ("kode", standIn.Code)]);

        await given.Turn();
        using var ola = await given.Member("Ola");
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (registered.Status, retracted.Status));
        Assert.Equal(2, Asked(given, "Ola"));
        Assert.Equal(HttpStatusCode.SeeOther, (await ola.Answer("godkjenn")).Status);
    }

    [Fact]
    public async Task Those_of_a_round_are_asked_with_three_questions_to_the_database_and_nobody_twice()
    {
        await using var given = await GivenARound.Open();
        var (asked, queued) = (0, 0);

        await given.Tell(async w =>
        {
            var round = await w.Db.Existing<Round>(given.Round);
            given.Site.Database.Commands.Reset();
            await OpenRound.Invite(w, given.Site.Services.GetRequiredService<NoticeQueue>(), round, OpenRound.EntitledIn(round), "leave");
            (asked, queued) = (given.Site.Database.Commands.Count, w.Db.AtHand<Notice>().Count);
        });

        Assert.Equal((3, 0), (asked, queued));
    }

    private static async Task Leave(GivenARound given, string path, string instead, string from, string to)
    {
        using var ingrid = await given.SignedIn("Ingrid");
        Assert.Equal(HttpStatusCode.SeeOther, (await ingrid.Submit(path, null, ("stedfortreder", $"{given[instead]}"), ("fra", from), ("til", to))).Status);
        await given.Turn();
    }

    private static int Asked(GivenARound given, string name) => given.Mails(name).Count(mail => mail.Subject.StartsWith("Til godkjenning", StringComparison.Ordinal));

    private static async Task<string> Path(GivenARound given, string member) => $"/stedfortreder/{(await given.Read()).Seats.Single(seat => seat.PersonId == given[member]).SeatId}";
}
