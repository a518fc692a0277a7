using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Notices;

/// <summary>
/// A meeting as calendar programs take it (RFC 5545, 5546): one UID for as long as the meeting lasts, a SEQUENCE that rises with each change,
/// and the clock in Oslo, whose rules go with it. The call is a REQUEST, since only then do the programs take a change and a cancellation
/// for what they are; no answer is asked for.
/// </summary>
internal static class MeetingCalendar
{
    private const string Zone = "Europe/Oslo";

    // As since 1996. Ical.Net's own would hang on the day it is made.
    private const string ZoneRules = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Tilskudd
        BEGIN:VTIMEZONE
        TZID:Europe/Oslo
        BEGIN:DAYLIGHT
        DTSTART:19960331T020000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
        TZNAME:CEST
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        END:DAYLIGHT
        BEGIN:STANDARD
        DTSTART:19961027T030000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
        TZNAME:CET
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        END:STANDARD
        END:VTIMEZONE
        END:VCALENDAR
        """;

    /// <param name="call">What is sent: the call, or that it is off.</param>
    /// <param name="summary">What the entry is called.</param>
    /// <param name="page">The meeting's page.</param>
    public static CalendarPart Of(Meeting meeting, MeetingCall call, string summary, string description, string page, Mailbox organizer, Mailbox reader, string language)
    {
        var method = call.IsOff ? "CANCEL" : "REQUEST";
        var calendar = new Ical.Net.Calendar { ProductId = $"-//Tilskudd//{language.ToUpperInvariant()}", Method = method };
        AddZone(calendar);
        var entry = Event(meeting, call.Sequence, call.At, summary, description, page);
        entry.Status = call.IsOff ? EventStatus.Cancelled : EventStatus.Confirmed;
        entry.Organizer = new Organizer { CommonName = Name(organizer), Value = Address(organizer) };
        entry.Attendees = [new Attendee { CommonName = Name(reader), Value = Address(reader), Role = ParticipationRole.RequiredParticipant, ParticipationStatus = EventParticipationStatus.NeedsAction, Rsvp = false }];
        calendar.Events.Add(entry);
        return new CalendarPart(method, new CalendarSerializer().SerializeToString(calendar)!);
    }

    /// <summary>Puts the rules of the clock in Oslo into a calendar that has meetings.</summary>
    public static void AddZone(Ical.Net.Calendar calendar) => calendar.AddTimeZone(Ical.Net.Calendar.Load(ZoneRules)!.TimeZones[0]!);

    /// <summary>The meeting as it is now, the same wherever it is told of, so that no calendar has it twice.</summary>
    /// <param name="sequence">Which form of the meeting it is.</param>
    /// <param name="at">When people were told of it.</param>
    public static CalendarEvent Event(Meeting meeting, int sequence, DateTimeOffset at, string summary, string description, string page)
    {
        var stamp = new CalDateTime(at.UtcDateTime.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond)), CalDateTime.UtcTzId);
        return new CalendarEvent
        {
            Uid = $"{meeting.Id}@{new Uri(page).Host}",
            DtStamp = stamp,
            Sequence = sequence,
            Status = meeting.CancelledAt is null ? EventStatus.Confirmed : EventStatus.Cancelled,
            Start = At(meeting.StartsAt),
            End = meeting.EndsAt is { } end ? At(end) : null,
            Summary = summary,
            Description = description,
            Location = meeting.Place.Length > 0 ? meeting.Place : meeting.Link,
            Url = new Uri(page),
        };
    }

    private static CalDateTime At(DateTimeOffset at)
    {
        var local = OsloTime.On(at);
        return new CalDateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, local.Second, Zone);
    }

    // A parameter of RFC 5545 has no way to write a quotation mark or a line end.
    private static string Name(Mailbox mailbox) => string.Concat(mailbox.Name.Select(letter => char.IsControl(letter) ? ' ' : letter == '"' ? '\'' : letter));

    private static Uri Address(Mailbox mailbox) => new($"mailto:{mailbox.Address.Text}");
}
