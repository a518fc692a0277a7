using System.Globalization;

namespace Tilskudd.Year.Sources;

/// <summary>
/// Something the source documents say in two ways, leave out or write oddly. It was read all the same, as it stands; a person should know.
/// </summary>
/// <param name="Discrepancy">Its number in the register of discrepancies.</param>
/// <param name="File">The file's name.</param>
/// <param name="Path">The place in it as a JSON path.</param>
/// <param name="Text">What is odd and how it was read, in plain Norwegian.</param>
internal sealed record ImportWarning(Discrepancy Discrepancy, string File, string Path, string Text);

/// <summary>A line in the register of discrepancies between the source documents, D-01 to D-38.</summary>
internal readonly record struct Discrepancy
{
    public const int Last = 38;

    public Discrepancy(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Last);
        Number = number;
    }

    public int Number { get; }

    public override string ToString() => "D-" + Number.ToString("00", CultureInfo.InvariantCulture);
}
