namespace Tilskudd.Workflows.Definitions;

/// <summary>
/// The keys a file may use beside its steps: the overview's columns, the documents a run is about, the events that start
/// one.
/// </summary>
public sealed record Vocabulary(IReadOnlyList<string> Phases, IReadOnlyList<string> Documents, IReadOnlyList<StartingEvent> Events);

/// <summary>An event that starts runs.</summary>
/// <param name="Key">As a file writes it.</param>
/// <param name="Documents">What the runs it starts can be about: what they begin with is laid out from what the event is about.</param>
public sealed record StartingEvent(string Key, IReadOnlyList<string> Documents);
