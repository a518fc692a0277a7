using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.Storage;
using Tilskudd.Trail;
using Tilskudd.Verbs;
using Tilskudd.Year;

namespace Tilskudd.Planning.Sheets;

/// <summary>The draft a workbook is to be written into.</summary>
/// <param name="Run">The run that waits for the writing.</param>
/// <param name="Grantors">The names of those who give the money.</param>
internal sealed record DraftCase(
    Handlingsplan Plan, PlanUnit Unit, Programme Programme, Run Run, IReadOnlyList<FundingSource> Sources, IReadOnlyList<Criterion> Criteria, IReadOnlyDictionary<GrantorId, string> Grantors)
{
    public IReadOnlyList<string> Themes => [.. Plan.Tiltak.OrderBy(tiltak => tiltak.Number).Select(tiltak => tiltak.Theme).Where(theme => theme.Length > 0).Distinct()];

    /// <summary>The sheet read by what this draft's year has.</summary>
    public PlanTable Read(IReadOnlyList<BookSheet> sheets, string? only) => PlanSheet.Read(sheets, only, new PlanColumns(Plan.Year, Sources, Grantors), Criteria, Themes);
}

/// <summary>What a sheet says of one tiltak that the draft did not.</summary>
/// <param name="Name">Its name now.</param>
internal sealed record ImportedTiltak(TiltakId Id, string Name, bool IsNew, IReadOnlyList<FieldDifference> Fields);

/// <summary>What writing a sheet into a draft comes to.</summary>
/// <param name="Changed">The tiltak that are new or changed, in the sheet's order.</param>
/// <param name="Same">How many the sheet and the draft agree on.</param>
/// <param name="OnlyInDraft">Those the sheet does not name. They stay.</param>
/// <param name="Notes">What a reader should know beside, each a sentence.</param>
internal sealed record ImportedPlan(IReadOnlyList<ImportedTiltak> Changed, int Same, IReadOnlyList<Tiltak> OnlyInDraft, IReadOnlyList<string> Notes)
{
    public IEnumerable<ImportedTiltak> Added => Changed.Where(tiltak => tiltak.IsNew);

    public IEnumerable<ImportedTiltak> Rewritten => Changed.Where(tiltak => !tiltak.IsNew);
}

/// <summary>
/// Writes the tiltak of a sheet into a plan's draft, by the rules of the coordinator's form. What the sheet says nothing of stays as it is,
/// and no tiltak is taken away.
/// </summary>
internal sealed class ImportPlan(FlowLibrary library)
{
    /// <summary>The draft of a plan unit's year, where it waits for writing.</summary>
    /// <param name="unit">The unit's word in addresses; null where the programme has one alone.</param>
    /// <returns>The draft, or null with why not in Norwegian.</returns>
    public async Task<(DraftCase? Draft, string Fault)> Find(TilskuddDb db, string slug, GrantYear year, string? unit)
    {
        if (await db.Programmes.SingleOrDefaultAsync(programme => programme.Slug == slug) is not { } programme)
        {
            return (null, $"Det finnes ikke noe program «{slug}».{Nearest.Question(slug, await db.Programmes.Select(known => known.Slug).ToListAsync())} Ordet står i adressen til programmets side.");
        }

        var units = (await db.PlanUnits.Where(known => known.ProgrammeId == programme.Id).OrderBy(known => known.Slug).ToListAsync()).Where(known => known.Makes(year)).ToList();
        var (chosen, unclear) = Choose(units, slug, year, unit);
        if (chosen is null)
        {
            return (null, unclear);
        }

        if (await db.Handlingsplaner.IgnoreAutoIncludes().Include(plan => plan.Tiltak).ThenInclude(tiltak => tiltak.Budget)
            .SingleOrDefaultAsync(plan => plan.PlanUnitId == chosen.Id && plan.Year == year) is not { } plan)
        {
            return (null, $"{chosen.Name} har ingen handlingsplan for {year}: året er ikke åpnet. Programlederen åpner det på /program/{slug}.");
        }

        var (run, closed) = await Writing(db, plan, programme.Id);
        if (run is null)
        {
            return (null, $"Handlingsplan {year} for {chosen.Name}: {closed}");
        }

        var sources = await db.FundingSources.Where(source => source.ProgrammeId == programme.Id && source.Year == year).OrderBy(source => source.Number).ToListAsync();
        var criteria = await db.Criteria.In(programme.Id, year).ToListAsync();
        var givers = sources.Select(source => source.GrantorId).OfType<GrantorId>().Distinct().ToList();
        var grantors = await db.Grantors.Where(grantor => givers.Contains(grantor.Id)).ToDictionaryAsync(grantor => grantor.Id, grantor => grantor.Name);
        return (new DraftCase(plan, chosen, programme, run, sources, criteria, grantors), "");
    }

    /// <summary>Writes the sheet into the draft in memory, and tells what it came to. With a fault the draft is not to be kept.</summary>
    /// <param name="next">Gives a tiltak that is new its id.</param>
    /// <param name="places">The plan units that have had each tiltak the sheet names by id.</param>
    public static (ImportedPlan? Imported, IReadOnlyList<string> Faults) Write(DraftCase draft, PlanTable table, ILookup<TiltakId, PlanUnitId> places, Func<TiltakId> next, DateTimeOffset now)
    {
        var match = new Matching(draft, table, places);
        if (match.Faults.Count > 0)
        {
            return (null, match.Faults);
        }

        var (faults, notes, changed) = (new List<string>(), new List<string>(table.Notes), new List<ImportedTiltak>());
        var plan = draft.Plan;
        var onlyInDraft = plan.Tiltak.Where(tiltak => !match.IsNamed(tiltak)).OrderBy(tiltak => tiltak.Number).ToList();
        var themes = draft.Themes.ToList();
        foreach (var line in table.Lines)
        {
            var old = match.Of(line);
            var theme = ThemeOf(line, themes, notes);
            var before = old is null ? null : Fields(draft, old);
            var text = Text(line, old, theme);
            notes.AddRange(old is null ? [] : table.Sources.Where(source => !line.Amounts.ContainsKey(source.Id) && old.From(source.Id) != Money.Zero)
                .Select(source => $"«{SheetText.Short(text.Name)}»: cellen for {source.Code} er tom, så {Kroner(old.From(source.Id))} i kladden blir stående. Skriv 0 for å ta det bort."));
            var id = old?.TiltakId ?? line.Id ?? next();
            var revision = plan.Revision;
            if (old is null)
            {
                plan.Add(id, "", null, now);
            }

            if (plan.WriteTiltak(id, text, plan.Revision, null, now) is { } refusal)
            {
                faults.Add($"Ark «{table.Sheet}», celle {line.Name.Cell.Place}: «{SheetText.Short(line.Name.Text)}»: {RefusalText.Of(refusal, Language.Nb)}");
            }
            else if (plan.Revision != revision)
            {
                var after = Fields(draft, plan.Tiltak.Single(tiltak => tiltak.TiltakId == id));
                changed.Add(new ImportedTiltak(id, text.Name, old is null, [.. after.Select((field, place) => new FieldDifference(field.Label, before?[place].Value ?? "", field.Value)).Where(field => field.Stored != field.Typed)]));
            }
        }

        return faults.Count > 0 ? (null, faults) : (new ImportedPlan(changed, table.Lines.Count - changed.Count, onlyInDraft, notes), []);
    }

    /// <summary>The plan units that have had each tiltak the sheet names by id and the draft does not have.</summary>
    public static async Task<ILookup<TiltakId, PlanUnitId>> Places(TilskuddDb db, DraftCase draft, PlanTable table)
    {
        var ids = table.Lines.Select(line => line.Id).OfType<TiltakId>().Where(id => draft.Plan.Tiltak.All(tiltak => tiltak.TiltakId != id)).ToList();
        return ids.Count == 0 ? Array.Empty<(TiltakId, PlanUnitId)>().ToLookup(place => place.Item1, place => place.Item2)
            : (await db.Handlingsplaner.IgnoreAutoIncludes().SelectMany(plan => plan.Tiltak, (plan, tiltak) => new { plan.PlanUnitId, tiltak.TiltakId })
                .Where(place => ids.Contains(place.TiltakId)).Distinct().ToListAsync()).ToLookup(place => place.TiltakId, place => place.PlanUnitId);
    }

    /// <summary>Tells the trail what was written; the draft is saved with it, or not at all.</summary>
    /// <param name="hash">SHA-256 of the file, so that it can be shown which one it was.</param>
    public static Task Record(Writing w, DraftCase draft, ImportedPlan imported, string hash) => RunTrail.Record(
        w, draft.Run, Actor.System, "tiltak-imported", "handlingsplan", draft.Plan.Id.Value, "", new JsonObject
        {
            ["tiltak"] = draft.Plan.Tiltak.Count,
            ["added"] = Ids(imported.Added),
            ["written"] = Ids(imported.Rewritten),
            ["totalOre"] = draft.Plan.Tiltak.Aggregate(Money.Zero, (sum, tiltak) => sum + tiltak.Total).Ore,
            ["revision"] = draft.Plan.Revision,
            ["file"] = hash,
        });

    /// <summary>"1 900 000 kr".</summary>
    public static string Kroner(Money amount) => amount.ToKroner(Language.Nb.Culture());

    private static JsonArray Ids(IEnumerable<ImportedTiltak> tiltak) => [.. tiltak.Select(one => JsonValue.Create(one.Id.ToString()))];

    private static (PlanUnit? Unit, string Fault) Choose(List<PlanUnit> units, string slug, GrantYear year, string? asked)
    {
        var listed = string.Join(", ", units.Select(unit => $"{unit.Slug} ({unit.Name})"));
        return (units, asked) switch
        {
            ([], _) => (null, $"Programmet «{slug}» har ingen planenhet som lager handlingsplan for {year}."),
            ([var one], null) => (one, ""),
            (_, null) => (null, $"Programmet «{slug}» har flere planenheter. Oppgi én med «--unit»: {listed}."),
            _ => units.Find(unit => unit.Slug == asked) is { } found ? (found, "")
                : (null, $"Programmet «{slug}» har ingen planenhet «{asked}» i {year}.{Nearest.Question(asked, units.Select(unit => unit.Slug))} Planenhetene er {listed}."),
        };
    }

    private async Task<(Run? Run, string Fault)> Writing(TilskuddDb db, Handlingsplan plan, ProgrammeId programme)
    {
        var steps = new List<string>();
        foreach (var run in await PlanRuns.Of(db, plan.Id, programme, plan.Year).Where(run => run.ClosedAt == null).ToListAsync())
        {
            var step = (await library.Of(db, run)).Find(run.StepId) ?? throw new InvalidOperationException($"Run {run.Id} stands in a step its flow does not have: {run.StepId}.");
            if (PlanRuns.IsWriting(step))
            {
                return (run, "");
            }

            if (PlanRuns.Concerns(run, step))
            {
                steps.Add(library.Words(run.Flow, "nb").Steps.TryGetValue(step.Id, out var words) ? words.Name : step.Id);
            }
        }

        return (null, RefusalText.Of(new PlanRefusal.NotOpenForWriting(), Language.Nb) + (steps.Count == 0 ? "" : $" Den venter i steget «{string.Join("» og «", steps)}»."));
    }

    private static string? ThemeOf(TiltakLine line, List<string> themes, List<string> notes)
    {
        if (line.Theme is not { } written)
        {
            return null;
        }

        if (themes.Find(known => SheetText.Key(known) == SheetText.Key(written)) is { } same)
        {
            return same;
        }

        if (themes.Count > 0)
        {
            notes.Add($"«{SheetText.Short(written)}» er et nytt tema i planen.{Nearest.Question(written, themes)}");
        }

        themes.Add(written);
        return written;
    }

    private static TiltakText Text(TiltakLine line, Tiltak? old, string? theme)
    {
        var budget = (old?.Budget ?? []).ToDictionary(part => part.SourceId, part => part.Amount);
        foreach (var (source, amount) in line.Amounts)
        {
            budget[source] = amount;
        }

        return new TiltakText(
            line.Name.Text, theme ?? old?.Theme ?? "", line.SubTheme ?? old?.SubTheme ?? "", line.Description ?? old?.Description ?? "", line.Target ?? old?.Target ?? "",
            line.Responsible ?? old?.Responsible ?? "", line.Status ?? old?.Status ?? TiltakStatus.Starting, line.Change ?? old?.Change ?? TiltakChange.New, line.Criteria ?? old?.Criteria ?? [],
            budget, line.HasNoBaseline ? "" : line.Baseline ?? old?.Baseline ?? "", line.HasNoBaseline || (line.Baseline is null && old?.HasNoBaseline == true))
        {
            MergedInto = old?.MergedInto,
        };
    }

    // In the order of the form, and in its words.
    private static List<(string Label, string Value)> Fields(DraftCase draft, Tiltak tiltak)
    {
        var year = draft.Plan.Year.Number;
        return
        [
            (Word("Field.Name"), tiltak.Name),
            (Word("Field.Theme"), tiltak.Theme),
            (Word("Field.SubTheme"), tiltak.SubTheme),
            (Word("Field.Criteria"), string.Join(", ", draft.Criteria.Where(criterion => tiltak.Criteria.Contains(criterion.Id)).Select(criterion => criterion.Id))),
            (Word("Field.Description", year), tiltak.Description),
            (Word("Field.Target", year), tiltak.Target),
            (Word("Field.Baseline"), tiltak.HasNoBaseline ? Word("Baseline.Unknown") : tiltak.Baseline),
            (Word("Field.Responsible"), tiltak.Responsible),
            (Word("Field.Status"), Word($"Status.{tiltak.Status}")),
            (Word("Field.Change", year - 1), Word($"Change.{tiltak.Change}")),
            .. draft.Sources.Select(source => (source.Code, tiltak.From(source.Id) == Money.Zero ? "" : Kroner(tiltak.From(source.Id)))),
        ];
    }

    private static string Word(string key, params object[] arguments) => Texts.Of<PlanWords>(Language.Nb, key, arguments);

    /// <summary>Which tiltak of the draft each line of the sheet is: by its id for life, else its name, else its number where the names are near.</summary>
    private sealed class Matching
    {
        private readonly Dictionary<TiltakLine, Tiltak> _known = [];
        private readonly List<string> _faults = [];

        public Matching(DraftCase draft, PlanTable table, ILookup<TiltakId, PlanUnitId> places)
        {
            var all = draft.Plan.Tiltak;
            foreach (var line in table.Lines)
            {
                var found = line.Id is { } id ? all.Where(tiltak => tiltak.TiltakId == id).ToList()
                    : [.. all.Where(tiltak => SheetText.SameName(tiltak.Name) == SheetText.SameName(line.Name.Text))];
                var fault = found.Count > 1 ? $"I kladden heter {found.Count} tiltak det. Skriv id-en til det det gjelder i en kolonne «Id»; den står i adressen til tiltakets side."
                    : line.Id is { } given && found.Count == 0 ? Strange(given, draft, places) : null;
                if (fault is not null)
                {
                    Fault(table, line, fault);
                }
                else if (found is [var one])
                {
                    Take(table, line, one);
                }
            }

            foreach (var line in table.Lines.Where(line => line.Id is null && !_known.ContainsKey(line) && line.Number is not null))
            {
                // A number that belongs to one the sheet names elsewhere is only the line's place in the list.
                if (all.FirstOrDefault(tiltak => tiltak.Number == line.Number && !IsNamed(tiltak)) is not { } numbered)
                {
                    continue;
                }

                if (AreNear(numbered.Name, line.Name.Text))
                {
                    Take(table, line, numbered);
                }
                else
                {
                    Fault(table, line, $"Nummer {line.Number} er «{SheetText.Short(numbered.Name)}» i kladden. Er det samme tiltak med nytt navn, skriv id-en i en kolonne «Id»; er det et annet, tøm nummeret.");
                }
            }
        }

        public IReadOnlyList<string> Faults => _faults;

        public Tiltak? Of(TiltakLine line) => _known.GetValueOrDefault(line);

        public bool IsNamed(Tiltak tiltak) => _known.ContainsValue(tiltak);

        private void Take(PlanTable table, TiltakLine line, Tiltak tiltak)
        {
            if (IsNamed(tiltak))
            {
                Fault(table, line, $"To rader gjelder tiltaket «{SheetText.Short(tiltak.Name)}» i kladden. La én stå.");
            }
            else
            {
                _known.Add(line, tiltak);
            }
        }

        // An id is one tiltak's for life: it comes from this unit's own earlier years, or it is none of this plan's.
        private static string? Strange(TiltakId id, DraftCase draft, ILookup<TiltakId, PlanUnitId> places) =>
            !places[id].Any() ? $"Id-en {id} finnes ikke. Er tiltaket nytt, la cellen stå tom."
            : places[id].Any(unit => unit != draft.Unit.Id) ? $"Id-en {id} er et tiltak i en annen planenhet. La cellen stå tom."
            : null;

        private void Fault(PlanTable table, TiltakLine line, string text) =>
            _faults.Add($"Ark «{table.Sheet}», celle {line.Name.Cell.Place}: «{SheetText.Short(line.Name.Text)}»: {text}");

        private static bool AreNear(string one, string other)
        {
            return Nearest.To(one, [other]) is not null || Longer(one).Overlaps(Longer(other));

            static HashSet<string> Longer(string name) => [.. name.Split([' ', '-', '–', '/', ','], StringSplitOptions.RemoveEmptyEntries).Select(SheetText.Key).Where(word => word.Length > 3)];
        }
    }
}
