namespace Tilskudd.Approval;

/// <summary>Puts people's names into a text of the count, which knows only their seats. Protocols that are signed keep the count's own words.</summary>
internal static class SeatNames
{
    // Longer before shorter: «Deputy seat 1» has «seat 1» in it.
    private static readonly string[] WordsForSeat = ["på plass ", "Plass ", "Varaplassen ", "Deputy seat ", "Seat ", ""];

    /// <param name="names">What each seat is called in the text, and the name of who has it.</param>
    public static string In(string counted, IEnumerable<(string Seat, string Name)> names) => names.Aggregate(
        counted, (text, seat) => WordsForSeat.Aggregate(text, (named, words) => named.Replace(words + seat.Seat, seat.Name, StringComparison.Ordinal)));
}
