using System.Text.Json.Nodes;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Runs;
using Tilskudd.Trail;

namespace Tilskudd.Award;

/// <summary>The municipality accepts the letter's terms.</summary>
internal sealed class AcceptTilskuddsbrev(AnswerTask task)
{
    public Task<Refusal?> Accept(GrantId id, PostedAnswer answer, PersonId by, CancellationToken ct) => task.Answer<Draft>(id.Value, answer, by, async (w, run, step) =>
    {
        if (step.Task != TaskKeys.LetterAcceptance)
        {
            return new FlowRefusal.NotFound();
        }

        var grant = await w.Db.Existing<Grant>(id, ct);
        grant.AcceptLetter(by, w.Now);
        await RunTrail.Record(w, run, Actor.Of(by), "letter-accepted", "grant", id.Value, "", new JsonObject { ["amountOre"] = grant.Letter!.Amount.Ore });
        return null;
    }, "", ct);
}
