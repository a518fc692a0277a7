namespace Tilskudd.Layout;

/// <summary>The words of <see cref="Dates"/>: months, weekdays and how far away a day is.</summary>
internal sealed class DateWords;
