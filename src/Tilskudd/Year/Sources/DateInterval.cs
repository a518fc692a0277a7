namespace Tilskudd.Year.Sources;

/// <summary>How precisely a source states a time.</summary>
internal enum DatePrecision
{
    /// <summary>A date: "17. sept".</summary>
    Day,

    /// <summary>A whole month: "Des".</summary>
    Month,

    /// <summary>Two months or another stated stretch: "Sept/okt".</summary>
    Period,

    /// <summary>Loose words, whose first and last day are a judgement: "Sen høst 2025".</summary>
    Approximate,
}

/// <summary>A vague date kept as what it can mean: the first and the last day, both included, beside the words themselves.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Precision">How precise the words are.</param>
/// <param name="Verbatim">The words of the source.</param>
/// <param name="YearIsInferred">The source gives no year; it was inferred from the document's own date.</param>
internal sealed record DateInterval(DateOnly From, DateOnly To, DatePrecision Precision, string Verbatim, bool YearIsInferred)
{
    public bool Contains(DateOnly day) => From <= day && day <= To;
}
