using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Meetings;

/// <summary>A meeting in a list.</summary>
/// <param name="When">"tirsdag 17. september kl. 12".</param>
/// <param name="Away">How far away it is; empty for one that is past.</param>
public sealed record MeetingLine(BodyId Of, string Body, string When, string Away, string Path, bool IsCalled);

/// <summary>Finds meetings for lists: those to come, the nearest first, and those of a programme's bodies, the last first.</summary>
internal static class ComingMeetings
{
    private const int Most = 8;

    /// <summary>Those a person is called to with a seat, or has planned.</summary>
    public static Task<IReadOnlyList<MeetingLine>> Mine(TilskuddDb db, SignedIn reader, IReadOnlyCollection<ProgrammeId> seen, DateTimeOffset now, CancellationToken ct) => Read(
        db, reader.Id, reader.Has(Role.Administrator), seen, now,
        meetings => ToCome(meetings, now).Where(meeting => meeting.PlannedBy == reader.Id || (meeting.Calls.Any() && meeting.Seats.Any(seat => seat.PersonId == reader.Id))), ct);

    /// <summary>Those of the bodies of some programmes, as far as a person may read them.</summary>
    public static Task<IReadOnlyList<MeetingLine>> Of(TilskuddDb db, SignedIn reader, IReadOnlyCollection<ProgrammeId> programmes, DateTimeOffset now, CancellationToken ct) =>
        Read(db, reader.Id, reader.Has(Role.Administrator), programmes, now, meetings => ToCome(meetings, now), ct);

    /// <summary>The last of a programme's bodies, past and to come, as far as a person may read them.</summary>
    public static Task<IReadOnlyList<MeetingLine>> Last(TilskuddDb db, PersonId reader, bool administers, ProgrammeId programme, DateTimeOffset now, CancellationToken ct) =>
        Read(db, reader, administers, [programme], now, meetings => meetings.OrderByDescending(meeting => meeting.StartsAt).ThenBy(meeting => meeting.Id), ct);

    /// <summary>The bodies whose meetings a person may read: those the person sits in, or leads the meetings of; an administrator all.</summary>
    private static IQueryable<Body> Readable(TilskuddDb db, PersonId person, bool administers, IReadOnlyCollection<ProgrammeId> programmes, LocalDate on) =>
        db.Bodies.IgnoreAutoIncludes().Where(body => programmes.Contains(body.ProgrammeId) && (administers
            || body.Seats.Any(seat => seat.PersonId == person && seat.FromOn <= on && (seat.ToOn == null || seat.ToOn >= on))
            || LeadMeeting.Leading(db, person, on).Any(role => role.ProgrammeId == body.ProgrammeId && (role.PlanUnitId == null || body.PlanUnitId == null || role.PlanUnitId == body.PlanUnitId))));

    private static IQueryable<Meeting> ToCome(IQueryable<Meeting> meetings, DateTimeOffset now)
    {
        var from = OsloTime.StartOf(Dates.On(now));
        return meetings.Where(meeting => meeting.StartsAt >= from && meeting.SignedAt == null).OrderBy(meeting => meeting.StartsAt).ThenBy(meeting => meeting.Id);
    }

    private static async Task<IReadOnlyList<MeetingLine>> Read(
        TilskuddDb db, PersonId reader, bool administers, IReadOnlyCollection<ProgrammeId> programmes, DateTimeOffset now, Func<IQueryable<Meeting>, IQueryable<Meeting>> narrow, CancellationToken ct)
    {
        var today = Dates.On(now);
        var bodies = Readable(db, reader, administers, programmes, today).Select(body => body.Id);
        var found = await narrow(db.Meetings.IgnoreAutoIncludes().Where(meeting => bodies.Contains(meeting.BodyId) && meeting.CancelledAt == null))
            .Take(Most).Select(meeting => new { meeting.Id, meeting.BodyId, meeting.StartsAt, Body = db.Bodies.First(body => body.Id == meeting.BodyId).Name, IsCalled = meeting.Calls.Any() }).ToListAsync(ct);
        return [.. found.Select(meeting =>
        {
            var at = OsloTime.On(meeting.StartsAt);
            return new MeetingLine(
                meeting.BodyId, meeting.Body, at.Year == today.Year ? Dates.Deadline(at.Date, at.TimeOfDay) : Dates.Stamp(meeting.StartsAt),
                at.Date < today ? "" : Dates.Capital(Dates.Away(at.Date, today)), MeetingRow.PathOf(meeting.Id), meeting.IsCalled || at.Date < today);
        })];
    }
}
