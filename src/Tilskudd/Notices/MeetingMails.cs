using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Meetings;
using Tilskudd.Notices.Mailing;
using Tilskudd.Storage;

namespace Tilskudd.Notices;

/// <summary>The call to a meeting of a body, and word that it is off.</summary>
internal sealed class MeetingMails(SiteAddress site, MailSettings settings)
{
    /// <summary>The mail; null where people have been called to another form of the meeting since, or it has begun.</summary>
    public async Task<MailContent?> Compose(Turn turn)
    {
        var meeting = await turn.Db.Existing<Meeting>(turn.Notice.MeetingId!.Value, turn.Ct);
        var call = meeting.Calls.Single(call => call.Number == int.Parse(turn.Notice.Text, CultureInfo.InvariantCulture));
        if (meeting.StartsAt <= turn.Writing.Now || meeting.Calls.Any(later => later.Number > call.Number && later.Sequence > call.Sequence && later.People.Contains(turn.Person.Id)))
        {
            return null;
        }

        var place = await turn.Db.Bodies.IgnoreAutoIncludes().Where(body => body.Id == meeting.BodyId)
            .Join(turn.Db.Programmes, body => body.ProgrammeId, programme => programme.Id, (body, programme) => new { body.Name, body.ProgrammeId, programme.MunicipalityId })
            .Join(turn.Db.Municipalities, both => both.MunicipalityId, municipality => municipality.Id, (both, municipality) => new { both.Name, both.ProgrammeId, Municipality = municipality.Name })
            .SingleAsync(turn.Ct);
        var leader = await MailFacts.LeaderOf(turn.Db, place.ProgrammeId, Dates.On(turn.Writing.Now), turn.Ct);
        var key = meeting.GoesOnWithout(call) && meeting.CancelledAt is null ? "Without" : call.IsOff ? "Off" : meeting.Calls.Any(earlier => !earlier.IsOff && earlier.Number < call.Number && earlier.People.Contains(turn.Person.Id)) ? "Changed" : "Called";
        var when = When(meeting, turn.Language);
        var heading = turn.Words($"Meeting.{key}", place.Name, when);
        var page = site.Link($"/mote/{meeting.Id}");
        IReadOnlyList<string> agenda = [.. meeting.Agenda.Select(item => Line(item, turn.Language))];
        return new MailContent(turn.Language, heading, heading)
        {
            Municipality = place.Municipality,
            Preheader = Where(turn, meeting),
            Greeting = turn.Greeting,
            Paragraphs = [.. key == "Changed" ? [turn.Words("Meeting.Changed.Text")] : Array.Empty<string>(), .. Said(turn, meeting, call, place.Name, leader is not null && leader.Id != turn.Person.Id)],
            Facts =
            [
                new(turn.Words("Meeting.When"), [when]),
                .. meeting.Place.Length > 0 ? [new MailFact(turn.Words("Meeting.Where"), [meeting.Place])] : Array.Empty<MailFact>(),
                .. meeting.Link.Length > 0 && !call.IsOff ? [new MailFact(turn.Words("Meeting.Link"), [meeting.Link])] : Array.Empty<MailFact>(),
                .. call.IsOff ? Array.Empty<MailFact>() : [new(turn.Words("Meeting.Agenda"), agenda)],
            ],
            Action = new(turn.Words("Meeting.Action"), page),
            Footer = [.. turn.Questions(leader)],
            ReplyTo = leader,
            Calendar = MeetingCalendar.Of(
                meeting, call, turn.Words("Meeting.Summary", place.Name), Description(meeting, turn.Language, page), page,
                new Mailbox(settings.From, turn.Words("Sender", place.Municipality)), new Mailbox(EmailAddress.Read(turn.Person.Email)!, turn.Person.Name), turn.Language.Code()),
        };
    }

    /// <summary>"tirsdag 17. september 2024 kl. 12", with the end where one is given.</summary>
    public static string When(Meeting meeting, Language language)
    {
        var (from, to) = (OsloTime.On(meeting.StartsAt), meeting.EndsAt is { } end ? OsloTime.On(end).TimeOfDay : (LocalTime?)null);
        var begins = Texts.Of<MailWords>(language, "Meeting.Time", Dates.WithWeekday(from.Date, language), from.Year.ToString(CultureInfo.InvariantCulture), Clock(from.TimeOfDay));
        return to is { } until ? Texts.Of<MailWords>(language, "Meeting.Time.Until", begins, Clock(until)) : begins;
    }

    /// <summary>What an entry in a calendar says of a meeting: its agenda, the link of those who take part from elsewhere, and its page.</summary>
    public static string Description(Meeting meeting, Language language, string page) =>
        string.Join('\n', [.. meeting.Agenda.Select(item => Line(item, language)), .. meeting.Link.Length > 0 ? new[] { meeting.Link } : [], page]);

    private static string Line(AgendaItem item, Language language)
    {
        var line = Texts.Of<MailWords>(language, $"Meeting.Item.{item.Kind}", item.Number, item.Title);
        return item.IsClosed ? Texts.Of<MailWords>(language, "Meeting.Item.Closed", line, MeetingProtocol.Ground(item, language)) : line;
    }

    private static string Clock(LocalTime time) => time.ToString("HH.mm", CultureInfo.InvariantCulture);

    private static string Where(Turn turn, Meeting meeting) => meeting.Place.Length > 0 ? meeting.Place : turn.Words("Meeting.Remote");

    // A reply comes to somebody only where the programme has a leader.
    private static IEnumerable<string> Said(Turn turn, Meeting meeting, MeetingCall call, string body, bool mayReply)
    {
        if (call.IsOff && meeting.CancelledAt is null)
        {
            yield return turn.Words("Meeting.Without.Text");
            yield break;
        }

        if (call.IsOff)
        {
            yield return turn.Words("Meeting.Off.Why", meeting.CancelReason);
            yield return turn.Words("Meeting.Off.New");
            yield break;
        }

        var role = meeting.Seats.FirstOrDefault(seat => seat.PersonId == turn.Person.Id)?.Role;
        yield return turn.Words(role switch
        {
            SeatRole.Deputy => "Meeting.AsDeputy",
            SeatRole.Observer => "Meeting.AsObserver",
            SeatRole.Leader or SeatRole.DeputyLeader or SeatRole.Member or null => "Meeting.AsMember",
        }, body);
        if (role != SeatRole.Observer)
        {
            yield return turn.Words(mayReply ? "Meeting.Absence.Reply" : "Meeting.Absence");
        }

        if (call.LateReason.Length > 0)
        {
            yield return turn.Words("Meeting.Late", call.LateReason);
        }
    }
}
