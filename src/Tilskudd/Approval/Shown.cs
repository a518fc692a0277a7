using NodaTime;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;

namespace Tilskudd.Approval;

/// <summary>Amounts, deadlines and instants as this room's pages write them, in the language of the request.</summary>
internal static class Shown
{
    public static string Kroner(long ore) => new Money(ore).ToKroner(Languages.Current.Culture());

    public static string Millions(long ore) => new Money(ore).InMillions(Languages.Current.Culture());

    /// <summary>A deadline without a clock time is the end of its day, which is the first instant of the next.</summary>
    /// <param name="now">The year is told where the deadline is in another.</param>
    public static string Deadline(DateTimeOffset due, DateTimeOffset now)
    {
        var (local, today) = (OsloTime.On(due), OsloTime.On(now).Date);
        return local.TimeOfDay == LocalTime.Midnight ? Dates.Deadline(local.Date.PlusDays(-1), null, today) : Dates.Deadline(local.Date, local.TimeOfDay, today);
    }

    /// <summary>The same with its year.</summary>
    public static string Due(DateTimeOffset due, Language language) =>
        OsloTime.On(due) is var local && local.TimeOfDay == LocalTime.Midnight ? Dates.WithYear(local.Date.PlusDays(-1), language) : Dates.Stamp(due, language);

    /// <summary>The beginning of a text, where the whole is too long for a list.</summary>
    public static string Beginning(string text)
    {
        const int Longest = 180;
        var line = text.Split('\n', 2)[0].Trim();
        if (line.Length <= Longest)
        {
            return line;
        }

        var space = line.LastIndexOf(' ', Longest);
        return line[..(space > 0 ? space : Longest)] + " …";
    }
}
