namespace Tilskudd.Runs;

/// <summary>Names the words of the pages about runs and deadlines: <c>RunPageWords.resx</c>.</summary>
internal sealed class RunPageWords;
