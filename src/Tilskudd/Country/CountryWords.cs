namespace Tilskudd.Country;

/// <summary>Names the words of the whole country: <c>CountryWords.resx</c>.</summary>
internal sealed class CountryWords;
