using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Planning;

/// <summary>A letter of half of what was planned opens the approved plan again, in the grant's own run.</summary>
public sealed class PlanRevisionTests
{
    [Fact]
    public async Task A_letter_beyond_the_limit_opens_the_plan_and_a_new_version_goes_to_the_body()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        await given.WriteAll();
        await given.Send();
        await GrantHalf(given);
        using var amina = await given.SignIn(given.Amina);
        var tiltak = $"{given.Path}/tiltak/{(await given.Stored()).Tiltak[0].TiltakId}";

        var tooMuch = await amina.Post(await amina.Get(given.Path), "form[action$='/send']");
        var lowered = await amina.Post(await amina.Get(tiltak), "form.form", ("belop-1", "500 000"));
        var sent = await amina.Post(await amina.Get(given.Path), "form[action$='/send']");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooMuch.Status);
        Assert.Contains("Rammen er 500\u00A0000\u00A0kr.", tooMuch.Find(".ds-error-summary").TextContent, StringComparison.Ordinal);
        Assert.Equal(given.Path + "?lagret=1", lowered.Location);
        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        var plan = await given.Stored();
        Assert.Equal([1, 2], plan.Versions.Select(version => version.Number).Order());
        Assert.Equal(1, plan.ApprovedVersion);
        await using var db = given.Database.Read();
        var waitedFor = await db.Set<Run>().Where(run => run.DocumentKind == DocumentKind.Tilskuddsbrev).Select(run => run.WaitsFor).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Contains("deciding-body", waitedFor);
    }

    [Fact]
    public async Task Of_two_letters_beyond_the_limit_the_second_waits_with_the_plan_until_the_first_is_decided()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        await given.WriteAll();
        await given.Send();
        await GrantHalf(given, alsoAid: true);
        using var amina = await given.SignIn(given.Amina);
        await amina.Post(await amina.Get($"{given.Path}/tiltak/{(await given.Stored()).Tiltak[0].TiltakId}"), "form.form", ("belop-1", "500 000"));

        var first = await amina.Post(await amina.Get(given.Path), "form[action$='/send']");
        var second = await amina.Post(await amina.Get(given.Path), "form[action$='/send']");
        await using var db = given.Database.Read();
        var open = await db.Rounds.CountAsync(round => round.ClosedAt == null, TestContext.Current.CancellationToken);
        await Decide(given);
        var third = await amina.Post(await amina.Get(given.Path), "form[action$='/send']");

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.Conflict, 1, HttpStatusCode.SeeOther), (first.Status, second.Status, open, third.Status));
        Assert.Contains("Planen er til behandling i en annen sak", second.Text, StringComparison.Ordinal);
        Assert.Equal([1, 2], (await given.Stored()).Versions.Select(version => version.Number).Order());
        Assert.Equal(
            ["deciding-body", "programme-leader"],
            (await db.Set<Run>().Where(run => run.DocumentKind == DocumentKind.Tilskuddsbrev).Select(run => run.WaitsFor).ToListAsync(TestContext.Current.CancellationToken)).Order(StringComparer.Ordinal));
    }

    // The body approves what is before it, for the letter that came first.
    private static async Task Decide(GivenPlan given)
    {
        var flow = given.Services.GetRequiredService<Flow>();
        Assert.Null(await given.Database.Door.Write(async w =>
        {
            var run = await w.Db.Set<Run>().SingleAsync(run => run.DocumentKind == DocumentKind.Tilskuddsbrev && run.WaitsFor == "deciding-body");
            var plan = await w.Db.Handlingsplaner.SingleAsync(plan => plan.Id == given.Plan);
            plan.Approve(2, w.Now);
            return await flow.Answer(w, run, run.VisitNumber, "Approved", Actor.Of(given.Ingrid));
        }));
    }

    // The facts and the answers of those who have their own pages.
    private static async Task GrantHalf(GivenPlan given, bool alsoAid = false)
    {
        var flow = given.Services.GetRequiredService<Flow>();
        var by = Actor.Of(given.Ingrid);
        Assert.Null(await given.Database.Door.Write(async w =>
        {
            var run = await w.Db.Set<Run>().SingleAsync(run => run.DocumentId == given.Plan.Value);
            var plan = await w.Db.Handlingsplaner.SingleAsync(plan => plan.Id == given.Plan);
            Assert.Null(await flow.Answer(w, run, run.VisitNumber, "Accepted", by));
            plan.Approve(1, w.Now);
            Assert.Null(await flow.Answer(w, run, run.VisitNumber, "Approved", by));
            foreach (var grant in w.Db.Set<Grant>().Local.Where(grant => grant.SourceId == given.Kdd || alsoAid).ToList())
            {
                await Register(w, grant, plan);
            }

            return null;
        }));

        async Task Register(Tilskudd.Storage.Writing w, Grant grant, Handlingsplan plan)
        {
            var letter = w.Db.Set<Run>().Local.Single(run => run.DocumentId == grant.Id.Value);
            var source = await w.Db.FundingSources.SingleAsync(source => source.Id == grant.SourceId);
            Assert.Null(grant.Submit(w.Ids.Next<SubmissionId>(), [new PlanToSend(plan.Id, plan.LatestVersion!, plan.ApprovedVersion)], given.Ingrid, w.Now));
            Assert.Null(await flow.Answer(w, letter, letter.VisitNumber, "Submitted", by));
            Assert.Null(await flow.Answer(w, letter, letter.VisitNumber, "Received", by));
            Assert.Null(await flow.Answer(w, letter, letter.VisitNumber, "Approved", by));
            var today = new LocalDate(2024, 11, 20);
            Assert.Null(grant.RegisterLetter(
                w.Ids.Next<TilskuddsbrevId>(), source, "24/1", today, Money.FromKroner(500_000), new LetterTerms(new LocalDate(2026, 3, 1), null, true, ""), given.Ingrid, w.Now, today));
            Assert.Null(await flow.Answer(w, letter, letter.VisitNumber, "Registered", by));
            Assert.Equal("coordinator", letter.WaitsFor);
        }
    }
}
