using System.Globalization;
using NodaTime;

namespace Tilskudd.Cycle.Year;

/// <summary>
/// The budget year a grant is for: the plan is made the autumn before, the money is used in the year, the report comes the year after.
/// </summary>
public readonly record struct GrantYear : IComparable<GrantYear>
{
    public const int Earliest = 2000;
    public const int Latest = 2100;

    private readonly int yearsAfterEarliest;

    /// <exception cref="ArgumentOutOfRangeException">Outside 2000–2100. Use <see cref="TryFrom"/> for what comes from outside.</exception>
    public GrantYear(int number)
    {
        if (number is < Earliest or > Latest)
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, $"A grant year lies between {Earliest} and {Latest}.");
        }

        // Kept as an offset so that the default value is a year like any other.
        yearsAfterEarliest = number - Earliest;
    }

    /// <summary>The calendar year, as in 2025.</summary>
    public int Number => Earliest + yearsAfterEarliest;

    /// <summary>A year from outside (an address, a file): false when it is no year a grant can have.</summary>
    public static bool TryFrom(int number, out GrantYear year)
    {
        var sane = number is >= Earliest and <= Latest;
        year = sane ? new GrantYear(number) : default;
        return sane;
    }

    /// <summary>Reads exactly four ASCII digits, as in an address.</summary>
    public static bool TryParse(string? text, out GrantYear year)
    {
        year = default;
        return text is { Length: 4 }
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && TryFrom(number, out year);
    }

    /// <summary>The year after. Throws after the last one.</summary>
    /// <summary>Whether a day is so long before the year that nothing of its money can have happened then: more than two years.</summary>
    public bool IsLongAfter(LocalDate day) => day.Year < Number - 2;

    public GrantYear Next() => new(Number + 1);

    /// <summary>The year before. Throws before the first one.</summary>
    public GrantYear Previous() => new(Number - 1);

    public int CompareTo(GrantYear other) => yearsAfterEarliest.CompareTo(other.yearsAfterEarliest);

    public static bool operator <(GrantYear left, GrantYear right) => left.CompareTo(right) < 0;

    public static bool operator >(GrantYear left, GrantYear right) => left.CompareTo(right) > 0;

    public static bool operator <=(GrantYear left, GrantYear right) => left.CompareTo(right) <= 0;

    public static bool operator >=(GrantYear left, GrantYear right) => left.CompareTo(right) >= 0;

    public override string ToString() => Number.ToString("0000", CultureInfo.InvariantCulture);
}
