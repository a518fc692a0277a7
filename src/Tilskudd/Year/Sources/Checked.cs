using Tilskudd.Cycle.Year;

namespace Tilskudd.Year.Sources;

/// <summary>Amounts read from verbatim text and held against the numbers the file gives beside it.</summary>
internal static class Checked
{
    /// <summary>Reads a cell, and records a fault where the text and the file's own numbers do not agree to the øre.</summary>
    public static AmountCell Cell(SourceNode cells, string name, AmountUnit unit, decimal? millions, Money? kroner) =>
        Cell(cells, name, cells.Cell(name), unit, millions, kroner);

    /// <summary>As above, for a text read from elsewhere; <paramref name="name"/> says which place a fault concerns.</summary>
    public static AmountCell Cell(SourceNode at, string name, string verbatim, AmountUnit unit, decimal? millions, Money? kroner)
    {
        if (!AmountCell.TryRead(verbatim, unit, out var cell, out var refusal))
        {
            at.Fault(name, Sentence(verbatim, refusal!.Value));
            return cell;
        }

        if (cell.Amount != kroner)
        {
            at.Fault(name, $"Cellen «{verbatim}» er {Shown(cell.Amount)}, men belop_kr sier {Shown(kroner)}. Rett den som er feil.");
        }

        if (InOre(millions) != cell.Amount?.Ore)
        {
            at.Fault(name,
                $"Cellen «{verbatim}» er {Shown(cell.Amount)}, men tallet i mill. kr sier noe annet. Rett den som er feil.");
        }

        return cell;
    }

    /// <summary>A number from the file as an amount; a fault where it is no whole number of øre.</summary>
    public static Money Exact(SourceNode at, string name, decimal number, AmountUnit unit)
    {
        var ore = unit == AmountUnit.MillionKroner ? InOre(number) : number * 100m;
        if (ore is { } whole && whole >= 0 && whole <= Money.Largest.Ore && whole == decimal.Truncate(whole))
        {
            return new((long)whole);
        }

        at.Fault(name, "Tallet er ikke et beløp i hele øre.");
        return Money.Zero;
    }

    /// <summary>A fault for each name or id that stands more than once in a list: of two of the same, one would be lost.</summary>
    public static void Once(SourceNode at, string list, IEnumerable<string> names)
    {
        foreach (var twice in names.Where(name => name.Length > 0).GroupBy(name => name).Where(same => same.Count() > 1))
        {
            at.Fault(list, $"«{twice.Key}» står {twice.Count()} ganger. Ta bort den som er feil.");
        }
    }

    /// <summary>A sum of cells, each within the largest amount; a table too large to add up is a bug in its reader.</summary>
    public static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);

    // Out of range stays unlike any amount and so becomes a fault, not an exception.
    private static decimal? InOre(decimal? millions) =>
        millions is { } number && Math.Abs(number) < 1_000_000_000_000m ? number * 100_000_000m : millions;

    private static string Shown(Money? amount) => amount?.ToString() ?? "tom";

    private static string Sentence(string verbatim, AmountCellRefusal refusal) => refusal switch
    {
        AmountCellRefusal.NotAnAmount => $"«{verbatim}» er ikke et beløp. Skriv for eksempel 67,2 eller 11,5 millioner kroner.",
        AmountCellRefusal.NoUnit => $"«{verbatim}» sier ikke om det er kroner eller millioner. Skriv enheten.",
        AmountCellRefusal.SmallerThanOre => $"«{verbatim}» har så mange desimaler at det ikke blir hele øre. Beløp rundes aldri av.",
        AmountCellRefusal.TooLarge => $"«{verbatim}» er større enn noe tilskudd. Sjekk tallet og enheten.",
    };
}
