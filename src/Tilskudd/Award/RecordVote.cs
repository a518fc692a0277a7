using System.Text.Json.Nodes;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Award;

/// <summary>Writes down what the Storting's vote leaves for a grant, or that it leaves nothing.</summary>
internal sealed class RecordVote(AnswerTask task, GrantNews news, VoteNews differences)
{
    /// <param name="basis">The paper the figure stands in.</param>
    public Task<Refusal?> Voted(GrantId id, PostedAnswer answer, Money amount, LocalDate on, string basis, PersonId by, CancellationToken ct) =>
        Record(id, answer, "Approved", by, async (w, run) =>
        {
            var grant = await w.Db.Existing<Grant>(id, ct);
            var source = await w.Db.Existing<FundingSource>(grant.SourceId, ct);
            if (grant.RecordVote(source, amount, on, w.Now, basis, OsloTime.On(w.Now).Date) is { } refusal)
            {
                return refusal;
            }

            await RunTrail.Record(w, run, Actor.Of(by), "vote-recorded", "grant", id.Value, "", new JsonObject { ["amountOre"] = amount.Ore, ["on"] = IsoDate.Of(on) });
            await news.Tell(w, run, id, "vote");
            await differences.Tell(w, run, grant, amount, Actor.Of(by), ct);
            return null;
        }, "", ct);

    /// <param name="basis">The paper it stands in; kept with the visit, for those who ask why it ended. May be empty.</param>
    public Task<Refusal?> NotVoted(GrantId id, PostedAnswer answer, string basis, PersonId by, CancellationToken ct)
    {
        var written = Prose.Of(basis);
        return Record(id, answer, "Rejected", by, async (w, run) =>
        {
            var grant = await w.Db.Existing<Grant>(id, ct);
            if (grant.RecordNoVote(await w.Db.Existing<FundingSource>(grant.SourceId, ct), written, w.Now) is { } refusal)
            {
                return refusal;
            }

            await RunTrail.Record(w, run, Actor.Of(by), "nothing-voted", "grant", id.Value, "", []);
            return null;
        }, written, ct);
    }

    private Task<Refusal?> Record(GrantId id, PostedAnswer answer, string outcome, PersonId by, Func<Writing, Run, Task<Refusal?>> does, string reason, CancellationToken ct) =>
        task.Answer<RegisterDecision>(
            id.Value, answer, by, async (w, run, step) => step.Task == TaskKeys.BudgetVote && answer.Outcome == outcome ? await does(w, run) : new FlowRefusal.NotFound(), reason, ct);
}
