namespace Tilskudd.Reporting;

/// <summary>The words of report and accounts; the texts stand in the .resx files of this name.</summary>
internal sealed class RapportWords;
