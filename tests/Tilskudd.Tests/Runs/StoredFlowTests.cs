using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Steps;
using Tilskudd.Runs;
using Tilskudd.Tests.Conformance;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Tests.Runs;

/// <summary>Versions whose files are gone, and that open runs still walk.</summary>
public sealed class StoredFlowTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tilskudd-stored-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_version_that_is_stored_as_it_was_published_is_in_order()
    {
        await using var given = await GivenAYear.Create();

        Assert.Empty(await Faults(given));
    }

    [Theory]
    [InlineData("\"Tilskudd.Draft\"", "\"Tilskudd.Darft\"", "kan ikke leses")]
    [InlineData("\"Y-1 10-15\"", "\"Y-1 10-16\"", "annet innhold")]
    public async Task A_version_that_is_stored_otherwise_is_told_of(string good, string bad, string told)
    {
        await using var given = await GivenAYear.Create();
        await using var db = given.Read();
        var run = await given.CurrentRun();
        var stored = await db.Set<PublishedDefinition>().Where(d => d.Flow == run.Flow).Select(d => d.Json).SingleAsync(TestContext.Current.CancellationToken);
        Assert.Contains(good, stored, StringComparison.Ordinal);
        await db.Set<PublishedDefinition>().Where(d => d.Flow == run.Flow).ExecuteUpdateAsync(set => set.SetProperty(d => d.Json, stored.Replace(good, bad, StringComparison.Ordinal)), TestContext.Current.CancellationToken);

        Assert.Contains(told, (await Faults(given))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_is_nowhere_is_told_of()
    {
        await using var given = await GivenAYear.Create();
        await using var db = given.Read();
        var run = await given.CurrentRun();
        await db.Set<PublishedDefinition>().Where(d => d.Flow == run.Flow).ExecuteDeleteAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"Flyten {run.Flow} versjon {run.DefinitionVersion}, som løp står i og ingen fil har, er heller ikke lagret i databasen. Legg fila tilbake.", Assert.Single(await Faults(given)));
    }

    // The folder has only the next version of the flow that the year's run walks.
    private async Task<IReadOnlyList<string>> Faults(GivenAYear given)
    {
        foreach (var file in Directory.EnumerateFiles(YearFiles.Folder, "*.json"))
        {
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        }

        var (path, run) = (Path.Combine(_folder.FullName, "handlingsplan.json"), await given.CurrentRun());
        var json = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(path, json.Replace($"\"version\": {run.DefinitionVersion},\n  \"isLatest\"", $"\"version\": {run.DefinitionVersion + 1},\n  \"isLatest\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await using var db = given.Read();
        return await FlowLibrary.Faults(db, DefinitionFolder.Read(_folder.FullName, CycleSteps.Catalogue).Value!, CycleSteps.Catalogue);
    }
}
