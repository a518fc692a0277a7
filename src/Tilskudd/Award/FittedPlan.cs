using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Storage;

namespace Tilskudd.Award;

/// <summary>
/// Says why a plan that is approved comes before its body again in a grant's own run: the letter gave another amount, the grantor wanted something
/// put right, or another source the plan counted on gives nothing.
/// </summary>
internal static class FittedPlan
{
    /// <returns>A sentence or two; null where nothing asks for another plan.</returns>
    public static async Task<string?> Why(TilskuddDb db, GrantId id, Language language, CancellationToken ct)
    {
        var grant = await db.Grants.SingleAsync(grant => grant.Id == id, ct);
        if (grant.LatestSubmission is not { } sent)
        {
            return null;
        }

        // What was sent stays what it was, also when the plan that is asked about has been approved.
        var plans = (await AnsweredPlans.Sent(db, sent, ct)).Select(plan => plan.Content).ToList();
        var why = new[] { await OfThis(db, grant, sent, plans, language, ct) }.OfType<string>().Concat(await OfOthers(db, grant, plans, language, ct)).ToList();
        return why.Count == 0 ? null : string.Join(' ', why);
    }

    private static async Task<string?> OfThis(TilskuddDb db, Grant grant, Submission sent, IReadOnlyList<HandlingsplanContent> plans, Language language, CancellationToken ct)
    {
        if (grant.Letter is not { } letter)
        {
            return sent.CorrectionAskedAt is null ? null : Texts.Of<MailWords>(language, "Fitted.Correction", sent.Correction);
        }

        var difference = letter.Amount - ShowGrant.Asked(plans, grant.SourceId);
        var code = await db.FundingSources.Where(source => source.Id == grant.SourceId).Select(source => source.Code).SingleAsync(ct);
        return difference == Money.Zero ? null : Texts.Of<MailWords>(
            language, difference.IsNegative ? "Fitted.Less" : "Fitted.More", code, letter.Amount.ToKroner(language.Culture()), (difference.IsNegative ? -difference : difference).ToKroner(language.Culture()));
    }

    // A source that refuses, or that nothing is voted for, has a grant of its own, which ends with that. The plan's lines on it must go all the same.
    private static async Task<IReadOnlyList<string>> OfOthers(TilskuddDb db, Grant grant, IReadOnlyList<HandlingsplanContent> plans, Language language, CancellationToken ct)
    {
        var others = await db.Grants.IgnoreAutoIncludes().Where(other => other.PlanUnitId == grant.PlanUnitId && other.Year == grant.Year && other.Id != grant.Id)
            .Select(other => new { other.SourceId, IsRefused = other.RefusedAt != null }).ToDictionaryAsync(other => other.SourceId, other => other.IsRefused, ct);
        var ids = others.Keys.ToList();
        return ids.Count == 0 ? [] :
        [
            .. (await db.FundingSources.AsSingleQuery().Where(source => ids.Contains(source.Id)).OrderBy(source => source.Number).ToListAsync(ct))
                .Select(source => (Source: source, Planned: ShowGrant.Asked(plans, source.Id)))
                .Where(other => other.Planned > Money.Zero && (others[other.Source.Id] || GivesNothing(other.Source, grant.Part)))
                .Select(other => Texts.Of<MailWords>(language, others[other.Source.Id] ? "Fitted.Refused" : "Fitted.NotVoted", other.Source.Code, other.Planned.ToKroner(language.Culture()))),
        ];
    }

    private static bool GivesNothing(FundingSource source, PlanUnitId? part) =>
        source.Amounts.Where(amount => amount.PlanUnitId == part && (amount.State is AmountState.Voted or AmountState.Granted or AmountState.Revised)).MaxBy(amount => amount.Number)?.Amount == Money.Zero;
}
