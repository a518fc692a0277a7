using System.Net;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Approval;
using Tilskudd.Cycle.Approval;
using Tilskudd.Notices;
using Tilskudd.Tests.Approval;
using Tilskudd.Tests.Planning;

namespace Tilskudd.Tests.Meetings;

/// <summary>Two boards decide on one plan, each when it meets: the group of three, and a week later one of two.</summary>
public sealed class BoardMeetingTests
{
    [Fact]
    public async Task The_first_boards_meeting_is_registered_when_it_is_held_and_the_other_answers_by_link_a_week_later()
    {
        await using var given = await GivenMeetings.Start(boards: 2, others: Mode.Written);
        await given.Plan();
        var silje = await Held(given, "Kari", "Fatima");
        var kari = await given.SignedIn("Kari");
        var signed = await kari.Post(await kari.Get(given.Path + "/protokoll"), "form[action$='/protokoll']");
        await given.Round.Turn();
        var (between, run, plan) = (await given.Round.Read(), await given.Round.Run(), await given.Round.Plan());
        var ingrid = await given.SignedIn("Ingrid");
        var process = await ingrid.Get($"/prosess/{run.Id}");
        var (overview, planned, berit) = (await ingrid.Get("/"), await ingrid.Get($"/plan/{plan.Id}"), await given.SignedIn("Berit"));
        var inboxes = ((await kari.Get("/innboks")).Page, (await berit.Get("/innboks")).Page, (await silje.Get("/innboks")).Page);
        var reminded = await ingrid.PostTo(process, $"/prosess/{run.Id}/paminn");
        await given.Round.Turn();
        given.Round.Site.Database.Clock.Advance(TimeSpan.FromDays(7));
        foreach (var name in new[] { "Berit", "Dag" })
        {
            using var member = await given.Round.Member(name, await given.Round.PageOf(GivenARound.Second));
            await member.Answer("godkjenn");
        }

        Assert.Equal(HttpStatusCode.SeeOther, signed.Status);
        Assert.Equal((CountOutcome.ToMeeting, CountOutcome.Approved), (between.Outcome, between.DecidedAs));
        Assert.Equal(("deciding-body", null), (run.WaitsFor, plan.ApprovedVersion));
        const string told = "Politisk styringsgruppe har godkjent. Styret for oppvekst: 0 av 2 har svart.";
        Assert.Contains(told, overview.Text, StringComparison.Ordinal);
        Assert.Contains(told, planned.Text, StringComparison.Ordinal);
        Assert.Contains("Avgjort i møte Godkjent", string.Join(' ', process.Find($"#runde-{between.Id}").ParentElement!.QuerySelector(".row")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("Organet har godkjent saken i møte.", process.Text, StringComparison.Ordinal);
        Assert.Null(process.Page.QuerySelector("a[href^='/mote/ny']"));
        Assert.Null(inboxes.Item1.QuerySelector($"a[href='{given.Round.Page}']"));
        Assert.NotNull(inboxes.Item2.QuerySelector($"a[href='{await given.Round.PageOf(GivenARound.Second)}']"));
        Assert.Null(inboxes.Item3.QuerySelector("a[href$='/vedtak']"));
        Assert.Equal(HttpStatusCode.SeeOther, reminded.Status);
        await using (var db = given.Round.Site.Database.Read())
        {
            var reminders = await db.Set<Notice>().Where(notice => notice.Kind == NoticeKind.ApprovalReminder).Select(notice => notice.PersonId).Distinct().ToListAsync(TestContext.Current.CancellationToken);
            Assert.Equal(new[] { given.Round["Berit"], given.Round["Dag"] }.ToHashSet(), reminders.ToHashSet());
            var decision = await db.Set<Decision>().SingleAsync(TestContext.Current.CancellationToken);
            Assert.Equal((between.BodyId, new NodaTime.LocalDate(2024, 12, 3), true, 1), (decision.BodyId, decision.DecidedOn, decision.IsApproved, decision.Version));
        }

        var result = Assert.Single(given.Round.Mails("Ingrid"), mail => mail.Text.ReplaceLineEndings(" ").Contains("2 styrer avgjør saken, hvert for seg. Ferdige så langt: 1.", StringComparison.Ordinal));
        Assert.Contains("Politisk styringsgruppe har godkjent versjon 1.", result.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("Imot", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(given.Round.Mails("Kari"), mail => mail.Text.Contains("Ferdige så langt", StringComparison.Ordinal));
        Assert.Equal(("approved", 1), ((await given.Round.Run()).ClosedAs, (await given.Round.Plan()).ApprovedVersion));
        Assert.Equal(2, (await given.Round.Trail("round-closed")).Count);
    }

    [Fact]
    public async Task What_was_decided_without_the_meeting_is_no_longer_the_meetings_to_decide()
    {
        await using var given = await GivenMeetings.Start();
        await given.Plan();
        var run = await given.Round.Run();
        var database = given.Round.Site.Database;

        await using var before = database.Read();
        var planned = await MeetingBoards.Planned(before, run, TestContext.Current.CancellationToken);
        await database.Write(w =>
        {
            var round = w.Db.Entry(w.Db.Rounds.Single());
            (round.Property(known => known.ClosedAt).CurrentValue, round.Property(known => known.Outcome).CurrentValue) = (w.Now, CountOutcome.Approved);
        });
        await using var after = database.Read();

        Assert.Single(planned);
        Assert.Empty(await MeetingBoards.Planned(after, run, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(true, "approved", 1)]
    [InlineData(false, null, null)]
    public async Task The_second_board_meets_a_week_after_the_first_and_what_it_decides_settles_the_case(bool approves, string? closedAs, int? approved)
    {
        await using var given = await GivenMeetings.Start(boards: 2);
        var silje = await given.Plan();
        await silje.Post(await silje.Get($"/prosess/{(await given.Round.Run()).Id}"), $"form[action='{await given.Round.PageOf(GivenARound.Second)}/avslutt']");
        var left = await silje.Get($"/prosess/{(await given.Round.Run()).Id}");
        await Held(given, "Kari", "Fatima");
        var (first, waiting) = (await given.Round.Read(), await given.Round.Run());
        await given.Plan("10.12.2024", board: GivenARound.Second);
        silje = await given.Begin("Berit", "Dag");
        await given.Vote(silje, ("Berit", approves ? "for" : "mot"), ("Dag", approves ? "for" : "mot"));

        var decided = await silje.Post(await silje.Get(await given.Case()), "form[action$='/vedtak']", ("ref", "2/24"), ("tekst", "Mer om barna."));
        var again = await silje.PostTo(await silje.Get("/innboks"), await given.Case() + "/vedtak", ("ref", "2/24"), ("tekst", "Mer om barna."));

        var (run, second) = (await given.Round.Run(), await given.Round.Read(new(Guid.Parse((await given.Round.PageOf(GivenARound.Second)).Split('/')[^1]))));
        Assert.Contains("Går til møte", left.Text, StringComparison.Ordinal);
        Assert.Equal((CountOutcome.Approved, CountOutcome.ToMeeting, "secretary"), (first.DecidedAs, first.Outcome, waiting.WaitsFor));
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (decided.Status, again.Status));
        Assert.Equal(approves ? CountOutcome.Approved : CountOutcome.Returned, second.DecidedAs);
        Assert.Equal((closedAs, approved), (run.ClosedAs.Length == 0 ? null : run.ClosedAs, (await given.Round.Plan()).ApprovedVersion));
        Assert.Equal(approves ? "" : "coordinator", run.WaitsFor);
        Assert.Equal(approves ? 0 : 1, run.Visits.Count(visit => visit.Reason == "Mer om barna."));
        Assert.Equal(2, (await given.Round.Trail("decision-registered")).Count);
    }

    [Fact]
    public async Task A_board_whose_meeting_sends_it_back_ends_the_others_and_their_meeting_decides_nothing_on_the_old_version()
    {
        await using var given = await GivenMeetings.Start(boards: 2);
        await given.Plan("10.12.2024", board: GivenARound.Second);
        var later = given.Path;
        await given.Plan();
        var silje = await given.Begin("Kari", "Fatima");
        await given.Vote(silje, ("Kari", "mot"), ("Fatima", "mot"));
        await silje.Post(await silje.Get(await given.Case()), "form[action$='/vedtak']", ("ref", "1/24"), ("tekst", "Skriv mer om barna."));
        await given.Round.Turn();
        var (run, first) = (await given.Round.Run(), await given.Round.Read());
        var second = await given.Round.Read(new(Guid.Parse((await given.Round.PageOf(GivenARound.Second)).Split('/')[^1])));
        await given.Round.SendToTheGroupAgain();
        given.At(later);
        silje = await given.Begin("Berit", "Dag");
        var agenda = await silje.Get(given.Path);
        await silje.Post(await silje.Get(await given.Case()), "form[action$='/stemmer']", "for");
        var stale = await silje.Post(await silje.Get(await given.Case()), "form[action$='/vedtak']", ("ref", "2/24"), ("tekst", "Ja."));

        Assert.Equal((CountOutcome.Returned, false, null), (first.DecidedAs, second.IsOpen, second.Outcome));
        Assert.Equal(("coordinator", "Skriv mer om barna."), (run.WaitsFor, run.Visits.Single(visit => visit.Outcome == "Returned").Reason));
        Assert.Contains("Politisk styringsgruppe har sendt versjon 1 tilbake. Styret for oppvekst trenger ikke svare.", given.Round.Mails("Berit").Single(mail => mail.Text.Contains("trenger ikke svare", StringComparison.Ordinal)).Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Single(await given.Round.Trail("round-withdrawn"));
        Assert.Contains("Saken har fått en ny versjon", agenda.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.Status);
        Assert.Contains("har fått en ny versjon", stale.Text, StringComparison.Ordinal);
        Assert.Null((await given.Read()).Agenda[0].Outcome);
        Assert.Single(await given.Round.Trail("decision-registered"));
    }

    // The group's meeting, in which those there are all for.
    private static async Task<Browsing> Held(GivenMeetings given, params string[] present)
    {
        var silje = await given.Begin(present);
        await silje.Post(await silje.Get(await given.Case()), "form[action$='/stemmer']", "for");
        var decided = await silje.Post(await silje.Get(await given.Case()), "form[action$='/vedtak']", ("ref", "1/24"));
        Assert.Equal(HttpStatusCode.SeeOther, decided.Status);
        return silje;
    }
}
