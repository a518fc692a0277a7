namespace Tilskudd.Notices;

/// <summary>The words of every mail; the texts stand in the .resx files of this name.</summary>
internal sealed class MailWords;
