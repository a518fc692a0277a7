using System.Text;
using Ical.Net;
using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Notices.Mailing;
using Tilskudd.Tests.Conformance;

namespace Tilskudd.Tests.Notices;

/// <summary>A call's entry for the calendar, by RFC 5545 and as the library reads it.</summary>
public sealed class MeetingCalendarTests
{
    private const string Page = "https://tilskudd.drammen.example/mote/1";

    [Theory]
    [InlineData("2024-09-17", "12:00", "20240917T120000", "2024-09-17T10:00")]
    [InlineData("2024-10-27", "12:00", "20241027T120000", "2024-10-27T11:00")] // the day summer time ends
    [InlineData("2024-10-27", "02:30", "20241027T023000", "2024-10-27T00:30")] // comes twice; the first
    [InlineData("2025-03-30", "03:00", "20250330T030000", "2025-03-30T01:00")] // the hour it begins
    [InlineData("2025-12-01", "09:00", "20251201T090000", "2025-12-01T08:00")]
    public void The_clock_in_Oslo_stands_in_it_with_the_zone_whose_rules_go_with_it(string on, string at, string written, string utc)
    {
        var text = Written(Meeting(on, at));

        var read = Calendar.Load(text)!;
        Assert.Contains($"DTSTART;TZID=Europe/Oslo:{written}\r\n", text, StringComparison.Ordinal);
        Assert.Equal(utc, read.Events.Single().Start!.AsUtc.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("Europe/Oslo", Assert.Single(read.TimeZones).TzId);
        Assert.Contains("BEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n", text, StringComparison.Ordinal);
        Assert.Contains("BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_call_is_always_the_same_text_in_short_lines_that_end_in_CRLF()
    {
        var meeting = Meeting("2024-09-17", "12:00");

        var text = Written(meeting);

        Assert.Equal(text, Written(meeting));
        Assert.EndsWith("END:VCALENDAR\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        foreach (var line in new[] { "METHOD:REQUEST", "SEQUENCE:0", "STATUS:CONFIRMED", "UID:00000001-0000-0000-0000-000000000000@tilskudd.drammen.example", "DTSTAMP:20240901T060000Z" })
        {
            Assert.Contains($"{line}\r\n", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Kari \"ond\":mailto:ond@evil.example")]
    [InlineData("Kari;CN=x,ATTENDEE:mailto:ond@evil.example")]
    [InlineData("Åse\r\nATTENDEE:mailto:ond@evil.example")]
    public void No_name_and_no_title_adds_a_line_or_a_reader(string name)
    {
        var text = Written(Meeting("2024-09-17", "12:00"), name, "Sak 1: a; b, c\nMETHOD:CANCEL\nEND:VEVENT");

        var read = Calendar.Load(text)!;
        Assert.Equal("REQUEST", read.Method);
        Assert.Equal(new Uri("mailto:kari@drammen.example"), Assert.Single(read.Events.Single().Attendees).Value);
        Assert.Equal("Sak 1: a; b, c\nMETHOD:CANCEL\nEND:VEVENT", read.Events.Single().Description!.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void It_is_the_last_part_of_the_mail_and_the_others_are_as_before()
    {
        var calendar = new CalendarPart("REQUEST", Written(Meeting("2024-09-17", "12:00")));

        var bytes = MimeWriter.Write(GivenMail.To() with { Calendar = calendar });

        var mail = MailPart.Read(bytes);
        Assert.Equal("multipart/alternative", mail.Type);
        Assert.Equal(["text/plain", "text/html", "text/calendar"], mail.Parts.Select(part => part.Type));
        Assert.Equal("REQUEST", mail.Parts[2].Parameter("method"));
        Assert.Equal(calendar.Text.ReplaceLineEndings("\n"), mail.Parts[2].Text.ReplaceLineEndings("\n"));
        Assert.Equal(("Hei Kari.\n", "<p>Hei Kari.</p>"), (MailReader.Read(bytes).Text.ReplaceLineEndings("\n"), MailReader.Read(bytes).Html));
        Assert.All(Encoding.ASCII.GetString(bytes).Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
    }

    private static Meeting Meeting(string on, string at)
    {
        var body = new Body(new BodyId(Id(2)), new ProgrammeId(Id(3)), null, "deciding-body", "Gruppa", Regime.Mandat, Mandate.Default, Mode.Meeting, true, "");
        body.Add(new SeatId(Id(4)), SeatRole.Leader, new PersonId(Id(5)), null, null, null, new LocalDate(2024, 1, 1), null);
        var now = new DateTimeOffset(2024, 9, 1, 6, 0, 0, 123, TimeSpan.Zero);
        var (frame, _) = MeetingFrame.Of(
            NodaTime.Text.LocalDatePattern.Iso.Parse(on).Value, NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(at).Value, null, "Formannskapssalen, 2. etasje; inngang øst", "", now);
        var meeting = new Meeting(new MeetingId(Id(1)), body, frame!, new PersonId(Id(5)), now);
        Assert.Null(meeting.Add(new AgendaItemId(Id(6)), "Status", ""));
        Assert.NotNull(meeting.Call(body, "", WorkingCalendar.Norwegian, new PersonId(Id(5)), now).Call);
        return meeting;
    }

    private static string Written(Meeting meeting, string name = "Kari Nordby", string description = "Sak 1: Status for året, med mange ord om alt som er gjort i områdesatsingen så langt") => MeetingCalendar.Of(
        meeting, meeting.Calls.Single(), "Møte: Gruppa", description, Page, new Mailbox(GivenMail.Sender, "Tilskudd, Drammen kommune"), new Mailbox(EmailAddress.Read("kari@drammen.example")!, name), "nb").Text;

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
