namespace Tilskudd.Award;

/// <summary>The words of submission, receipt, vote and letter; the texts stand in the .resx files of this name.</summary>
internal sealed class AwardWords;
