using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Meetings;

/// <summary>Who may do what with a body's meetings: the programme leader and the secretary lead them, those with a seat read.</summary>
internal sealed class LeadMeeting(Door door)
{
    /// <summary>Whether a person plans the meetings of a body: the programme leader or the secretary of what it decides for.</summary>
    public static Task<bool> Leads(TilskuddDb db, Body body, PersonId person, LocalDate on, CancellationToken ct) => Leading(db, person, on)
        .AnyAsync(role => role.ProgrammeId == body.ProgrammeId && (role.PlanUnitId == null || body.PlanUnitId == null || role.PlanUnitId == body.PlanUnitId), ct);

    /// <summary>The roles a person plans meetings by.</summary>
    public static IQueryable<RoleAssignment> Leading(TilskuddDb db, PersonId person, LocalDate on) => db.Roles.Where(
        role => role.PersonId == person && (role.Role == Role.ProgrammeLeader || role.Role == Role.Secretary) && role.FromOn <= on && (role.ToOn == null || role.ToOn >= on));

    /// <summary>Lets a person who leads a meeting do something to it, in one story.</summary>
    public Task<Refusal?> Lead(MeetingId id, PersonId person, Func<Writing, Meeting, Body, Task<Refusal?>> act, CancellationToken ct) => door.Write(async w =>
    {
        var on = OsloTime.On(w.Now).Date;
        if (await w.Db.Meetings.SingleOrDefaultAsync(meeting => meeting.Id == id, ct) is not { } meeting)
        {
            return new FlowRefusal.NotFound();
        }

        var body = await w.Db.Existing<Body>(meeting.BodyId, ct);
        return !(await Rights.Seen(w.Db, person, on, ct)).Contains(body.ProgrammeId) ? new FlowRefusal.NotFound()
            : await Leads(w.Db, body, person, on, ct) ? await act(w, meeting, body)
            : new FlowRefusal.NotYours();
    }, ct);

    /// <summary>Those named in a body for members on leave, whatever the days.</summary>
    public static async Task<IReadOnlyCollection<Substitute>> Substitutes(TilskuddDb db, Body body, CancellationToken ct) =>
        await db.Set<Substitute>().Where(substitute => substitute.BodyId == body.Id && substitute.EndedAt == null).ToListAsync(ct);

    /// <summary>Writes what happened to a meeting into the trail.</summary>
    public static async Task Record(Writing w, Meeting meeting, Body body, PersonId by, string happening, System.Text.Json.Nodes.JsonObject more)
    {
        more["programme"] = (await w.Db.Existing<Programme>(body.ProgrammeId)).Slug;
        more["body"] = body.Key;
        w.Record(new TrailEvent(Actor.Of(by), happening, "meeting", meeting.Id.ToString(), "", more));
    }
}
