using Tilskudd.Cycle.Year;
using Tilskudd.Layout.Charts;

namespace Tilskudd.Tests.Layout.Charts;

public sealed class BudgetBarTests
{
    private static readonly Money Kdd = Money.FromKroner(11_500_000);
    private static readonly Money Aid = Money.FromKroner(1_100_000);

    [Fact]
    public void The_parts_share_the_bar_by_their_amounts_with_a_gap_between()
    {
        var pieces = BudgetBar.Pieces([new(Kdd, BarColour.First), new(Aid, BarColour.Second)], null);

        // 11,5 of 12,6 is 912,7 thousandths; the gap takes four of them.
        Assert.Equal(["s1", "s2"], pieces.Select(piece => piece.Look));
        Assert.Equal([0, 912.7], pieces.Select(piece => Math.Round(piece.From, 1)));
        Assert.Equal([908.7, 87.3], pieces.Select(piece => Math.Round(piece.Width, 1)));
    }

    [Fact]
    public void What_goes_beyond_the_frame_is_drawn_as_too_much()
    {
        var pieces = BudgetBar.Pieces([new(Money.FromKroner(11_700_000), BarColour.First)], Kdd);

        // 11,5 of 11,7 is 982,9 thousandths.
        Assert.Equal(["s1", "s-over"], pieces.Select(piece => piece.Look));
        Assert.Equal([978.9, 17.1], pieces.Select(piece => Math.Round(piece.Width, 1)));
    }

    [Fact]
    public void What_is_left_of_the_frame_is_drawn_pale()
    {
        var pieces = BudgetBar.Pieces([new(Money.FromKroner(2_300_000), BarColour.First)], Kdd);

        Assert.Equal(["s1", "s-rest"], pieces.Select(piece => piece.Look));
        Assert.Equal([196, 800], pieces.Select(piece => Math.Round(piece.Width, 1)));
    }

    [Fact]
    public void Nought_is_not_drawn_and_an_empty_budget_is_an_empty_bar()
    {
        Assert.Empty(BudgetBar.Pieces([new(Money.Zero, BarColour.First)], null));
        Assert.Equal("s-rest", Assert.Single(BudgetBar.Pieces([], Kdd)).Look);
    }

    [Fact]
    public void A_negative_amount_is_a_bug() =>
        Assert.Throws<ArgumentException>(() => BudgetBar.Pieces([new(-Aid, BarColour.First)], null));
}
