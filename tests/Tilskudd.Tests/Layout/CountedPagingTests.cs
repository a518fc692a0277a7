using Tilskudd.Layout;

namespace Tilskudd.Tests.Layout;

public sealed class CountedPagingTests
{
    [Theory]
    [InlineData(1, 357, 1, 15, 1, 25)]
    [InlineData(2, 357, 2, 15, 26, 50)]
    [InlineData(15, 357, 15, 15, 351, 357)]
    [InlineData(1, 25, 1, 1, 1, 25)]
    [InlineData(2, 26, 2, 2, 26, 26)]
    [InlineData(1, 0, 1, 1, 0, 0)]
    public void A_page_has_twenty_five_rows_and_the_last_one_what_is_left(int asked, int count, int number, int last, int from, int to)
    {
        var paging = new CountedPaging(asked, count);

        Assert.Equal((number, last, from, to), (paging.Number, paging.Last, paging.From, paging.To));
    }

    [Theory]
    [InlineData(16, 15)]
    [InlineData(100_000, 15)]
    [InlineData(0, 1)]
    public void A_page_that_is_not_there_is_the_nearest_one(int asked, int number) => Assert.Equal(number, new CountedPaging(asked, 357).Number);

    [Theory]
    [InlineData(1, "1 2 … 15")]
    [InlineData(3, "1 2 3 4 … 15")]
    [InlineData(4, "1 2 3 4 5 … 15")]
    [InlineData(8, "1 … 7 8 9 … 15")]
    [InlineData(15, "1 … 14 15")]
    public void The_first_the_last_and_those_beside_are_named(int shown, string named) =>
        Assert.Equal(named, string.Join(' ', new CountedPaging(shown, 357).Named().Select(page => page?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "…")));

    [Theory]
    [InlineData("/", 1, "/")]
    [InlineData("/", 2, "/?side=2")]
    [InlineData("/?program=oslo", 1, "/?program=oslo")]
    [InlineData("/?program=oslo", 2, "/?program=oslo&side=2")]
    public void What_a_list_is_narrowed_by_is_kept_on_its_other_pages(string list, int page, string path) => Assert.Equal(path, CountedPaging.PathOf(list, page));
}
