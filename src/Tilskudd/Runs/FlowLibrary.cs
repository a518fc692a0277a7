using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Layout;
using Tilskudd.Storage;
using Tilskudd.Workflows;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Runs;

/// <summary>The flows of the year as read from their files at start, with their words; and the older versions that runs still walk.</summary>
internal sealed class FlowLibrary(Flows flows, StepCatalogue catalogue)
{
    private readonly ConcurrentDictionary<(string Flow, int Version), Definition> _versions =
        new(flows.Definitions.ToDictionary(definition => (definition.Id, definition.Version)));

    private readonly ConcurrentDictionary<(string Flow, string Language), Words> _words =
        new(flows.AllWords.ToDictionary(words => (words.Flow, words.Language)));

    public IEnumerable<Definition> Current => flows.Newest;

    public IEnumerable<Definition> StartingOn(string happening) => flows.StartingOn(happening);

    /// <summary>A flow's words, those of steps that only older versions have among them.</summary>
    public Words Words(string flow, string language) => _words[(flow, language)];

    /// <summary>What a step is called.</summary>
    public string StepName(string flow, string step, Language language) => Words(flow, language.Code()).Steps[step].Name;

    /// <summary>What the year's phases are called on the page, by their keys.</summary>
    public IReadOnlyDictionary<string, string> PhaseNames() =>
        Current.SelectMany(flow => Words(flow.Id, Languages.Current.Code()).Phases).DistinctBy(phase => phase.Key).ToDictionary();

    /// <summary>The version a run could be moved to, or null when it walks the newest.</summary>
    public Definition? NewerThan(Run run) => Current.SingleOrDefault(definition => definition.Id == run.Flow && definition.Version > run.DefinitionVersion);

    /// <summary>The version a run walks, from the files or from what was published.</summary>
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

    /// <summary>
    /// Stores every version not seen before, with its words. Changed content under a version already published is refused, since runs walk it.
    /// The words of versions whose files are gone are taken up again.
    /// </summary>
    public async Task<IReadOnlyList<string>> Publish(Writing w)
    {
        if (await Faults(w.Db, flows, catalogue) is { Count: > 0 } faults)
        {
            return faults;
        }

        var published = await w.Db.Set<PublishedDefinition>().OrderByDescending(stored => stored.Version).ToListAsync();
        foreach (var definition in flows.Definitions)
        {
            var stored = published.Find(known => known.Flow == definition.Id && known.Version == definition.Version);
            if (stored is null)
            {
                stored = new PublishedDefinition(definition.Id, definition.Version, definition.Hash, definition.Json, w.Now);
                w.Db.Add(stored);
            }

            stored.Say(JsonSerializer.Serialize(flows.AllWords.Where(words => words.Flow == definition.Id).OrderBy(words => words.Language, StringComparer.Ordinal)));
        }

        foreach (var gone in published.Where(stored => flows.Find(stored.Flow, stored.Version) is null))
        {
            foreach (var words in JsonSerializer.Deserialize<List<Words>>(gone.Words)!)
            {
                _words.AddOrUpdate((words.Flow, words.Language), words, (_, newer) => newer.Beside(words));
            }
        }

        return [];
    }

    /// <summary>
    /// Why runs cannot go on by these flows, in Norwegian: a version has another content than what was published under its number, or one that is only
    /// stored, and that open runs walk, cannot be read or is not what was stored. Writes nothing.
    /// </summary>
    public static async Task<IReadOnlyList<string>> Faults(TilskuddDb db, Flows flows, StepCatalogue catalogue)
    {
        var published = await db.Set<PublishedDefinition>().Select(d => new { d.Flow, d.Version, d.Hash }).ToListAsync();
        var changed = flows.Definitions.Where(definition => published.Any(d => d.Flow == definition.Id && d.Version == definition.Version && d.Hash != definition.Hash))
            .Select(definition => $"Flyten {definition.Id} versjon {definition.Version} er endret etter at den ble publisert. Gi den et nytt versjonsnummer, eller legg den gamle fila tilbake.");
        var walked = await db.Set<Run>().Where(run => run.ClosedAt == null).Select(run => new { run.Flow, Version = run.DefinitionVersion }).Distinct().ToListAsync();
        var faults = changed.ToList();
        foreach (var stored in walked.Where(run => flows.Find(run.Flow, run.Version) is null).OrderBy(run => run.Flow, StringComparer.Ordinal).ThenBy(run => run.Version))
        {
            faults.AddRange(await StoredFaults(db, stored.Flow, stored.Version, catalogue));
        }

        return faults;
    }

    private static async Task<IEnumerable<string>> StoredFaults(TilskuddDb db, string flow, int version, StepCatalogue catalogue)
    {
        var name = $"Flyten {flow} versjon {version}, som løp står i og ingen fil har,";
        if (await db.Set<PublishedDefinition>().Where(d => d.Flow == flow && d.Version == version).Select(d => new { d.Json, d.Hash }).SingleOrDefaultAsync() is not { } stored)
        {
            return [$"{name} er heller ikke lagret i databasen. Legg fila tilbake."];
        }

        var read = DefinitionReader.Read(stored.Json, $"{flow} versjon {version}", catalogue);
        return read.Value is not { } definition ? read.Faults.Select(fault => $"{name} kan ikke leses av denne versjonen av Tilskudd: {fault.Path}: {fault.Message}")
            : definition.Hash != stored.Hash ? [$"{name} er lagret med et annet innhold enn det den ble publisert med. Legg fila tilbake, eller hent databasen fra en sikkerhetskopi."]
            : [];
    }
}
