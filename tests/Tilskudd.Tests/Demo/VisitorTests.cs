using Tilskudd.Demo.Simulation;
using Tilskudd.Tests.Layout;

namespace Tilskudd.Tests.Demo;

public sealed class VisitorTests
{
    [Fact]
    public async Task A_page_that_fails_is_told_of_to_whoever_waits_for_it_and_one_that_is_gone_is_an_answer()
    {
        await using var site = await RunningSite.Start();
        var pages = new LoadingPages();
        using var visitor = new Visitor(site.Client.BaseAddress!, pages);

        var gone = await visitor.Open("/prove/borte");
        pages.Add(Task.Run(() => visitor.Open("/prove/noe/feiler"), TestContext.Current.CancellationToken));

        Assert.Equal(410, gone.Status);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(pages.HaveCome);
        Assert.Contains("/prove/noe/feiler with 500", failure.Message, StringComparison.Ordinal);
    }
}
