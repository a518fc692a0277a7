namespace Tilskudd.Administration;

/// <summary>Names the words of this room: <c>AdminWords.resx</c>.</summary>
public sealed class AdminWords;
