using Tilskudd.Cycle.Year;
using Tilskudd.Layout;

namespace Tilskudd.Runs;

/// <summary>A deadline in words: a day, with its time where it has one; or between which days, where the date is vague.</summary>
internal static class DeadlineText
{
    /// <summary>"onsdag 27. november kl. 12"; "mellom 1. okt og onsdag 31. desember".</summary>
    public static string Long(Deadline deadline) => Told(deadline, Dates.Deadline(deadline.EffectiveOn, deadline.Time));

    /// <summary>"27. nov kl. 12"; "mellom 1. okt og 31. des".</summary>
    public static string Short(Deadline deadline) => Told(deadline, Dates.ShortDeadline(deadline.EffectiveOn, deadline.Time));

    public static string Between(string from, string to) => Texts.Of<RunPageWords>("Deadline.Between", from, to);

    private static string Told(Deadline deadline, string day) => deadline.FromOn is { } from ? Between(Dates.Short(from), day) : day;
}
