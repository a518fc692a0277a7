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

/// <summary>The tilskuddsbrev as it was typed in from the paper.</summary>
internal sealed record LetterForm(string Reference, LocalDate ReceivedOn, Money Amount, LetterTerms Terms);

/// <summary>Registers the grantor's letter, or its refusal. The run then compares the letter with the plan by itself.</summary>
internal sealed class RegisterTilskuddsbrev(AnswerTask task, GrantNews news)
{
    public Task<Refusal?> Register(GrantId id, PostedAnswer answer, LetterForm form, PersonId by, CancellationToken ct) =>
        task.Answer<RegisterLetter>(id.Value, answer, by, async (w, run, _) =>
        {
            if (answer.Outcome != "Registered")
            {
                return new FlowRefusal.NotFound();
            }

            var grant = await w.Db.Existing<Grant>(id, ct);
            var source = await w.Db.Existing<FundingSource>(grant.SourceId, ct);
            var today = OsloTime.On(w.Now).Date;
            if (grant.RegisterLetter(w.Ids.Next<TilskuddsbrevId>(), source, form.Reference, form.ReceivedOn, form.Amount, form.Terms, by, w.Now, today) is { } refusal)
            {
                return refusal;
            }

            await RunTrail.Record(w, run, Actor.Of(by), "letter-registered", "grant", id.Value, "", new JsonObject
            {
                ["amountOre"] = form.Amount.Ore,
                ["receivedOn"] = IsoDate.Of(form.ReceivedOn),
                ["reportDueOn"] = IsoDate.Of(form.Terms.ReportDueOn),
                ["auditorFromOre"] = form.Terms.AuditorFrom?.Ore,
                ["mayCarryOver"] = form.Terms.MayCarryOver,
            });
            await news.Tell(w, run, id, "letter");
            return null;
        }, "", ct);

    /// <param name="reason">The grantor's grounds, as the letter gives them.</param>
    public Task<Refusal?> Refuse(GrantId id, PostedAnswer answer, string reason, PersonId by, CancellationToken ct) =>
        task.Answer<RegisterLetter>(id.Value, answer, by, async (w, run, _) =>
        {
            if (answer.Outcome != "Refused")
            {
                return new FlowRefusal.NotFound();
            }

            var grant = await w.Db.Existing<Grant>(id, ct);
            if (grant.RegisterRefusal(await w.Db.Existing<FundingSource>(grant.SourceId, ct), reason, w.Now) is { } refusal)
            {
                return refusal;
            }

            await RunTrail.Record(w, run, Actor.Of(by), "grant-refused", "grant", id.Value, "", []);
            return null;
        }, Prose.Of(reason), ct);
}
