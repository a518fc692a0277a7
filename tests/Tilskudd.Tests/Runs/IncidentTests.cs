using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Tests.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Runs;

public class IncidentTests
{
    // A list is JSON on SQLite, and an array on PostgreSQL.
    private static string Spoil => $"INSERT INTO StepOverrides (ProgrammeId, Key, Remind) SELECT Id, 'plan-draft', '{(TestDatabase.IsForPostgres ? "{500}" : "[500]")}' FROM Programmes WHERE Slug = 'stromso-2030'";

    private const string Mend = "DELETE FROM StepOverrides";

    [Fact]
    public async Task A_step_that_fails_is_kept_as_an_incident_and_waits_with_all_before_it_done()
    {
        await using var given = await GivenAYear.Create();
        await given.Site.Database.Sql(Spoil);

        await given.Answer("Done", given.Leader);

        var run = await given.CurrentRun();
        Assert.Equal(("write-plan", 2), (run.StepId, run.VisitNumber));
        Assert.Contains("Prøv på nytt", run.Incident, StringComparison.Ordinal);
        Assert.Null(run.Waiting.DeadlineId);
        await using var db = given.Read();
        Assert.Equal(["run-moved", "incident"], await db.Trail.OrderByDescending(entry => entry.Seq).Take(2).OrderBy(entry => entry.Seq).Select(entry => entry.Event).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Contains(given.Site.Log.Lines, line => line.StartsWith("Error: A part of a story failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Members_of_a_body_without_a_round_are_neither_waited_for_nor_reminded_and_who_is_told_reads_why()
    {
        await using var given = await GivenAYear.Create();
        await given.Write(async w =>
        {
            var body = await w.Db.Bodies.SingleAsync();
            body.Seats.Single(seat => seat.PersonId == given.Members[0]).End(new(2024, 9, 30));
        });
        await given.BeforeTheGroup();
        using var leader = await given.SignedIn(given.Leader);
        var (overview, process) = ((await leader.Get("/")).Text, (await leader.Get($"/prosess/{given.Run}")).Text);

        var pressed = await leader.Submit("/logg-inn", $"/prosess/{given.Run}/paminn");
        given.At(2024, 11, 29, 9);
        await given.Site.Turn();

        Assert.NotEqual("", (await given.CurrentRun()).Incident);
        Assert.Equal(HttpStatusCode.Conflict, pressed.Status);
        Assert.All([overview, process], page => Assert.DoesNotContain("/paminn", page, StringComparison.Ordinal));
        Assert.DoesNotContain(await given.Notices(NoticeKind.DeadlineReminder), notice => given.Members.Contains(notice.PersonId));
        var told = Directory.GetFiles(Path.Combine(given.Site.Database.Folder, "mail"), "*.eml").Select(file => Tilskudd.Notices.Mailing.MailReader.Read(File.ReadAllBytes(file))).ToList();
        Assert.Contains(told, mail => mail.To == "ingridsolli@drammen.example" && mail.Text.ReplaceLineEndings(" ").Contains("kan ikke avgjøre saken slik det er satt sammen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_tried_again_from_the_runs_page_by_those_who_run_the_programme()
    {
        await using var given = await GivenAYear.Create();
        await given.Site.Database.Sql(Spoil);
        await given.Answer("Done", given.Leader);
        using var coordinator = await given.SignedIn(given.Coordinator);
        using var administrator = await given.SignedIn(given.Administrator);
        var path = $"/prosess/{given.Run}";

        var seen = await coordinator.Get(path);
        var refused = await coordinator.Submit("/logg-inn", path + "/igjen");
        var inVain = await administrator.Submit(path, path + "/igjen");
        var stuck = await given.CurrentRun();
        await given.Site.Database.Sql(Mend);
        var tried = await administrator.Submit(path, path + "/igjen");
        var again = await administrator.Submit("/logg-inn", path + "/igjen");

        Assert.Contains("Steget står fast", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/igjen\"", seen.Text, StringComparison.Ordinal);
        Assert.Equal(
            [HttpStatusCode.Forbidden, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.Conflict],
            [refused.Status, inVain.Status, tried.Status, again.Status]);
        Assert.NotEqual("", stuck.Incident);
        var run = await given.CurrentRun();
        Assert.Equal(("write-plan", 2, ""), (run.StepId, run.VisitNumber, run.Incident));
        Assert.NotNull(run.Waiting.DeadlineId);
        await using var db = given.Read();
        Assert.Equal(
            ["incident", "run-retried", "incident", "run-retried"],
            await db.Trail.Where(entry => entry.Event == "incident" || entry.Event == "run-retried").OrderBy(entry => entry.Seq).Select(entry => entry.Event).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Who_was_told_of_a_task_is_not_told_again_when_the_step_is_tried_again()
    {
        await using var given = await GivenAYear.Create();
        await given.Answer("Done", given.Leader);
        var before = await Told(given);

        Assert.Null(await given.Site.Services.GetRequiredService<Door>().Write(async w =>
        {
            await given.Site.Services.GetRequiredService<Flow>().Retry(w, await w.Db.Set<Run>().SingleAsync(run => run.Id == given.Run), Actor.System);
            return null;
        }));

        Assert.Contains($"task/{given.Run}/2", before);
        Assert.Equal(before, await Told(given));
    }

    private static async Task<IReadOnlyList<string>> Told(GivenAYear given)
    {
        await using var db = given.Read();
        return await db.Set<Notice>().OrderBy(notice => notice.Id).Select(notice => notice.Occasion).ToListAsync(TestContext.Current.CancellationToken);
    }
}
