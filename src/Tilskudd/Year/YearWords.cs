namespace Tilskudd.Year;

/// <summary>Names the words of this room: <c>YearWords.resx</c>.</summary>
public sealed class YearWords;
