using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Tests.SignIn;
using Tilskudd.Trail;
using Run = Tilskudd.Runs.Run;

namespace Tilskudd.Tests.Runs;

public class MoveRunTests
{
    [Fact]
    public async Task A_run_finishes_on_the_version_it_began_and_a_new_one_begins_on_the_new()
    {
        await using var given = await GivenAYear.Create();
        await ToReview(given);
        await given.Restart();
        using var leader = await given.SignedIn(given.Leader);

        var page = await leader.Get($"/prosess/{given.Run}");
        var pages = new[] { await leader.Get("/"), await leader.Get("/prosess"), await leader.Get("/innboks"), await leader.Get("/spor"), await leader.Get("/planer") };
        await given.Answer("Accepted", given.Leader);
        await given.MoreRuns(1);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Nå: Intern gjennomgang.", page.Text, StringComparison.Ordinal);
        Assert.All(pages, each => Assert.Equal(HttpStatusCode.OK, each.Status));
        var run = await given.CurrentRun();
        Assert.Equal(("decide-plan", 2, 5), (run.StepId, run.DefinitionVersion, run.VisitNumber));
        await using var db = given.Read();
        Assert.Equal(3, (await db.Set<Run>().SingleAsync(other => other.Id != given.Run, TestContext.Current.CancellationToken)).DefinitionVersion);
    }

    [Fact]
    public async Task The_page_shows_what_would_happen_and_does_nothing()
    {
        await using var given = await GivenAYear.Create();
        await ToReview(given);
        await given.Restart();
        using var administrator = await given.SignedIn(given.Administrator);
        var before = await Everything(given);

        var process = await administrator.Get($"/prosess/{given.Run}");
        var choice = await administrator.Get($"/prosess/{given.Run}/flytt");
        var trial = await administrator.Get($"/prosess/{given.Run}/flytt?steg=write-plan");

        Assert.Contains($"/prosess/{given.Run}/flytt", process.Text, StringComparison.Ordinal);
        Assert.Contains("Saken står i versjon 2, «Intern gjennomgang». Den kan flyttes til versjon 3.", choice.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"grunn\"", choice.Text, StringComparison.Ordinal);
        Assert.Contains("versjon 3, «Utkast»", trial.Text, StringComparison.Ordinal);
        Assert.Contains("Amina Yusuf", trial.Text, StringComparison.Ordinal);
        Assert.Contains("Ny frist", trial.Text, StringComparison.Ordinal);
        Assert.Contains("tirsdag 12. november", trial.Text, StringComparison.Ordinal);
        Assert.Equal(before, await Everything(given));
    }

    [Fact]
    public async Task A_moved_run_begins_afresh_at_the_step_and_goes_on_in_the_new_version()
    {
        await using var given = await GivenAYear.Create();
        await ToReview(given);
        var old = await given.CurrentRun();
        await given.Restart();
        using var administrator = await given.SignedIn(given.Administrator);

        var moved = await Move(given, administrator, "write-plan", "Kommunen har sluttet med intern gjennomgang");

        Assert.Equal((HttpStatusCode.SeeOther, $"/prosess/{given.Run}?flyttet=1"), (moved.Status, moved.Location));
        var run = await given.CurrentRun();
        Assert.Equal(("write-plan", 3, old.VisitNumber + 1, ""), (run.StepId, run.DefinitionVersion, run.VisitNumber, run.Incident));
        Assert.Equal("Kommunen har sluttet med intern gjennomgang", run.Visits.Single(visit => visit.Number == old.VisitNumber).Reason);
        await using var db = given.Read();
        var deadlines = await db.Deadlines.ToDictionaryAsync(deadline => deadline.Id, TestContext.Current.CancellationToken);
        Assert.False(deadlines[old.Waiting.DeadlineId!.Value].IsOpen);
        Assert.Null(deadlines[old.Waiting.DeadlineId!.Value].MetAt);
        Assert.True(deadlines[run.Waiting.DeadlineId!.Value].IsOpen);
        await given.Answer("Done", given.Coordinator);
        Assert.Equal(("decide-plan", 3), ((await given.CurrentRun()).StepId, (await given.CurrentRun()).DefinitionVersion));
        var page = await administrator.Get($"/prosess/{given.Run}");
        Assert.DoesNotContain("/flytt\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("flyttet saken fra «Intern gjennomgang» til versjon 3 av arbeidsflyten.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trail_tells_both_versions_and_steps_and_seals_the_reason()
    {
        await using var given = await GivenAYear.Create();
        await ToReview(given);
        await given.Restart();
        using var administrator = await given.SignedIn(given.Administrator);

        await Move(given, administrator, "write-plan", "Etter avtale med Kari Nordby");

        await using var db = given.Read();
        var entry = await db.Trail.SingleAsync(entry => entry.Event == "run-version-changed", TestContext.Current.CancellationToken);
        var told = JsonNode.Parse(entry.Data)!;
        Assert.Equal((2, 3, "review-plan", "write-plan", 4), ((int)told["fromVersion"]!, (int)told["toVersion"]!, (string)told["step"]!, (string)told["to"]!, (int)told["visit"]!));
        Assert.Equal($"person/{given.Administrator}", entry.Actor);
        Assert.Equal(Pseudonym.Of("salt", "Etter avtale med Kari Nordby"), (string)told["reason"]!);
        Assert.DoesNotContain("Kari", entry.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_round_ends_with_its_links_and_no_old_answer_fits()
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        await given.Approve(given.Members[1]);
        var old = await given.CurrentRun();
        await given.Restart();
        using var administrator = await given.SignedIn(given.Administrator);

        var trial = await administrator.Get($"/prosess/{given.Run}/flytt?steg=decide-plan");
        await Move(given, administrator, "decide-plan", "Ny versjon");

        Assert.Contains("Svar som er gitt: 1.", trial.Text, StringComparison.Ordinal);
        var run = await given.CurrentRun();
        await using var db = given.Read();
        var rounds = await db.Rounds.ToDictionaryAsync(round => round.Id, TestContext.Current.CancellationToken);
        var ended = rounds[old.Waiting.RoundId!.Value];
        Assert.False(ended.IsOpen);
        Assert.Null(ended.Outcome);
        Assert.True(rounds[run.Waiting.RoundId!.Value].IsOpen);
        Assert.Empty(rounds[run.Waiting.RoundId!.Value].Answers);
        var links = await db.Set<Link>().ToListAsync(TestContext.Current.CancellationToken);
        Assert.All(links.Where(link => link.RoundId == ended.Id), link => Assert.Equal(LinkEnd.RunMoved, link.RevokedWhy));
        Assert.Equal(5, links.Count(link => link.RoundId == run.Waiting.RoundId && link.RevokedAt is null));
        var late = await given.Door.Write(async w => await given.Flow.Answer(w, await w.Db.Set<Run>().SingleAsync(known => known.Id == given.Run), old.VisitNumber, "Approved", Actor.Of(given.Leader)));
        Assert.IsType<FlowRefusal.AlreadyDone>(late);
    }

    [Theory]
    [InlineData("", "Grunn", "steg", "Velg steget")]
    [InlineData("review-plan", "Grunn", "steg", "Velg et steg i lista")]
    [InlineData("close-plan-approved", "Grunn", "steg", "Velg et steg i lista")]
    [InlineData("tell-plan-approved", "Grunn", "steg", "Velg et steg i lista")]
    [InlineData("write-plan", " ", "grunn", "Skriv hvorfor saken flyttes")]
    [InlineData("write-plan", null, "grunn", "Kort den ned til 1")]
    public async Task A_step_that_does_not_do_or_a_missing_reason_is_told_at_its_field(string step, string? reason, string field, string remedy)
    {
        await using var given = await GivenAYear.Create();
        await ToReview(given);
        await given.Restart();
        using var administrator = await given.SignedIn(given.Administrator);

        var refused = await Move(given, administrator, step, reason ?? new string('å', 1_001));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(remedy, refused.Text, StringComparison.Ordinal);
        Assert.Contains($"#{field}", refused.Text, StringComparison.Ordinal);
        Assert.Equal(("review-plan", 2), ((await given.CurrentRun()).StepId, (await given.CurrentRun()).DefinitionVersion));
    }

    [Fact]
    public async Task A_run_that_has_gone_on_meanwhile_is_not_moved()
    {
        await using var given = await GivenAYear.Create();
        await ToReview(given);
        await given.Restart();
        using var administrator = await given.SignedIn(given.Administrator);
        await given.Answer("Accepted", given.Leader);

        var late = await Move(given, administrator, "write-plan", "Grunn", visit: 3);

        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Equal(("decide-plan", 2), ((await given.CurrentRun()).StepId, (await given.CurrentRun()).DefinitionVersion));
    }

    [Fact]
    public async Task The_same_form_twice_moves_once()
    {
        await using var given = await GivenAYear.Create();
        await ToReview(given);
        await given.Restart();
        using var administrator = await given.SignedIn(given.Administrator);

        var first = await Move(given, administrator, "write-plan", "Grunn", visit: 3);
        var second = await Move(given, administrator, "write-plan", "Grunn", visit: 3);

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (first.Status, second.Status));
        Assert.Equal(4, (await given.CurrentRun()).VisitNumber);
    }

    [Fact]
    public async Task Only_an_administrator_moves_runs()
    {
        await using var given = await GivenAYear.Create();
        await ToReview(given);
        await given.Restart();
        using var leader = await given.SignedIn(given.Leader);
        using var stranger = await given.SignedIn(given.Stranger);

        var page = await leader.Get($"/prosess/{given.Run}");
        HttpStatusCode[] statuses =
        [
            (await leader.Get($"/prosess/{given.Run}/flytt")).Status, (await Move(given, leader, "write-plan", "Grunn")).Status,
            (await stranger.Get($"/prosess/{given.Run}/flytt")).Status, (await Move(given, stranger, "write-plan", "Grunn")).Status,
        ];

        Assert.DoesNotContain("/flytt\"", page.Text, StringComparison.Ordinal);
        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.NotFound], statuses);
    }

    [Fact]
    public async Task A_closed_run_and_one_on_the_newest_version_are_not_moved()
    {
        await using var given = await GivenAYear.Create();
        using var before = await given.SignedIn(given.Administrator);
        var newest = await before.Get($"/prosess/{given.Run}/flytt");
        await given.BeforeTheGroup();
        await given.Answer("Approved", given.Leader);
        await given.Restart();
        using var administrator = await given.SignedIn(given.Administrator);

        var closed = await Move(given, administrator, "write-plan", "Grunn", visit: 6);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (newest.Status, closed.Status));
        Assert.Contains("Saken er avsluttet", closed.Text, StringComparison.Ordinal);
        Assert.Equal("approved", (await given.CurrentRun()).ClosedAs);
    }

    [Theory]
    [InlineData("nn")]
    [InlineData("en")]
    public async Task The_page_stands_in_every_language(string language)
    {
        await using var given = await GivenAYear.Create();
        await given.BeforeTheGroup();
        await given.Restart();
        using var administrator = await given.SignedIn(given.Administrator, language);

        var trial = await administrator.Get($"/prosess/{given.Run}/flytt?steg=decide-plan");

        Assert.Equal(HttpStatusCode.OK, trial.Status);
        Assert.Contains($"<html lang=\"{language}\"", trial.Text, StringComparison.Ordinal);
    }

    // The plan is written and waits for its review, in visit 3 of version 2.
    private static async Task ToReview(GivenAYear given)
    {
        given.At(2024, 10, 1, 9);
        await given.Answer("Done", given.Leader);
        given.At(2024, 11, 5, 9);
        await given.Freeze();
        await given.Answer("Done", given.Coordinator);
    }

    private static async Task<(HttpStatusCode Status, string Text, string? Location)> Move(GivenAYear given, Browser by, string step, string reason, int? visit = null)
    {
        var run = await given.CurrentRun();
        return await by.Submit("/logg-inn", $"/prosess/{given.Run}/flytt",
            ("besok", $"{visit ?? run.VisitNumber}"), ("versjon", "3"), ("steg", step), ("grunn", reason));
    }

    // What a trial must leave as it was.
    private static async Task<string> Everything(GivenAYear given)
    {
        await using var db = given.Read();
        var run = await given.CurrentRun();
        return $"{run.State} {run.Moves} {await db.Trail.CountAsync()} {await db.Deadlines.CountAsync()} {await db.Set<Notice>().CountAsync()} {await db.Rounds.CountAsync()}";
    }
}
