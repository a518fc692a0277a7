using System.Net;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.Approval;

namespace Tilskudd.Tests.Approval;

public sealed class LeaderTests
{
    private static readonly DateTimeOffset AfterTheDeadline = new(2024, 11, 26, 11, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_programme_leader_closes_the_round_after_its_deadline_and_not_before()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        await kari.Answer("godkjenn");
        using var before = await given.SignedIn("Ingrid");

        var early = await before.Submit("/logg-inn", given.Page + "/avslutt");
        given.Site.Database.Clock.SetTo(AfterTheDeadline);
        using var ingrid = await given.SignedIn("Ingrid");
        var closed = await ingrid.Submit("/logg-inn", given.Page + "/avslutt");

        Assert.Equal(HttpStatusCode.Conflict, early.Status);
        Assert.Contains("Vent med å avslutte runden", early.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, closed.Status);
        Assert.StartsWith("/prosess/", closed.Location, StringComparison.Ordinal);
        Assert.Equal(CountOutcome.ToMeeting, (await given.Read()).Outcome);
    }

    [Fact]
    public async Task The_page_of_the_run_names_those_whose_answers_are_missing()
    {
        await using var given = await GivenARound.Open();
        using var kari = await given.Member("Kari");
        await kari.Answer("godkjenn");
        using var ingrid = await given.SignedIn("Ingrid");

        var page = await ingrid.Get($"/prosess/{(await given.Run()).Id}");

        Assert.Contains("Svar mangler fra Fatima Nordby og Ola Nordby.", WebUtility.HtmlDecode(page.Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kari", HttpStatusCode.Forbidden)]
    [InlineData("Jonas", HttpStatusCode.Forbidden)]
    [InlineData("Utenfor", HttpStatusCode.NotFound)]
    public async Task Others_do_not_close_it(string name, HttpStatusCode expected)
    {
        await using var given = await GivenARound.Open();
        given.Site.Database.Clock.SetTo(AfterTheDeadline);
        using var browser = await given.SignedIn(name);

        var answer = await browser.Submit("/logg-inn", given.Page + "/avslutt");

        Assert.Equal(expected, answer.Status);
        Assert.True((await given.Read()).IsOpen);
    }

    [Fact]
    public async Task When_a_member_is_away_the_deputy_is_asked_at_once()
    {
        await using var given = await GivenARound.Open();
        var seat = (await given.Read()).SeatOf(given["Ola"])!.SeatId;
        using var silje = await given.SignedIn("Silje");

        var noted = await silje.Submit("/logg-inn", given.Page + "/fravaer", ("medlem", seat.ToString()));
        await given.Turn();

        Assert.Equal(HttpStatusCode.SeeOther, noted.Status);
        Assert.Null((await given.Read()).SeatOf(given["Ola"]));
        Assert.Contains("/g/", given.Mails("Per")[^1].Text, StringComparison.Ordinal);
        Assert.Single(await given.Trail("member-absent"));
    }

    [Fact]
    public async Task Who_is_away_is_chosen_and_can_be_taken_back_until_the_deputy_has_answered()
    {
        await using var given = await GivenARound.Open();
        var seat = (await given.Read()).SeatOf(given["Ola"])!.SeatId;
        using var silje = await given.SignedIn("Silje");

        var nobody = await silje.Submit("/logg-inn", given.Page + "/fravaer", ("medlem", ""));
        await silje.Submit("/logg-inn", given.Page + "/fravaer", ("medlem", seat.ToString()));
        await given.Turn();
        var before = given.Mails("Ola").Count;
        var offered = await silje.Get($"/prosess/{(await given.Run()).Id}");
        var back = await silje.Submit("/logg-inn", given.Page + "/fravaer/ta-bort", ("medlem", seat.ToString()));
        var again = await silje.Submit("/logg-inn", given.Page + "/fravaer/ta-bort", ("medlem", seat.ToString()));
        await given.Turn();
        var asked = given.Mails("Ola").Count;
        await silje.Submit("/logg-inn", given.Page + "/fravaer", ("medlem", seat.ToString()));
        await given.Turn();
        using var per = await given.Member("Per");
        await per.Answer("godkjenn");
        var late = await silje.Submit("/logg-inn", given.Page + "/fravaer/ta-bort", ("medlem", seat.ToString()));

        Assert.Equal(HttpStatusCode.Conflict, nobody.Status);
        Assert.Contains("Velg hvem som har forfall", nobody.Text, StringComparison.Ordinal);
        Assert.Contains("Ta bort forfallet til Ola Nordby", offered.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, before + 1), (back.Status, again.Status, asked));
        Assert.Single(await given.Trail("absence-withdrawn"));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("Varaen som trådte inn, har svart", late.Text, StringComparison.Ordinal);
        Assert.Null((await given.Read()).SeatOf(given["Ola"]));
    }

    [Fact]
    public async Task Once_the_round_is_over_nobody_is_waited_for_and_who_was_away_is_told_the_result()
    {
        await using var given = await GivenARound.Open();
        var seat = (await given.Read()).SeatOf(given["Ola"])!.SeatId;
        using var ingrid = await given.SignedIn("Ingrid");
        await ingrid.Submit("/logg-inn", given.Page + "/fravaer", ("medlem", seat.ToString()));
        using var kari = await given.Member("Kari");
        await kari.Answer("godkjenn");
        given.Site.Database.Clock.SetTo(AfterTheDeadline);
        using var late = await given.SignedIn("Ingrid");
        await late.Submit("/logg-inn", given.Page + "/avslutt");
        await given.Turn();

        var page = (await late.Get($"/prosess/{(await given.Run()).Id}")).Text;

        Assert.Contains("Svarte ikke", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">Venter<", page, StringComparison.Ordinal);
        Assert.Contains(given.Mails("Ola"), mail => mail.Subject == "Går til møte: Handlingsplan 2025 for Strømsø");
    }

    [Fact]
    public async Task A_decision_is_not_older_than_the_version_it_is_about()
    {
        await using var given = await GivenARound.Open(Regime.Kommuneloven, Mode.Meeting);
        using var silje = await given.SignedIn("Silje");
        var (path, _, fields) = await LeftToMeeting(given, silje);

        var early = await silje.Post(path, [.. fields, ("utfall", "Approved"), ("dato", "01.01.2020"), ("ref", "87/24"), ("tekst", "Planen godkjennes.")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.Status);
        Assert.Contains("1. januar 2020 er før versjon 1 av saken fantes.", early.Text, StringComparison.Ordinal);
        Assert.Null((await given.Plan()).ApprovedVersion);
    }

    [Fact]
    public async Task Positions_are_left_to_the_meeting_and_its_decision_approves_the_plan()
    {
        await using var given = await GivenARound.Open(Regime.Kommuneloven, Mode.Meeting);
        using var silje = await given.SignedIn("Silje");
        var (path, shown, fields) = await LeftToMeeting(given, silje);

        var registered = await silje.Post(path, [.. fields, ("utfall", "Approved"), ("dato", "20.11.2024"), ("ref", "87/24"), ("tekst", "Planen godkjennes.")]);
        var again = await silje.Post(path, [.. fields, ("utfall", "Approved"), ("dato", "20.11.2024"), ("ref", "87/24"), ("tekst", "Planen godkjennes.")]);

        Assert.Contains("Møtet godkjente planen", shown, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (registered.Status, again.Status));
        await using var db = given.Site.Database.Read();
        var decision = await db.Set<Decision>().SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((new LocalDate(2024, 11, 20), "87/24", "Planen godkjennes.", true, 1), (decision.DecidedOn, decision.Reference, decision.Text, decision.IsApproved, decision.Version));
        Assert.Equal((1, "approved"), ((await given.Plan()).ApprovedVersion, (await given.Run()).ClosedAs));
        Assert.Single(await given.Trail("decision-registered"));
    }

    [Fact]
    public async Task A_meeting_that_sends_it_back_gives_the_coordinator_its_words()
    {
        await using var given = await GivenARound.Open(Regime.Kommuneloven, Mode.Meeting);
        using var silje = await given.SignedIn("Silje");
        var (path, _, fields) = await LeftToMeeting(given, silje);

        await silje.Post(path, [.. fields, ("utfall", "Rejected"), ("dato", "20.11.2024"), ("ref", "87/24"), ("tekst", "Planen sendes tilbake.")]);
        await given.Turn();
        var told = Assert.Single(given.Mails("Ingrid"), mail => mail.Subject.StartsWith("Ikke godkjent: Handlingsplan 2025", StringComparison.Ordinal));
        Assert.Contains("Planen sendes tilbake.", told.Text, StringComparison.Ordinal);
        Assert.Contains("Politisk styringsgruppe godkjente ikke versjon 1. Vedtaket er fra 20. november 2024:", GivenARound.Said(told), StringComparison.Ordinal);

        var run = await given.Run();
        Assert.Equal("coordinator", run.WaitsFor);
        Assert.Equal("Planen sendes tilbake.", run.Visits.Single(visit => visit.Outcome == "Rejected").Reason);
        Assert.Null((await given.Plan()).ApprovedVersion);
    }

    [Fact]
    public async Task What_is_missing_in_a_decision_is_said_all_at_once()
    {
        await using var given = await GivenARound.Open(Regime.Kommuneloven, Mode.Meeting);
        using var silje = await given.SignedIn("Silje");
        var (path, _, fields) = await LeftToMeeting(given, silje);

        var empty = await silje.Post(path, [.. fields]);
        var future = await silje.Post(path, [.. fields, ("utfall", "Approved"), ("dato", "21.11.2024"), ("ref", "87/24"), ("tekst", "Planen godkjennes.")]);
        var longAgo = await silje.Post(path, [.. fields, ("utfall", "Approved"), ("dato", "20.11.0024"), ("ref", "87/24"), ("tekst", "Planen godkjennes.")]);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (empty.Status, future.Status));
        Assert.Contains("Velg hva som ble vedtatt.", empty.Text, StringComparison.Ordinal);
        Assert.Contains("Skriv datoen for vedtaket", empty.Text, StringComparison.Ordinal);
        Assert.Contains("Skriv datoen for vedtaket", longAgo.Text, StringComparison.Ordinal);
        Assert.Contains("Skriv saksnummeret i protokollen.", empty.Text, StringComparison.Ordinal);
        Assert.Contains("Skriv vedtaket slik det står i protokollen.", empty.Text, StringComparison.Ordinal);
        Assert.Contains("er ikke kommet ennå", future.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_one_it_waits_for_registers_a_decision()
    {
        await using var given = await GivenARound.Open(Regime.Kommuneloven, Mode.Meeting);
        using var silje = await given.SignedIn("Silje");
        await silje.Submit("/logg-inn", given.Page + "/avslutt");
        var path = $"/prosess/{(await given.Run()).Id}/vedtak";
        using var jonas = await given.SignedIn("Jonas");

        var shown = await jonas.Get(path);
        var posted = await jonas.Submit("/logg-inn", path, ("besok", $"{(await given.Run()).VisitNumber}"), ("utfall", "Approved"), ("dato", "20.11.2024"), ("ref", "87/24"), ("tekst", "Ja."));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (shown.Status, posted.Status));
        Assert.Empty(await given.Trail("decision-registered"));
    }

    /// <summary>The secretary leaves the case to the meeting, and opens the page its decision is registered on.</summary>
    private static async Task<(string Path, string Shown, (string Name, string Value)[] Fields)> LeftToMeeting(GivenARound given, SignIn.Browser secretary)
    {
        await secretary.Submit("/logg-inn", given.Page + "/avslutt");
        var path = $"/prosess/{(await given.Run()).Id}/vedtak";
        var shown = await secretary.Get(path);
        Assert.Equal(HttpStatusCode.OK, shown.Status);
        return (path, shown.Text, [.. Member.Fields(shown.Text)]);
    }
}
