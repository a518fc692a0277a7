using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Clockwork;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Approval;

/// <summary>
/// Sees to open rounds when a body is changed: who has left it without having answered is neither asked nor waited for, and who has the place after
/// is asked. What is left of the body may thereby have decided.
/// </summary>
internal sealed class Successors(Door door, NoticeQueue notices, SettleRound settle) : ISweep
{
    private const int Batch = 50;

    public string Name => "successors";

    public IQueryable<string> Due(TilskuddDb db, DateTimeOffset now) => ISweep.OnceIfAny(db, Name, Left(db, OsloTime.On(now).Date));

    public async Task<int> Run(DateTimeOffset now, CancellationToken ct)
    {
        var today = OsloTime.On(now).Date;
        var done = 0;
        var refusal = await door.Write(async w =>
        {
            done = 0;
            var left = Left(w.Db, today);
            foreach (var round in await w.Db.Rounds.Where(round => left.Contains(round.Id)).OrderBy(round => round.Id).Take(Batch).ToListAsync(ct))
            {
                done += await Follow(w, round, today, ct);
            }

            return null;
        }, ct);
        return refusal is null ? done : 0;
    }

    // Open rounds where a seat's person has no place in the body today, and no answer or undecided doubt keeps the seat.
    private static IQueryable<RoundId> Left(TilskuddDb db, LocalDate today) => db.Rounds.Where(round => round.ClosedAt == null && round.Seats.Any(seat =>
        seat.PersonId != null && seat.OnLeave == null && seat.CalledFor == null && seat.InhabilAt == null
        && !db.Bodies.Any(body => body.Id == round.BodyId && body.Seats.Any(held => held.PersonId == seat.PersonId && held.FromOn <= today && (held.ToOn == null || held.ToOn >= today)))
        && !round.Answers.Any(answer => answer.PersonId == seat.PersonId && answer.RetractedAt == null)
        && !round.Doubts.Any(doubt => doubt.PersonId == seat.PersonId && doubt.DecidedAt == null))).Select(round => round.Id);

    private async Task<int> Follow(Writing w, Round round, LocalDate today, CancellationToken ct)
    {
        var (body, run, had, done) = (await w.Db.Existing<Body>(round.BodyId, ct), await StepRounds.RunOf(w.Db, round, ct), OpenRound.EntitledIn(round), 0);
        var sitting = body.SeatsOn(today).ToList();
        foreach (var seat in round.Seats.OrderBy(seat => seat.Number).ToList())
        {
            if (seat.PersonId is not { } left || sitting.Any(held => held.PersonId == left))
            {
                continue;
            }

            var heir = Heir(round, body, seat, sitting);
            if (!round.PassOn(seat.SeatId, heir))
            {
                continue;
            }

            done++;
            await Links.Revoke(w, round.Id, left, LinkEnd.PersonRemoved, ct);
            var told = new JsonObject { ["seat"] = seat.SeatId.ToString(), ["member"] = left.ToString() };
            if (seat.PersonId is { } next)
            {
                told["substitute"] = next.ToString();
            }

            await RunTrail.Record(w, run, Actor.System, seat.PersonId is null ? "seat-vacated" : "seat-passed-on", "round", round.Id.Value, $"{round.Version}", told);
        }

        if (done > 0)
        {
            await OpenRound.Invite(w, notices, round, had, $"seat/{w.Now.ToUnixTimeMilliseconds()}");
            await settle.IfDecided(w, run, round);
        }

        return done;
    }

    // A seat that is passed on in the body is another seat of the same kind, for the same party or list, in the same order, from a later day; one that
    // was given by mistake is the same.
    private static PersonId? Heir(Round round, Body body, RoundSeat seat, IReadOnlyList<Seat> sitting)
    {
        var own = body.Seats.Single(held => held.Id == seat.SeatId);
        return sitting.Contains(own) ? own.PersonId : sitting.FirstOrDefault(held => held.FromOn > own.FromOn && (held.Role, held.Group, held.Order) == (seat.Role, seat.Group, seat.Order)
            && round.Seats.All(known => known.SeatId != held.Id && (known.PersonId != held.PersonId || known.Role is SeatRole.Deputy or SeatRole.Observer)))?.PersonId;
    }
}
