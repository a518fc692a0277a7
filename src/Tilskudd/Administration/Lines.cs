using NodaTime;
using Tilskudd.Layout;

namespace Tilskudd.Administration;

/// <summary>How things are listed on the pages of the administration.</summary>
internal static class Lines
{
    public static Crumb Front => new(Text("Title"), AdminRoom.Path);

    /// <summary>A thing, with where its page is and whether it is in use: not yet, from a day on; until a day; or no more.</summary>
    public static TaskRow Task(string name, string? path, LocalDate today, LocalDate? toOn, string? hint = null, LocalDate? fromOn = null)
    {
        var (standing, tone) =
            toOn < fromOn ? (Text("NeverHeld"), Tone.Neutral)
            : toOn < today ? (Text("Ended.On", Dates.WithYear(toOn.Value)), Tone.Neutral)
            : fromOn > today ? (Text("Begins.On", Dates.WithYear(fromOn.Value)), Tone.Neutral)
            : (toOn is { } last ? Text("Lasts.Until", Dates.WithYear(last)) : Text("Lasts"), Tone.Success);
        return new TaskRow(name, path, standing, tone, hint);
    }

    /// <summary>A thing that is over at once when it is ended, that day too.</summary>
    public static TaskRow Task(string name, string? path, LocalDate? endedOn, string? hint = null) =>
        new(name, path, endedOn is { } day ? Text("Ended.On", Dates.WithYear(day)) : Text("Lasts"), endedOn is null ? Tone.Success : Tone.Neutral, hint);

    public static IEnumerable<SummaryRow> Ended(LocalDate? toOn)
    {
        if (toOn is { } day)
        {
            yield return new SummaryRow(Text("Field.siste"), Dates.WithYear(day));
        }
    }

    private static string Text(string key, params object[] arguments) => Texts.Of<AdminWords>(key, arguments);
}
