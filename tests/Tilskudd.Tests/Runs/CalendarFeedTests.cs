using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Tests.SignIn;

namespace Tilskudd.Tests.Runs;

/// <summary>The calendar feed, read as a calendar program reads it: by RFC 5545 and nothing of the library that writes it.</summary>
public sealed partial class CalendarFeedTests
{
    private const string Page = "/frister/kalender";

    [Fact]
    public async Task The_feed_is_a_calendar_whose_events_keep_their_uid_and_rise_in_sequence_when_a_deadline_is_moved()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        await given.Answer("Done", given.Leader);
        var address = await Make(leader);

        var first = await Feed(given, address);
        var again = await Feed(given, address);
        var deadline = (await given.CurrentRun()).Waiting.DeadlineId;
        await leader.Submit($"/frister/{deadline}/flytt", null, ("dato", "8.11.2024"), ("klokkeslett", "12"), ("grunn", "Høstferie, og mer; æøå"));
        var moved = await Feed(given, address);

        Assert.Equal(first.Text, again.Text);
        Assert.Equal("text/calendar; charset=utf-8", first.Type);
        var (before, after) = (first.Events.Single(one => one["STATUS"] == "CONFIRMED" && !one["SUMMARY"].StartsWith("Gjort", StringComparison.Ordinal)), moved.Events.Single(one => one["UID"] == first.Events[^1]["UID"]));
        Assert.Equal(before["UID"], after["UID"]);
        Assert.Equal(("0", "1"), (before["SEQUENCE"], after["SEQUENCE"]));
        Assert.Matches(@"^\d{8}$", first.Events[0]["DTSTART;VALUE=DATE"]);
        Assert.Matches(@"^\d{8}T110000Z$", before["DTSTART"]);
        Assert.Equal("20241108T110000Z", after["DTSTART"]);
        Assert.Contains(first.Events, one => one["SUMMARY"].StartsWith("Gjort: ", StringComparison.Ordinal) && one["SEQUENCE"] == "1");
        Assert.All(moved.Events, one => Assert.Matches(@"^\d{8}T\d{6}Z$", one["DTSTAMP"]));
        Assert.Equal(moved.Events.Count, moved.Events.Select(one => one["UID"]).Distinct().Count());
    }

    [Fact]
    public async Task A_deadline_that_is_no_longer_asked_for_is_cancelled()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        var address = await Make(leader);
        var run = await given.CurrentRun();
        await given.Write(async w => (await w.Db.Deadlines.SingleAsync(one => one.Id == run.Waiting.DeadlineId!.Value)).Withdraw(w.Now));

        var feed = await Feed(given, address);

        Assert.Equal(("CANCELLED", "1"), (feed.Events.Single()["STATUS"], feed.Events.Single()["SEQUENCE"]));
    }

    [Fact]
    public async Task What_is_done_stays_while_its_run_waits_in_a_step_without_a_deadline()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        var address = await Make(leader);
        await given.Answer("Done", given.Leader);
        var before = await Feed(given, address);
        var run = await given.CurrentRun();
        await given.Write(async w =>
        {
            (await w.Db.Deadlines.SingleAsync(one => one.Id == run.Waiting.DeadlineId!.Value)).Meet(w.Now);
            (await w.Db.Set<Tilskudd.Runs.Run>().SingleAsync(one => one.Id == run.Id)).Enter(run.StepId, run.StepKind, run.VisitNumber + 1, run.Phase, run.WaitsFor, w.Now);
        });

        var after = await Feed(given, address);

        Assert.Equal(2, before.Events.Count);
        Assert.Equal(before.Events.Select(one => one["UID"]), after.Events.Select(one => one["UID"]));
        Assert.All(after.Events, one => Assert.StartsWith("Gjort: ", one["SUMMARY"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_done_stays_for_60_days_after_its_run_has_ended_under_the_same_uid_and_never_with_a_lower_sequence()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        var address = await Make(leader);
        await given.Answer("Done", given.Leader);
        var open = await Feed(given, address);
        var run = await given.CurrentRun();
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(70));
        await given.Write(async w =>
        {
            var known = await w.Db.Set<Tilskudd.Runs.Run>().SingleAsync(one => one.Id == run.Id);
            (await w.Db.Deadlines.SingleAsync(one => one.Id == run.Waiting.DeadlineId!.Value)).Meet(w.Now);
            known.Close("approved", w.Now);
        });

        var ended = await Feed(given, address);
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(59));
        var later = await Feed(given, address);
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(2));
        var gone = await Feed(given, address);

        Assert.Equal(open.Events.Select(one => one["UID"]), ended.Events.Select(one => one["UID"]));
        Assert.Equal(["1", "1"], ended.Events.Select(one => one["SEQUENCE"]));
        Assert.Equal(["1", "0"], open.Events.Select(one => one["SEQUENCE"]));
        Assert.All(ended.Events, one => Assert.StartsWith("Gjort: ", one["SUMMARY"], StringComparison.Ordinal));
        Assert.Equal(2, later.Events.Count);
        Assert.Empty(gone.Events);
    }

    [Fact]
    public async Task The_address_is_shown_once_kept_nowhere_logged_nowhere_and_closed_by_its_person()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        using var stranger = await given.SignedIn(given.Stranger);

        var old = await Make(leader);
        var address = await Make(leader);
        var shown = await leader.Get(Page);
        var none = await Feed(given, await Make(stranger));
        HttpStatusCode[] opened = [(await given.Site.Get(old)).StatusCode, (await given.Site.Get(address)).StatusCode, (await given.Site.Get($"/frister/{new string('A', 43)}.ics")).StatusCode];
        await leader.Submit(Page, Page + "/slutt");
        var closed = await given.Site.Get(address);

        Assert.Empty(none.Events);
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.NotFound], opened);
        Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);
        var secret = address["/frister/".Length..^".ics".Length];
        Assert.DoesNotContain(secret, shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, string.Join('\n', given.Site.Log.Lines), StringComparison.Ordinal);
        await using var db = given.Read();
        Assert.DoesNotContain(secret, string.Join('\n', await db.Trail.Select(entry => entry.Data + entry.Object).ToListAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_of_one_who_is_ended_opens_nothing()
    {
        await using var given = await GivenAYear.Create();
        using var leader = await given.SignedIn(given.Leader);
        var address = await Make(leader);

        await given.Write(async w => (await w.Db.People.SingleAsync(person => person.Id == given.Leader)).End(Tilskudd.Cycle.Year.OsloTime.On(w.Now).Date.PlusDays(-1)));

        Assert.Equal(HttpStatusCode.NotFound, (await given.Site.Get(address)).StatusCode);
    }

    private static async Task<string> Make(Browser browser) => Address().Match((await browser.Submit(Page, Page)).Text).Value;

    private static async Task<(string Text, string Type, IReadOnlyList<Dictionary<string, string>> Events)> Feed(GivenAYear given, string address)
    {
        using var answer = await given.Site.Get(address);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (text, answer.Content.Headers.ContentType!.ToString(), Events(text));
    }

    // Section 3.1: lines end in CRLF, are no longer than 75 octets, and are unfolded where the next begins with a space.
    private static List<Dictionary<string, string>> Events(string text)
    {
        Assert.EndsWith("END:VCALENDAR\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.All(text.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        var lines = text.Replace("\r\n ", "", StringComparison.Ordinal).Replace("\r\n\t", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["BEGIN:VCALENDAR", "VERSION:2.0"], [lines[0], lines.Single(line => line.StartsWith("VERSION", StringComparison.Ordinal))]);
        Assert.Single(lines, line => line.StartsWith("PRODID:", StringComparison.Ordinal));
        var events = new List<Dictionary<string, string>>();
        Dictionary<string, string>? current = null;
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            Assert.True(colon > 0, line);
            if (line == "BEGIN:VEVENT")
            {
                current = [];
            }
            else if (line == "END:VEVENT")
            {
                events.Add(current!);
                current = null;
            }
            else
            {
                current?.Add(line[..colon], line[(colon + 1)..]);
            }
        }

        // Section 3.8: what every event must have; no semicolon or comma in a text that is not escaped.
        Assert.All(events, one => Assert.Superset(new HashSet<string> { "UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "STATUS" }, one.Keys.ToHashSet()));
        Assert.All(events.SelectMany(one => new[] { one["SUMMARY"], one["DESCRIPTION"] }), value => Assert.DoesNotMatch(@"(?<!\\)[;,]", value));
        return events;
    }

    [GeneratedRegex(@"/frister/[A-Za-z0-9_-]{43}\.ics")]
    private static partial Regex Address();
}
