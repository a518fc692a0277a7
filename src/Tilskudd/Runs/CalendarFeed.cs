using System.Globalization;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>
/// The deadlines of what is under way in the programmes a person sees and those of what ended lately, those that wait or have waited for a grantor the person answers for, and the meetings the
/// person is called to, for calendar programs (RFC 5545). An event of the first kind is one step's deadline: its UID stays when the deadline is moved and
/// when the run ends, and its SEQUENCE rises. A deadline that is no longer asked for is cancelled; one that is met says so. A meeting is the same
/// event as in the call by mail.
/// </summary>
internal sealed class CalendarFeed(IDbContextFactory<TilskuddDb> databases, FlowLibrary library, SiteAddress site, TimeProvider clock)
{
    /// <summary>Runs in a feed: more than anybody follows.</summary>
    private const int MostRuns = 300;

    /// <summary>So many days what is done stays in the calendar after its run has ended: an entry that goes at once looks like a mistake.</summary>
    private const int DaysKept = 60;

    /// <summary>Meetings in a feed, the last ones.</summary>
    private const int MostMeetings = 100;

    /// <returns>The calendar; null where the key opens nothing.</returns>
    public async Task<string?> Of(string key, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var hash = SecretSource.Hash(key);
        var now = clock.GetUtcNow();
        var person = await db.Set<FeedKey>().Where(known => known.Hash == hash && known.EndedAt == null).Join(db.People, known => known.PersonId, person => person.Id, (_, person) => person).SingleOrDefaultAsync(ct);
        if (person?.TakesPartOn(Dates.On(now)) != true)
        {
            return null;
        }

        Speak(person);
        var seen = (await Rights.Seen(db, person.Id, Dates.On(now), ct)).ToList();
        var runs = await db.Set<Run>().Where(run => run.ClosedAt == null && seen.Contains(run.ProgrammeId)).OrderBy(run => run.DueAt == null).ThenBy(run => run.DueAt).ThenBy(run => run.Id).Take(MostRuns).ToListAsync(ct);
        var kept = now.AddDays(-DaysKept);
        runs.AddRange(await db.Set<Run>().Where(run => run.ClosedAt != null && run.ClosedAt > kept && seen.Contains(run.ProgrammeId)).OrderByDescending(run => run.ClosedAt).ThenBy(run => run.Id).Take(MostRuns).ToListAsync(ct));
        var atGrantor = (await PersonTasks.AboutGrantor(db, await SignedIn.ByKey(db, person, Dates.On(now), ct), kept, ct)).ToList();
        var own = atGrantor.Count == 0 ? [] : await db.Set<Run>().Where(run => atGrantor.Contains(run.Id) && !seen.Contains(run.ProgrammeId))
            .OrderBy(run => run.WaitsFor != RoleKeys.Grantor).ThenBy(run => run.ClosedAt != null).ThenByDescending(run => run.EnteredAt).ThenBy(run => run.Id).Take(MostRuns).ToListAsync(ct);
        var board = await RunBoard.WithPast(db, library, [.. runs, .. own], now, ct);
        var calendar = new Ical.Net.Calendar { ProductId = $"-//Tilskudd//{Languages.Current.Code().ToUpperInvariant()}", Method = "PUBLISH" };
        calendar.AddProperty("X-WR-CALNAME", Texts.Of<RunPageWords>("Feed.Name"));
        calendar.AddProperty("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
        foreach (var run in runs)
        {
            foreach (var (visit, deadline) in Told(board, run))
            {
                calendar.Events.Add(Event(board, run, visit, deadline, $"/prosess/{run.Id}"));
            }
        }

        // A grantor's contact does not see the municipality's process, and of its deadlines those that wait or have waited for the grantor.
        foreach (var run in own)
        {
            foreach (var (visit, deadline) in Told(board, run).Where(one => board.Definition(run).Find(one.Visit.StepId)?.Step is WaitingStep { Who: RoleKeys.Grantor } and not WaitUntil))
            {
                calendar.Events.Add(Event(board, run, visit, deadline, "/innboks"));
            }
        }

        await AddMeetings(db, calendar, person.Id, ct);
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    // Every deadline of a run that is open; of one that has ended, those that were met or no longer asked for.
    private static IEnumerable<(Visit Visit, Deadline Deadline)> Told(RunBoard board, Run run) => run.Visits.Where(visit => visit.DeadlineId is not null)
        .Select(visit => (Visit: visit, Deadline: board.Deadlines[visit.DeadlineId!.Value])).Where(one => run.IsOpen || Ended(one.Deadline) is not null);

    // When it was met, or no longer asked for; of what has ended nothing else is told.
    private static DateTimeOffset? Ended(Deadline deadline) => deadline.MetAt ?? deadline.SupersededAt;

    private async Task AddMeetings(TilskuddDb db, Ical.Net.Calendar calendar, PersonId person, CancellationToken ct)
    {
        // Found by the seats, which are looked up by their person; a body's members are few, and so are those who are not called.
        var seated = db.Set<MeetingSeat>().Where(seat => seat.PersonId == person).Select(seat => EF.Property<MeetingId>(seat, "MeetingId"));
        var last = await db.Meetings.Where(meeting => seated.Contains(meeting.Id)).OrderByDescending(meeting => meeting.StartsAt).ThenBy(meeting => meeting.Id).Take(MostMeetings).ToListAsync(ct);

        // What the person was last told decides: one who was let go has no part in it, and one who knows that it is off has it struck out.
        var called = last.Select(meeting => (Meeting: meeting, Told: meeting.Calls.Where(call => call.People.Contains(person)).MaxBy(call => call.Number)))
            .Where(one => one.Told is { } told && (!told.IsOff || one.Meeting.CancelledAt is not null)).Select(one => one.Meeting).ToList();
        if (called.Count == 0)
        {
            return;
        }

        MeetingCalendar.AddZone(calendar);
        var ids = called.Select(meeting => meeting.BodyId).Distinct().ToList();
        var bodies = await db.Bodies.IgnoreAutoIncludes().Where(body => ids.Contains(body.Id)).ToDictionaryAsync(body => body.Id, body => body.Name, ct);
        foreach (var meeting in called)
        {
            var page = site.Link($"/mote/{meeting.Id}");
            calendar.Events.Add(MeetingCalendar.Event(
                meeting, meeting.Sequence, meeting.Calls.Max(call => call.At), Texts.Of<MailWords>("Meeting.Summary", bodies[meeting.BodyId]), MeetingMails.Description(meeting, Languages.Current, page), page));
        }
    }

    private CalendarEvent Event(RunBoard board, Run run, Visit visit, Deadline deadline, string path)
    {
        var isMet = deadline.MetAt is not null;
        var isWithdrawn = !isMet && deadline.SupersededAt is not null;
        var (step, title) = (board.StepName(run, visit.StepId), board.Title(run));
        var page = site.Link(path);
        var changed = At(Ended(deadline) ?? deadline.SetAt);
        return new CalendarEvent
        {
            Uid = $"{run.Id}-{visit.Number}@{site.BaseUrl.Host}",
            DtStamp = changed,
            LastModified = changed,
            Sequence = deadline.Revision - 1 + (deadline.IsOpen ? 0 : 1),
            Status = isWithdrawn ? EventStatus.Cancelled : EventStatus.Confirmed,
            Transparency = TransparencyType.Transparent,

            // A day in itself, or the instant: as UTC it is the same wherever it is read.
            Start = deadline.Time is null ? new CalDateTime(deadline.EffectiveOn.Year, deadline.EffectiveOn.Month, deadline.EffectiveOn.Day) : At(deadline.DueAt),
            Summary = isMet ? Texts.Of<RunPageWords>("Feed.Met", step, title) : $"{step}: {title}",
            Description = $"{title}\n{step}\n{page}",
            Url = new Uri(page),
        };
    }

    private static CalDateTime At(DateTimeOffset at) => new(at.UtcDateTime.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond)), CalDateTime.UtcTzId);

    // A calendar program has no language of its own.
    private static void Speak(Person person)
    {
        var culture = Languages.Of(person.Language).Culture();
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
    }
}
