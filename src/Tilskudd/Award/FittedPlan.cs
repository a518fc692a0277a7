using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Storage;

namespace Tilskudd.Award;

/// <summary>Says why a plan that is approved comes before its body again in a grant's own run: the letter gave another amount, or the grantor wanted something put right.</summary>
internal static class FittedPlan
{
    /// <returns>A sentence; null where nothing asks for another plan.</returns>
    public static async Task<string?> Why(TilskuddDb db, GrantId id, Language language, CancellationToken ct)
    {
        var grant = await db.Grants.SingleAsync(grant => grant.Id == id, ct);
        if (grant.LatestSubmission is not { } sent)
        {
            return null;
        }

        if (grant.Letter is not { } letter)
        {
            return sent.CorrectionAskedAt is null ? null : Texts.Of<MailWords>(language, "Fitted.Correction", sent.Correction);
        }

        // What was sent stays what it was, also when the plan that is asked about has been approved.
        var difference = letter.Amount - ShowGrant.Asked((await AnsweredPlans.Sent(db, sent, ct)).Select(plan => plan.Content), grant.SourceId);
        var code = await db.FundingSources.Where(source => source.Id == grant.SourceId).Select(source => source.Code).SingleAsync(ct);
        return difference == Money.Zero ? null : Texts.Of<MailWords>(
            language, difference.IsNegative ? "Fitted.Less" : "Fitted.More", code, letter.Amount.ToKroner(language.Culture()), (difference.IsNegative ? -difference : difference).ToKroner(language.Culture()));
    }
}
