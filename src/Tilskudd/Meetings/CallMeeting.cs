using System.Globalization;
using System.Text.Json.Nodes;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Meetings;

/// <summary>Calls those entitled to a meeting, each by a mail with an entry for the calendar.</summary>
internal sealed class CallMeeting(LeadMeeting leading, Calendars calendars, NoticeQueue notices)
{
    /// <param name="lateReason">Why it goes later than the body's notice allows; read only where it does.</param>
    /// <returns>Null when all have been called to the meeting as it is, now or before.</returns>
    public Task<Refusal?> Send(MeetingId id, string lateReason, PersonId person, CancellationToken ct) =>
        leading.Lead(id, person, (w, meeting, body) => Send(w, meeting, body, lateReason, person, ct), ct);

    /// <summary>The same, inside another story.</summary>
    public async Task<Refusal?> Send(Writing w, Meeting meeting, Body body, string lateReason, PersonId person, CancellationToken ct)
    {
        var calendar = await calendars.Of(w.Db, body.ProgrammeId, OsloTime.On(w.Now).Date);
        var (call, refusal) = meeting.Call(body, lateReason, calendar, person, w.Now, await LeadMeeting.Substitutes(w.Db, body, ct));
        if (refusal is not null)
        {
            return refusal;
        }

        if (meeting.LetGo(body, person, w.Now) is { } without)
        {
            await Tell(w, meeting, without, NoticeKind.MeetingOff, ct);
            await LeadMeeting.Record(w, meeting, body, person, "meeting-uncalled", new JsonObject { ["sequence"] = without.Sequence, ["people"] = without.People.Count });
        }

        if (call is null)
        {
            return null;
        }

        await Tell(w, meeting, call, NoticeKind.MeetingCalled, ct);
        var by = await w.Db.Existing<Person>(person, ct);

        // The words stand with the call, where a person's name in them can be taken away; the trail only shows that they are the same.
        await LeadMeeting.Record(w, meeting, body, person, "meeting-called", new JsonObject
        {
            ["sequence"] = call.Sequence,
            ["people"] = call.People.Count,
            ["late"] = call.LateReason.Length > 0,
            ["reason"] = call.LateReason.Length > 0 ? Pseudonym.Of(by.Salt, call.LateReason) : "",
        });
        return null;
    }

    /// <summary>Tells those who were called that the meeting is off.</summary>
    public Task TellOff(Writing w, Meeting meeting, CancellationToken ct) =>
        meeting.Calls.LastOrDefault(call => call.IsOff) is { } off ? Tell(w, meeting, off, NoticeKind.MeetingOff, ct) : Task.CompletedTask;

    private async Task Tell(Writing w, Meeting meeting, MeetingCall call, NoticeKind kind, CancellationToken ct)
    {
        foreach (var person in call.People)
        {
            await notices.Queue(w, kind, person, $"meeting/{meeting.Id}/{call.Number}", new NoticeAbout { MeetingId = meeting.Id, Text = call.Number.ToString(CultureInfo.InvariantCulture) }, ct);
        }
    }
}
