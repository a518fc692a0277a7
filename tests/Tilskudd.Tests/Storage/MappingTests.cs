using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Tilskudd.Storage;

namespace Tilskudd.Tests.Storage;

public class MappingTests
{
    [Fact]
    public async Task Every_list_in_a_column_is_compared_by_its_content_and_kept_as_a_copy()
    {
        await using var database = await TestDatabase.Create();
        await using var db = database.Read();

        var lists = db.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).Where(property => property.GetElementType() is not null).ToList();

        Assert.NotEmpty(lists);
        Assert.All(lists, list => Assert.Equal(typeof(ListComparer<,>), list.GetValueComparer().GetType().GetGenericTypeDefinition()));
    }

    [Fact]
    public void Lists_of_the_same_content_are_the_same_in_their_order()
    {
        var comparer = new ListComparer<IReadOnlyList<string>, string>();
        List<string> list = ["a", "b"];
        var copy = comparer.Snapshot(list);
        list.Add("c");

        Assert.True(comparer.Equals(["a", "b"], copy));
        Assert.Equal(comparer.GetHashCode(["a", "b"]), comparer.GetHashCode(copy));
        Assert.False(comparer.Equals(list, copy));
        Assert.False(comparer.Equals(["b", "a"], copy));
        Assert.False(comparer.Equals(null, copy));
        Assert.True(comparer.Equals(null, null));
    }

    [Fact]
    public async Task A_method_within_a_query_is_made_once_where_it_needs_nothing_of_the_others()
    {
        Expression<Func<int, Func<int, int>>> closed = _ => more => more + 1;
        Expression<Func<int, Func<int, int>>> open = number => more => more + number;
        Expression<Func<int, Func<Func<int, int>>>> within = number => () => more => more + number;

        var (once, each, deep) = (await Worked(closed), await Worked(open), await Worked(within));

        Assert.Same(once(1), once(2));
        Assert.Equal(3, once(1)(2));
        Assert.Equal((3, 7), (each(1)(2), each(5)(2)));
        Assert.Equal((3, 7), (deep(1)()(2), deep(5)()(2)));
    }

    private static async Task<T> Worked<T>(Expression<T> query)
    {
        await using var database = await TestDatabase.Create();
        await using var db = database.Read();
#pragma warning disable EF9100 // See KnownConstants.
        return ((Expression<T>)db.GetService<ILiftableConstantProcessor>().InlineConstants(query, supportsPrecompiledQuery: false)).Compile();
#pragma warning restore EF9100
    }
}
