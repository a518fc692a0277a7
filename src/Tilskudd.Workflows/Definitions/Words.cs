namespace Tilskudd.Workflows.Definitions;

/// <summary>What people read about one flow in one language. A mended word here is no new version of the flow.</summary>
/// <param name="Flow">The definition's id.</param>
/// <param name="Language">One of <see cref="Languages"/>.</param>
/// <param name="Title">The flow's name.</param>
/// <param name="Phases">Phase key → the overview's column heading.</param>
/// <param name="Steps">Step id → its words.</param>
/// <param name="States">Final state key → what it is called.</param>
public sealed record Words(
    string Flow,
    string Language,
    string Title,
    IReadOnlyDictionary<string, string> Phases,
    IReadOnlyDictionary<string, StepWords> Steps,
    IReadOnlyDictionary<string, string> States)
{
    /// <summary>Every flow has words in all of these; the first is the default.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["nb", "nn", "en"];

    /// <summary>These words, and beside them those of an older version for what only it has.</summary>
    public Words Beside(Words older) => this with
    {
        Phases = Join(Phases, older.Phases),
        Steps = older.Steps.Concat(Steps).GroupBy(step => step.Key).ToDictionary(
            step => step.Key,
            step => step.Select(pair => pair.Value).Aggregate((old, newer) => newer with { Outcomes = Join(newer.Outcomes, old.Outcomes) })),
        States = Join(States, older.States),
    };

    private static Dictionary<string, string> Join(IReadOnlyDictionary<string, string> newer, IReadOnlyDictionary<string, string> older) =>
        older.Concat(newer).GroupBy(word => word.Key).ToDictionary(word => word.Key, word => word.Last().Value);
}

/// <summary>The words of one step.</summary>
/// <param name="Name">A short name, for lists and drawings.</param>
/// <param name="Task">One sentence that says what to do. Empty for a closing step, where nobody does anything.</param>
/// <param name="Outcomes">Outcome → the button's label. Empty for a closing step.</param>
public sealed record StepWords(string Name, string Task, IReadOnlyDictionary<string, string> Outcomes);
