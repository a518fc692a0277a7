namespace Tilskudd.Trail;

/// <summary>Names the words the trail is told in: <c>TrailWords.resx</c>.</summary>
internal sealed class TrailWords;
