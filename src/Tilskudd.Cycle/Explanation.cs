namespace Tilskudd.Cycle;

/// <summary>Why a rule gave what it gave, in whole sentences, in each of the product's languages.</summary>
/// <param name="Nb">In Norwegian bokmål.</param>
/// <param name="Nn">In Norwegian nynorsk.</param>
/// <param name="En">In English.</param>
public sealed record Explanation(string Nb, string Nn, string En);
