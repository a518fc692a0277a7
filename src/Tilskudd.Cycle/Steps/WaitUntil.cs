using Tilskudd.Workflows;

namespace Tilskudd.Cycle.Steps;

/// <summary>Time passes, as while the year's Tiltak are carried out. Whoever is named has the matter meanwhile.</summary>
[Outcomes("Reached")]
public sealed class WaitUntil : WaitingStep;
