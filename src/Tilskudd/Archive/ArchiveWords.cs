namespace Tilskudd.Archive;

/// <summary>The words of a package; the texts stand in the .resx files of this name.</summary>
internal sealed class ArchiveWords;
