namespace Tilskudd.Planning;

/// <summary>Names the words of this room: <c>PlanWords.resx</c>.</summary>
public sealed class PlanWords;
