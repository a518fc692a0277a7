using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Award;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;

namespace Tilskudd.Reporting;

/// <summary>Closes the accounts: what is left is carried over with the grantor's consent, repaid, or divided between the two.</summary>
internal sealed class SettleRapport(AnswerTask task, ReportLines lines, NoticeQueue notices)
{
    private const string CarriedOver = "rest-carried-over";

    /// <summary>The grantor lets the municipality keep all of the rest for next year.</summary>
    /// <param name="on">The day of the consent.</param>
    public Task<Refusal?> CarryOver(RapportId id, PostedAnswer answer, Money amount, LocalDate on, PersonId by, CancellationToken ct) =>
        task.Answer<RegisterDecision>(
            id.Value, answer, by,
            (w, run, step) => step.Task == TaskKeys.CarryOver && answer.Outcome == "Approved"
                ? Settle(w, run, id, CarriedOver, amount, on, by, (rapport, letter, source, owners) => rapport.CarryOver(amount, on, letter.MayCarryOver, source, w.Now, OsloTime.On(w.Now).Date, owners))
                : Task.FromResult<Refusal?>(new FlowRefusal.NotFound()),
            "", ct);

    /// <summary>The grantor wants the rest back, or all of it but a part it lets the municipality keep. The run then waits for the accountant to pay.</summary>
    /// <param name="kept">What is carried over, with the day of the consent; null when nothing is.</param>
    /// <param name="reason">The grantor's grounds; may be empty.</param>
    public Task<Refusal?> DemandRepayment(RapportId id, PostedAnswer answer, (Money Amount, LocalDate On)? kept, string reason, PersonId by, CancellationToken ct)
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

            if (kept is var (amount, on) && await Settle(
                w, run, id, CarriedOver, amount, on, by,
                (rapport, letter, source, owners) => rapport.CarryOverPart(amount, on, letter.MayCarryOver, source, w.Now, OsloTime.On(w.Now).Date, owners)) is { } refusal)
            {
                return refusal;
            }

            var outstanding = (await w.Db.Existing<Rapport>(id, ct)).Outstanding;
            await RunTrail.Record(w, run, Actor.Of(by), "repayment-demanded", "rapport", id.Value, "", new JsonObject { ["amountOre"] = outstanding.Ore });
            return null;
        }, written, ct);
    }

    /// <param name="on">The day the money was paid.</param>
    public Task<Refusal?> Repay(RapportId id, PostedAnswer answer, Money amount, LocalDate on, PersonId by, CancellationToken ct) =>
        task.Answer<Draft>(
            id.Value, answer, by,
            (w, run, step) => step.Task == TaskKeys.Repayment
                ? Settle(w, run, id, "rest-repaid", amount, on, by, (rapport, letter, source, _) => rapport.Repay(amount, on, letter.ReceivedOn, source, w.Now, OsloTime.On(w.Now).Date))
                : Task.FromResult<Refusal?>(new FlowRefusal.NotFound()),
            "", ct);

    private async Task<Refusal?> Settle(
        Writing w, Run run, RapportId id, string happening, Money amount, LocalDate on, PersonId by, Func<Rapport, Tilskuddsbrev, FundingSource, IReadOnlyDictionary<TiltakId, PlanUnitId>, Refusal?> settle)
    {
        var rapport = await w.Db.Existing<Rapport>(id);
        var grant = await w.Db.Existing<Grant>(rapport.GrantId);
        var source = await w.Db.Existing<FundingSource>(grant.SourceId);
        if (settle(rapport, grant.Letter!, source, AnsweredPlans.Owners(grant, await AnsweredPlans.Of(w.Db, grant))) is { } refusal)
        {
            return refusal;
        }

        await RunTrail.Record(w, run, Actor.Of(by), happening, "rapport", id.Value, "", new JsonObject { ["amountOre"] = amount.Ore, ["on"] = IsoDate.Of(on) });
        if (happening == CarriedOver)
        {
            await CarryIn(w, run, rapport, source, by);
        }

        return null;
    }

    // The report is with those who decide, or decided: the money is in none, and somebody must take it up.
    private Task TellOfLate(Writing w, Run run, FundingSource source, Money come, GrantYear year) => Tell(w, run, "CarriedInLate", $"carried-in-late/{year}", source, come, year);

    // Next year's sources are those of this year when it is opened, but for what is over; once it is open somebody must add the source.
    private async Task TellOfNowhere(Writing w, Run run, FundingSource source, Money kept, GrantYear year, bool isOpened)
    {
        var first = new LocalDate(year.Number, 1, 1);
        if (isOpened || source.ToOn is not null || !(await w.Db.Existing<Programme>(source.ProgrammeId)).Covers(year) || await w.Db.Grantors.AnyAsync(grantor => grantor.Id == source.GrantorId && grantor.ToOn < first))
        {
            await Tell(w, run, "CarriedInNowhere", $"carried-in-nowhere/{year}", source, kept, year);
        }
    }

    private async Task Tell(Writing w, Run run, string words, string occasion, FundingSource source, Money amount, GrantYear year)
    {
        foreach (var leader in await Who.Holding(w.Db, RoleKeys.ProgrammeLeader, run.Subject, OsloTime.On(w.Now).Date))
        {
            var language = Languages.Of(leader.Language);
            var text = new MessageText(
                Texts.Of<MailWords>(language, $"{words}.Subject", source.Code, year), Texts.Of<MailWords>(language, $"{words}.Text", amount.ToKroner(language.Culture()), year.Previous(), year));
            await notices.Say(w, leader.Id, $"run/{run.Id}/{occasion}", text, run.Id);
        }
    }

    // Next year's plans may use the money. Consent may come late: next year's report on the same source is open already, and must account for it too.
    private async Task CarryIn(Writing w, Run run, Rapport rapport, FundingSource source, PersonId by)
    {
        var year = rapport.Year.Next();
        var sources = await w.Db.FundingSources.Where(other => other.ProgrammeId == source.ProgrammeId && (other.Year == source.Year || other.Year == year)).ToListAsync();
        if (sources.FirstOrDefault(other => other.Year == year && other.GoesOnFrom(sources) == source) is not { } after)
        {
            await TellOfNowhere(w, run, source, rapport.CarriedOver!.Value, year, sources.Exists(other => other.Year == year));
            return;
        }

        after.CarryIn(source, w.Now);
        var next = await w.Db.Grants.IgnoreAutoIncludes().Where(grant => grant.SourceId == after.Id)
            .Join(w.Db.Rapporter.IgnoreAutoIncludes(), grant => grant.Id, other => other.GrantId, (_, other) => new { other.Id, other.GrantId })
            .ToListAsync();
        foreach (var one in next)
        {
            var later = await w.Db.Existing<Rapport>(one.Id);
            var amount = await Documents.CarriedIn(w, source.ProgrammeId, await w.Db.Existing<Grant>(one.GrantId));

            // Of a source's other units nothing has come.
            var come = amount - later.CarriedIn;
            if (come == Money.Zero)
            {
                continue;
            }

            var isTaken = later.CarryIn(amount, await lines.IsWritten(w, one.Id));
            await RunTrail.Record(w, run, Actor.Of(by), isTaken ? "carried-in" : "carried-in-late", "rapport", one.Id.Value, "", new JsonObject { ["amountOre"] = come.Ore });
            if (!isTaken)
            {
                await TellOfLate(w, run, source, come, year);
            }
        }
    }
}
