using Tilskudd.Cycle.Year;

namespace Tilskudd.Tests.Cycle.Year;

public sealed class GrantYearTests
{
    [Theory]
    [InlineData(1999)]
    [InlineData(2101)]
    [InlineData(0)]
    [InlineData(-2025)]
    public void A_year_outside_2000_to_2100_is_no_grant_year(int number)
    {
        var made = GrantYear.TryFrom(number, out _);

        Assert.False(made);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GrantYear(number));
    }

    [Theory]
    [InlineData("2000", 2000)]
    [InlineData("2025", 2025)]
    [InlineData("2100", 2100)]
    public void Four_digits_in_an_address_are_a_year(string text, int number)
    {
        var read = GrantYear.TryParse(text, out var year);

        Assert.True(read);
        Assert.Equal(number, year.Number);
        Assert.Equal(text, year.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("25")]
    [InlineData("1999")]
    [InlineData("02025")]
    [InlineData(" 2025")]
    [InlineData("+202")]
    [InlineData("2e03")]
    [InlineData("\uFF12\uFF10\uFF12\uFF15")]
    public void Anything_else_in_an_address_is_not(string? text)
    {
        var read = GrantYear.TryParse(text, out _);

        Assert.False(read);
    }

    [Fact]
    public void Years_follow_each_other_from_the_earliest_on()
    {
        var year = new GrantYear(2025);

        var next = year.Next();

        Assert.True(next > year && year.Previous() < year);
        Assert.Equal(GrantYear.Earliest, default(GrantYear).Number);
    }
}
