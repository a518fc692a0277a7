using NodaTime;
using NodaTime.Text;

namespace Tilskudd.Runs;

/// <summary>Dates as the trail writes them, the same in every language: <c>2024-11-26</c>.</summary>
internal static class IsoDate
{
    public static string Of(LocalDate date) => LocalDatePattern.Iso.Format(date);
}
