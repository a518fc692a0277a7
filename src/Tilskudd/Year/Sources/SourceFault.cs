namespace Tilskudd.Year.Sources;

/// <summary>What is wrong in a source file, and what to do about it. With one fault nothing is imported.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Path">The place in it as a JSON path: <c>$.rader[5].celler_ordrett.SUM</c>.</param>
/// <param name="Text">Plain Norwegian.</param>
internal sealed record SourceFault(string File, string Path, string Text)
{
    public override string ToString() => $"{File} {Path}: {Text}";
}
