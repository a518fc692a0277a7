using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using Tilskudd.Clockwork;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Approval;

/// <summary>
/// Names who answers for a member on leave, and ends it. Open rounds are handed over on the first day and given back after the last; who has answered
/// for the member keeps the place till the round is over. Both are told by mail, and both stand in the trail.
/// </summary>
internal sealed class Substitutes(Door door, NoticeQueue notices) : ISweep
{
    private const int Batch = 50;

    public string Name => "substitutes";

    public IQueryable<string> Due(TilskuddDb db, DateTimeOffset now) => ISweep.OnceIfAny(db, Name, Changing(db, OsloTime.On(now).Date));

    /// <param name="standIn">Who is to answer.</param>
    /// <returns>Null when it is named; else why not.</returns>
    public Task<Refusal?> Add(SeatId seat, SignedIn by, PersonId standIn, LocalDate from, LocalDate to, CancellationToken ct) => door.Write(async w =>
    {
        var today = OsloTime.On(w.Now).Date;
        if (await Find(w.Db, seat, ct) is not var (body, place) || !MayName(by, body, place))
        {
            return new FlowRefusal.NotFound();
        }

        var others = await w.Db.Set<Substitute>().Where(other => other.BodyId == body.Id && other.EndedAt == null).ToListAsync(ct);
        if (!await w.Db.People.AnyAsync(person => person.Id == standIn && (person.ToOn == null || person.ToOn >= to), ct))
        {
            return new SubstituteRefusal.NobodyChosen();
        }

        var (named, refusal) = Substitute.Name(w.Ids.Next<SubstituteId>(), body, place, standIn, from, to, others, by.Id, w.Now, today);
        if (named is null)
        {
            return refusal;
        }

        w.Db.Add(named);
        await Record(w, body, named, Actor.Of(by.Id), "substitute-named", new JsonObject { ["from"] = LocalDatePattern.Iso.Format(from), ["to"] = LocalDatePattern.Iso.Format(to) });
        await Tell(w, body, named, "Substitute.Named", but: by.Id);
        if (named.HoldsOn(today))
        {
            await Begin(w, named, ct);
        }

        return null;
    }, ct);

    /// <summary>The member is back before the last day, or thought better of it.</summary>
    public Task<Refusal?> End(SeatId seat, SubstituteId id, SignedIn by, CancellationToken ct) => door.Write(async w =>
    {
        if (await Find(w.Db, seat, ct) is not var (body, place) || !MayName(by, body, place)
            || await w.Db.Set<Substitute>().SingleOrDefaultAsync(known => known.Id == id && known.SeatId == seat, ct) is not { } named)
        {
            return new FlowRefusal.NotFound();
        }

        if (named.EndedAt is not null)
        {
            return null;
        }

        await Record(w, body, named, Actor.Of(by.Id), "substitute-ended", []);
        await Tell(w, body, named, "Substitute.Ended", but: by.Id);
        await Finish(w, named, ct);
        return null;
    }, ct);

    /// <summary>Hands over where the first day has come, and gives back where the last is past.</summary>
    public async Task<int> Run(DateTimeOffset now, CancellationToken ct)
    {
        var today = OsloTime.On(now).Date;
        var done = 0;
        var refusal = await door.Write(async w =>
        {
            done = 0;
            // A place is given back before another is given it.
            foreach (var named in await Changing(w.Db, today).OrderBy(named => named.ToOn >= today).ThenBy(named => named.Id).Take(Batch).ToListAsync(ct))
            {
                if (named.ToOn < today)
                {
                    await Finish(w, named, ct);
                }
                else
                {
                    await Begin(w, named, ct);
                }

                done++;
            }

            return null;
        }, ct);
        return refusal is null ? done : 0;
    }

    /// <summary>The body and the seat of an id; null where there is none.</summary>
    public static async Task<(Body Body, Seat Seat)?> Find(TilskuddDb db, SeatId seat, CancellationToken ct) =>
        await db.Bodies.SingleOrDefaultAsync(body => body.Seats.Any(known => known.Id == seat), ct) is { } body ? (body, body.Seats.Single(known => known.Id == seat)) : null;

    /// <summary>The member, the programme leader and an administrator name who answers for the member.</summary>
    public static bool MayName(SignedIn by, Body body, Seat seat) => seat.PersonId == by.Id || Staff.Leads(by, body.ProgrammeId, body.PlanUnitId);

    /// <summary>In a round that has just been opened, those who are named today have the places from the start.</summary>
    public static async Task HandOver(Writing w, IReadOnlyList<Round> rounds)
    {
        var (today, bodies) = (OsloTime.On(w.Now).Date, rounds.Select(round => round.BodyId).ToList());
        foreach (var named in await w.Db.Set<Substitute>().Where(named => bodies.Contains(named.BodyId) && named.EndedAt == null && named.FromOn <= today && named.ToOn >= today).OrderBy(named => named.Id).ToListAsync())
        {
            rounds.Single(round => round.BodyId == named.BodyId).StandIn(named.SeatId, named.StandInId, named.ToOn);
        }
    }

    /// <summary>Gives members back the places that an answer, or a doubt, stood in the way of when their leave was over.</summary>
    /// <returns>Whether anyone has a place again.</returns>
    public static async Task<bool> GiveBack(Writing w, Run run, Round round)
    {
        var hasAny = false;
        if (round.Seats.Any(seat => seat.LeaveUntil is not null))
        {
            var named = await w.Db.Set<Substitute>().Where(named => named.BodyId == round.BodyId && named.BegunAt != null).OrderBy(named => named.BegunAt).ThenBy(named => named.Id).ToListAsync();
            foreach (var last in named.GroupBy(one => (one.SeatId, one.StandInId)).Select(same => same.Last()).Where(last => last.EndedAt is not null))
            {
                hasAny |= await GiveBack(w, run, round, last);
            }
        }

        return hasAny;
    }

    private static IQueryable<Substitute> Changing(TilskuddDb db, LocalDate today) =>
        db.Set<Substitute>().Where(named => named.EndedAt == null && (named.ToOn < today || (named.BegunAt == null && named.FromOn <= today)));

    private async Task Begin(Writing w, Substitute named, CancellationToken ct)
    {
        named.Begin(w.Now);
        foreach (var round in await Open(w.Db, named, ct))
        {
            var had = OpenRound.EntitledIn(round);
            if (round.StandIn(named.SeatId, named.StandInId, named.ToOn))
            {
                await Record(w, await StepRounds.RunOf(w.Db, round, ct), round, named, "substitute-began");
                await OpenRound.Invite(w, notices, round, had, $"leave/{named.Id}");
            }
        }
    }

    private async Task Finish(Writing w, Substitute named, CancellationToken ct)
    {
        named.End(w.Now);
        foreach (var round in await Open(w.Db, named, ct))
        {
            var had = OpenRound.EntitledIn(round);
            if (await GiveBack(w, await StepRounds.RunOf(w.Db, round, ct), round, named))
            {
                await OpenRound.Invite(w, notices, round, had, $"back/{named.Id}");
            }
        }
    }

    private static async Task<bool> GiveBack(Writing w, Run run, Round round, Substitute named)
    {
        if (!round.StandDown(named.SeatId, named.StandInId))
        {
            return false;
        }

        await Record(w, run, round, named, "substitute-left");
        if (!round.IsObserver(named.StandInId))
        {
            await Links.Revoke(w, round.Id, named.StandInId, LinkEnd.PersonRemoved);
        }

        return true;
    }

    private static Task<List<Round>> Open(TilskuddDb db, Substitute named, CancellationToken ct) =>
        db.Set<Round>().Where(round => round.BodyId == named.BodyId && round.ClosedAt == null).OrderBy(round => round.Id).ToListAsync(ct);

    private static async Task Record(Writing w, Body body, Substitute named, Actor by, string happening, JsonObject more)
    {
        more["programme"] = (await w.Db.Existing<Programme>(body.ProgrammeId)).Slug;
        w.Record(new TrailEvent(by, happening, "seat", named.SeatId.ToString(), "", Both(named, more)));
    }

    private static Task Record(Writing w, Run run, Round round, Substitute named, string happening) =>
        RunTrail.Record(w, run, Actor.System, happening, "round", round.Id.Value, $"{round.Version}", Both(named, []));

    private static JsonObject Both(Substitute named, JsonObject more)
    {
        (more["seat"], more["member"], more["substitute"]) = (named.SeatId.ToString(), named.PersonId.ToString(), named.StandInId.ToString());
        return more;
    }

    // Who did it knows of it.
    private async Task Tell(Writing w, Body body, Substitute named, string text, PersonId but)
    {
        var people = (await Who.Named(w.Db, [named.PersonId, named.StandInId, but])).ToDictionary(person => person.Id);
        foreach (var person in new[] { named.StandInId, named.PersonId }.Where(id => id != but).Select(id => people[id]))
        {
            var language = Languages.Of(person.Language);
            var words = Texts.Of<MailWords>(
                language, person.Id == named.StandInId ? $"{text}.StandIn" : $"{text}.Text", people[named.StandInId].Name, people[named.PersonId].Name, body.Name,
                Dates.WithYear(named.FromOn, language), Dates.WithYear(named.ToOn, language), people[but].Name);
            await notices.Say(w, person.Id, $"substitute/{named.Id}/{text}", new MessageText(Texts.Of<MailWords>(language, $"{text}.Subject", body.Name), words));
        }
    }
}
