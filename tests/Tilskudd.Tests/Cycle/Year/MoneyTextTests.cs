using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Cycle.Year;

public sealed class MoneyTextTests
{
    [Theory]
    [InlineData("1900000", 190_000_000)]
    [InlineData("1 900 000", 190_000_000)]
    [InlineData("1\u00A0900\u00A0000", 190_000_000)]
    [InlineData("1\u202F900\u202F000", 190_000_000)]
    [InlineData("1 000 000,50", 100_000_050)]
    [InlineData("1000000,50", 100_000_050)]
    [InlineData("12,5", 1_250)]
    [InlineData("1 900 000 kr", 190_000_000)]
    [InlineData("1900000kr", 190_000_000)]
    [InlineData("  250 000\u00A0kr ", 25_000_000)]
    [InlineData("0", 0)]
    [InlineData("007", 700)]
    [InlineData("1000000000000", 100_000_000_000_000)]
    public void The_norwegian_and_the_plain_form_are_read_to_the_ore(string typed, long ore)
    {
        var read = MoneyText.TryParse(typed, out var amount, out var refusal);

        Assert.True(read);
        Assert.Equal(new Money(ore), amount);
        Assert.Null(refusal);
    }

    [Theory]
    [InlineData(null, MoneyRefusal.Empty)]
    [InlineData("", MoneyRefusal.Empty)]
    [InlineData(" \u00A0\t", MoneyRefusal.Empty)]
    [InlineData("-1", MoneyRefusal.Negative)]
    [InlineData("\u22121", MoneyRefusal.Negative)]
    [InlineData("\u2212 1 000 kr", MoneyRefusal.Negative)]
    [InlineData("0,001", MoneyRefusal.SmallerThanOre)]
    [InlineData("1,000", MoneyRefusal.SmallerThanOre)]
    [InlineData("1,500", MoneyRefusal.SmallerThanOre)]
    [InlineData("999999999999999999", MoneyRefusal.TooLarge)]
    [InlineData("1000000000000,01", MoneyRefusal.TooLarge)]
    [InlineData("99999999999999999999999999999999999999999999", MoneyRefusal.TooLarge)]
    [InlineData("1000000.50", MoneyRefusal.Point)]
    [InlineData("1.000.000", MoneyRefusal.Point)]
    [InlineData("1.000.000,50", MoneyRefusal.Point)]
    [InlineData("1.5", MoneyRefusal.Point)]
    [InlineData("1e9", MoneyRefusal.NotAnAmount)]
    [InlineData("NaN", MoneyRefusal.NotAnAmount)]
    [InlineData("Infinity", MoneyRefusal.NotAnAmount)]
    [InlineData("\uFF11\uFF12\uFF13", MoneyRefusal.NotAnAmount)]
    [InlineData("\u0661\u0662\u0663", MoneyRefusal.NotAnAmount)]
    [InlineData("1,000,000", MoneyRefusal.NotAnAmount)]
    [InlineData("10 00", MoneyRefusal.NotAnAmount)]
    [InlineData("1  000", MoneyRefusal.NotAnAmount)]
    [InlineData("1 0000", MoneyRefusal.NotAnAmount)]
    [InlineData("1 000,", MoneyRefusal.NotAnAmount)]
    [InlineData(",50", MoneyRefusal.NotAnAmount)]
    [InlineData("+1", MoneyRefusal.NotAnAmount)]
    [InlineData("=1+1", MoneyRefusal.NotAnAmount)]
    [InlineData("0x10", MoneyRefusal.NotAnAmount)]
    [InlineData("5 mill.", MoneyRefusal.NotAnAmount)]
    [InlineData("1000\n", MoneyRefusal.NotAnAmount)]
    [InlineData("1000\0", MoneyRefusal.NotAnAmount)]
    [InlineData("kr", MoneyRefusal.NotAnAmount)]
    public void Any_other_form_is_refused_with_its_reason_and_never_rounded(string? typed, MoneyRefusal expected)
    {
        var read = MoneyText.TryParse(typed, out var amount, out var refusal);

        Assert.False(read);
        Assert.Equal(Money.Zero, amount);
        Assert.Equal(expected, refusal);
    }

    [Fact]
    public void A_very_long_text_is_refused_at_once()
    {
        var typed = new string('1', 2_000_000);

        var read = MoneyText.TryParse(typed, out _, out var refusal);

        Assert.False(read);
        Assert.Equal(MoneyRefusal.NotAnAmount, refusal);
    }

    [Fact]
    public void What_is_shown_in_norwegian_or_put_in_a_field_reads_back_as_the_same_amount()
    {
        var amounts = Gen.Choose(0, int.MaxValue).Two().Select(pair => new Money(((((long)pair.Item1) << 31) + pair.Item2) % (Money.Largest.Ore + 1)));

        var property = Prop.ForAll(Arb.From(amounts), amount =>
            MoneyText.TryParse(amount.ToKroner(CultureInfo.GetCultureInfo("nb-NO")), out var shown, out _) && shown == amount
            && MoneyText.TryParse(amount.ToField(), out var field, out _) && field == amount);

        property.QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_text_makes_the_reader_throw_and_a_refusal_always_comes_with_nought()
    {
        var property = Prop.ForAll<string>(typed =>
            MoneyText.TryParse(typed, out var amount, out var refusal) ? refusal is null : refusal is not null && amount == Money.Zero);

        property.QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("en-US")]
    [InlineData("de-CH")]
    [InlineData("nb-NO")]
    public void The_machines_culture_decides_nothing(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

        try
        {
            Assert.True(MoneyText.TryParse("1 000 000,50", out var amount, out _));
            Assert.False(MoneyText.TryParse("1.000.000", out _, out _));
            Assert.Equal("1\u00A0000\u00A0000,50\u00A0kr", amount.ToKroner(CultureInfo.GetCultureInfo("nb-NO")));
            Assert.Equal("1000000,50", amount.ToField());
            Assert.Equal("2025", new GrantYear(2025).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
