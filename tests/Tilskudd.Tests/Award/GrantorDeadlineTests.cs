using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tilskudd.Api;
using Tilskudd.Cycle.People;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.SignIn;

namespace Tilskudd.Tests.Award;

/// <summary>The grantor's contact sees the deadlines of what waits for the grantor, everywhere deadlines are told, and nothing else of the municipality's year.</summary>
public sealed class GrantorDeadlineTests
{
    [Fact]
    public async Task What_waits_for_the_grantor_is_in_the_overview_on_the_page_of_deadlines_in_the_calendar_and_in_the_API()
    {
        await using var given = await GivenGrant.Start();
        using var ola = await given.SignIn(given.Ola);
        var feed = await Feed(given, given.Ola);
        var key = await Key(given, given.Ola);
        var before = await Told(given, ola, feed, key);

        await given.SendPlan();
        var waiting = await Told(given, ola, feed, key);
        var run = await Waiting(given);
        var (berit, strangers) = (await AnotherContact(given), await Key(given, given.Stranger));
        using var other = await given.SignIn(berit);
        var others = await Told(given, other, await Feed(given, berit), await Key(given, berit));
        Assert.Equal(HttpStatusCode.SeeOther, (await given.AnswerAsGrantor("Received", "journal", "24/99")).Status);
        var answered = await Told(given, ola, feed, key);

        foreach (var none in new[] { before, others, answered })
        {
            Assert.Contains("Ingen frister venter på deg", none.Overview, StringComparison.Ordinal);
            Assert.DoesNotContain("class=\"urgent\"", none.Overview + none.Deadlines, StringComparison.Ordinal);
            Assert.Empty(none.Api);
        }

        // What is done stays in the calendar as what it was, as it does for everybody.
        Assert.DoesNotContain("BEGIN:VEVENT", before.Calendar + others.Calendar, StringComparison.Ordinal);
        Assert.Equal(Line(waiting.Calendar, "UID:"), Line(answered.Calendar, "UID:"));
        Assert.Equal(("SEQUENCE:0", "SEQUENCE:1"), (Line(waiting.Calendar, "SEQUENCE:"), Line(answered.Calendar, "SEQUENCE:")));
        Assert.Equal(("STATUS:CONFIRMED", "STATUS:CONFIRMED"), (Line(waiting.Calendar, "STATUS:"), Line(answered.Calendar, "STATUS:")));
        Assert.StartsWith("SUMMARY:Gjort: ", Line(answered.Calendar, "SUMMARY:"), StringComparison.Ordinal);
        Assert.Contains("/innboks", answered.Calendar, StringComparison.Ordinal);
        Assert.DoesNotContain("/prosess/", answered.Calendar, StringComparison.Ordinal);

        await using var db = given.Database.Read();
        var due = await db.Deadlines.SingleAsync(deadline => deadline.Id == run.Waiting.DeadlineId!.Value, TestContext.Current.CancellationToken);
        Assert.All(new[] { waiting.Overview, waiting.Deadlines }, page =>
        {
            Assert.Contains("class=\"urgent\"", page, StringComparison.Ordinal);
            Assert.Contains("href=\"/innboks\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("/prosess/", page, StringComparison.Ordinal);
            Assert.DoesNotContain("/flytt", page, StringComparison.Ordinal);
        });
        Assert.Equal(1, waiting.Calendar.Split("BEGIN:VEVENT").Length - 1);
        Assert.Contains("/innboks", waiting.Calendar, StringComparison.Ordinal);
        Assert.DoesNotContain("/prosess/", waiting.Calendar, StringComparison.Ordinal);
        var row = Assert.Single(waiting.Api);
        Assert.Equal((due.Id.Value, run.Id.Value), (row.GetProperty("id").GetGuid(), row.GetProperty("run").GetGuid()));
        Assert.Empty(await Items(given, "deadlines", strangers));
        foreach (var list in new[] { "programmes", "plans", "runs" })
        {
            Assert.Empty(await Items(given, list, key));
        }
    }

    [Fact]
    public async Task What_is_withdrawn_at_the_grantor_is_struck_out_of_the_contacts_calendar_and_what_has_ended_goes_after_60_days()
    {
        await using var given = await GivenGrant.Start();
        await given.SendPlan();
        using var ola = await given.SignIn(given.Ola);
        var feed = await Feed(given, given.Ola);
        var run = await Waiting(given);
        await given.Database.Write(async w =>
        {
            (await w.Db.Deadlines.SingleAsync(one => one.Id == run.Waiting.DeadlineId!.Value)).Withdraw(w.Now);
            (await w.Db.Set<Run>().SingleAsync(one => one.Id == run.Id)).Close("cancelled", w.Now);
        });

        var struck = (await ola.Get(feed)).Text;
        given.Database.Clock.Advance(TimeSpan.FromDays(61));
        var gone = (await ola.Get(feed)).Text;

        Assert.Equal(("STATUS:CANCELLED", "SEQUENCE:1"), (Line(struck, "STATUS:"), Line(struck, "SEQUENCE:")));
        Assert.DoesNotContain("BEGIN:VEVENT", gone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_grantors_overview_does_not_tell_of_years_to_be_opened_and_that_of_others_does()
    {
        await using var given = await GivenGrant.Start();
        using var ola = await given.SignIn(given.Ola);
        using var stranger = await given.SignIn(given.Stranger);

        var (contacts, strangers) = ((await ola.Get("/")).Text, (await stranger.Get("/")).Text);

        Assert.DoesNotContain("når et tilskuddsår er åpnet", contacts, StringComparison.Ordinal);
        Assert.Contains("når et tilskuddsår er åpnet", strangers, StringComparison.Ordinal);
        Assert.DoesNotContain("Frister for deg som tilskuddsgiver", strangers, StringComparison.Ordinal);
    }

    private static async Task<(string Overview, string Deadlines, string Calendar, IReadOnlyList<JsonElement> Api)> Told(GivenGrant given, Planning.Browsing browser, string feed, string key) =>
        (await Html(browser, "/"), await Html(browser, "/frister"), (await browser.Get(feed)).Text, await Items(given, "deadlines", key));

    private static string Line(string calendar, string begins) => Assert.Single(calendar.Split('\n'), line => line.StartsWith(begins, StringComparison.Ordinal)).Trim();

    private static async Task<string> Html(Planning.Browsing browser, string path) => (await browser.Get(path)).Page.DocumentElement.OuterHtml;

    private static async Task<Run> Waiting(GivenGrant given)
    {
        await using var db = given.Database.Read();
        return await db.Set<Run>().SingleAsync(run => run.ClosedAt == null && run.WaitsFor == "grantor", TestContext.Current.CancellationToken);
    }

    // Of another grantor, whose money is not asked for.
    private static async Task<PersonId> AnotherContact(GivenGrant given)
    {
        await given.AlsoPaidByAid();
        await using var db = given.Database.Read();
        return await db.People.Where(person => person.Email == "berit@aid.example").Select(person => person.Id).SingleAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> Feed(GivenGrant given, PersonId person)
    {
        var secret = given.Services.GetRequiredService<SecretSource>().Token();
        await given.Database.Write(w => w.Db.Add(new FeedKey(SecretSource.Hash(secret), person, w.Now)));
        return $"/frister/{secret}.ics";
    }

    private static async Task<string> Key(GivenGrant given, PersonId owner)
    {
        var secret = "";
        await given.Database.Write(w =>
        {
            var id = w.Ids.Next<ApiKeyId>();
            secret = $"{id}";
            w.Db.Add(new ApiKey(id, "Prøve", SecretSource.Hash(secret), owner, readsTrail: false, w.Now));
        });
        return secret;
    }

    private static async Task<IReadOnlyList<JsonElement>> Items(GivenGrant given, string list, string key)
    {
        using var client = new HttpClient { BaseAddress = given.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var part = JsonDocument.Parse(await client.GetStringAsync(new Uri($"/api/v1/{list}", UriKind.Relative), TestContext.Current.CancellationToken));
        return [.. part.RootElement.GetProperty("items").EnumerateArray().Select(row => row.Clone())];
    }
}
