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

    public static IEnumerable<InputFault> OneOf(string property, string? value, IReadOnlyList<string> allowed)
        => value is null || allowed.Contains(value)
            ? []
            : [Fault(property, $"{Suggestion.Quote(value)} er ukjent her. {Suggestion.For(value, allowed)}")];

    /// <summary>
    /// The same where what is allowed hangs on what the flow is about: a key that is good elsewhere is told apart from one that is good nowhere.
    /// </summary>
    public static IEnumerable<InputFault> About(string property, string? value, string document, IReadOnlyDictionary<string, IReadOnlyList<string>> allowed)
    {
        var anywhere = allowed.Values.SelectMany(each => each).Distinct().ToList();
        var here = allowed.GetValueOrDefault(document, []);
        return value is null || here.Contains(value) ? []
            : document.Length == 0 || !anywhere.Contains(value) ? OneOf(property, value, anywhere)
            : [Fault(property, $"{Suggestion.Quote(value)} hører ikke til et løp om {document}. {Suggestion.For("", here)}")];
    }

    /// <summary>A step of a kind that only runs about some documents can stand in.</summary>
    /// <param name="property">An input of the step, so that the fault has a place.</param>
    public static IEnumerable<InputFault> Only(string property, string document, string what, params IReadOnlyList<string> documents)
        => document.Length == 0 || documents.Contains(document)
            ? []
            : [Fault(property, $"{what} hører ikke til et løp om {document}, bare om: {string.Join(", ", documents)}.")];

    public static IEnumerable<InputFault> Key(string property, string? value)
        => value is null || Workflows.Definitions.Key.IsGood(value)
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
