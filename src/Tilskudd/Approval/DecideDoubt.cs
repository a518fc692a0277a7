using System.Text.Json.Nodes;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Approval;

/// <summary>
/// Registers what was decided about a member's habilitet. A member found inhabil is out, and the deputy is asked at once; one found habil is
/// asked again, and takes the place back from a deputy. What was found in an earlier version may be taken up anew. Either way the member is told, and the round may then come to its end.
/// </summary>
internal sealed class DecideDoubt(CloseRound leading, SettleRound settle, NoticeQueue notices)
{
    /// <param name="decide">Puts the decision to the round; what it is differs with the rules the body decides by.</param>
    public Task<Refusal?> Decide(RoundId id, SeatId seat, PersonId by, Func<Round, DateTimeOffset, Refusal?> decide, CancellationToken ct) => leading.Lead(id, by, async (w, run, round) =>
    {
        if (round.Undecided.FirstOrDefault(known => known.SeatId == seat) is not { } doubt)
        {
            return round.IsOpen ? new DoubtRefusal.NothingToDecide() : new RoundRefusal.IsClosed(round.ClosedAt!.Value);
        }

        var (calledIn, had) = (CalledIn(round), OpenRound.EntitledIn(round));
        if (decide(round, w.Now) is { } refusal)
        {
            return refusal;
        }

        await RunTrail.Record(w, run, Actor.Of(by), "habilitet-decided", "round", id.Value, $"{round.Version}", run.StepId, doubt.IsInhabil == true ? "Inhabil" : "Habil", new JsonObject
        {
            ["seat"] = seat.ToString(),
            ["number"] = doubt.Number,
            ["for"] = doubt.For,
            ["against"] = doubt.Against,
            ["castingVote"] = doubt.CastingVote,
            ["allTookPart"] = doubt.AllTookPart,
        });
        await notices.Queue(w, NoticeKind.DoubtDecided, doubt.PersonId, $"round/{id}/doubt/{doubt.Number}/decided", About(round, run, doubt));
        foreach (var deputy in calledIn.Except(CalledIn(round)))
        {
            await notices.Queue(w, NoticeKind.DoubtDecided, deputy, $"round/{id}/doubt/{doubt.Number}/decided", About(round, run, doubt));
        }

        // The member is told of the decision, and asked with it.
        await Substitutes.GiveBack(w, run, round);
        await OpenRound.Invite(w, notices, round, [.. had, doubt.PersonId], $"doubt/{doubt.Number}");
        await settle.IfDecided(w, run, round);
        return null;
    }, ct, round => DecidesInLine(round, by));

    /// <summary>Takes up anew what was found of a member in an earlier version, as when the new one has removed the ground. It is then decided as any doubt.</summary>
    public Task<Refusal?> TakeUpAnew(RoundId id, SeatId seat, PersonId by, CancellationToken ct) => leading.Lead(id, by, async (w, run, round) =>
    {
        if (round.TakeUpAnew(seat, by, w.Now) is { } refusal)
        {
            return refusal;
        }

        var doubt = round.Undecided.Single(known => known.SeatId == seat);
        await RunTrail.Record(w, run, Actor.Of(by), "habilitet-taken-up", "round", id.Value, $"{round.Version}", new JsonObject { ["seat"] = seat.ToString(), ["number"] = doubt.Number });
        await TellMember(w, notices, run, round, doubt);
        await Ask(w, notices, run, round, doubt);
        return null;
    }, ct, round => DecidesInLine(round, by));

    /// <summary>Tells a member that what was found or asked in an earlier version holds in this one too, or is taken up anew.</summary>
    public static Task TellMember(Writing w, NoticeQueue notices, Run run, Round round, Doubt doubt) =>
        notices.Queue(w, NoticeKind.DoubtFollows, doubt.PersonId, $"round/{round.Id}/doubt/{doubt.Number}/follows", About(round, run, doubt));

    /// <summary>Tells those who lead the round, and who leads the body, that a member's habilitet waits for its decision. The reason is read on the page and stands in no mail.</summary>
    public static async Task Ask(Writing w, NoticeQueue notices, Run run, Round round, Doubt doubt)
    {
        var on = OsloTime.On(w.Now).Date;
        var leaders = await Who.Holding(w.Db, RoleKeys.ProgrammeLeader, run.Subject, on);
        var secretaries = await Who.Holding(w.Db, RoleKeys.Secretary, run.Subject, on);
        foreach (var person in leaders.Concat(secretaries).Select(person => (PersonId?)person.Id).Append(round.DeciderInLine?.PersonId).OfType<PersonId>().Distinct().Where(person => person != doubt.PersonId && person != doubt.TakenUpBy))
        {
            await notices.Queue(w, NoticeKind.DoubtRaised, person, $"round/{round.Id}/doubt/{doubt.Number}", About(round, run, doubt));
        }
    }

    /// <summary>In line the leader decides himself; where a body decides, what it decided is registered for it.</summary>
    public static bool DecidesInLine(Round round, PersonId person) => round.Regime == Regime.Administrativ && round.DeciderInLine?.PersonId == person;

    /// <summary>Where a doubt is decided.</summary>
    public static string PathOf(RoundId round, SeatId seat) => $"/godkjenning/{round}/habilitet/{seat}";

    private static List<PersonId> CalledIn(Round round) => [.. round.Entitled.Where(seat => seat.Role == SeatRole.Deputy).Select(seat => seat.PersonId).OfType<PersonId>()];

    private static NoticeAbout About(Round round, Run run, Doubt doubt) => new() { RoundId = round.Id, RunId = run.Id.Value, Text = $"{doubt.Number}" };
}
