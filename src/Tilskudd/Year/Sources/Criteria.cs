namespace Tilskudd.Year.Sources;

/// <summary>What the ministry's money must contribute to, in the ministry's several wordings and one common set of keys.</summary>
/// <param name="RuleVerbatim">The rule: every tiltak contributes to at least one of them.</param>
/// <param name="ReservationVerbatim">The reservation for the Storting's vote.</param>
/// <param name="Criteria">The common set, K1 to K9.</param>
/// <param name="Wordings">The wordings as each municipality received them.</param>
/// <param name="FunderTerms">Terms of funders who do not use the criteria.</param>
/// <param name="StromsoGoalVerbatim">The main goal of Strømsø 2030.</param>
internal sealed record CriteriaSource(
    string RuleVerbatim,
    string ReservationVerbatim,
    IReadOnlyList<CriterionSource> Criteria,
    IReadOnlyList<CriterionWording> Wordings,
    IReadOnlyList<FunderTerm> FunderTerms,
    string StromsoGoalVerbatim)
{
    /// <summary>The common criteria a local wording stands for: one or more.</summary>
    public IEnumerable<CriterionSource> BehindWording(string wordingId) =>
        Criteria.Where(criterion => criterion.WordingIds.Contains(wordingId));

    /// <summary>The wordings a municipality received, in its own order.</summary>
    public IEnumerable<CriterionWording> WordingsIn(string municipality) => Wordings.Where(wording => wording.Municipality == municipality);
}

/// <summary>A common criterion. Refer to it by key, never by its number in a list.</summary>
/// <param name="Id">K1 to K9.</param>
/// <param name="Key">A stable key, a–z and underscore.</param>
/// <param name="Text">A common wording.</param>
/// <param name="WordingIds">The local wordings that cover it; a municipality may have none.</param>
/// <param name="Note">How the wordings differ.</param>
internal sealed record CriterionSource(string Id, string Key, string Text, IReadOnlyList<string> WordingIds, string Note);

/// <summary>A criterion as a municipality received it.</summary>
/// <param name="Ministry">The code of the ministry whose money it is a condition for, by the list's heading.</param>
internal sealed record CriterionWording(string Id, string Municipality, string Ministry, int Number, string TextVerbatim, SourcePlace Place);

/// <summary>A funder's own term, beside or instead of the criteria.</summary>
internal sealed record FunderTerm(string Ministry, string TextVerbatim, SourcePlace Place);
