using NodaTime;
using Tilskudd.Layout;

namespace Tilskudd.Administration;

/// <summary>How things are listed on the pages of the administration.</summary>
internal static class Lines
{
    public static Crumb Front => new(Text("Title"), AdminRoom.Path);

    /// <summary>A thing, with where its page is and whether it lasts.</summary>
    public static TaskRow Task(string name, string? path, LocalDate? toOn, string? hint = null) =>
        new(name, path, toOn is { } day ? Text("Ended.On", Dates.WithYear(day)) : Text("Lasts"), toOn is null ? Tone.Success : Tone.Neutral, hint);

    public static IEnumerable<SummaryRow> Ended(LocalDate? toOn)
    {
        if (toOn is { } day)
        {
            yield return new SummaryRow(Text("Field.siste"), Dates.WithYear(day));
        }
    }

    private static string Text(string key, params object[] arguments) => Texts.Of<AdminWords>(key, arguments);
}
