using NodaTime;
using NodaTime.Text;

namespace Tilskudd.Cycle.Year;

/// <summary>A day the municipality's own office is closed, beside the holidays of the law: every year, or in one year only.</summary>
public readonly record struct ClosedDay
{
    // A leap year, so that 29 February can be closed every year that has it.
    private static readonly LocalDatePattern EveryYear = LocalDatePattern.Create("MM-dd", System.Globalization.CultureInfo.InvariantCulture, new LocalDate(2000, 1, 1));

    private readonly int? _year;
    private readonly int _month;
    private readonly int _day;
    private readonly LocalDate? _until;

    private ClosedDay(int? year, LocalDate date, LocalDate? until = null) => (_year, _month, _day, _until) = (year, date.Month, date.Day, until);

    /// <summary>Reads <c>12-24</c>, closed every year, or <c>2026-12-24</c>, closed that one day.</summary>
    /// <returns>The day, or null where the text is neither.</returns>
    public static ClosedDay? Parse(string text)
    {
        if (EveryYear.Parse(text).TryGetValue(default, out var yearly))
        {
            return new ClosedDay(null, yearly);
        }

        return LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var date) ? new ClosedDay(date.Year, date) : null;
    }

    /// <summary>The same day, closed no longer than a last date; for ever where that is null.</summary>
    public ClosedDay Until(LocalDate? last) => new(_year, new LocalDate(_year ?? 2000, _month, _day), last);

    /// <summary>True where the office is closed on this date.</summary>
    public bool Covers(LocalDate date) => date.Month == _month && date.Day == _day && (_year is null || _year == date.Year) && (_until is null || date <= _until);
}
