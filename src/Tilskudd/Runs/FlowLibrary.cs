using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Storage;
using Tilskudd.Workflows;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Runs;

/// <summary>The flows of the year as read from their files at start, with their words; and the older versions that runs still walk.</summary>
internal sealed class FlowLibrary(Flows flows, StepCatalogue catalogue)
{
    private readonly ConcurrentDictionary<(string Flow, int Version), Definition> _versions =
        new(flows.Definitions.ToDictionary(definition => (definition.Id, definition.Version)));

    public IEnumerable<Definition> Current => flows.Newest;

    public IEnumerable<Definition> StartingOn(string happening) => flows.StartingOn(happening);

    public Words Words(string flow, string language) => flows.Words(flow, language);

    /// <summary>The version a run began on, from the files or from what was published.</summary>
    public async Task<Definition> Of(TilskuddDb db, Run run, CancellationToken ct = default)
    {
        if (_versions.TryGetValue((run.Flow, run.DefinitionVersion), out var known))
        {
            return known;
        }

        var json = await db.Set<PublishedDefinition>().Where(d => d.Flow == run.Flow && d.Version == run.DefinitionVersion).Select(d => d.Json).SingleAsync(ct);
        var read = DefinitionReader.Read(json, $"{run.Flow} version {run.DefinitionVersion}", catalogue);
        var definition = read.Value
            ?? throw new InvalidOperationException($"Version {run.DefinitionVersion} of {run.Flow} is stored but cannot be read: {read.Faults[0].Message}");
        return _versions.GetOrAdd((run.Flow, run.DefinitionVersion), definition);
    }

    /// <summary>Stores every version not seen before. Changed content under a version already published is refused, since runs walk it.</summary>
    public async Task<IReadOnlyList<string>> Publish(Writing w)
    {
        if (await Changed(w.Db, flows) is { Count: > 0 } faults)
        {
            return faults;
        }

        var known = (await w.Db.Set<PublishedDefinition>().Select(d => new { d.Flow, d.Version }).ToListAsync()).Select(d => (d.Flow, d.Version)).ToHashSet();
        w.Db.AddRange(flows.Definitions.Where(definition => !known.Contains((definition.Id, definition.Version)))
            .Select(definition => new PublishedDefinition(definition.Id, definition.Version, definition.Hash, definition.Json, w.Now)));
        return [];
    }

    /// <summary>Which versions have another content than what was published under their number, in Norwegian. Writes nothing.</summary>
    public static async Task<IReadOnlyList<string>> Changed(TilskuddDb db, Flows flows)
    {
        var published = await db.Set<PublishedDefinition>().Select(d => new { d.Flow, d.Version, d.Hash }).ToListAsync();
        return [.. flows.Definitions.Where(definition => published.Any(d => d.Flow == definition.Id && d.Version == definition.Version && d.Hash != definition.Hash))
            .Select(definition => $"Flyten {definition.Id} versjon {definition.Version} er endret etter at den ble publisert. Gi den et nytt versjonsnummer, eller legg den gamle fila tilbake.")];
    }
}
