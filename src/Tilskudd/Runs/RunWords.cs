namespace Tilskudd.Runs;

/// <summary>Names the words of this room: <c>RunWords.resx</c>.</summary>
internal sealed class RunWords;
