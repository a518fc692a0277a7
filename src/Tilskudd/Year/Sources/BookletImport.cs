using System.Globalization;

namespace Tilskudd.Year.Sources;

/// <summary>Reads the idéhefte, and says which of its figures cannot be used as they stand.</summary>
internal static class BookletImport
{
    public const string File = "idehefte-tiltak.json";
    private const string PurposeField = "bakgrunn_formaal";

    // Units that have gone out of use since 2016, and where they are now.
    private static readonly (string Owner, string Now)[] FormerUnits = [("Flora", "Kinn kommune"), ("Hedmark", "Innlandet fylkeskommune")];

    public static BookletSource Read(Import import)
    {
        var root = import.Open(File);
        root.Leave("personvern", "opphavsrett", "avvik");
        var template = root.Items("mal").Select(Field).ToList();
        var ideas = root.Items("tiltak").Select(node => Idea(node, template)).ToList();
        Checked.Once(root, "tiltak", ideas.Select(idea => idea.Id));
        CheckCounts(root, ideas);
        WarnOfHeadings(root);
        return new(root.Text("tittel"), root.Text("utgiver"), Year(root), template, ideas);
    }

    // "SEPTEMBER 2016".
    private static int Year(SourceNode root)
    {
        if (int.TryParse(root.Text("dato_ordrett").Split(' ')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var year))
        {
            return year;
        }

        root.Fault("dato_ordrett", "Skriv måned og år, for eksempel «SEPTEMBER 2016».");
        return 0;
    }

    private static BookletField Field(SourceNode node)
    {
        node.Leave("forekomst", "flere_tillatt");
        return new(node.Text("felt"), node.Text("visningsnavn"), node.Flag("obligatorisk"));
    }

    private static BookletIdea Idea(SourceNode node, List<BookletField> template)
    {
        node.Leave("nokkel", "side_i_heftet", "eiertype", "kontaktperson_linjer");
        var figures = node.Items("maaltall");
        var idea = new BookletIdea(
            node.Text("id"),
            node.Text("tittel_ordrett"),
            node.Text("tittel_i_innholdsfortegnelsen"),
            node.Text("eier"),
            node.Text("tema"),
            node.Texts("manglende_felt"),
            [.. figures.Select(Figure)],
            node.Place("kilde"));
        CheckFields(node, idea, template);
        WarnOfIdea(node, idea);
        WarnOfFigures(figures, idea);
        return idea;
    }

    private static BookletFigure Figure(SourceNode node)
    {
        var ends = node.NumbersOf("verdi");
        var (from, to) = ends.Count == 0 ? (0, 0) : (ends[0], ends[^1]);
        if (ends.Count is not (1 or 2) || to < from)
        {
            node.Fault("verdi", "Skriv ett tall, eller et intervall med det minste tallet først.");
        }

        return new(
            node.Text("type"), node.Text("navn"), from, to, node.Text("enhet"), node.TextOrNull("periode"), node.Whole("linje"),
            node.TextOrNull("merknad"));
    }

    private static void CheckFields(SourceNode node, BookletIdea idea, List<BookletField> template)
    {
        var headings = node.Part("feltoverskrifter");
        foreach (var field in template)
        {
            var heading = headings.PartIfAny(field.Key);
            heading?.Text("overskrift_ordrett");
            heading?.Leave("linjer");
            if (heading is not null && idea.MissingFields.Contains(field.Key))
            {
                node.Fault("manglende_felt", $"«{field.Key}» er ført som manglende, men har en overskrift.");
            }

            if (heading is null && field.IsMandatory && !idea.MissingFields.Contains(field.Key))
            {
                node.Fault("feltoverskrifter", $"«{field.Key}» er obligatorisk, men mangler. Før det under manglende_felt.");
            }
        }
    }

    private static void WarnOfIdea(SourceNode node, BookletIdea idea)
    {
        if (idea.MissingFields.Count > 0)
        {
            node.Warn(32, "manglende_felt",
                $"{idea.Id} mangler feltet {string.Join(", ", idea.MissingFields)}. Det stopper ikke importen.");
        }

        if (idea.TitleVerbatim != idea.TitleInContents)
        {
            node.Warn(33, "tittel_i_innholdsfortegnelsen",
                $"{idea.Id} har en annen tittel i innholdsfortegnelsen. Begge er tatt vare på.");
        }

        foreach (var unit in FormerUnits.Where(unit => idea.Owner.Contains(unit.Owner, StringComparison.Ordinal)))
        {
            node.Warn(35, "eier", $"«{idea.Owner}» finnes ikke lenger under dette navnet. Området er i dag i {unit.Now}.");
        }
    }

    private static void WarnOfFigures(IReadOnlyList<SourceNode> figures, BookletIdea idea)
    {
        foreach (var (place, figure) in figures.Zip(idea.Figures))
        {
            if (figure.IsContradicted)
            {
                place.Warn(28, "verdi", $"Heftet gir to tall for «{figure.Name}». Begge er tatt vare på, uten gjennomsnitt.");
            }

            if (figure.Unit.Contains("prosentpoeng", StringComparison.Ordinal))
            {
                place.Warn(29, "enhet", "Endringen er oppgitt i prosent, men er trolig prosentpoeng. Det er ikke det samme.");
            }

            if (figure is { Unit: "prosent", Period: not null } && figure.Period.Contains("ikke oppgitt", StringComparison.Ordinal))
            {
                place.Warn(30, "periode", $"«{figure.Name}» har ikke år. Et resultat trenger både definisjon og år.");
            }

            if (figure is { Unit: "prosent", Note: not null } && figure.Note.Contains("ikke oppgitt", StringComparison.Ordinal))
            {
                place.Warn(31, "verdi",
                    $"Andelen «{figure.Name}» står uten totalen den er regnet av. " +
                    "Antall og andel er tatt vare på hver for seg.");
            }
        }
    }

    private static void CheckCounts(SourceNode root, List<BookletIdea> ideas)
    {
        if (root.Whole("antall") != ideas.Count)
        {
            root.Fault("antall", $"Det står {root.Whole("antall")} tiltak, men listen har {ideas.Count}.");
        }

        var counts = root.Part("per_tema");
        foreach (var theme in ideas.GroupBy(idea => idea.Theme))
        {
            if (counts.Whole(theme.Key) != theme.Count())
            {
                counts.Fault(theme.Key, $"Det står {counts.Whole(theme.Key)} tiltak, men listen har {theme.Count()}.");
            }
        }
    }

    private static void WarnOfHeadings(SourceNode root)
    {
        var forms = root.Items("tiltak")
            .Select(node => node.Part("feltoverskrifter").PartIfAny(PurposeField)?.Text("overskrift_ordrett"))
            .OfType<string>().Distinct().ToList();
        if (forms.Count > 1)
        {
            root.Warn(33, "tiltak",
                $"Feltet for formål har {forms.Count} overskrifter: «{string.Join("», «", forms)}». De er samme felt.");
        }
    }
}
