using NodaTime;
using NodaTime.Text;

namespace Tilskudd.Tests.Year;

/// <summary>Dates as they are written in the cases.</summary>
internal static class Days
{
    public static LocalDate At(string date) => LocalDatePattern.Iso.Parse(date).Value;
}
