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
    public Task<Refusal?> Set(HandlingsplanId id, PostedAnswer turn, IReadOnlyList<ProposedAmount> amounts, PersonId by, CancellationToken ct) => door.Write(async w =>
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
        var isShared = (await w.Db.PlanUnits.Where(unit => unit.ProgrammeId == run!.ProgrammeId).ToListAsync(ct)).Count(unit => unit.Makes(plan.Year)) > 1;
        foreach (var source in sources.OrderBy(source => source.Number))
        {
            var proposed = amounts.SingleOrDefault(amount => amount.Source == source.Id);
            if (isShared && source.ProposedLeftFor(plan.PlanUnitId) is { } left && proposed?.Amount > left)
            {
                return new PlanRefusal.MoreThanIsLeft(TiltakForm.AmountField(source.Number), left);
            }

            if (proposed is not null && IsNews(source, plan.PlanUnitId, isShared, proposed))
            {
                source.Record(AmountState.Proposed, plan.PlanUnitId, proposed.Amount, w.Now, Prose.Line(proposed.Basis).Trim());
                await RunTrail.Record(
                    w, run!, Actor.Of(by), "frame-proposed", "funding-source", source.Id.Value, "", new JsonObject { ["amountOre"] = proposed.Amount.Ore });
            }
        }

        return await flow.Answer(w, run!, turn.Visit, turn.Outcome, Actor.Of(by));
    }, ct);

    /// <summary>The figure that stands for a unit before the Storting's vote, and its paper: its own, else what the other units' leave of the whole source's.</summary>
    public static (Money Amount, string Basis)? Standing(FundingSource source, PlanUnitId unit) =>
        Proposed(source, unit) is { } own ? (own.Amount, own.Basis)
        : Proposed(source, null) is { } whole ? (source.ProposedLeftFor(unit)!.Value, whole.Basis)
        : null;

    // A unit that shares a source is given its figure also where it is confirmed as it was shown: else the next unit could be given the same money.
    private static bool IsNews(FundingSource source, PlanUnitId unit, bool isShared, ProposedAmount proposed) =>
        (isShared && Proposed(source, unit) is null) || Standing(source, unit) != (proposed.Amount, Prose.Line(proposed.Basis).Trim());

    private static FundingAmount? Proposed(FundingSource source, PlanUnitId? unit) =>
        source.Amounts.Where(amount => amount.State == AmountState.Proposed && amount.PlanUnitId == unit).MaxBy(amount => amount.Number);
}
