using Microsoft.EntityFrameworkCore;
using Tilskudd.Layout;
using Tilskudd.Runs;

namespace Tilskudd.Administration;

/// <summary>The flows of the year in the versions that have been published, and how many runs walk each. Files make them; nothing is changed here.</summary>
internal sealed class FlowList(FlowLibrary library) : Register("flyter")
{
    public override async Task<ListRow?> List(Asked asked)
    {
        if (!asked.IsAdministrator)
        {
            return null;
        }

        var published = await asked.Db.Set<PublishedDefinition>().OrderBy(known => known.Flow).ThenByDescending(known => known.Version).Select(known => new { known.Flow, known.Version, known.PublishedAt }).ToListAsync(asked.Ct);
        var open = (await asked.Db.Set<Run>().IgnoreAutoIncludes().Where(run => run.ClosedAt == null).GroupBy(run => new { run.Flow, run.DefinitionVersion }).Select(runs => new { runs.Key, Count = runs.Count() }).ToListAsync(asked.Ct))
            .ToDictionary(runs => (runs.Key.Flow, runs.Key.DefinitionVersion), runs => runs.Count);
        var newest = library.Current.Select(definition => (definition.Id, definition.Version)).ToHashSet();
        var path = $"{AdminRoom.Path}/flyter";
        return new ListRow(Text("Flows"), path, [Lines.Front, new Crumb(Text("Flows"), path)],
        [
            new ListPart("flyter", Text("Flows"), [.. published.Select(known => new TaskRow(
                Text("Flow.Line", library.Words(known.Flow, Languages.Current.Code()).Title, $"{known.Version}"), null, Text(newest.Contains((known.Flow, known.Version)) ? "Flow.Newest" : "Flow.Older"),
                newest.Contains((known.Flow, known.Version)) ? Tone.Success : Tone.Neutral, Text("Flow.Hint", open.GetValueOrDefault((known.Flow, known.Version)), Dates.Stamp(known.PublishedAt))))], Text("None")),
        ])
        {
            Lead = Text("Flows.Lead"),
            Links = [new PageLink(Text("Flows.Runs"), "/prosess")],
        };
    }
}
