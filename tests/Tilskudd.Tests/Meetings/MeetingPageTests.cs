using System.Net;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Archive;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Meetings;
using Tilskudd.Notices;
using Tilskudd.Tests.Planning;

namespace Tilskudd.Tests.Meetings;

/// <summary>A body's meeting from the call to the signed protocol, over HTTP.</summary>
public sealed class MeetingPageTests
{
    [Fact]
    public async Task The_body_is_called_with_an_entry_for_the_calendar_that_follows_each_change_and_the_cancellation()
    {
        await using var given = await GivenMeetings.Start();
        var silje = await given.Plan();
        await silje.Post(await silje.Get(given.Path), "form[action$='/saker']:has([name=tittel])", ("tittel", "Status for året"), ("tekst", "Om tallene"));
        var (page, kari, link) = (await silje.Get(given.Path), await given.SignedIn("Kari"), $"a[href='{given.Path}']");
        var uncalled = ((await kari.Get("/innboks")).Page.QuerySelector(link), (await silje.Get("/innboks")).Page.QuerySelector(link)?.TextContent);
        var sent = await silje.Post(page, "form[action$='/innkalling']");
        var again = await silje.Post(page, "form[action$='/innkalling']");
        await given.Round.Turn();
        var called = ((await kari.Get("/innboks")).Find(link).TextContent, (await kari.Get("/")).Find(link).TextContent);
        var change = await silje.Get(given.Path + "/endre");
        await silje.Post(change, "form[action$='/endre']");
        await given.Round.Turn();
        var unchanged = given.Calendars("Kari").Count;
        await silje.Post(change, "form[action$='/endre']", ("sted", "Rom 2"));
        await silje.Post(change, "form[action$='/endre']", ("sted", "Rom 2"));
        await given.Round.Turn();
        await silje.Post(change, "form[action$='/avlys']", ("avlyst", "Lederen er syk"));
        await silje.Post(change, "form[action$='/avlys']", ("avlyst", "Lederen er syk"));
        await given.Round.Turn();

        Assert.Equal((given.Path + "#innkalling", given.Path + "#innkalling"), (sent.Location, again.Location));
        Assert.Equal(1, unchanged);
        const string title = "Møte i Politisk styringsgruppe";
        Assert.Equal(((AngleSharp.Dom.IElement?)null, title), uncalled);
        Assert.Equal((title, title), called);
        Assert.Null((await kari.Get("/innboks")).Page.QuerySelector(link));
        foreach (var name in new[] { "Kari", "Fatima", "Ola" })
        {
            var calendars = given.Calendars(name);
            Assert.Equal(["REQUEST", "REQUEST", "CANCEL"], calendars.Select(one => one.Method));
            Assert.Equal([0, 1, 2], calendars.Select(one => one.Event.Sequence));
            Assert.Equal($"{given.Id}@127.0.0.1", Assert.Single(calendars.Select(one => one.Event.Uid).Distinct()));
            Assert.Equal(("Formannskapssalen", "Rom 2"), (calendars[0].Event.Location, calendars[1].Event.Location));
            Assert.Equal(new DateTime(2024, 12, 3, 17, 0, 0, DateTimeKind.Utc), calendars[0].Event.Start!.AsUtc);
            Assert.Equal("Europe/Oslo", calendars[0].Event.Start!.TzId);
            Assert.Equal(18, calendars[0].Event.Start!.Hour);
            Assert.Equal("CANCELLED", calendars[2].Event.Status);
        }

        Assert.Empty(given.Calendars("Per"));
        Assert.Empty(given.Calendars("Silje"));
        var mails = given.Round.Mails("Kari").Where(mail => mail.Subject.Contains("Politisk styringsgruppe tirsdag 3. desember 2024 kl. 18.00", StringComparison.Ordinal)).ToList();
        Assert.Equal(["Innkalling", "Endret innkalling", "Avlyst"], mails.Select(mail => mail.Subject.Split(':')[0]));
        Assert.Contains("Sak 1: Handlingsplan 2025 for Strømsø (vedtak)", mails[0].Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("Sak 2: Status for året (orientering)", mails[0].Text, StringComparison.Ordinal);
        Assert.Contains(given.Path, mails[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/g/", mails[0].Text, StringComparison.Ordinal);
        var said = mails.Select(Approval.GivenARound.Said).ToList();
        Assert.Contains("Du kalles inn som medlem av Politisk styringsgruppe. Kan du ikke komme, så svar på denne e-posten", said[0], StringComparison.Ordinal);
        Assert.Contains("Møtet er endret siden forrige innkalling. Det som står her, gjelder nå.", said[1], StringComparison.Ordinal);
        Assert.DoesNotContain("siden forrige", said[0], StringComparison.Ordinal);
        Assert.Contains("Lederen er syk Du skal ikke møte.", said[2], StringComparison.Ordinal);
        Assert.Equal((2, 1), ((await given.Round.Trail("meeting-called")).Count, (await given.Round.Trail("meeting-cancelled")).Count));
    }

    [Fact]
    public async Task Who_has_no_place_on_the_day_a_meeting_is_moved_to_is_told_and_not_told_again_when_it_is_called_off()
    {
        await using var given = await GivenMeetings.Start();
        var silje = await given.Plan();
        await silje.Post(await silje.Get(given.Path), "form[action$='/innkalling']");
        await given.Round.Turn();
        await given.Round.Tell(async w =>
        {
            var body = await w.Db.Bodies.OrderBy(body => body.Id).FirstAsync(body => body.Name == "Politisk styringsgruppe");
            body.Succeed(body.Seats.Single(seat => seat.PersonId == given.Round["Fatima"]), null, new LocalDate(2024, 12, 5), w.Ids.Next<SeatId>);
        });

        await silje.Post(await silje.Get(given.Path + "/endre"), "form[action$='/endre']", ("dato", "10.12.2024"));
        await given.Round.Turn();
        var page = await silje.Get(given.Path);
        await silje.Post(await silje.Get(given.Path + "/endre"), "form[action$='/avlys']", ("avlyst", "Lederen er syk"));
        await given.Round.Turn();

        Assert.Equal(["REQUEST", "CANCEL"], given.Calendars("Fatima").Select(one => one.Method));
        Assert.Equal([0, 1], given.Calendars("Fatima").Select(one => one.Event.Sequence));
        Assert.Equal(["REQUEST", "REQUEST", "CANCEL"], given.Calendars("Ola").Select(one => one.Method));
        var mail = given.Round.Mails("Fatima")[^1];
        Assert.StartsWith("Ikke lenger innkalt: Politisk styringsgruppe tirsdag 10. desember 2024", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("du har ikke plass i organet den dagen, eller den du skulle møte for, kommer selv. Du skal ikke møte.", Approval.GivenARound.Said(mail), StringComparison.Ordinal);
        Assert.Contains("sendt beskjed om at møtet holdes uten dem, til Fatima Nordby.", page.Text, StringComparison.Ordinal);
        Assert.Single(await given.Round.Trail("meeting-uncalled"));
    }

    [Fact]
    public async Task Two_who_note_attendance_at_once_do_not_overwrite_each_other_and_the_same_twice_is_once()
    {
        await using var given = await GivenMeetings.Start();
        var silje = await given.Plan();
        var ingrid = await given.SignedIn("Ingrid");
        var meeting = await given.Read();
        var (kari, ola) = ($"oppmote-{given.SeatOf(meeting, "Kari")}", $"oppmote-{given.SeatOf(meeting, "Ola")}");
        var (first, second) = (await silje.Get(given.Path + "/oppmote"), await ingrid.Get(given.Path + "/oppmote"));

        var noted = await silje.Post(first, "main form", (kari, "forfall"));
        var again = await silje.Post(first, "main form", (kari, "forfall"));
        var over = await ingrid.Post(second, "main form", (ola, "forfall"));
        var anew = await ingrid.Post(await ingrid.Get(given.Path + "/oppmote"), "main form", (ola, "forfall"));

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther, HttpStatusCode.Conflict, HttpStatusCode.SeeOther), (noted.Status, again.Status, over.Status, anew.Status));
        Assert.Equal(2, (await given.Read()).Seats.Count(seat => seat.Attendance == Tilskudd.Cycle.Meetings.Attendance.Excused));
        Assert.Equal(2, (await given.Round.Trail("attendance-noted")).Count);
    }

    [Fact]
    public async Task Attendance_typed_over_an_older_page_is_kept_beside_what_stands_now_and_can_be_sent_again()
    {
        await using var given = await GivenMeetings.Start();
        var (silje, ingrid, meeting) = (await given.Plan(), await given.SignedIn("Ingrid"), await given.Read());
        var (kari, ola) = ($"oppmote-{given.SeatOf(meeting, "Kari")}", $"oppmote-{given.SeatOf(meeting, "Ola")}");
        var old = await ingrid.Get(given.Path + "/oppmote");
        await silje.Post(await silje.Get(given.Path + "/oppmote"), "main form", (kari, "forfall"));

        var refused = await ingrid.Post(old, "main form", (ola, "forfall"));
        var again = await ingrid.Post(refused, "main form");

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.SeeOther), (refused.Status, again.Status));
        Assert.Contains("Dette er endret etter at du åpnet siden", refused.Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Forfall", refused.Page.QuerySelector("section[aria-labelledby=star-na]")!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Equal([given.Round["Ola"]], (await given.Read()).Seats.Where(seat => seat.Attendance == Tilskudd.Cycle.Meetings.Attendance.Excused).Select(seat => seat.PersonId!.Value));
    }

    [Fact]
    public async Task When_a_meeting_is_typed_over_an_older_page_is_kept_beside_what_stands_now_and_can_be_sent_again()
    {
        await using var given = await GivenMeetings.Start();
        var (silje, ingrid) = (await given.Plan(), await given.SignedIn("Ingrid"));
        var old = await ingrid.Get(given.Path + "/endre");
        await silje.Post(await silje.Get(given.Path + "/endre"), "form[action$='/endre']", ("sted", "Rom 2"));

        var refused = await ingrid.Post(old, "form[action$='/endre']", ("sted", "Rom 3"));
        var between = (await given.Read()).Frame.Place;
        var again = await ingrid.Post(refused, "form[action$='/endre']");

        Assert.Equal((HttpStatusCode.Conflict, "Rom 2", HttpStatusCode.SeeOther), (refused.Status, between, again.Status));
        Assert.Contains("Rom 2", refused.Page.QuerySelector("section[aria-labelledby=star-na]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Rom 3", refused.Page.QuerySelector("[name=sted]")!.GetAttribute("value"));
        Assert.Equal("Rom 3", (await given.Read()).Frame.Place);
    }

    [Fact]
    public async Task A_form_with_a_fault_is_still_over_what_its_reader_saw_first()
    {
        await using var given = await GivenMeetings.Start();
        var (silje, ingrid) = (await given.Plan(), await given.SignedIn("Ingrid"));
        var old = await ingrid.Get(given.Path + "/endre");
        await silje.Post(await silje.Get(given.Path + "/endre"), "form[action$='/endre']", ("sted", "Rom 2"));

        var unread = await ingrid.Post(old, "form[action$='/endre']", ("sted", "Rom 3"), ("kl", "kveld"));
        var refused = await ingrid.Post(unread, "form[action$='/endre']", ("kl", "18.00"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Conflict), (unread.Status, refused.Status));
        Assert.Equal("Rom 2", (await given.Read()).Frame.Place);
    }

    [Fact]
    public async Task When_somebody_came_is_told_beside_attendance_typed_over_an_older_page()
    {
        await using var given = await GivenMeetings.Start();
        await given.Plan();
        var silje = await given.Begin("Kari", "Fatima", "Ola");
        var (ingrid, meeting) = (await given.SignedIn("Ingrid"), await given.Read());
        var old = await ingrid.Get(given.Path + "/oppmote");
        await given.Note(silje, ["Kari", "Fatima", "Ola"], ($"kom-{given.SeatOf(meeting, "Fatima")}", $"{meeting.Agenda[0].Id}"));

        var refused = await ingrid.Post(old, "main form");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("Fatima Nordby kom ved", refused.Find("section[aria-labelledby=star-na]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("gikk under", refused.Find("section[aria-labelledby=star-na]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Votes_typed_over_an_older_page_are_kept_beside_those_that_stand_and_can_be_sent_again()
    {
        await using var given = await GivenMeetings.Start();
        await given.Plan();
        var silje = await given.Begin("Kari", "Fatima", "Ola");
        var kari = $"stemme-{given.SeatOf(await given.Read(), "Kari")}";
        var old = await silje.Get(await given.Case());
        await given.Vote(silje, ("Kari", "for"), ("Ola", "inhabil"));

        var refused = await silje.Post(old, "form[action$='/stemmer']", "", (kari, "mot"));
        var between = Assert.Single((await given.Read()).Votes).Kind;
        var again = await silje.Post(refused, "form[action$='/stemmer']", "");

        Assert.Equal((HttpStatusCode.Conflict, AnswerKind.Approve, HttpStatusCode.SeeOther), (refused.Status, between, again.Status));
        Assert.Contains("Dette er endret etter at du åpnet siden", refused.Find(".ds-error-summary").TextContent, StringComparison.Ordinal);
        Assert.Contains("inhabil", refused.Find("section[aria-labelledby=star-na]").TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(AnswerKind.SendBack, Assert.Single((await given.Read()).Votes).Kind);
        Assert.Empty((await given.Read()).Agenda[0].Inhabil);
    }

    [Fact]
    public async Task What_comes_back_on_a_call_is_shown_to_those_who_lead_and_a_call_that_did_not_arrive_leads_to_a_way_on()
    {
        await using var given = await GivenMeetings.Start();
        var silje = await given.Plan();
        await silje.Post(await silje.Get(given.Path), "form[action$='/innkalling']");
        await given.Round.Turn();
        await given.Round.Tell(async w =>
        {
            var calls = await w.Db.Set<Notice>().Where(notice => notice.Kind == NoticeKind.MeetingCalled).ToListAsync();
            calls.Single(call => call.PersonId == given.Round["Ola"]).Bounced("550 No such user here");
            await given.Reply(calls.Single(call => call.PersonId == given.Round["Fatima"]).MessageId, "Jeg er bortreist og ber om vara.");
        });
        await given.Round.Turn();

        var (page, kari) = (await silje.Get(given.Path), await (await given.SignedIn("Kari")).Get(given.Path));
        var ingrid = await given.SignedIn("Ingrid");
        var failed = await ingrid.Get((await ingrid.Get(given.Path)).Find("#innkalling a[href^='/admin/varsler/']").GetAttribute("href")!);

        Assert.Contains("Jeg er bortreist og ber om vara.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Innkallingen kom ikke fram. Rett adressen og send på nytt, eller ring: Ola Nordby", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Page.QuerySelector("a[href^='/admin/varsler/']")); // the programme leader's
        Assert.Contains("Innkalling til et møte", failed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("bortreist", kari.Text, StringComparison.Ordinal);
        Assert.Null(kari.Page.QuerySelector("a[href^='/admin/varsler/']"));

        // Once it has begun nobody can be called to it, and no call is offered again.
        silje = await given.Begin("Kari", "Fatima", "Ola");
        var held = await silje.Get(given.Path);
        Assert.DoesNotContain("send på nytt", held.Text, StringComparison.Ordinal);
        Assert.Contains("Jeg er bortreist og ber om vara.", held.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_later_than_the_notice_needs_a_reason_that_stands_in_the_protocol_and_not_in_the_trail()
    {
        await using var given = await GivenMeetings.Start(noticeDays: 10); // the last day was 19 November
        var silje = await given.Plan();

        var page = await silje.Get(given.Path);
        var without = await silje.Post(page, "form[action$='/innkalling']");
        var long1 = await silje.Post(page, "form[action$='/innkalling']", ("grunn", new string('x', 1_001)));
        var with = await silje.Post(page, "form[action$='/innkalling']", ("grunn", "Departementet svarte i går."));
        await given.Round.Turn();
        silje = await given.Begin("Kari", "Fatima", "Ola");
        var protocol = await silje.Get(given.Path + "/protokoll");

        Assert.Contains("19. november 2024", page.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (without.Status, long1.Status, with.Status));
        Assert.Contains("Innkallingen skulle ha gått senest 19. november 2024.", without.Text, StringComparison.Ordinal);
        Assert.Contains("Senere enn fristen. Grunn: Departementet svarte i går.", protocol.Text, StringComparison.Ordinal);
        Assert.Contains("Departementet svarte i går.", given.Round.Mails("Ola")[^1].Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var line = Assert.Single(await given.Round.Trail("meeting-called")).ToLine();
        Assert.Contains("\"late\":true", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Departementet", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_protocol_is_not_signed_while_the_votes_have_decided_a_case_and_nobody_has_registered_it()
    {
        await using var given = await GivenMeetings.Start();
        await given.Plan();
        var silje = await given.Begin("Kari", "Fatima", "Ola");
        await given.Vote(silje, ("Kari", "for"), ("Fatima", "for"), ("Ola", "mot"));
        var kari = await given.SignedIn("Kari");
        var shown = await kari.Get(given.Path + "/protokoll");

        var refused = await kari.Post(shown, "form[action$='/protokoll']");
        await silje.Post(await silje.Get(await given.Case()), "form[action$='/vedtak']", ("ref", "12/24"));
        var signed = await kari.Post(await kari.Get(given.Path + "/protokoll"), "form[action$='/protokoll']");

        var after = await kari.Get(given.Path + "/protokoll");
        Assert.Contains("Protokollen kan godkjennes når det er gjort.", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Protokollen kan godkjennes", after.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.SeeOther), (refused.Status, signed.Status));
        Assert.Contains("men vedtaket er ikke registrert", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_voted_in_the_meeting_approves_the_plan_and_who_led_signs_the_protocol()
    {
        await using var given = await GivenMeetings.Start();
        var silje = await given.Plan();
        await silje.Post(await silje.Get(given.Path), "form[action$='/saker']:has([name=tittel])", ("tittel", "Status for året"), ("tekst", ""));
        await silje.Post(await silje.Get(given.Path), "form[action$='/innkalling']");
        var absent = (await given.Read()).Seats.First(seat => seat.PersonId == given.Round["Ola"]).SeatId;
        await silje.Post(await silje.Get(given.Path + "/oppmote"), "main form", ($"oppmote-{absent}", "forfall"));
        await silje.Post(await silje.Get(given.Path), "form[action$='/innkalling']");
        await given.Round.Turn();
        silje = await given.Begin("Kari", "Fatima", "Per");
        var (kari, fatima) = (await given.SignedIn("Kari"), await given.SignedIn("Fatima"));

        var proposed = await silje.Post(await silje.Get(await given.Case()), "form[action$='/forslag']", ("av", $"{given.SeatOf(await given.Read(), "Fatima")}"), ("forslag", "Saken utsettes."));
        await given.Vote(silje, ("Kari", "for"), ("Fatima", "forslag-1"), ("Per", ""));
        var waits = await silje.Get(await given.Case());
        await given.Vote(silje, ("Per", "for"));
        var counted = await silje.Get(await given.Case());
        var empty = await silje.Post(counted, "form[action$='/vedtak']", ("ref", ""), ("tekst", ""));
        var decided = await silje.Post(counted, "form[action$='/vedtak']", ("ref", "12/24"));
        var again = await silje.Post(counted, "form[action$='/vedtak']", ("ref", "12/24"));
        var read = await fatima.Get(given.Path + "/protokoll");
        var shown = await kari.Get(given.Path + "/protokoll");
        var other = await fatima.PostTo(await fatima.Get("/innboks"), given.Path + "/protokoll", ("vist", shown.Field("vist")));
        var changed = await kari.PostTo(shown, given.Path + "/protokoll", ("vist", "noe annet"));
        var attendance = await silje.Get(given.Path + "/oppmote");
        var signed = await kari.Post(shown, "form[action$='/protokoll']");
        var after = await fatima.Get(given.Path + "/protokoll");
        var late = await silje.Post(attendance, "main form");

        Assert.Equal(("Per", 1), (given.Calendars("Per") is [_] ? "Per" : "", given.Calendars("Kari").Count));
        Assert.Equal(HttpStatusCode.SeeOther, proposed.Status);
        const string Silent = "form[action$='/vedtak'] [name='ikke-stemt']";
        Assert.Equal((true, false), (waits.Page.QuerySelector(Silent) is not null, counted.Page.QuerySelector(Silent) is not null));
        Assert.Contains("Per Nordby", waits.Find("#telling").TextContent, StringComparison.Ordinal);
        Assert.Equal("Gruppa godkjenner handlingsplanen for 2025.", counted.Field("tekst"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (empty.Status, decided.Status, again.Status));
        Assert.Equal((1, "approved"), ((await given.Round.Plan()).ApprovedVersion, (await given.Round.Run()).ClosedAs));
        await using var db = given.Round.Site.Database.Read();
        var decision = await db.Set<Decision>().SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((new NodaTime.LocalDate(2024, 12, 3), "12/24", true), (decision.DecidedOn, decision.Reference, decision.IsApproved));
        Assert.Equal(CountOutcome.ToMeeting, (await given.Round.Read()).Outcome);
        foreach (var text in new[]
        {
            "Protokoll fra møte i Politisk styringsgruppe", "tirsdag 3. desember 2024 kl. 18.00", "Kari Nordby, leder.", "Per Nordby, vara. Møtte for Ola Nordby i sak 1.", "Ola Nordby, medlem. Gyldig forfall.",
            "Forslag 1 fra Fatima Nordby, medlem", "Saken utsettes.", "2 stemmer. Uten parti: 2 (Kari Nordby, Per Nordby)", "1 stemme. Uten parti: 1 (Fatima Nordby)", "Vedtak, sak 12/24", "Tatt til orientering.",
        })
        {
            Assert.Contains(text, read.Text, StringComparison.Ordinal);
        }

        Assert.Null(read.Page.QuerySelector("[name=vist]"));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Conflict, HttpStatusCode.SeeOther), (other.Status, changed.Status, signed.Status));
        Assert.Contains("Protokollen er godkjent av Kari Nordby", after.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Teksten er ikke lenger den som ble godkjent", after.Text, StringComparison.Ordinal);
        Assert.Contains("Protokollen er godkjent, så møtet står som det er.", late.Text, StringComparison.Ordinal);
        var line = Assert.Single(await given.Round.Trail("meeting-signed")).ToLine();
        Assert.Contains($"\"protocol\":\"{(await given.Read()).SignedHash}\"", line, StringComparison.Ordinal);
        Assert.Equal(shown.Field("vist"), (await given.Read()).SignedHash);
        var folder = await Packed(given);
        Assert.Equal(shown.Field("vist"), Canonical.Hash(await File.ReadAllTextAsync(Path.Combine(folder, "moteprotokoll-1.txt"), TestContext.Current.CancellationToken)));
        Assert.Contains("meeting-signed", await File.ReadAllTextAsync(Path.Combine(folder, "trail.jsonl"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_meeting_of_an_earlier_day_is_not_under_way_though_its_protocol_waits()
    {
        await using var given = await GivenMeetings.Start();
        await given.Plan();
        var silje = await given.Begin("Kari", "Fatima", "Ola");
        var same = (await silje.Get(given.Path)).Find(".title-block .ds-tag").TextContent;
        given.Round.Site.Database.Clock.Advance(TimeSpan.FromDays(1));
        silje = await given.SignedIn("Silje");
        var later = (await silje.Get(given.Path)).Find(".title-block .ds-tag").TextContent;

        Assert.Equal(("I gang", "Holdt, protokollen er ikke godkjent"), (same, later));
    }

    [Fact]
    public async Task The_way_back_stands_above_the_meeting_and_the_pages_below_it()
    {
        await using var given = await GivenMeetings.Start();
        var silje = await given.Plan();
        var (meeting, item, doors, change) = (await silje.Get(given.Path), await silje.Get(await given.Case()), await silje.Get(await given.Case() + "/dorer"), await silje.Get(given.Path + "/endre"));

        Assert.Equal(["/program/drammen"], Ways(meeting));
        Assert.Equal(["/program/drammen", given.Path], Ways(item));
        Assert.Equal(["/program/drammen", given.Path, await given.Case()], Ways(doors));
        Assert.Equal(["/program/drammen", given.Path], Ways(change));
        Assert.Equal("Sak 1: Handlingsplan 2025 for Strømsø", item.Find(".ds-breadcrumbs [aria-current=page]").TextContent.Trim());
    }

    private static List<string?> Ways(Answer page) => [.. page.Page.QuerySelectorAll("main .ds-breadcrumbs ol a").Where(link => link.GetAttribute("aria-current") is null).Select(link => link.GetAttribute("href"))];

    private static async Task<string> Packed(GivenMeetings given)
    {
        var (database, folder) = (given.Round.Site.Database, Path.Combine(given.Round.Site.Database.Folder, "sak"));
        var package = new CasePackage(database, new TrailSettings(Path.Combine(database.Folder, "pakkens-key.pem"), Path.Combine(database.Folder, "pakkens-checkpoints")), null, database.Clock);
        Assert.Null(await package.Write((await given.Round.Plan()).Id.Value, null, folder, TestContext.Current.CancellationToken));
        return folder;
    }

    [Fact]
    public async Task Votes_are_not_written_over_by_a_page_from_before_them()
    {
        await using var given = await GivenMeetings.Start();
        await given.Plan();
        var silje = await given.Begin("Kari", "Fatima", "Ola");
        var old = await silje.Get(await given.Case());
        await given.Vote(silje, ("Kari", "for"), ("Fatima", "inhabil"), ("Ola", "mot"));
        var before = (await given.Read()).Votes.Count;

        var all = await silje.Post(old, "form[action$='/stemmer']", "for");
        var again = await given.Vote(silje, ("Kari", "for"), ("Fatima", "inhabil"), ("Ola", "mot"));

        Assert.Equal(HttpStatusCode.Conflict, all.Status);
        Assert.Equal(HttpStatusCode.SeeOther, again.Status);
        Assert.Equal(before, (await given.Read()).Votes.Count);
        Assert.Single((await given.Read()).Agenda.First(item => item.RoundId != null).Inhabil);
    }

    [Fact]
    public async Task A_case_on_an_agenda_is_registered_in_its_meeting_and_nowhere_else()
    {
        await using var given = await GivenMeetings.Start();
        var silje = await given.Plan();
        var run = $"/prosess/{(await given.Round.Run()).Id}";
        await silje.Post(await silje.Get(run), "form[action$='/avslutt']");

        var page = await silje.Get(run + "/vedtak");
        var posted = await silje.PostTo(page, run + "/vedtak", ("besok", $"{(await given.Round.Run()).VisitNumber}"), ("utfall", "Approved"), ("dato", "20.11.2024"), ("ref", "1/24"), ("tekst", "Ja"));
        silje = await given.Begin("Kari", "Fatima");
        var unanimous = await silje.Post(await silje.Get(await given.Case()), "form[action$='/stemmer']", "for");
        var panel = await silje.Get(run);
        await silje.Post(await silje.Get(await given.Case()), "form[action$='/vedtak']", ("ref", "1/24"));

        Assert.Null(page.Page.QuerySelector("[name=utfall]"));
        Assert.NotNull(page.Page.QuerySelector($"a[href='{given.Path}']"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, posted.Status);
        Assert.Contains("Saken står på sakslista til et møte.", posted.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, unanimous.Status);
        Assert.NotNull(panel.Page.QuerySelector($"a[href='{given.Path}']"));
        Assert.Null(panel.Page.QuerySelector("a[href^='/mote/ny']"));
        Assert.Equal(1, (await given.Round.Plan()).ApprovedVersion);
    }

    [Fact]
    public async Task Who_is_asked_reads_when_the_case_is_dealt_with()
    {
        await using var given = await GivenMeetings.Start();
        await given.Plan();
        using var link = await given.Round.Member("Fatima");
        var fatima = await given.SignedIn("Fatima");

        var (byLink, signedIn) = (await link.Get(), await fatima.Get(given.Round.Page));

        Assert.Contains("møtet 03.12.2024 kl.&#xA0;18.00", byLink.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(given.Path, byLink.Text, StringComparison.Ordinal);
        Assert.Contains("møtet 03.12.2024 kl.\u00A018.00", signedIn.Find($"a[href='{given.Path}']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_meeting_that_votes_it_down_sends_it_back_with_its_words()
    {
        await using var given = await GivenMeetings.Start(Regime.Mandat);
        await given.Plan();
        var silje = await given.Begin("Kari", "Fatima", "Ola");
        await given.Vote(silje, ("Kari", "for"), ("Fatima", "mot"), ("Ola", "inhabil"));
        var inhabil = (await given.Read()).Agenda[0].Inhabil;
        await given.Vote(silje, ("Kari", "for"), ("Fatima", "mot"), ("Ola", "mot"));

        var decided = await silje.Post(await silje.Get(await given.Case()), "form[action$='/vedtak']", ("ref", "3/24"), ("tekst", "Mer til oppvekst."));

        var run = await given.Round.Run();
        Assert.Equal(HttpStatusCode.SeeOther, decided.Status);
        Assert.Equal([given.Round["Ola"]], inhabil);
        Assert.Empty((await given.Read()).Agenda[0].Inhabil);
        Assert.Equal("coordinator", run.WaitsFor);
        Assert.Equal("Mer til oppvekst.", run.Visits.Single(visit => visit.Outcome == "Rejected").Reason);
        Assert.Null((await given.Round.Plan()).ApprovedVersion);
    }

    [Fact]
    public async Task Whom_the_meeting_finds_inhabil_is_out_of_the_next_version_too_and_its_protocol_says_where_it_was_found()
    {
        await using var given = await GivenMeetings.Start(Regime.Mandat);
        await given.Plan();
        var silje = await given.Begin("Kari", "Fatima", "Ola");
        await given.Vote(silje, ("Kari", "mot"), ("Fatima", "mot"), ("Ola", "inhabil"));
        var decided = await silje.Post(await silje.Get(await given.Case()), "form[action$='/vedtak']", ("ref", "3/24"), ("tekst", "Mer til oppvekst."));

        await given.Round.SendToTheGroupAgain();

        var round = await given.Round.Read();
        Assert.Equal(HttpStatusCode.SeeOther, decided.Status);
        Assert.Equal((2, true, 1), (round.Version, round.IsInhabil(given.Round["Ola"]), Assert.Single(round.Doubts).FoundInVersion));
        Assert.Equal([given.Round["Per"]], round.Entitled.Where(seat => seat.Role == SeatRole.Deputy).Select(seat => seat.PersonId!.Value));
        var page = await silje.Get($"/prosess/{(await given.Round.Run()).Id}");
        Assert.Contains("Ola Nordby ble funnet inhabil i behandlingen av versjon 1.", page.Text, StringComparison.Ordinal);
        Assert.Contains("funnet inhabil i behandlingen av versjon 1, 03.12.2024 kl. 18.00. Avgjørelsen står ved lag.", (await silje.Get(given.Round.Page + "/protokoll")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_too_few_decide_nothing_and_the_case_waits_for_the_next_meeting()
    {
        await using var given = await GivenMeetings.Start();
        await given.Plan();
        var silje = await given.Begin("Kari");
        await given.Vote(silje, ("Kari", "for"));
        var path = await given.Case();

        var page = await silje.Get(path);
        var forced = await silje.PostTo(page, path + "/vedtak", ("ref", "3/24"), ("tekst", "Ja."), ("vist", (await given.Read()).VotesHash((await given.Read()).Agenda[0])));

        Assert.Null(page.Page.QuerySelector("form[action$='/vedtak']"));
        Assert.Contains("Stemmene avgjør ikke saken", forced.Text, StringComparison.Ordinal);
        Assert.True((await given.Round.Read()).IsOpen);
    }

    [Fact]
    public async Task Whoever_registers_the_decision_confirms_that_those_without_a_vote_did_not_vote()
    {
        await using var given = await GivenMeetings.Start();
        await given.Plan();
        var silje = await given.Begin("Kari", "Fatima", "Ola");
        await given.Vote(silje, ("Kari", "for"), ("Fatima", "for"));
        var page = await silje.Get(await given.Case());

        var unticked = await silje.Post(page, "form[action$='/vedtak']", ("ref", "3/24"));
        var decided = await silje.Post(page, "form[action$='/vedtak']", ("ref", "3/24"), ("ikke-stemt", "ja"));
        var protocol = await silje.Get(given.Path + "/protokoll");

        Assert.Contains("Disse var til stede, men stemte ikke: Ola Nordby", page.Find("form[action$='/vedtak'] fieldset").TextContent, StringComparison.Ordinal);
        Assert.Contains("plikt til å stemme", page.Find("form[action$='/vedtak'] fieldset").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unticked.Status);
        Assert.Contains("Ola Nordby", unticked.Find(".ds-error-summary a[href='#ikke-stemt']").TextContent, StringComparison.Ordinal);
        Assert.Equal("3/24", unticked.Field("ref"));
        Assert.Equal(HttpStatusCode.SeeOther, decided.Status);
        Assert.Equal(CountOutcome.Approved, (await given.Read()).Agenda[0].Outcome);
        Assert.Contains("Ikke stemt", protocol.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_doubt_from_before_the_meeting_is_decided_first_and_who_was_found_inhabil_has_no_vote()
    {
        await using var given = await GivenMeetings.Start();
        await given.Plan();
        await given.Round.Tell(async w => Assert.Null((await w.Db.Set<Round>().SingleAsync()).RaiseDoubt(given.Round["Ola"], "Søsteren min leder et tiltak.", w.Ids.Next(), w.Now)));
        var silje = await given.Begin("Kari", "Fatima", "Ola");
        await silje.Post(await silje.Get(await given.Case()), "form[action$='/stemmer']", "for");

        var undecided = await silje.Post(await silje.Get(await given.Case()), "form[action$='/vedtak']", ("ref", "1/24"));
        await given.Round.Tell(async w =>
        {
            var round = await w.Db.Set<Round>().SingleAsync();
            var votes = new DoubtVotes(new Dictionary<Tilskudd.Cycle.People.SeatId, bool> { [round.SeatOf(given.Round["Kari"])!.SeatId] = true, [round.SeatOf(given.Round["Fatima"])!.SeatId] = true }, null, "1/24");
            Assert.Null(round.Decide(round.Seats.Single(seat => seat.PersonId == given.Round["Ola"]).SeatId, votes, given.Round["Silje"], w.Now));
        });
        var page = await silje.Get(await given.Case());
        await silje.Post(page, "form[action$='/stemmer']", "for");
        var decided = await silje.Post(await silje.Get(await given.Case()), "form[action$='/vedtak']", ("ref", "1/24"));
        var protocol = await silje.Get(given.Path + "/protokoll");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, undecided.Status);
        Assert.Contains("Habiliteten til et medlem er ikke avgjort.", undecided.Text, StringComparison.Ordinal);
        Assert.Null(page.Page.QuerySelector($"[name='stemme-{given.SeatOf(await given.Read(), "Ola")}']"));
        Assert.Equal(HttpStatusCode.SeeOther, decided.Status);
        Assert.Contains("Organet fant at Ola Nordby var inhabil.", protocol.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Søsteren", protocol.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_that_gets_a_new_version_is_decided_in_that_one()
    {
        await using var given = await GivenMeetings.Start();
        await given.Plan();
        await given.Round.SendAnewVersion();
        var silje = await given.SignedIn("Silje");

        var page = await silje.Get(given.Path);
        await silje.Post(page, "form[action$='/saker']:has([name=sak])");
        silje = await given.Begin("Kari", "Fatima", "Ola");
        var (old, now) = ((await given.Read()).Agenda[0].Id, (await given.Read()).Agenda[1].Id);
        var begun = await silje.Get(given.Path);
        await silje.Post(await silje.Get($"{given.Path}/saker/{old}"), "form[action$='/stemmer']", "for");
        var stale = await silje.Post(await silje.Get($"{given.Path}/saker/{old}"), "form[action$='/vedtak']", ("ref", "1/24"));
        await silje.Post(await silje.Get($"{given.Path}/saker/{now}"), "form[action$='/stemmer']", "for");
        await silje.Post(await silje.Get($"{given.Path}/saker/{now}"), "form[action$='/vedtak']", ("ref", "1/24"));

        Assert.Contains("Saken har fått en ny versjon", page.Text, StringComparison.Ordinal);
        Assert.StartsWith("Se behandlingen", begun.Find($"a[href$='/saker/{old}']").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Behandle saken", begun.Find($"a[href$='/saker/{now}']").TextContent, StringComparison.Ordinal);
        Assert.Null(begun.Page.QuerySelector($"a[href$='/saker/{old}/dorer']"));
        Assert.NotNull(begun.Page.QuerySelector($"a[href$='/saker/{now}/dorer']"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.Status);
        Assert.Equal(2, (await given.Round.Plan()).ApprovedVersion);
        Assert.Single(await given.Round.Trail("decision-registered"));
    }

    [Fact]
    public async Task The_body_reads_its_meeting_and_those_who_lead_it_write()
    {
        await using var given = await GivenMeetings.Start();
        await given.Plan();
        var (ok, forbidden, notFound) = (HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.NotFound);
        foreach (var (name, reads, writes) in new[] { ("Silje", ok, ok), ("Ingrid", ok, ok), ("Kari", ok, forbidden), ("Anne", ok, forbidden), ("Jonas", forbidden, forbidden), ("Utenfor", notFound, notFound) })
        {
            var before = await given.Read();
            var reader = await given.SignedIn(name);
            var shown = await reader.Get(given.Path);
            var pages = new[] { await reader.Get(given.Path + "/endre"), await reader.Get(given.Path + "/oppmote"), await reader.Get(await given.Case()), await reader.Get($"/mote/ny?organ={before.BodyId}") };

            Assert.Equal(reads, shown.Status);
            Assert.All(pages, page => Assert.Equal(writes, page.Status));
            Assert.Equal(writes == ok, shown.Page.QuerySelector("main form") is not null);
            if (writes != ok)
            {
                var form = await reader.Get("/innboks");
                var item = $"/saker/{before.Agenda[0].Id}";
                foreach (var (to, typed) in new (string, (string, string)[])[]
                {
                    ("/innkalling", []), ("/avlys", [("avlyst", "Nei")]), ("/endre", [("dato", "4.12.2024"), ("kl", "10"), ("sted", "Her")]), ("/saker", [("tittel", "Ny")]), (item + "/flytt", [("vei", "av")]),
                    ("/oppmote", []), (item + "/stemmer", [("alle", "for")]), (item + "/forslag", [("forslag", "Nei")]), (item + "/vedtak", [("ref", "1"), ("tekst", "Ja")]),
                })
                {
                    Assert.Equal(writes, (await reader.PostTo(form, given.Path + to, typed)).Status);
                }
            }

            Assert.Equal((before.StartsAt, 1, null, 0), ((await given.Read()).StartsAt, (await given.Read()).Items.Count, (await given.Read()).CancelledAt, (await given.Read()).Calls.Count));
        }
    }

    [Fact]
    public async Task What_is_wrong_with_a_meeting_is_said_at_its_field_and_what_was_typed_is_kept()
    {
        await using var given = await GivenMeetings.Start();
        var silje = await given.SignedIn("Silje");
        var page = await silje.Get($"/mote/ny?organ={(await given.Round.Read()).BodyId}");
        foreach (var (field, typed, expected) in new[]
        {
            ("dato", "", "Skriv en dato"),
            ("dato", "31.02.2025", "Dette er ikke en dato"),
            ("dato", "19.11.2024", "Tidspunktet er passert"),
            ("dato", "9999-12-31", "Skriv en dato mellom"),
            ("kl", "", "Skriv et klokkeslett"),
            ("kl", "25.00", "Dette er ikke et klokkeslett"),
            ("kl", "kveld", "Dette er ikke et klokkeslett"),
            ("slutt", "17.00", "Slutten må komme etter starten"),
            ("slutt", "=1+1", "Dette er ikke et klokkeslett"),
            ("sted", "", "Skriv et sted"),
            ("lenke", "http://mote.example.no", "Den må begynne med https://"),
            ("lenke", "javascript:alert(1)", "Den må begynne med https://"),
        })
        {
            var answer = await silje.Post(page, "main form", [.. new[] { ("dato", "3.12.2024"), ("kl", "18.00"), ("sted", "Salen") }.Where(one => one.Item1 != field), (field, typed)]);

            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Contains(expected, answer.Find($"#{field}-feil").TextContent, StringComparison.Ordinal);
            Assert.Equal(typed, answer.Field(field));
        }

        Assert.Empty(await given.Round.Trail("meeting-planned"));
    }

    [Fact]
    public async Task The_days_of_notice_are_kept_with_the_body_as_a_number_or_not_at_all()
    {
        await using var given = await GivenMeetings.Start();
        var ingrid = await given.SignedIn("Ingrid");
        var path = $"/admin/organer/{(await given.Round.Read()).BodyId}";
        foreach (var typed in new[] { "0", "61", "-1", "fem", "5,5", "999999999999999999999" })
        {
            var refused = await ingrid.Post(await ingrid.Get(path + "/endre"), "main form", ("varsel", typed));

            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains("fra 1 til 60", refused.Find("#varsel-feil").TextContent, StringComparison.Ordinal);
            Assert.Equal(typed, refused.Field("varsel"));
        }

        var saved = await ingrid.Post(await ingrid.Get(path + "/endre"), "main form", ("varsel", "5"));
        var shown = await ingrid.Get(path);
        var kept = (await ingrid.Get(path + "/endre")).Field("varsel");
        await ingrid.Post(await ingrid.Get(path + "/endre"), "main form", ("varsel", ""));

        Assert.Equal((HttpStatusCode.SeeOther, "5"), (saved.Status, kept));
        Assert.Contains("5 virkedager før", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("virkedager før", (await ingrid.Get(path)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(19, 0)]
    [InlineData(20, 1)]
    [InlineData(21, 1)]
    public async Task A_case_that_came_after_a_meetings_day_was_not_before_it(int day, int cases)
    {
        await using var given = await GivenMeetings.Start();
        await using var db = given.Round.Site.Database.Read();

        var offered = await MeetingCases.Of(db, (await given.Round.Read()).BodyId, new LocalDate(2024, 11, day), Tilskudd.Layout.Language.Nb, TestContext.Current.CancellationToken);

        Assert.Equal(cases, offered.Count);
    }

    [Fact]
    public async Task A_long_place_is_not_taken_and_the_same_form_twice_is_one_meeting()
    {
        await using var given = await GivenMeetings.Start();
        var silje = await given.SignedIn("Silje");
        var page = await silje.Get($"/mote/ny?organ={(await given.Round.Read()).BodyId}&runde={given.Round.Round}");
        (string, string)[] typed = [("dato", "3.12.2024"), ("kl", "18.00"), ("sted", "Salen")];

        var tooLong = await silje.Post(page, "main form", ("dato", "3.12.2024"), ("kl", "18.00"), ("sted", new string('x', 201)));
        var nowhere = await silje.Post(page, "main form", ("dato", "3.12.2024"), ("kl", "18.00"), ("sted", "\u3164"));
        var elsewhere = await silje.Post(page, "main form", ("dato", "4.12.2024"), ("kl", "18.00"), ("sted", "Salen"), ("runde", $"{Guid.Empty}"));
        var first = await silje.Post(page, "main form", typed);
        var second = await silje.Post(page, "main form", typed);
        var other = await silje.Post(page, "main form", ("dato", "3.12.2024"), ("kl", "18.00"), ("sted", "Et annet sted"));
        var foreign = await silje.PostTo(page, "/mote/ny", ("organ", $"{Guid.Empty}"), ("dato", "3.12.2024"), ("kl", "18.00"), ("sted", "Salen"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (tooLong.Status, nowhere.Status, elsewhere.Status));
        Assert.Contains("Saken kan ikke avgjøres her nå", elsewhere.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, first.Location), (first.Status, second.Location));
        Assert.Contains("Organet har et annet møte på samme tid.", other.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        Assert.Single(await given.Round.Trail("meeting-planned"));
    }

    [Fact]
    public async Task What_is_wrong_in_the_meeting_is_said_at_its_field()
    {
        await using var given = await GivenMeetings.Start();
        var silje = await given.Plan();
        var early = await given.Note(silje, ["Kari"]);
        silje = await given.Begin("Kari", "Fatima", "Per");
        var meeting = await given.Read();
        var path = await given.Case();
        var page = await silje.Get(path);

        var nobody = await silje.Post(page, "form[action$='/forslag']", ("forslag", "Utsett"));
        var nothing = await silje.Post(page, "form[action$='/forslag']", ("av", $"{given.SeatOf(meeting, "Kari")}"), ("forslag", " \u200B"));
        var vote = await given.Vote(silje, ("Kari", "avstar"));
        var hostile = await given.Vote(silje, ("Kari", "' OR 1=1 --"));
        var unled = await given.Note(silje, ["Fatima", "Ola"]);
        var untitled = await silje.PostTo(page, given.Path + "/saker", ("slag", "orientering"), ("tittel", ""));
        var noCase = await silje.PostTo(page, given.Path + "/saker", ("slag", "sak"), ("sak", $"{Guid.Empty}"));
        var noKind = await silje.PostTo(page, given.Path + "/saker", ("slag", "noe"), ("tittel", "Status"));
        var unknown = await silje.PostTo(page, $"{given.Path}/saker/{Guid.Empty}/vedtak", ("ref", "1"));

        Assert.Contains("Møtet er 3. desember 2024.", early.Text, StringComparison.Ordinal);
        Assert.NotEmpty(nobody.Find("#av-feil").TextContent);
        Assert.NotEmpty(nothing.Find("#forslag-feil").TextContent);
        Assert.NotEmpty(vote.Find($"#stemme-{given.SeatOf(meeting, "Kari")}-feil").TextContent);
        Assert.NotEmpty(hostile.Find($"#stemme-{given.SeatOf(meeting, "Kari")}-feil").TextContent);
        Assert.NotEmpty(unled.Find("#leder-feil").TextContent);
        Assert.NotEmpty(untitled.Find("#tittel-feil").TextContent);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (noCase.Status, noKind.Status, unknown.Status));
        Assert.Empty((await given.Read()).Votes);
    }
}
