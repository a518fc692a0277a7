using System.Globalization;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Cycle.Year;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(190_000_000, "nb-NO", "1\u00A0900\u00A0000\u00A0kr")]
    [InlineData(190_000_000, "nn-NO", "1\u00A0900\u00A0000\u00A0kr")]
    [InlineData(190_000_000, "en-GB", "1\u00A0900\u00A0000\u00A0kr")]
    [InlineData(100_000_050, "nb-NO", "1\u00A0000\u00A0000,50\u00A0kr")]
    [InlineData(100_000_050, "en-GB", "1\u00A0000\u00A0000.50\u00A0kr")]
    [InlineData(0, "nb-NO", "0\u00A0kr")]
    [InlineData(5, "nb-NO", "0,05\u00A0kr")]
    [InlineData(99_900, "nb-NO", "999\u00A0kr")]
    [InlineData(-20_000_000, "nb-NO", "\u2212200\u00A0000\u00A0kr")]
    [InlineData(long.MinValue, "nb-NO", "\u221292\u00A0233\u00A0720\u00A0368\u00A0547\u00A0758,08\u00A0kr")]
    public void An_amount_is_shown_in_kroner_with_no_break_spaces(long ore, string culture, string expected)
    {
        var amount = new Money(ore);

        var shown = amount.ToKroner(CultureInfo.GetCultureInfo(culture));

        Assert.Equal(expected, shown);
    }

    [Theory]
    [InlineData(100, new long[] { 1, 1, 1 }, new long[] { 34, 33, 33 })]
    [InlineData(100, new long[] { 1, 0, 5 }, new long[] { 17, 0, 83 })]
    [InlineData(2, new long[] { 5, 5, 5 }, new long[] { 1, 1, 0 })]
    [InlineData(0, new long[] { 7, 3 }, new long[] { 0, 0 })]
    [InlineData(100_000_000_000_000, new long[] { 100_000_000_000_000, 100_000_000_000_000, 1 }, new long[] { 50_000_000_000_000, 50_000_000_000_000, 0 })]
    public void An_amount_is_shared_to_the_last_ore(long amount, long[] shares, long[] parts) =>
        Assert.Equal(parts, new Money(amount).SharedBy([.. shares.Select(share => new Money(share))]).Select(part => part.Ore));

    [Theory]
    [InlineData(11_500_000, "nb-NO", "11,5\u00A0mill.\u00A0kr")]
    [InlineData(11_500_000, "nn-NO", "11,5\u00A0mill.\u00A0kr")]
    [InlineData(11_500_000, "en-GB", "11.5\u00A0million\u00A0kr")]
    [InlineData(20_000_000, "nb-NO", "20\u00A0mill.\u00A0kr")]
    [InlineData(1_250_000, "nb-NO", "1,3\u00A0mill.\u00A0kr")]
    [InlineData(-1_250_000, "nb-NO", "\u22121,3\u00A0mill.\u00A0kr")]
    [InlineData(1_249_999, "nb-NO", "1,2\u00A0mill.\u00A0kr")]
    [InlineData(999_999, "nb-NO", "999\u00A0999\u00A0kr")]
    [InlineData(1_234_500_000, "nb-NO", "1\u00A0234,5\u00A0mill.\u00A0kr")]
    public void An_overview_shows_millions_with_one_decimal_and_kroner_below_a_million(long kroner, string culture, string expected)
    {
        var amount = Money.FromKroner(kroner);

        var shown = amount.InMillions(CultureInfo.GetCultureInfo(culture));

        Assert.Equal(expected, shown);
    }

    [Fact]
    public void Arithmetic_is_to_the_ore_and_never_wraps()
    {
        var frame = Money.FromKroner(11_500_000);

        var rest = frame - new Money(1) - Money.FromKroner(1_100_000);

        Assert.Equal(new Money(1_039_999_999), rest);
        Assert.True(rest < frame && frame > rest && rest <= frame && frame >= rest);
        Assert.Equal(new Money(-1), -new Money(1));
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue) + new Money(1));
        Assert.Throws<OverflowException>(() => new Money(long.MinValue) - new Money(1));
        Assert.Throws<OverflowException>(() => -new Money(long.MinValue));
        Assert.Throws<OverflowException>(() => Money.FromKroner(long.MaxValue));
    }

    [Fact]
    public void A_hundred_lines_of_ninety_billion_thousand_are_refused_and_do_not_wrap()
    {
        var lines = Enumerable.Repeat(Money.FromKroner(90_000_000_000_000), 100);

        var summed = Money.TrySum(lines, out var sum);

        Assert.False(summed);
        Assert.Equal(Money.Zero, sum);
    }

    [Fact]
    public void A_sum_up_to_the_largest_amount_is_given_whatever_the_order()
    {
        Money[] lines = [new(long.MaxValue), Money.Largest, new(-long.MaxValue)];

        var summed = Money.TrySum(lines, out var sum);

        Assert.True(summed);
        Assert.Equal(Money.Largest, sum);
        Assert.False(Money.TrySum([Money.Largest, new Money(1)], out _));
        Assert.True(Money.TrySum([], out var nothing));
        Assert.Equal(Money.Zero, nothing);
    }
}
