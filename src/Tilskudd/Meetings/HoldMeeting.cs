using System.Text.Json.Nodes;
using Tilskudd.Approval;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Meetings;

/// <summary>Writes down what happens in a meeting: who is there, what is proposed, how each votes, and what that decides.</summary>
internal sealed class HoldMeeting(LeadMeeting leading, SettleRound settle, RegisterBodyDecision decisions, SignDecision sign)
{
    /// <param name="chair">The seat chosen to lead, read where neither of those who lead is there.</param>
    /// <param name="mark">What was noted when the form was shown (<see cref="Meeting.AttendanceMark"/>): what somebody has noted since is not written over.</param>
    public Task<Refusal?> Note(MeetingId id, IReadOnlyCollection<SeatAttendance> noted, SeatId? chair, string mark, PersonId person, CancellationToken ct) => leading.Lead(id, person, async (w, meeting, body) =>
    {
        if (noted.Any(seat => meeting.Seats.All(known => known.SeatId != seat.Seat)))
        {
            // The body has been given other seats since the form was shown.
            return new FormRefusal.ChangedSince();
        }

        if (mark != meeting.AttendanceMark)
        {
            return meeting.IsNoted(noted, chair) ? null : new FormRefusal.ChangedSince();
        }

        if (meeting.Note(noted, chair, w.Now) is { } no)
        {
            return no;
        }

        await LeadMeeting.Record(w, meeting, body, person, "attendance-noted", new JsonObject
        {
            ["present"] = meeting.Seats.Count(seat => seat.Attendance == Attendance.Present),
            ["away"] = meeting.Seats.Count(seat => seat.Attendance is Attendance.Excused or Attendance.Absent),
        });
        return null;
    }, ct);

    public Task<Refusal?> Propose(MeetingId id, AgendaItemId item, SeatId by, string text, PersonId person, CancellationToken ct) => Deal(id, item, person, async (w, meeting, body, known, _) =>
    {
        var before = meeting.Proposals.Count;
        if (meeting.Propose(known, by, text) is { } no)
        {
            return no;
        }

        if (meeting.Proposals.Count > before)
        {
            await LeadMeeting.Record(w, meeting, body, person, "proposal-noted", new JsonObject { ["item"] = known.Number, ["seat"] = by.ToString() });
        }

        return null;
    }, ct);

    /// <param name="mark">The hash of the votes the form was shown over: others' votes are not written over unseen.</param>
    public Task<Refusal?> Vote(MeetingId id, AgendaItemId item, IReadOnlyCollection<SeatVote> votes, string mark, PersonId person, CancellationToken ct) => Deal(id, item, person, async (w, meeting, body, known, round) =>
    {
        var before = meeting.VotesHash(known);
        if (mark != before)
        {
            return meeting.IsRegistered(known, round, votes) ? null : new FormRefusal.ChangedSince();
        }

        if (meeting.Register(known, round, votes) is { } no)
        {
            return no;
        }

        if (meeting.VotesHash(known) != before)
        {
            var count = meeting.Count(known, round);
            await LeadMeeting.Record(w, meeting, body, person, "votes-noted", new JsonObject
            {
                ["item"] = known.Number, ["round"] = round.Id.ToString(), ["for"] = count.For, ["against"] = count.Against, ["abstained"] = count.Abstained, ["present"] = count.Present, ["inhabil"] = known.Inhabil.Count,
            });
        }

        return null;
    }, ct);

    /// <summary>Registers what the votes come to as the body's decision. The same once more changes nothing.</summary>
    /// <param name="shown">The hash of the votes the page showed.</param>
    /// <param name="othersDidNotVote">It is confirmed that those without a vote did not vote.</param>
    public async Task<Refusal?> Decide(MeetingId id, AgendaItemId item, string reference, string text, string shown, bool othersDidNotVote, PersonId person, CancellationToken ct)
    {
        var refusal = await Deal(id, item, person, async (w, meeting, _, known, round) =>
        {
            if (known.IsDecided)
            {
                return null;
            }

            var run = await StepRounds.RunOf(w.Db, round, ct);
            if (!await CloseRound.Leads(w.Db, run, person, OsloTime.On(w.Now).Date, ct))
            {
                return new FlowRefusal.NotYours();
            }

            var (outcome, no) = meeting.Decides(known, round, shown, othersDidNotVote);
            if (no is not null)
            {
                return no;
            }

            // A case that has come back in a new version, or another board has sent back, is on no agenda until it is put there anew.
            if (!(round.IsOpen || round.WaitsForMeeting) || !(await MeetingBoards.Asked(w.Db, run, ct)).Contains(round))
            {
                return new MeetingRefusal.CaseElsewhere();
            }

            if (round.IsOpen)
            {
                if (round.LeaveToMeeting(w.Now) is { } not)
                {
                    return not;
                }

                await settle.Conclude(w, run, round, Actor.Of(person), tells: false);
            }

            var decided = new DecisionText(meeting.Frame.On, reference, text);
            var (decision, refused) = await decisions.Register(w, run, round, outcome == CountOutcome.Approved, person, decided, ct);
            if (decision is null || refused is not null)
            {
                return refused is FlowRefusal.NotFound or FlowRefusal.AlreadyDone ? new MeetingRefusal.CaseElsewhere() : refused;
            }

            known.Decide(outcome, decision.Id);
            return null;
        }, ct);
        if (refusal is null)
        {
            await sign.Now();
        }

        return refusal;
    }

    private Task<Refusal?> Deal(MeetingId id, AgendaItemId item, PersonId person, Func<Writing, Meeting, Body, AgendaItem, Round, Task<Refusal?>> act, CancellationToken ct) => leading.Lead(id, person, async (w, meeting, body) =>
        meeting.Items.SingleOrDefault(known => known.Id == item) is { RoundId: { } round } known
            ? await act(w, meeting, body, known, await w.Db.Existing<Round>(round, ct))
            : new FlowRefusal.NotFound(), ct);
}
