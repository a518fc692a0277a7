namespace Tilskudd.Year.Sources;

/// <summary>Where in the source documents a fact stands: DOC-004, lines 158 to 161.</summary>
internal sealed record SourcePlace(string Document, int FirstLine, int LastLine)
{
    public override string ToString() => FirstLine == LastLine ? $"{Document}:{FirstLine}" : $"{Document}:{FirstLine}–{LastLine}";
}
