using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Meetings;

/// <summary>Plans a body's meetings: when and where, what is on the agenda, and that one is called off.</summary>
internal sealed class PlanMeeting(Door door, LeadMeeting leading, CallMeeting calls)
{
    /// <param name="round">A case to begin the agenda with, or null.</param>
    /// <returns>The meeting; the one planned before, where the same form is posted again.</returns>
    public async Task<(MeetingId Id, Refusal? Refusal)> Plan(BodyId id, MeetingFrame frame, RoundId? round, PersonId person, CancellationToken ct)
    {
        MeetingId planned = default;
        var refusal = await door.Write(async w =>
        {
            var on = OsloTime.On(w.Now).Date;
            if (await w.Db.Bodies.SingleOrDefaultAsync(body => body.Id == id, ct) is not { ToOn: null } body || !(await Rights.Seen(w.Db, person, on, ct)).Contains(body.ProgrammeId))
            {
                return new FlowRefusal.NotFound();
            }

            if (!await LeadMeeting.Leads(w.Db, body, person, on, ct))
            {
                return new FlowRefusal.NotYours();
            }

            if (await w.Db.Meetings.FirstOrDefaultAsync(other => other.BodyId == id && other.StartsAt == frame.StartsAt && other.CancelledAt == null, ct) is { } other)
            {
                planned = other.Id;
                return other.PlannedBy == person && other.Frame == frame ? null : new MeetingRefusal.AlreadyMeets();
            }

            var meeting = new Meeting(w.Ids.Next<MeetingId>(), body, frame, person, w.Now, await LeadMeeting.Substitutes(w.Db, body, ct));
            if (round is { } first && await AddCase(w, meeting, body, first, ct) is { } no)
            {
                return no;
            }

            planned = meeting.Id;
            w.Db.Add(meeting);
            await LeadMeeting.Record(w, meeting, body, person, "meeting-planned", On(meeting));
            return null;
        }, ct);
        return (planned, refusal);
    }

    /// <summary>Changes when or where it is; those who were called are called to it as it is now.</summary>
    /// <param name="lateReason">Why that goes later than the body's notice allows; read only where it does.</param>
    /// <param name="mark">When and where it was when the form was shown (<see cref="MarkOf(MeetingFrame)"/>).</param>
    public Task<Refusal?> Change(MeetingId id, MeetingFrame frame, string lateReason, string mark, PersonId person, CancellationToken ct) => leading.Lead(id, person, async (w, meeting, body) =>
    {
        if (frame == meeting.Frame)
        {
            return null;
        }

        if (SeenMark.IsOld(mark, MarkOf(meeting.Frame)))
        {
            return new FormRefusal.ChangedSince();
        }

        if (await w.Db.Meetings.AnyAsync(other => other.BodyId == body.Id && other.StartsAt == frame.StartsAt && other.CancelledAt == null && other.Id != id, ct))
        {
            return new MeetingRefusal.AlreadyMeets();
        }

        if (meeting.Change(frame, body, await LeadMeeting.Substitutes(w.Db, body, ct)) is { } no)
        {
            return no;
        }

        await LeadMeeting.Record(w, meeting, body, person, "meeting-changed", On(meeting));
        return meeting.IsCalled ? await calls.Send(w, meeting, body, lateReason, person, ct) : null;
    }, ct);

    public static string MarkOf(MeetingFrame frame) => SeenMark.Of($"{frame.StartsAt.UtcTicks}", $"{frame.EndsAt?.UtcTicks}", frame.Place, frame.Link);

    public Task<Refusal?> Cancel(MeetingId id, string reason, PersonId person, CancellationToken ct) => leading.Lead(id, person, async (w, meeting, body) =>
    {
        if (meeting.CancelledAt is not null)
        {
            return null;
        }

        if (meeting.Cancel(reason, person, w.Now) is { } no)
        {
            return no;
        }

        await LeadMeeting.Record(w, meeting, body, person, "meeting-cancelled", On(meeting));
        await calls.TellOff(w, meeting, ct);
        return null;
    }, ct);

    public Task<Refusal?> Add(MeetingId id, RoundId round, PersonId person, CancellationToken ct) => leading.Lead(id, person, async (w, meeting, body) =>
        await AddCase(w, meeting, body, round, ct) ?? await Agenda(w, meeting, body, person), ct);

    public Task<Refusal?> Add(MeetingId id, string title, string text, PersonId person, CancellationToken ct) => leading.Lead(id, person, async (w, meeting, body) =>
    {
        var before = meeting.Items.Count;
        return meeting.Add(w.Ids.Next<AgendaItemId>(), title, text) is { } no ? no : meeting.Items.Count == before ? null : await Agenda(w, meeting, body, person);
    }, ct);

    /// <param name="up">One place up or down; null takes it off.</param>
    public Task<Refusal?> Move(MeetingId id, AgendaItemId item, bool? up, PersonId person, CancellationToken ct) => leading.Lead(id, person, async (w, meeting, body) =>
    {
        if (meeting.Items.SingleOrDefault(known => known.Id == item) is not { } known)
        {
            // What is taken off already is off.
            return up is null ? null : new FlowRefusal.NotFound();
        }

        return (up is { } way ? meeting.Move(known, way) : meeting.Remove(known)) ?? await Agenda(w, meeting, body, person);
    }, ct);

    /// <summary>Notes that a case is dealt with behind closed doors, or that they stand open for it after all.</summary>
    /// <param name="closes">False opens them.</param>
    /// <param name="ground">One of those in the law, for a body under kommuneloven.</param>
    /// <param name="text">The ground in words, for the others.</param>
    /// <param name="mark">How the doors stood when the form was shown (<see cref="MarkOf(AgendaItem)"/>).</param>
    public Task<Refusal?> SetDoors(MeetingId id, AgendaItemId item, bool closes, ClosedGround? ground, string text, string mark, PersonId person, CancellationToken ct) => leading.Lead(id, person, async (w, meeting, body) =>
    {
        if (meeting.Items.SingleOrDefault(known => known.Id == item) is not { } known)
        {
            return new FlowRefusal.NotFound();
        }

        var (before, stood) = ((known.ClosedFor, known.ClosedText), MarkOf(known));
        if ((closes ? meeting.Close(known, body, ground, text) : meeting.Open(known)) is { } no)
        {
            return no;
        }

        if ((known.ClosedFor, known.ClosedText) != before)
        {
            if (SeenMark.IsOld(mark, stood))
            {
                return new FormRefusal.ChangedSince();
            }

            await LeadMeeting.Record(w, meeting, body, person, closes ? "doors-closed" : "doors-opened", new JsonObject { ["item"] = known.Number, ["ground"] = $"{known.ClosedFor}" });
        }

        return null;
    }, ct);

    public static string MarkOf(AgendaItem item) => SeenMark.Of($"{item.ClosedFor}", item.ClosedText);

    private static async Task<Refusal?> AddCase(Writing w, Meeting meeting, Body body, RoundId id, CancellationToken ct)
    {
        var municipality = await w.Db.Programmes.Where(programme => programme.Id == body.ProgrammeId).Select(programme => programme.MunicipalityId).SingleAsync(ct);
        var written = await w.Db.Municipalities.Where(known => known.Id == municipality).Select(known => known.Language).SingleAsync(ct);
        var cases = await MeetingCases.Of(w.Db, body.Id, meeting.Frame.On, written == Language.Nn.Code() ? Language.Nn : Language.Nb, ct);
        return cases.FirstOrDefault(one => one.Round == id) is { } found
            ? meeting.Add(w.Ids.Next<AgendaItemId>(), await w.Db.Existing<Round>(id, ct), found.Title)
            : new MeetingRefusal.NoCase();
    }

    private static async Task<Refusal?> Agenda(Writing w, Meeting meeting, Body body, PersonId person)
    {
        await LeadMeeting.Record(w, meeting, body, person, "agenda-changed", new JsonObject { ["items"] = meeting.Items.Count, ["decisions"] = meeting.Items.Count(item => item.Kind == AgendaKind.Decision) });
        return null;
    }

    private static JsonObject On(Meeting meeting) => new() { ["on"] = NodaTime.Text.LocalDatePattern.Iso.Format(meeting.Frame.On) };
}
