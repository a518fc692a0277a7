using Tilskudd.Cycle.Year;

namespace Tilskudd.Year.Sources;

/// <summary>
/// What the state's budget for a year sets aside for områdesatsing: a row per municipality (or group of them), a column per ministry.
/// </summary>
/// <param name="Year">The budget year.</param>
/// <param name="TitleVerbatim">The heading as the source spells it.</param>
/// <param name="Ministries">The columns, in the source's order.</param>
/// <param name="Rows">The rows as they stand.</param>
/// <param name="Total">The source's own sum row.</param>
/// <param name="OutsideTable">Amounts the source mentions below the table and keeps out of its sums. Never add them silently.</param>
/// <param name="OutsideTableVerbatim">The sentence they come from.</param>
/// <param name="Shares">The rows split per municipality and ministry, blank cells left out.</param>
internal sealed record BudgetTable(
    GrantYear Year,
    string TitleVerbatim,
    IReadOnlyList<MinistrySource> Ministries,
    IReadOnlyList<BudgetRow> Rows,
    BudgetRow Total,
    IReadOnlyList<AmountOutsideTable> OutsideTable,
    string OutsideTableVerbatim,
    IReadOnlyList<BudgetShare> Shares)
{
    /// <summary>What a municipality is set to receive in all, the amounts outside the table not included.</summary>
    public Money GrantTo(string municipality) =>
        Shares.Where(share => share.Municipality == municipality).Aggregate(Money.Zero, (sum, share) => sum + share.Amount);

    /// <summary>What a municipality is set to receive from a ministry; null where the cell is blank.</summary>
    public Money? Share(string municipality, string ministry) =>
        Shares.FirstOrDefault(share => share.Municipality == municipality && share.Ministry == ministry)?.Amount;
}

/// <summary>A ministry that pays, by its code in the source (KDD, AID), with what its money is for.</summary>
internal sealed record MinistrySource(string Code, string PurposeVerbatim, string InferredName);

/// <summary>A row of the table. A group row names several municipalities, who share it equally.</summary>
/// <param name="LabelVerbatim">The label cell.</param>
/// <param name="Municipalities">The recipients; none in the sum row.</param>
/// <param name="Cells">A cell per ministry code. A blank cell has no amount.</param>
/// <param name="Sum">The row's own sum cell.</param>
/// <param name="PerMunicipality">Each recipient's share of a group row.</param>
/// <param name="Place">Where the row stands.</param>
internal sealed record BudgetRow(
    string LabelVerbatim,
    IReadOnlyList<string> Municipalities,
    IReadOnlyDictionary<string, AmountCell> Cells,
    AmountCell Sum,
    Money? PerMunicipality,
    SourcePlace Place);

/// <summary>Money to a municipality that the source keeps out of the table's sums; the payer may be unknown.</summary>
internal sealed record AmountOutsideTable(string Municipality, Money Amount, string Purpose, string? Ministry);

/// <summary>One municipality's amount from one ministry, and the label of the row it comes from.</summary>
internal sealed record BudgetShare(string Municipality, string Ministry, Money Amount, bool FromGroupRow, string RowVerbatim);
