using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Tilskudd.Clockwork;
using Tilskudd.Tests.Layout;

namespace Tilskudd.Tests.House;

/// <summary>The other clockwork is not built here, but what it is to run is known: a sweep it leaves out would never run there.</summary>
public sealed partial class SweepJobTests
{
    [Fact]
    public async Task Every_sweep_of_the_application_stands_in_one_recurring_job_of_Hangfire()
    {
        await using var site = await RunningSite.Start();
        var jobs = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src", "Tilskudd.Elsa", "Clockwork", "SweepJobs.cs"), TestContext.Current.CancellationToken);

        var listed = Job().Matches(jobs).SelectMany(job => Name().Matches(job.Groups["sweeps"].Value)).Select(name => name.Groups[1].Value);

        Assert.Equal(site.Services.GetServices<ISweep>().Select(sweep => sweep.Name).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"new\(""[^""]+"", \[(?<sweeps>[^\]]+)\]")]
    private static partial Regex Job();

    [GeneratedRegex(@"""([^""]+)""")]
    private static partial Regex Name();
}
