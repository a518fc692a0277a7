using System.Text.Json.Nodes;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Reporting;

/// <summary>Closes the accounts: what is left is carried over with the grantor's consent, or repaid.</summary>
internal sealed class SettleRapport(AnswerTask task)
{
    /// <summary>The grantor lets the municipality keep the rest for next year.</summary>
    /// <param name="on">The day of the consent.</param>
    public Task<Refusal?> CarryOver(RapportId id, PostedAnswer answer, Money amount, LocalDate on, PersonId by, CancellationToken ct) =>
        task.Answer<RegisterDecision>(
            id.Value, answer, by,
            async (w, run, step) => step.Task == TaskKeys.CarryOver && answer.Outcome == "Approved" ? await Settle(w, run, id, Settlement.CarriedOver, amount, on, by) : new FlowRefusal.NotFound(),
            "", ct);

    /// <summary>The grantor wants the rest back. The run then waits for the accountant to pay.</summary>
    /// <param name="reason">The grantor's grounds; may be empty.</param>
    public Task<Refusal?> DemandRepayment(RapportId id, PostedAnswer answer, string reason, PersonId by, CancellationToken ct)
    {
        var written = Prose.Of(reason);
        return task.Answer<RegisterDecision>(id.Value, answer, by, async (w, run, step) =>
        {
            if (step.Task != TaskKeys.CarryOver || answer.Outcome != "Rejected")
            {
                return new FlowRefusal.NotFound();
            }

            if (Prose.Length(written) > Rapport.LongestText)
            {
                return new RapportRefusal.TextTooLong("grunn", Prose.Length(written), Rapport.LongestText);
            }

            await RunTrail.Record(w, run, Actor.Of(by), "repayment-demanded", "rapport", id.Value, "", []);
            return null;
        }, written, ct);
    }

    /// <param name="on">The day the money was paid.</param>
    public Task<Refusal?> Repay(RapportId id, PostedAnswer answer, Money amount, LocalDate on, PersonId by, CancellationToken ct) =>
        task.Answer<Draft>(
            id.Value, answer, by,
            async (w, run, step) => step.Task == TaskKeys.Repayment ? await Settle(w, run, id, Settlement.Repaid, amount, on, by) : new FlowRefusal.NotFound(),
            "", ct);

    public static async Task<FundingSource> SourceOf(Writing w, Rapport rapport) =>
        await w.Db.Existing<FundingSource>((await w.Db.Existing<Grant>(rapport.GrantId)).SourceId);

    private static async Task<Refusal?> Settle(Writing w, Run run, RapportId id, Settlement settlement, Money amount, LocalDate on, PersonId by)
    {
        var rapport = await w.Db.Existing<Rapport>(id);
        var grant = await w.Db.Existing<Grant>(rapport.GrantId);
        var source = await SourceOf(w, rapport);
        if (rapport.Settle(settlement, amount, on, grant.Letter!.MayCarryOver, source, w.Now, OsloTime.On(w.Now).Date) is { } refusal)
        {
            return refusal;
        }

        await RunTrail.Record(w, run, Actor.Of(by), settlement == Settlement.Repaid ? "rest-repaid" : "rest-carried-over", "rapport", id.Value, "", new JsonObject
        {
            ["amountOre"] = amount.Ore, ["on"] = IsoDate.Of(on),
        });
        return null;
    }
}
