using Tilskudd.Layout;

namespace Tilskudd.Runs;

/// <summary>A waiting step as a page tells of it, in the flow's own words.</summary>
/// <param name="IsMine">It waits for the reader.</param>
/// <param name="Waits">The people or the body it waits for.</param>
/// <param name="Due">The deadline with how far away it is, or null.</param>
/// <param name="Path">The page it is done on.</param>
/// <param name="Outcomes">What can be answered, each with its button's text.</param>
/// <param name="Incident">Why it cannot go on by itself; empty when all is well.</param>
public sealed record TaskView(
    Guid Run, int Visit, bool IsMine, string Name, string Task, string Waits, string? Due, bool IsLate, string Path, IReadOnlyList<Choice> Outcomes, string Incident)
{
    /// <summary>Why the reader may not do it although it is the reader's; empty when there is nothing in the way.</summary>
    public string Barred { get; init; } = "";

    /// <summary>The button's text of an outcome.</summary>
    public string Word(string outcome) => Outcomes.Single(choice => choice.Value == outcome).Text;
}
