using Tilskudd.Cycle.Year;
using Tilskudd.Year.Sources;

namespace Tilskudd.Tests.Year.Sources;

public sealed class AmountCellTests
{
    [Theory]
    [InlineData("11,5 millioner kroner", 11_500_000_00)]
    [InlineData("1,1 million kroner", 1_100_000_00)]
    [InlineData("12,6\u00A0mill. kr", 12_600_000_00)]
    [InlineData("37 mill. kroner", 37_000_000_00)]
    [InlineData("0,00000001 million kroner", 1)]
    [InlineData("1 234,50 kr", 1_234_50)]
    [InlineData("250 000 kroner", 250_000_00)]
    [InlineData("0 kroner", 0)]
    public void A_cell_that_names_its_unit_is_read_without_a_column(string verbatim, long ore)
    {
        var read = AmountCell.TryRead(verbatim, AmountUnit.Unstated, out var cell, out var refusal);

        Assert.True(read);
        Assert.Null(refusal);
        Assert.Equal(new AmountCell(verbatim, new Money(ore), null), cell);
    }

    [Theory]
    [InlineData("67,2", 67_200_000_00, null)]
    [InlineData("5", 5_000_000_00, null)]
    [InlineData("0", 0, null)]
    [InlineData("20 (5 til hver kommune)", 20_000_000_00, "5 til hver kommune")]
    [InlineData("500 kroner", 500_00, null)]
    public void A_bare_number_counts_what_its_column_counts_and_a_note_is_kept(string verbatim, long ore, string? note)
    {
        var read = AmountCell.TryRead(verbatim, AmountUnit.MillionKroner, out var cell, out _);

        Assert.True(read);
        Assert.Equal(new AmountCell(verbatim, new Money(ore), note), cell);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\u00A0")]
    public void A_blank_cell_has_no_amount_which_is_not_nought(string verbatim)
    {
        var read = AmountCell.TryRead(verbatim, AmountUnit.MillionKroner, out var cell, out _);

        Assert.True(read);
        Assert.True(cell.IsBlank);
        Assert.NotEqual(Money.Zero, cell.Amount);
        Assert.Equal(verbatim, cell.Verbatim);
    }

    [Theory]
    [InlineData("67,2", nameof(AmountUnit.Unstated), nameof(AmountCellRefusal.NoUnit))]
    [InlineData("67.2", nameof(AmountUnit.MillionKroner), nameof(AmountCellRefusal.NotAnAmount))]
    [InlineData("-5", nameof(AmountUnit.MillionKroner), nameof(AmountCellRefusal.NotAnAmount))]
    [InlineData("fem", nameof(AmountUnit.MillionKroner), nameof(AmountCellRefusal.NotAnAmount))]
    [InlineData("5 til hver", nameof(AmountUnit.MillionKroner), nameof(AmountCellRefusal.NotAnAmount))]
    [InlineData("20 (5 til hver", nameof(AmountUnit.MillionKroner), nameof(AmountCellRefusal.NotAnAmount))]
    [InlineData("1e3", nameof(AmountUnit.MillionKroner), nameof(AmountCellRefusal.NotAnAmount))]
    [InlineData("\uFF15", nameof(AmountUnit.MillionKroner), nameof(AmountCellRefusal.NotAnAmount))]
    [InlineData("5 milliarder kroner", nameof(AmountUnit.MillionKroner), nameof(AmountCellRefusal.NotAnAmount))]
    [InlineData("0,001 kr", nameof(AmountUnit.MillionKroner), nameof(AmountCellRefusal.SmallerThanOre))]
    [InlineData("0,000000001", nameof(AmountUnit.MillionKroner), nameof(AmountCellRefusal.SmallerThanOre))]
    [InlineData("999999999999999", nameof(AmountUnit.MillionKroner), nameof(AmountCellRefusal.TooLarge))]
    [InlineData("1000001 millioner kroner", nameof(AmountUnit.Unstated), nameof(AmountCellRefusal.TooLarge))]
    public void What_is_no_exact_amount_is_refused(string verbatim, string column, string expected)
    {
        var read = AmountCell.TryRead(verbatim, Enum.Parse<AmountUnit>(column), out var cell, out var refusal);

        Assert.False(read);
        Assert.Equal(expected, refusal.ToString());
        Assert.Equal(new AmountCell(verbatim, null, null), cell);
    }
}
