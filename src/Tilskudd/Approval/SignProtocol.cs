using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Approval;

/// <summary>The leader of the body signs off the protocol of a round: the hash of its text is kept with the round and in the trail.</summary>
internal sealed class SignProtocol(Door door, SignDecision sign)
{
    /// <param name="shown">The hash of the protocol the page showed; another than it has now is refused.</param>
    /// <returns>Null when it is signed, now or before.</returns>
    public async Task<Refusal?> Sign(RoundId id, SignedIn person, string shown, CancellationToken ct)
    {
        var refusal = await door.Write(w => Sign(w, id, person, shown, ct), ct);
        if (refusal is null)
        {
            await sign.Now();
        }

        return refusal;
    }

    private static async Task<Refusal?> Sign(Writing w, RoundId id, SignedIn person, string shown, CancellationToken ct)
    {
        if (await w.Db.Set<Round>().SingleOrDefaultAsync(round => round.Id == id, ct) is not { } round)
        {
            return new FlowRefusal.NotFound();
        }

        var run = await StepRounds.RunOf(w.Db, round, ct);
        var looksAfter = person.Has(Role.Administrator) || await CloseRound.Leads(w.Db, run, person.Id, OsloTime.On(w.Now).Date, ct);
        if (!ReadProtocol.MaySee(round, person.Id, looksAfter))
        {
            return new FlowRefusal.NotFound();
        }

        var (isSigned, hash) = (round.SignedAt is not null, (await ReadProtocol.Of(w.Db, run, round, w.Now, ct)).Protocol.Hash);
        var refusal = round.SignProtocol(person.Id, hash, shown, w.Now);
        if (refusal is not null || isSigned)
        {
            return refusal;
        }

        var step = run.Visits.Where(visit => visit.RoundId == round.Lead).MaxBy(visit => visit.Number)!.StepId;
        await RunTrail.Record(w, run, Actor.Of(person.Id), "protocol-signed", "round", id.Value, $"{round.Version}", step, "", new JsonObject { ["hash"] = round.Hash, ["protocol"] = hash });
        return null;
    }
}
