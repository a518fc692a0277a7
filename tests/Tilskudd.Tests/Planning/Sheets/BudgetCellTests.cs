using Tilskudd.Planning.Sheets;

namespace Tilskudd.Tests.Planning.Sheets;

public sealed class BudgetCellTests
{
    // Øre worked out by hand.
    [Theory]
    [InlineData("11,5 millioner kroner", nameof(SheetUnit.Unstated), 1_150_000_000)]
    [InlineData("1,1 mill. kr", nameof(SheetUnit.Kroner), 110_000_000)]
    [InlineData("1 900 000", nameof(SheetUnit.Unstated), 190_000_000)]
    [InlineData("1\u00A0900\u00A0000", nameof(SheetUnit.Unstated), 190_000_000)]
    [InlineData("1 000 kr", nameof(SheetUnit.Unstated), 100_000)]
    [InlineData("1 000 kr", nameof(SheetUnit.MillionKroner), 100_000)]
    [InlineData("kr 500 000", nameof(SheetUnit.ThousandKroner), 50_000_000)]
    [InlineData("500 000,-", nameof(SheetUnit.Unstated), 50_000_000)]
    [InlineData("1 234,50", nameof(SheetUnit.Unstated), 123_450)]
    [InlineData("1 234,5", nameof(SheetUnit.ThousandKroner), 123_450_000)]
    [InlineData("1,955", nameof(SheetUnit.ThousandKroner), 195_500)]
    [InlineData("500 tusen kroner", nameof(SheetUnit.Unstated), 50_000_000)]
    [InlineData("500 tkr", nameof(SheetUnit.Unstated), 50_000_000)]
    [InlineData("11,5", nameof(SheetUnit.MillionKroner), 1_150_000_000)]
    [InlineData("20 (5 til hver kommune)", nameof(SheetUnit.MillionKroner), 2_000_000_000)]
    [InlineData("0", nameof(SheetUnit.Unstated), 0)]
    public void Text_is_read_to_the_ore_by_its_own_unit_before_the_columns(string text, string column, long ore)
    {
        var (amount, fault) = BudgetCell.Read(Cell(text), Enum.Parse<SheetUnit>(column));

        Assert.Null(fault);
        Assert.Equal(ore, amount!.Value.Ore);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \u00A0 ")]
    [InlineData("-")]
    [InlineData("–")]
    public void Blank_is_no_amount_and_not_nought(string text)
    {
        Assert.Equal((null, null), BudgetCell.Read(Cell(text), SheetUnit.Kroner));
    }

    [Theory]
    [InlineData("-500 000", nameof(SheetUnit.Kroner), "under null")]
    [InlineData("\u2212500 000 kr", nameof(SheetUnit.Kroner), "under null")]
    [InlineData("(500 000)", nameof(SheetUnit.Kroner), "under null")]
    [InlineData("500 000-", nameof(SheetUnit.Kroner), "under null")]
    [InlineData("1.900.000", nameof(SheetUnit.Kroner), "uten punktum")]
    [InlineData("1900000.50", nameof(SheetUnit.Kroner), "uten punktum")]
    [InlineData("1 234,567", nameof(SheetUnit.Kroner), "to desimaler")]
    [InlineData("ca. 500 000", nameof(SheetUnit.Kroner), "med tall")]
    [InlineData("kr", nameof(SheetUnit.Kroner), "med tall")]
    [InlineData("2 000 000 mill. kr", nameof(SheetUnit.Kroner), "for stort")]
    [InlineData("11,5", nameof(SheetUnit.Unstated), "Skriv enheten i overskriften")]
    [InlineData("900 000", nameof(SheetUnit.MillionKroner), "Med enheten i overskriften blir det 900")]
    public void What_is_no_amount_is_told_with_its_remedy(string text, string column, string told)
    {
        var (amount, fault) = BudgetCell.Read(Cell(text), Enum.Parse<SheetUnit>(column));

        Assert.Null(amount);
        Assert.Contains(told, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(11.5, GivenBook.Millions, nameof(SheetUnit.Unstated), 1_150_000_000)]
    [InlineData(11_500_000, GivenBook.ShownInMillions, nameof(SheetUnit.Unstated), 1_150_000_000)]
    [InlineData(500, GivenBook.Kroner, nameof(SheetUnit.Unstated), 50_000)]
    [InlineData(1_234.56, 0, nameof(SheetUnit.Unstated), 123_456)]
    [InlineData(0.3, 0, nameof(SheetUnit.MillionKroner), 30_000_000)]
    public void A_number_counts_what_its_format_or_its_column_says(double number, int style, string column, long ore)
    {
        var cell = Assert.Single(GivenBook.Of([new Styled((decimal)number, style)]).Read()).At(1, 1);

        Assert.Equal((ore, null), (BudgetCell.Read(cell, Enum.Parse<SheetUnit>(column)).Amount!.Value.Ore, BudgetCell.Read(cell, Enum.Parse<SheetUnit>(column)).Fault));
    }

    [Theory]
    [InlineData(GivenBook.Percent, "prosent")]
    [InlineData(GivenBook.Date, "dato")]
    public void A_number_shown_as_something_else_is_no_amount(int style, string told)
    {
        var cell = Assert.Single(GivenBook.Of([new Styled(45_000m, style)]).Read()).At(1, 1);

        Assert.Contains(told, BudgetCell.Read(cell, SheetUnit.Kroner).Fault, StringComparison.Ordinal);
    }

    private static SheetCell Cell(string text) => new(1, 1, text.Length == 0 ? CellKind.Blank : CellKind.Text, text, null, CellFormat.Plain);
}
