using System.Text.Json;
using Tilskudd.Cycle.Year;
using Tilskudd.Workflows;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Cycle.Steps;

/// <summary>Checks of input values that several steps share.</summary>
internal static class Allowed
{
    public static InputFault Fault(string property, string message)
        => new(JsonNamingPolicy.CamelCase.ConvertName(property), message);

    public static IEnumerable<InputFault> OneOf(string property, string value, IReadOnlyList<string> allowed)
        => allowed.Contains(value)
            ? []
            : [Fault(property, $"{Suggestion.Quote(value)} er ukjent her. {Suggestion.For(value, allowed)}")];

    public static IEnumerable<InputFault> Key(string property, string value)
        => Workflows.Definitions.Key.IsGood(value)
            ? []
            : [Fault(property, $"{Suggestion.Quote(value)} duger ikke som nøkkel. Bruk små bokstaver a–z, tall og bindestrek.")];

    public static IEnumerable<InputFault> Ladder(string property, IReadOnlyList<int> days, int from)
    {
        foreach (var day in days.Where(day => day < from || day > DueRule.LongestWait).Distinct())
        {
            yield return Fault(property, $"Et trinn kan være fra {from} til {DueRule.LongestWait} virkedager, men her står {day}.");
        }

        if (days.Count > Year.Ladder.MostRungs)
        {
            yield return Fault(property, $"Stigen har {days.Count} trinn. Behold høyst {Year.Ladder.MostRungs}.");
        }

        foreach (var twice in days.GroupBy(day => day).Where(same => same.Count() > 1))
        {
            yield return Fault(property, $"Trinnet {twice.Key} står flere ganger. Hvert trinn sendes én gang; behold ett.");
        }
    }
}
