namespace Tilskudd.Workflows.Definitions;

/// <summary>
/// The keys a file may use beside its steps: the overview's columns, the documents a run is about, the events that start
/// one.
/// </summary>
public sealed record Vocabulary(IReadOnlyList<string> Phases, IReadOnlyList<string> Documents, IReadOnlyList<string> Events);
