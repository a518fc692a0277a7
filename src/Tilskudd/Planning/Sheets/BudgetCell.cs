using System.Text.RegularExpressions;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Year.Sources;

namespace Tilskudd.Planning.Sheets;

/// <summary>What the numbers of a column count.</summary>
internal enum SheetUnit
{
    /// <summary>Nothing says so: kroner, as in the form, but for numbers so small that they may be something else.</summary>
    Unstated,

    Kroner,
    ThousandKroner,
    MillionKroner,
}

/// <summary>Reads an amount from a cell of a workbook: a number, or text such as "11,5 mill. kr", "1 900 000", "kr 500 000,-". Exact to the øre.</summary>
internal static partial class BudgetCell
{
    /// <summary>No tiltak costs less, so a smaller number without a unit is thousands or millions.</summary>
    private static readonly decimal Smallest = 1_000m;

    /// <summary>No grant is larger, so a larger number of thousands or millions is kroner.</summary>
    private static readonly Money Unlikely = Money.FromKroner(10_000_000_000);

    /// <returns>The amount, null where the cell is blank, which is not nought; and what is wrong with it, as a sentence that ends with the remedy, or null.</returns>
    public static (Money? Amount, string? Fault) Read(SheetCell cell, SheetUnit column) => cell.Kind switch
    {
        CellKind.Blank => (null, null),
        CellKind.Number => OfNumber(cell, column),
        CellKind.Text => OfText(cell.Text, column),
        CellKind.Truth => (null, Words(MoneyRefusal.NotAnAmount)),
        CellKind.Error => (null, "Formelen ga en feil. Rett formelen, eller skriv beløpet."),
        CellKind.NotWorkedOut => (null, "Formelen har ingen utregnet verdi. Åpne fila i et regnearkprogram og lagre den, eller skriv beløpet."),
    };

    private static (Money? Amount, string? Fault) OfNumber(SheetCell cell, SheetUnit column) => cell.Format switch
    {
        CellFormat.Date => (null, "Cellen er en dato. Skriv et beløp, og velg tallformat for cellen."),
        CellFormat.Percent => (null, "Cellen er en prosent. Skriv et beløp, og velg tallformat for cellen."),
        CellFormat.MillionKroner => Of(cell.Number!.Value, SheetUnit.MillionKroner),
        CellFormat.Kroner => Of(cell.Number!.Value, column == SheetUnit.Unstated ? SheetUnit.Kroner : column),
        CellFormat.Plain => Of(cell.Number!.Value, column),
    };

    private static (Money? Amount, string? Fault) OfText(string text, SheetUnit column)
    {
        var written = text.Trim();
        if (written.Length == 0 || Dash().IsMatch(written))
        {
            return (null, null);
        }

        if (Minus().IsMatch(written))
        {
            return (null, Words(MoneyRefusal.Negative));
        }

        if (Thousands().Match(written) is { Success: true } thousands)
        {
            return OfText(thousands.Groups["number"].Value, SheetUnit.ThousandKroner);
        }

        // «kr 500 000» and «500 000,-» say the unit in another place.
        var plain = Ending().Replace(Currency().Replace(written, ""), "");
        var unit = plain.Length == written.Length ? column : SheetUnit.Kroner;
        var read = unit is SheetUnit.MillionKroner or SheetUnit.ThousandKroner ? AmountUnit.MillionKroner : AmountUnit.Kroner;
        if (!AmountCell.TryRead(plain, read, out var amount, out var refusal) || amount.Amount is not { } found)
        {
            return (null, Words(MoneyText.TryParse(plain, out _, out var typed) || typed is null or MoneyRefusal.NotAnAmount or MoneyRefusal.Empty ? Refusal(refusal) : typed.Value));
        }

        // Where the cell names no unit of its own, what the column counts is the number's.
        return WithUnit().IsMatch(plain) ? (found, null) : Of(found.Ore / (read == AmountUnit.MillionKroner ? 100_000_000m : 100m), unit);
    }

    private static (Money? Amount, string? Fault) Of(decimal number, SheetUnit unit)
    {
        if (number < 0)
        {
            return (null, Words(MoneyRefusal.Negative));
        }

        if (unit == SheetUnit.Unstated && number > 0 && number < Smallest)
        {
            return (null, "Så lite kan ikke være kroner. Skriv enheten i overskriften, som «(1 000 kr)», «(mill. kr)» eller «(kr)».");
        }

        var worth = unit switch
        {
            SheetUnit.Unstated or SheetUnit.Kroner => 100m,
            SheetUnit.ThousandKroner => 100_000m,
            SheetUnit.MillionKroner => 100_000_000m,
        };
        if (number > Money.Largest.Ore / worth)
        {
            return (null, Words(MoneyRefusal.TooLarge));
        }

        var ore = number * worth;
        return ore != decimal.Truncate(ore) ? (null, Words(MoneyRefusal.SmallerThanOre)) : Judged(new Money((long)ore), unit);
    }

    private static (Money? Amount, string? Fault) Judged(Money amount, SheetUnit unit) =>
        unit is SheetUnit.ThousandKroner or SheetUnit.MillionKroner && amount > Unlikely
            ? (null, $"Med enheten i overskriften blir det {amount.ToKroner(Language.Nb.Culture())}. Rett beløpet, eller skriv «kr» i cellen.") : (amount, null);

    private static MoneyRefusal Refusal(AmountCellRefusal? refusal) => refusal switch
    {
        AmountCellRefusal.SmallerThanOre => MoneyRefusal.SmallerThanOre,
        AmountCellRefusal.TooLarge => MoneyRefusal.TooLarge,
        AmountCellRefusal.NotAnAmount or AmountCellRefusal.NoUnit or null => MoneyRefusal.NotAnAmount,
    };

    // The form's own words.
    private static string Words(MoneyRefusal refusal) => Texts.Of<PlanWords>(Language.Nb, $"Amount.{refusal}", Money.Largest.InMillions(Language.Nb.Culture()));

    // How accounts write that there is nothing.
    [GeneratedRegex(@"^[-\u2010-\u2015\u2212]+\z")]
    private static partial Regex Dash();

    // A minus before the number or behind it, or the brackets of accounts.
    [GeneratedRegex(@"^(?:kr\.?\s*)?[-\u2010-\u2015\u2212]\s*(?:kr\.?\s*)?[0-9]|^\(\s*[0-9][0-9\s,.]*\)\z|^[0-9][0-9\s]*[\u2212-]\z", RegexOptions.IgnoreCase)]
    private static partial Regex Minus();

    [GeneratedRegex(@"^(?<number>[0-9][0-9\s,.]*?)\s*(?:tusen(?:\s*(?:kroner|kr\.?))?|t\.?\s?kr\.?)\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Thousands();

    [GeneratedRegex(@"^(?:kr\.?|nok)\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Currency();

    [GeneratedRegex(@",[-\u2010-\u2015\u2212]+\z")]
    private static partial Regex Ending();

    [GeneratedRegex(@"kr|mill", RegexOptions.IgnoreCase)]
    private static partial Regex WithUnit();
}
