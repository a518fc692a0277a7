using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Planning;

/// <summary>What a programme leader has typed for one source: what is proposed, and the paper it stands in.</summary>
internal sealed record ProposedAmount(FundingSourceId Source, Money Amount, string Basis);

/// <summary>The programme leader registers what is proposed from each source, so that the coordinator knows the frame.</summary>
internal sealed class SetFrame(Door door, Flow flow)
{
    public Task<Refusal?> Set(HandlingsplanId id, Turn turn, IReadOnlyList<ProposedAmount> amounts, PersonId by, CancellationToken ct) => door.Write(async w =>
    {
        var (plan, run, step, refusal) = await PlanRuns.ToAnswer(w, flow, id, turn, by);
        if (plan is null)
        {
            return refusal;
        }

        if (step!.Step is not Draft { Task: TaskKeys.Frame })
        {
            return new FlowRefusal.NotFound();
        }

        var sources = await w.Db.FundingSources.Where(source => source.ProgrammeId == run!.ProgrammeId && source.Year == plan.Year && source.GrantorId != null).ToListAsync(ct);
        foreach (var source in sources)
        {
            if (amounts.SingleOrDefault(amount => amount.Source == source.Id) is { } proposed && IsNews(source, plan.PlanUnitId, proposed))
            {
                source.Record(AmountState.Proposed, plan.PlanUnitId, proposed.Amount, w.Now, Prose.Of(proposed.Basis).Trim());
                await RunTrail.Record(
                    w, run!, Actor.Of(by), "frame-proposed", "funding-source", source.Id.Value, "", new JsonObject { ["amountOre"] = proposed.Amount.Ore });
            }
        }

        return await flow.Answer(w, run!, turn.Visit, turn.Outcome, Actor.Of(by));
    }, ct);

    /// <summary>The figure that stands for a unit before the Storting's vote: its own, else the whole source's.</summary>
    public static FundingAmount? Standing(FundingSource source, PlanUnitId unit) =>
        source.Amounts.Where(amount => amount.State == AmountState.Proposed && (amount.PlanUnitId is null || amount.PlanUnitId == unit))
            .OrderBy(amount => amount.PlanUnitId is not null).ThenBy(amount => amount.Number).LastOrDefault();

    private static bool IsNews(FundingSource source, PlanUnitId unit, ProposedAmount proposed) =>
        Standing(source, unit) is not { } standing || standing.Amount != proposed.Amount || standing.Basis != Prose.Of(proposed.Basis).Trim();
}
