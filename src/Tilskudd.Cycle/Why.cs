namespace Tilskudd.Cycle;

/// <summary>Why a rule gave what it gave, in whole sentences, in each of the product's languages.</summary>
/// <param name="Nb">In Norwegian bokmål.</param>
/// <param name="Nn">In Norwegian nynorsk.</param>
/// <param name="En">In English.</param>
public sealed record Why(string Nb, string Nn, string En)
{
    /// <summary>The explanation in the language a person has chosen: <c>nn</c>, <c>en</c>, or bokmål.</summary>
    public string In(string language) => language switch
    {
        "nn" => Nn,
        "en" => En,
        _ => Nb,
    };
}
