namespace Tilskudd.Overview;

/// <summary>Names the words of the overview: <c>OverviewWords.resx</c>.</summary>
internal sealed class OverviewWords;
