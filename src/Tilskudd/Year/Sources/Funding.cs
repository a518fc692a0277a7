using Tilskudd.Cycle.Year;

namespace Tilskudd.Year.Sources;

/// <summary>The money a handlingsplan is made for, as the municipality was told before the Storting voted the budget.</summary>
/// <param name="Programme">The programme's name.</param>
/// <param name="Municipality">The municipality.</param>
/// <param name="Year">The plan's year.</param>
/// <param name="DocumentOn">The date of the document that says so.</param>
/// <param name="Rows">A row per funding source.</param>
/// <param name="Total">The source's own sum.</param>
/// <param name="ReservationVerbatim">The reservation every amount stands under until the vote.</param>
internal sealed record FundingTable(
    string Programme,
    string Municipality,
    GrantYear Year,
    DateOnly DocumentOn,
    IReadOnlyList<FundingSourceRow> Rows,
    AmountCell Total,
    string ReservationVerbatim);

/// <summary>One payer's part of the money, with chapter and post as received.</summary>
/// <param name="FunderVerbatim">The payer as the source writes it.</param>
/// <param name="Ministry">The ministry's code.</param>
/// <param name="FormerMinistry">The code of the ministry the source says the money came from before.</param>
/// <param name="ChapterAndPostVerbatim">Chapter and post as received; they are valid for the year they were given for.</param>
/// <param name="Chapter">The chapter's number in it.</param>
/// <param name="Post">The post's number in it.</param>
/// <param name="PostNameVerbatim">The post's name in it.</param>
/// <param name="Amount">The amount.</param>
/// <param name="TermVerbatim">What the money must be used for.</param>
/// <param name="Term">The same in short.</param>
/// <param name="Administrator">Who administers it for the ministry, by a public source.</param>
/// <param name="Place">Where the row stands.</param>
internal sealed record FundingSourceRow(
    string FunderVerbatim,
    string Ministry,
    string? FormerMinistry,
    string ChapterAndPostVerbatim,
    int Chapter,
    int Post,
    string PostNameVerbatim,
    AmountCell Amount,
    string TermVerbatim,
    string Term,
    string? Administrator,
    SourcePlace Place);
