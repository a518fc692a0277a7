namespace Tilskudd.Layout.Charts;

/// <summary>The words of the year wheel itself; phases and deadlines bring their own.</summary>
internal sealed class WheelWords;
