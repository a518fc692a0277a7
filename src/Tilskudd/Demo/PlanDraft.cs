using System.Collections.Immutable;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Year.Sources;

namespace Tilskudd.Demo;

/// <summary>One tiltak of a draft: what no source says is made up.</summary>
/// <param name="Key">The tiltak's id in its source; the same key in two years is the same tiltak.</param>
/// <param name="Verbatim">The source's text, or empty.</param>
/// <param name="Baseline">Where the target is measured from; empty where it is not available.</param>
/// <param name="Budget">Kroner by the source's code (KDD, AID …).</param>
/// <param name="MergesInto">The key of the tiltak it becomes part of, or null.</param>
internal sealed record DraftTiltak(
    string Key, string Verbatim, string Name, string Theme, string SubTheme, string Description, string Target, string Baseline, string Responsible,
    TiltakStatus Status, TiltakChange Change, ImmutableArray<string> Criteria, IReadOnlyDictionary<string, Money> Budget, string? MergesInto = null);

/// <summary>What a coordinator of the demonstration writes in a year's plan.</summary>
internal sealed record PlanDraft(IReadOnlyDictionary<PlanSection, string> Sections, IReadOnlyList<DraftTiltak> Tiltak)
{
    private const string Activity = "Områdesatsingen";

    /// <summary>Strømsø's plan for 2025: the eighteen tiltak in the source's words, and the mid-term evaluation the programme does beside them.</summary>
    public static PlanDraft ForStromso(RealWorld world)
    {
        var lines = InventedAmounts.ForStromso(world).ToLookup(line => line.TiltakId ?? "", line => line);
        var details = InventedStromso.Tiltak.ToDictionary(tiltak => tiltak.TiltakId);
        var tiltak = world.StromsoTiltak.Tiltak.Select(source => Of(source, details[source.Id], lines[source.Id]));
        var evaluation = new DraftTiltak(
            InventedAmounts.Evaluation, "", InventedAmounts.Evaluation, Activity, "",
            "Områdesatsingen blir evaluert midtveis, med innbyggere, ansatte og politikere.", "1 evaluering er lagt fram for politisk styringsgruppe.", "Ingen evaluering i 2024",
            Activity, TiltakStatus.Starting, TiltakChange.New, ["DRM-6"], Budget(lines[""]));
        return new PlanDraft(InventedStromso.Sections.Add(PlanSection.Goal, world.Criteria.StromsoGoalVerbatim), [.. tiltak, evaluation]);
    }

    /// <summary>The same plan a year earlier, all of it made up: what is new in 2025 was not there, and what ends was going on.</summary>
    public static PlanDraft ForStromsoBefore(RealWorld world, IReadOnlyDictionary<string, Money> frames, GrantYear year)
    {
        var now = ForStromso(world);
        var going = now.Tiltak.Where(tiltak => tiltak.Change != TiltakChange.New).ToList();
        var shares = Shares(frames, going.Count, (source, index) => source != "AID" || going[index].Criteria.Contains(LoadProgramme.ConditionOf("AID")));
        return Proposed(now.Sections, year, "Strømsø 2030", "Politisk styringsgruppe", frames) with
        {
            Tiltak = [.. going.Select((tiltak, index) => tiltak with
            {
                Verbatim = "",
                Target = $"Resultatet for {year} er beskrevet og tallfestet ved årsslutt.",
                Baseline = "",
                Status = TiltakStatus.Running,
                Change = TiltakChange.Continued,
                Budget = shares[index],
                MergesInto = null,
            })],
        };
    }

    /// <summary>A plan for a programme whose tiltak no source gives: ideas from the booklet, all details made up.</summary>
    /// <param name="name">What the plan unit is called.</param>
    /// <param name="deciders">Who decides on it.</param>
    /// <param name="criteria">The programme's criteria.</param>
    /// <param name="frames">The frame of each source, by code.</param>
    public static PlanDraft OfIdeas(RealWorld world, string name, string deciders, GrantYear year, IReadOnlyList<Criterion> criteria, IReadOnlyDictionary<string, Money> frames, int seed)
    {
        const int Count = 5;
        var shares = Shares(frames, Count);
        var ideas = Enumerable.Range(0, Count).Select(index => world.Booklet.Ideas[(seed + (index * 3)) % world.Booklet.Ideas.Count]);
        var sections = new Dictionary<PlanSection, string>
        {
            [PlanSection.Goal] = "Gode og trygge levekår for alle som bor i området.",
            [PlanSection.Challenges] = "Flere i området enn ellers i kommunen har lav inntekt, og færre fullfører videregående opplæring.",
            [PlanSection.Signals] = "Rammen er varslet med forbehold om Stortingets budsjettvedtak.",
            [PlanSection.Participation] = "Innbyggere og frivillige har gitt innspill på et åpent møte.",
        };
        return Proposed(sections, year, name, deciders, frames) with
        {
            Tiltak = [.. ideas.Select((idea, index) => new DraftTiltak(
                $"{idea.Id}", "", idea.TitleVerbatim, idea.Theme, "", $"Tiltaket prøves ut i området etter idé fra {idea.Owner}.",
                "Tiltaket er i gang før sommeren, og 30 innbyggere er med.", $"Ingen i {year.Number - 1}", idea.Theme, TiltakStatus.Running,
                index == 0 ? TiltakChange.New : TiltakChange.Continued, Met(criteria, (seed + index) % criteria.Count, shares[index].Keys), shares[index]))],
        };
    }

    // One of the criteria, and one more of each source that has its own; beside another source's, a source that has none takes one that holds for all.
    private static ImmutableArray<string> Met(IReadOnlyList<Criterion> criteria, int one, IEnumerable<string> sources)
    {
        var first = criteria[one].SourceCode;
        return [criteria[one].Id, .. sources.Where(code => code != first).Select(code => Of(code) ?? (first.Length > 0 ? Of("") : null)).OfType<Criterion>().Select(criterion => criterion.Id).Distinct()];

        Criterion? Of(string code) => criteria.FirstOrDefault(criterion => criterion.SourceCode == code);
    }

    private static PlanDraft Proposed(IReadOnlyDictionary<PlanSection, string> sections, GrantYear year, string name, string deciders, IReadOnlyDictionary<string, Money> frames)
    {
        var all = frames.Values.Aggregate(Money.Zero, (sum, frame) => sum + frame);
        var written = sections.ToDictionary();
        written[PlanSection.Proposal] =
            $"{deciders} godkjenner handlingsplan {year} for {name} med et budsjett på {all}, med forbehold om Stortingets budsjettvedtak.";
        return new PlanDraft(written, []);
    }

    private static DraftTiltak Of(TiltakSource source, InventedDetails details, IEnumerable<InventedLine> lines) => new(
        source.Id, string.Join('\n', source.AdditionsVerbatim.Prepend(source.TextVerbatim)), source.Name, source.Theme, source.SubTheme ?? "",
        details.Description, details.Target, details.Baseline, details.Responsible, source.Status, details.Change, [.. details.Criteria, .. Conditions(lines)], Budget(lines), source.EndsInto);

    // The made-up money from AID goes to tiltak that support the integration strategy, and so those tick its condition.
    private static IEnumerable<string> Conditions(IEnumerable<InventedLine> lines) =>
        lines.Any(line => line.Ministry == "AID") ? [LoadProgramme.ConditionOf("AID")] : [];

    private static Dictionary<string, Money> Budget(IEnumerable<InventedLine> lines) => lines.ToDictionary(line => line.Ministry, line => line.Amount);

    // Every frame divided among the tiltak that may have money from its source.
    private static List<Dictionary<string, Money>> Shares(IReadOnlyDictionary<string, Money> frames, int count, Func<string, int, bool>? mayTake = null)
    {
        var shares = Enumerable.Range(0, count).Select(_ => new Dictionary<string, Money>()).ToList();
        foreach (var (source, frame) in frames)
        {
            var takers = Enumerable.Range(0, count).Where(index => mayTake?.Invoke(source, index) != false).ToList();
            foreach (var (index, part) in takers.Zip(InventedAmounts.Split(frame, takers.Count, takers.Count)).Where(share => share.Second > Money.Zero))
            {
                shares[index].Add(source, part);
            }
        }

        return shares;
    }
}
