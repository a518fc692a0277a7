using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Storage;

namespace Tilskudd.Trail;

/// <summary>A trail entry as people read it.</summary>
/// <param name="Who">The one who did it, by the name the person has now.</param>
/// <param name="Text">What happened, as a sentence that begins after the name.</param>
/// <param name="Where">Programme, unit and step it belongs to; empty on a run's own page.</param>
/// <param name="RunPath">The page of the run it belongs to, or null.</param>
public sealed record TrailLine(long Seq, DateTimeOffset At, string Who, bool IsInvented, string Text, string Where, string? RunPath, string Hash);

/// <summary>Puts trail entries into words. An event without words of its own is still told, by its name.</summary>
internal static class TrailReading
{
    private static readonly Dictionary<Language, Dictionary<string, string>> Sentences =
        Languages.All.ToDictionary(language => language, language => Texts.All(typeof(TrailWords).Assembly, typeof(TrailWords).FullName!, language).ToDictionary());

    /// <summary>The events that have words of their own, to choose among.</summary>
    public static IReadOnlyList<string> Events { get; } = [.. Sentences[Language.Nb].Keys.Where(key => key.StartsWith("Event.", StringComparison.Ordinal)).Select(key => key["Event.".Length..]).Order(StringComparer.Ordinal)];

    /// <summary>Reads the people and the places named, once, and tells each entry.</summary>
    public static async Task<IReadOnlyList<TrailLine>> Tell(TilskuddDb db, FlowLibrary library, IReadOnlyList<TrailEntry> entries, CancellationToken ct)
    {
        var people = await People(db, entries, ct);
        var places = await Places(db, entries, ct);
        return [.. entries.Select(entry => Tell(entry, library, people, places))];
    }

    /// <summary>The entries of one run as its own page tells them: without where they belong.</summary>
    public static async Task<IReadOnlyList<TrailLine>> TellOfRun(TilskuddDb db, FlowLibrary library, IReadOnlyList<TrailEntry> entries, CancellationToken ct)
    {
        var people = await People(db, entries, ct);
        return [.. entries.Select(entry => Tell(entry, library, people, new Dictionary<(string, string), string>()) with { Where = "", RunPath = null })];
    }

    private static async Task<Dictionary<PersonId, Person>> People(TilskuddDb db, IReadOnlyList<TrailEntry> entries, CancellationToken ct)
    {
        var ids = entries.Select(entry => Actor.PersonIn(entry.Actor)).Concat(entries.SelectMany(entry => Parts.Select(part => PersonIn(entry, part)))).OfType<PersonId>().Distinct().ToList();
        return await db.People.Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, ct);
    }

    // What programmes are called, and those of their units that have a name of their own, by how entries name them.
    private static async Task<Dictionary<(string Programme, string Unit), string>> Places(TilskuddDb db, IReadOnlyList<TrailEntry> entries, CancellationToken ct)
    {
        var slugs = entries.Select(Programme).Where(slug => slug.Length > 0).Distinct().ToList();
        var found = await db.Programmes.Where(programme => slugs.Contains(programme.Slug))
            .Select(programme => new
            {
                programme.Slug, programme.Name,
                Units = db.PlanUnits.Where(unit => unit.ProgrammeId == programme.Id && unit.Kind != PlanUnitKind.Programme).Select(unit => new { unit.Slug, unit.Name }).ToList(),
            }).ToListAsync(ct);
        return found.Select(programme => (Key: (programme.Slug, ""), programme.Name))
            .Concat(found.SelectMany(programme => programme.Units, (programme, unit) => (Key: (programme.Slug, unit.Slug), unit.Name)))
            .ToDictionary(place => place.Key, place => place.Name);
    }

    private static string Programme(TrailEntry entry)
    {
        using var read = JsonDocument.Parse(entry.Data);
        return read.RootElement.TryGetProperty("programme", out var slug) ? slug.ToString() : "";
    }

    private static TrailLine Tell(TrailEntry entry, FlowLibrary library, Dictionary<PersonId, Person> people, Dictionary<(string Programme, string Unit), string> places)
    {
        using var read = JsonDocument.Parse(entry.Data);
        var facts = new Facts(read.RootElement, library);
        var named = Parts.Select(part => PersonIn(entry, part) is { } one ? people.GetValueOrDefault(one)?.Name ?? Texts.Of<TrailWords>("Forgotten") : "").ToList();
        var person = Actor.PersonIn(entry.Actor) is { } id ? people.GetValueOrDefault(id) : null;
        var who = person?.Name ?? Texts.Of<TrailWords>(Actor.PersonIn(entry.Actor) is null ? "System" : "Forgotten");
        var (programme, unit) = (facts["programme"], facts["unit"]);
        var where = string.Join(" · ", new[] { places.GetValueOrDefault((programme, ""), programme), unit.Length == 0 ? "" : places.GetValueOrDefault((programme, unit), ""), facts.Step }.Where(part => part.Length > 0));
        return new TrailLine(entry.Seq, entry.At, who, person?.IsInvented == true, Sentence(entry, facts, named), where, facts["run"] is { Length: > 0 } run ? $"/prosess/{run}" : null, entry.Hash);
    }

    /// <summary>The words of an event, with these in their places: step, outcome, version, days, people, date, the event's own name, how sure it is who answered, the thing that is administered, what was found of a member, a member on leave or who has left, who has the place after, and an earlier version.</summary>
    private static string Sentence(TrailEntry entry, Facts facts, IReadOnlyList<string> named)
    {
        var words = Sentences[Languages.Current];
        return string.Format(
            Languages.Current.Culture(), words.GetValueOrDefault($"Event.{entry.Event}") ?? words["Event"],
            facts.Step, facts.Outcome, entry.Version, facts["days"], facts["people"], facts["on"], entry.Event,
            words.GetValueOrDefault($"Channel.{facts["channel"]}") ?? words.GetValueOrDefault($"Assurance.{facts["assurance"]}", ""), words.GetValueOrDefault($"Thing.{facts["thing"]}", ""),
            words.GetValueOrDefault($"Habilitet.{facts["outcome"]}", ""), named[0], named[1], facts["earlier"]);
    }

    // What a person is in an event beside the one who did it.
    private static readonly string[] Parts = ["member", "substitute"];

    private static PersonId? PersonIn(TrailEntry entry, string part)
    {
        if (!entry.Event.StartsWith("substitute-", StringComparison.Ordinal) && !entry.Event.StartsWith("seat-", StringComparison.Ordinal))
        {
            return null;
        }

        using var read = JsonDocument.Parse(entry.Data);
        return read.RootElement.TryGetProperty(part, out var value) && value.ValueKind == JsonValueKind.String && Guid.TryParse(value.GetString(), out var id) ? new PersonId(id) : null;
    }

    /// <summary>The facts of one entry.</summary>
    private sealed class Facts(JsonElement data, FlowLibrary library)
    {
        private static string Language => Languages.Current.Code();

        public string this[string name] => data.TryGetProperty(name, out var value) ? value.ToString() : "";

        public string Step => Words() is { } words && words.Steps.TryGetValue(this["step"], out var step) ? step.Name : this["step"];

        public string Outcome
        {
            get
            {
                var outcome = this["outcome"];
                return Words() is not { } words ? outcome
                    : words.Steps.TryGetValue(this["step"], out var step) && step.Outcomes.TryGetValue(outcome, out var label) ? label
                    : words.States.GetValueOrDefault(outcome, outcome);
            }
        }

        private Workflows.Definitions.Words? Words() => this["flow"] is { Length: > 0 } flow && library.Current.Any(known => known.Id == flow) ? library.Words(flow, Language) : null;
    }
}
