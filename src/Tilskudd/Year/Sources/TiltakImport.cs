using Tilskudd.Cycle.Planning;

namespace Tilskudd.Year.Sources;

/// <summary>Reads Strømsø's tiltak for 2025: what is written, what was inferred from it, and what the source leaves out.</summary>
internal static class TiltakImport
{
    public const string File = "tiltak-stromso-2025.json";

    private static readonly string[] LeftOutBySource = ["belop_kr", "finansieringskilde", "ansvarlig", "kriterier"];

    public static TiltakList Read(Import import, BudgetTable budget)
    {
        var root = import.Open(File);
        root.Leave("glimt_host_2024", "avvik");
        var meeting = root.Part("behandlet_i");
        meeting.Leave("dato_ordrett", "vedtak", "vedtak_merknad");
        var across = root.Part("tverrgaaende");
        var themes = root.Items("temaer").Select(Theme).ToList();
        var nodes = root.Items("tiltak");
        var list = new TiltakList(
            root.Text("program"),
            root.Text("kommune"),
            root.Year("plan_aar"),
            meeting.Text("organ"),
            meeting.Date("dato"),
            meeting.Texts("agenda"),
            themes,
            [.. nodes.Select(Tiltak)],
            [across.Text("overskrift"), .. across.Texts("punkter")],
            [.. root.Items("programaktivitet").Select(Activity)]);
        CheckThemes(root, list);
        CheckRelations(nodes, list);
        WarnOfRelations(nodes, list);
        WarnOfWhatIsLeftOut(root, nodes);
        WarnOfNewMunicipalities(root, budget);
        return list;
    }

    private static ThemeSource Theme(SourceNode node)
    {
        var name = node.Text("navn");
        string[] written = [node.Text("agenda_ordrett"), node.Text("overskrift_ordrett")];
        string[] aliases = [.. written.Where(other => other != name).Distinct()];
        if (aliases.Length > 0)
        {
            node.Warn(15, $"Temaet «{name}» er også skrevet «{string.Join("» og «", aliases)}». Det er samme tema.");
        }

        return new(node.Whole("nr"), name, aliases);
    }

    private static TiltakSource Tiltak(SourceNode node)
    {
        node.Leave("tillegg_linjer", "barnehager_antall", "barnehager_linjer", "fokusomraader");
        var subThemeNote = node.TextIfAny("undertema_merknad");
        if (subThemeNote is not null)
        {
            node.Warn(18, "undertema", "Undertemaet er en overskrift for seg i kilden. Et tiltak trenger ikke ha undertema.");
        }

        return new(
            node.Text("id"),
            node.Text("tema"),
            node.TextOrNull("undertema"),
            node.Text("navn"),
            node.Text("tekst_ordrett"),
            node.TextsIfAny("tekst_tillegg_ordrett"),
            Status(node),
            node.Text("status_grunnlag"),
            [.. node.Items("relasjoner").Select(Relation)],
            node.TextIfAny("uavklart") ?? node.TextIfAny("merknad") ?? subThemeNote,
            node.Place("kilde"));
    }

    private static TiltakStatus Status(SourceNode node)
    {
        var word = node.Text("status_slutning");
        switch (word)
        {
            case "ny/arbeidstittel": return TiltakStatus.WorkingTitle;
            case "oppstart": return TiltakStatus.Starting;
            case "pågår": return TiltakStatus.Running;
            case "utvides": return TiltakStatus.Expanding;
            case "videreutvikles": return TiltakStatus.Developing;
            case "evalueres og videreføres": return TiltakStatus.Evaluating;
            case "mot implementering i linja": return TiltakStatus.TowardsOrdinaryOperation;
            case "avsluttes": return TiltakStatus.Ending;
            default:
                node.Fault("status_slutning", $"«{word}» er ikke en kjent status for et tiltak.");
                return TiltakStatus.Running;
        }
    }

    private static TiltakRelation Relation(SourceNode node)
    {
        var word = node.Text("type");
        if (word is not ("samme_pilot_som" or "inngar_i"))
        {
            node.Fault("type", $"«{word}» er ikke en kjent sammenheng. Skriv samme_pilot_som eller inngar_i.");
        }

        return new(word == "inngar_i" ? TiltakRelationKind.PartOf : TiltakRelationKind.SamePilotAs, node.Text("id"));
    }

    private static string Activity(SourceNode node)
    {
        node.Leave("se");
        return node.Text("navn");
    }

    private static void CheckThemes(SourceNode root, TiltakList list)
    {
        foreach (var tiltak in list.Tiltak.Where(tiltak => list.Theme(tiltak.Theme) is null))
        {
            root.Fault("tiltak", $"{tiltak.Id} står under temaet «{tiltak.Theme}», som ikke finnes.");
        }

        var counts = root.Part("antall");
        foreach (var theme in list.Themes)
        {
            CheckCount(counts, theme.Name, list.Under(theme).Count());
        }

        CheckCount(counts, "sum", list.Tiltak.Count);
    }

    private static void CheckCount(SourceNode counts, string name, int counted)
    {
        if (counts.Whole(name) != counted)
        {
            counts.Fault(name, $"Det står {counts.Whole(name)} tiltak, men listen har {counted}.");
        }
    }

    private static void CheckRelations(IReadOnlyList<SourceNode> nodes, TiltakList list)
    {
        var byId = list.Tiltak.ToLookup(tiltak => tiltak.Id);
        foreach (var (node, tiltak) in nodes.Zip(list.Tiltak))
        {
            if (byId[tiltak.Id].Count() > 1)
            {
                node.Fault("id", $"«{tiltak.Id}» er brukt på flere tiltak. Hvert må ha sin egen id.");
            }

            foreach (var relation in tiltak.Relations)
            {
                CheckRelation(node, tiltak, relation, byId[relation.OtherId].FirstOrDefault());
            }
        }
    }

    private static void CheckRelation(SourceNode node, TiltakSource tiltak, TiltakRelation relation, TiltakSource? other)
    {
        if (other is null || other.Id == tiltak.Id)
        {
            node.Fault("relasjoner", $"{tiltak.Id} viser til «{relation.OtherId}», som ikke er et annet tiltak i listen.");
        }
        else if (relation.Kind == TiltakRelationKind.SamePilotAs
            && !other.Relations.Contains(new(TiltakRelationKind.SamePilotAs, tiltak.Id)))
        {
            node.Fault("relasjoner", $"{tiltak.Id} er samme pilot som {other.Id}, men ikke omvendt. Før det på begge.");
        }
    }

    private static void WarnOfRelations(IReadOnlyList<SourceNode> nodes, TiltakList list)
    {
        foreach (var (node, tiltak) in nodes.Zip(list.Tiltak))
        {
            foreach (var relation in tiltak.Relations)
            {
                var other = list.Tiltak.FirstOrDefault(candidate => candidate.Id == relation.OtherId);
                if (relation.Kind == TiltakRelationKind.PartOf)
                {
                    node.Warn(17, "relasjoner", $"{tiltak.Id} avsluttes ved at det går inn i {relation.OtherId}.");
                }
                else if (other is not null && string.CompareOrdinal(tiltak.Id, other.Id) < 0)
                {
                    node.Warn(16, "relasjoner",
                        $"{tiltak.Id} og {other.Id} er trolig samme pilot under to temaer. " +
                        "Pengene skal bare telles én gang.");
                }
            }
        }
    }

    private static void WarnOfWhatIsLeftOut(SourceNode root, IReadOnlyList<SourceNode> nodes)
    {
        if (!root.Texts("felt_uten_data").SequenceEqual(LeftOutBySource))
        {
            root.Fault("felt_uten_data", $"Skal være {string.Join(", ", LeftOutBySource)}.");
        }

        foreach (var node in nodes)
        {
            foreach (var name in LeftOutBySource.Where(name => !node.IsNull(name)))
            {
                node.Fault(name, "Kilden sier ikke dette om noe tiltak. La feltet stå som null.");
            }
        }

        root.Warn(19, "tiltak",
            "Ingen tiltak har beløp, finansieringskilde, ansvarlig eller kriterium i kilden. " +
            "Det må fylles ut før godkjenning.");
    }

    private static void WarnOfNewMunicipalities(SourceNode root, BudgetTable budget)
    {
        var named = root.Texts("nye_kommuner_nevnt");
        var shared = budget.Shares.Where(share => share.FromGroupRow).Select(share => share.Municipality).Distinct().ToList();
        foreach (var unknown in named.Except(shared))
        {
            root.Fault("nye_kommuner_nevnt", $"{unknown} er ikke blant de nye kommunene i {BudgetImport.File}.");
        }

        var unnamed = shared.Except(named).ToList();
        if (unnamed.Count > 0)
        {
            root.Warn(21, "nye_kommuner_nevnt",
                $"Listen nevner ikke {string.Join(", ", unnamed)}. " +
                "Den viser hvem Strømsø har hatt kontakt med, ikke hvem som får penger.");
        }
    }
}
