using Ical.Net;

namespace Tilskudd.Tests.Meetings;

/// <summary>The meetings a person is called to, in the calendar the person's own address gives.</summary>
public sealed class MeetingFeedTests
{
    [Fact]
    public async Task A_meeting_is_the_same_event_as_in_the_call_and_follows_each_change_and_the_cancellation()
    {
        await using var given = await GivenMeetings.Start();
        var silje = await given.Plan();
        var (kari, per) = (await Address(given, "Kari"), await Address(given, "Per"));
        var uncalled = await Meetings(given, kari);
        await silje.Post(await silje.Get(given.Path), "form[action$='/innkalling']");
        await given.Round.Turn();
        var called = Assert.Single(await Meetings(given, kari));
        var deputy = await Meetings(given, per);
        var change = await silje.Get(given.Path + "/endre");
        await silje.Post(change, "form[action$='/endre']", ("sted", "Rom 2"), ("slutt", "20.30"));
        await given.Round.Turn();
        var changed = Assert.Single(await Meetings(given, kari));
        await silje.Post(change, "form[action$='/avlys']", ("avlyst", "Lederen er syk"));
        await given.Round.Turn();
        var off = Assert.Single(await Meetings(given, kari));

        Assert.Empty(uncalled);
        Assert.Empty(deputy);
        Assert.Equal(("Formannskapssalen", 0, "CONFIRMED", "Møte: Politisk styringsgruppe"), (called.Location, called.Sequence, called.Status, called.Summary));
        Assert.Equal(new DateTime(2024, 12, 3, 17, 0, 0, DateTimeKind.Utc), called.Start!.AsUtc);
        Assert.Null(called.End);
        Assert.Equal(("Rom 2", 1, "CONFIRMED"), (changed.Location, changed.Sequence, changed.Status));
        Assert.Equal(TimeSpan.FromMinutes(150), changed.End!.AsUtc - changed.Start!.AsUtc);
        Assert.Equal((2, "CANCELLED"), (off.Sequence, off.Status));
        Assert.Equal(given.Calendars("Kari").Select(mail => (mail.Event.Uid, mail.Event.Sequence, mail.Event.Description)), new[] { called, changed, off }.Select(one => (one.Uid, one.Sequence, one.Description)));
    }

    [Fact]
    public async Task A_deputy_who_is_needed_no_more_has_the_meeting_in_no_calendar()
    {
        await using var given = await GivenMeetings.Start();
        var silje = await given.Plan();
        var per = await Address(given, "Per");
        await silje.Post(await silje.Get(given.Path), "form[action$='/innkalling']");
        var ola = $"oppmote-{given.SeatOf(await given.Read(), "Ola")}";
        await silje.Post(await silje.Get(given.Path + "/oppmote"), "main form", (ola, "forfall"));
        await silje.Post(await silje.Get(given.Path), "form[action$='/innkalling']");
        var needed = await Meetings(given, per);

        await silje.Post(await silje.Get(given.Path + "/oppmote"), "main form", (ola, ""));
        await silje.Post(await silje.Get(given.Path), "form[action$='/innkalling']");

        Assert.Equal("CONFIRMED", Assert.Single(needed).Status);
        Assert.True((await given.Read()).Calls.MaxBy(call => call.Number)!.IsOff);
        Assert.Empty(await Meetings(given, per));
    }

    private static async Task<string> Address(GivenMeetings given, string name)
    {
        var browser = await given.SignedIn(name);
        var page = await browser.Get("/frister/kalender");
        var made = await browser.PostTo(page, "/frister/kalender");
        return System.Text.RegularExpressions.Regex.Match(made.Page.DocumentElement.OuterHtml, "/frister/[A-Za-z0-9_-]{43}\\.ics").Value;
    }

    private static async Task<IReadOnlyList<Ical.Net.CalendarComponents.CalendarEvent>> Meetings(GivenMeetings given, string address)
    {
        using var answer = await given.Round.Site.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        var calendar = Calendar.Load(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        return [.. calendar.Events.Where(one => one.Uid!.StartsWith($"{given.Id}@", StringComparison.Ordinal))];
    }
}
