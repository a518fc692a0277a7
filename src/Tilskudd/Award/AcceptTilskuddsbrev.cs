using System.Text.Json.Nodes;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Award;

/// <summary>The municipality accepts the letter's terms.</summary>
internal sealed class AcceptTilskuddsbrev(AnswerTask task, ProgrammeLimits limits, SpreadNews news)
{
    /// <param name="spread">How a difference within the limit is laid on the lines; null where none was chosen.</param>
    public Task<Refusal?> Accept(GrantId id, PostedAnswer answer, LetterSpread? spread, PersonId by, CancellationToken ct) => task.Answer<Draft>(id.Value, answer, by, async (w, run, step) =>
    {
        if (step.Task != TaskKeys.LetterAcceptance)
        {
            return new FlowRefusal.NotFound();
        }

        var grant = await w.Db.Existing<Grant>(id, ct);
        var plans = await AnsweredPlans.Of(w.Db, grant, ct);
        var source = await w.Db.Existing<FundingSource>(grant.SourceId, ct);
        var lines = AnsweredPlans.Lines(grant, plans);
        if (grant.AcceptLetter(lines, spread, await limits.Of(w.Db, run.ProgrammeId, ct), by, w.Now, AnsweredPlans.CarriedIn(source, grant, plans)) is { } refusal)
        {
            return refusal;
        }

        await RunTrail.Record(w, run, Actor.Of(by), "letter-accepted", "grant", id.Value, "", new JsonObject
        {
            ["amountOre"] = grant.Letter!.Amount.Ore,
            ["spread"] = grant.Letter.SpreadBy?.ToString(),
            ["lines"] = new JsonArray([.. grant.Letter.Lines.Select(line => new JsonObject { ["tiltak"] = line.TiltakId.ToString(), ["ore"] = line.Amount.Ore })]),
        });
        await news.Tell(w, run, grant, source, plans, lines, by, ct);
        return null;
    }, "", ct);
}
