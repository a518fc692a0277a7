using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Approval;

/// <summary>What the programme leader or the secretary does to a round that goes on: closes it when the time is out, or notes that a member is away.</summary>
internal sealed class CloseRound(Door door, NoticeQueue notices, SettleRound settle, SignDecision sign)
{
    /// <summary>Ends the round with the answers it has; only after its deadline, and only if they then decide. Positions are left to the meeting at any time.</summary>
    public Task<Refusal?> Close(RoundId id, PersonId person, CancellationToken ct) => Lead(id, person, async (w, run, round) =>
    {
        if (!round.TakesPositionsOnly && (run.DueAt ?? round.DueAt) is { } due && w.Now < due)
        {
            return new ApprovalRefusal.NotDueYet(due);
        }

        if ((round.TakesPositionsOnly ? round.LeaveToMeeting(w.Now) : round.Close(w.Now)) is { } refusal)
        {
            return refusal;
        }

        await settle.Conclude(w, run, round, Actor.Of(person));
        return null;
    }, ct);

    /// <summary>Notes that a member cannot take part. A deputy who steps in is asked at once.</summary>
    public Task<Refusal?> MarkAbsent(RoundId id, Guid seat, PersonId person, CancellationToken ct) => Lead(id, person, async (w, run, round) =>
    {
        if (round.Seats.SingleOrDefault(known => known.SeatId.Value == seat)?.PersonId is not { } member)
        {
            return new FlowRefusal.NotFound();
        }

        var had = OpenRound.EntitledIn(round);
        if (round.MarkAbsent(member, w.Now) is { } refusal)
        {
            return refusal;
        }

        await RunTrail.Record(w, run, Actor.Of(person), "member-absent", "round", id.Value, $"{round.Version}", new JsonObject { ["seat"] = seat.ToString() });
        await OpenRound.Invite(w, notices, round, had, $"absent/{seat}");
        await settle.IfDecided(w, run, round);
        return null;
    }, ct);

    /// <summary>Takes back that a member is away. The member is asked anew; a deputy who has not answered has no say any more.</summary>
    public Task<Refusal?> MarkPresent(RoundId id, Guid seat, PersonId person, CancellationToken ct) => Lead(id, person, async (w, run, round) =>
    {
        if (round.Seats.SingleOrDefault(known => known.SeatId.Value == seat) is not { PersonId: { } member } known)
        {
            return new FlowRefusal.NotFound();
        }

        if (round.IsOpen && known.AbsentAt is null)
        {
            return null;
        }

        var (had, since) = (OpenRound.EntitledIn(round), known.AbsentAt);
        if (round.MarkPresent(member) is { } refusal)
        {
            return refusal;
        }

        await RunTrail.Record(w, run, Actor.Of(person), "absence-withdrawn", "round", id.Value, $"{round.Version}", new JsonObject { ["seat"] = seat.ToString() });
        await OpenRound.Invite(w, notices, round, had, $"present/{seat}/{since:yyyyMMddHHmmss}");

        // An answer the member had given counts again.
        await settle.IfDecided(w, run, round);
        return null;
    }, ct);

    /// <summary>Whether a person leads rounds of what a run is about.</summary>
    public static async Task<bool> Leads(TilskuddDb db, Run run, PersonId person, NodaTime.LocalDate on, CancellationToken ct) =>
        await Rights.Holds(db, person, Role.ProgrammeLeader, run.ProgrammeId, run.PlanUnitId, on, ct)
        || await Rights.Holds(db, person, Role.Secretary, run.ProgrammeId, run.PlanUnitId, on, ct);

    /// <summary>Lets a person do something to a round they lead, in one story; what follows its end is seen to.</summary>
    /// <param name="mayToo">Who else than those who lead the round may do it.</param>
    public async Task<Refusal?> Lead(RoundId id, PersonId person, Func<Writing, Run, Round, Task<Refusal?>> act, CancellationToken ct, Func<Round, bool>? mayToo = null)
    {
        var hasEnded = false;
        var refusal = await door.Write(async w =>
        {
            var on = OsloTime.On(w.Now).Date;
            if (await w.Db.Set<Round>().SingleOrDefaultAsync(round => round.Id == id, ct) is not { } round)
            {
                return new FlowRefusal.NotFound();
            }

            var run = await StepRounds.RunOf(w.Db, round, ct);
            if (!(await Rights.Seen(w.Db, person, on, ct)).Contains(run.ProgrammeId))
            {
                return new FlowRefusal.NotFound();
            }

            var answer = await Leads(w.Db, run, person, on, ct) || mayToo?.Invoke(round) == true ? await act(w, run, round) : new FlowRefusal.NotYours();
            hasEnded = !round.IsOpen;
            return answer;
        }, ct);
        if (refusal is null && hasEnded)
        {
            await sign.Now();
        }

        return refusal;
    }
}
