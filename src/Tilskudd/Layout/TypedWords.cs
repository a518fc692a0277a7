namespace Tilskudd.Layout;

/// <summary>What is wrong with a typed amount or date; the texts stand in the .resx files of this name.</summary>
internal sealed class TypedWords;
