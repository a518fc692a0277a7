using NodaTime;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;

namespace Tilskudd.Runs;

/// <summary>A deadline in words: a day, with its time where it has one; or between which days, where the date is vague.</summary>
internal static class DeadlineText
{
    /// <summary>On a page of a given day: "onsdag 27. november kl. 12"; "mellom 1. okt og onsdag 31. desember". The year is told where it is another.</summary>
    public static string Long(Deadline deadline, LocalDate today) => Told(deadline, Dates.Deadline(deadline.EffectiveOn, deadline.Time, today));

    /// <summary>The same in little room: "27. nov kl. 12"; "mellom 1. okt og 31. des".</summary>
    public static string Short(Deadline deadline, LocalDate today) => Told(deadline, Dates.ShortDeadline(deadline.EffectiveOn, deadline.Time, today));

    /// <summary>Without a year, where there is no room for one.</summary>
    public static string Shortest(Deadline deadline) => Told(deadline, Dates.ShortDeadline(deadline.EffectiveOn, deadline.Time));

    public static string Between(string from, string to) => Texts.Of<RunPageWords>("Deadline.Between", from, to);

    /// <summary>"20 virkedager før datoen tilskuddsbrevet gir".</summary>
    public static string ByLetter(DueRule.FromLetter rule) =>
        Texts.Of<RunPageWords>(rule.Before switch { 0 => "Deadline.ByLetter", 1 => "Deadline.BeforeLetter.One", _ => "Deadline.BeforeLetter" }, rule.Before);

    private static string Told(Deadline deadline, string day) => deadline.FromOn is { } from ? Between(Dates.Short(from), day) : day;
}
