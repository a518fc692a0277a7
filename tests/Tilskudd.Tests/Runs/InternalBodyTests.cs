using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tilskudd.Approval;
using Tilskudd.Cycle.Planning;

namespace Tilskudd.Tests.Runs;

public sealed class InternalBodyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_internal_group_recommends_the_plan_and_the_deciding_body_alone_approves_it(bool isSaidToBind)
    {
        await using var given = await GivenAYear.Create();
        await given.InternalGroup(isSaidToBind);
        await given.BeforeTheGroup();
        var first = await given.CurrentRun();
        await given.Approve(given.Members[0]);
        await given.Write(async w => await given.Site.Services.GetRequiredService<SettleRound>().IfDecided(
            w, await w.Db.Set<Tilskudd.Runs.Run>().SingleAsync(run => run.Id == given.Run), await w.Db.Rounds.SingleAsync()));
        var second = await given.CurrentRun();

        await using var db = given.Read();
        var rounds = await db.Rounds.OrderBy(round => round.ClosedAt == null).ToListAsync(TestContext.Current.CancellationToken);
        var plan = await db.Set<Handlingsplan>().SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("internal-body", "deciding-body"), (first.WaitsFor, second.WaitsFor));
        Assert.Equal([false, true], rounds.Select(round => round.IsOpen));
        Assert.Equal([1, 1], rounds.Select(round => round.Version));
        Assert.Null(plan.ApprovedVersion);
    }
}
