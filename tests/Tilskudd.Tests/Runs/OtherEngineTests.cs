using Microsoft.EntityFrameworkCore;
using Tilskudd.Runs;

namespace Tilskudd.Tests.Runs;

/// <summary>Runs whose state another engine has written.</summary>
public sealed class OtherEngineTests
{
    [Fact]
    public async Task A_run_goes_on_where_it_stands_on_an_engine_that_did_not_write_its_state()
    {
        await using var given = await GivenAYear.Create();
        var before = await given.CurrentRun();
        await given.Write(async w => (await w.Db.Set<Run>().SingleAsync(run => run.Id == given.Run)).Moved("""{"id":"handlingsplan","bookmarks":[]}"""));

        await given.Answer("Done", given.Leader);

        var after = await given.CurrentRun();
        Assert.Equal((before.VisitNumber + 1, before.DefinitionVersion, true), (after.VisitNumber, after.DefinitionVersion, after.IsOpen));
        Assert.NotEqual(before.StepId, after.StepId);
        Assert.Contains(given.Site.Log.Lines, line => line.Contains(given.Run.ToString(), StringComparison.Ordinal) && line.StartsWith("Warning", StringComparison.Ordinal));
    }
}
