namespace Tilskudd.Year.Sources;

/// <summary>Reads the two lists of criteria and ties them together, many to many.</summary>
internal static class CriteriaImport
{
    public const string File = "criteria.json";

    // The ministry both lists speak for in their headings (DOC-000:24, DOC-004:144).
    private const string Ministry = "KDD";

    // The key of a list in the file, and the municipality it is for.
    private static readonly (string List, string Municipality)[] Lists = [("bergen", "Bergen"), ("drammen", "Drammen")];

    public static CriteriaSource Read(Import import)
    {
        var root = import.Open(File);
        root.Leave("avvik");
        root.Place("regel_kilde");
        root.Place("forbehold_kilde");
        var lists = root.Part("lister");
        var wordings = Lists.SelectMany(list => Wordings(lists.Part(list.List), list.Municipality)).ToList();
        var criteria = root.Items("kanonisk_forslag_slutning").Select(Criterion).ToList();
        CheckTies(root, wordings, criteria);
        WarnOfDifferences(root, wordings, criteria);
        var goals = root.Part("lokale_maal");
        goals.Leave("bergen_hovedpilarer", "bergen_okende_fokus", "drammen_kommuneplanens_samfunnsdel");
        return new(
            root.Text("regel_ordrett"),
            root.Text("forbehold_ordrett"),
            criteria,
            wordings,
            [.. root.Items("egne_vilkaar_per_finansieringskilde").Select(node =>
                new FunderTerm(node.Text("finansieringskilde"), node.Text("tekst"), node.Place("kilde")))],
            goals.Text("drammen_hovedmaal_stromso_2030"));
    }

    private static List<CriterionWording> Wordings(SourceNode list, string municipality)
    {
        list.Leave("merknad");
        list.Text("overskrift_ordrett");
        var wordings = list.Items("kriterier").Select(node =>
        {
            if (node.FlagOrNothing("punktmerket_i_kilde") == false)
            {
                node.Warn(14, "punktmerket_i_kilde", "Kriteriet står uten punktmerke i kilden. Det er regnet med som kriterium.");
            }

            return new CriterionWording(node.Text("id"), municipality, Ministry, node.Whole("nr"), node.Text("tekst"), node.Place("kilde"));
        }).ToList();
        if (!wordings.Select(wording => wording.Number).SequenceEqual(Enumerable.Range(1, wordings.Count)))
        {
            list.Fault("kriterier", "Numrene skal gå fra 1 og oppover, uten hull.");
        }

        return wordings;
    }

    private static CriterionSource Criterion(SourceNode node) => new(
        node.Text("id"), node.Text("nokkel"), node.Text("tekst"),
        [.. Lists.SelectMany(list => node.Texts(list.List))], node.Text("merknad"));

    private static void CheckTies(SourceNode root, List<CriterionWording> wordings, List<CriterionSource> criteria)
    {
        if (!criteria.Select(criterion => criterion.Id).SequenceEqual(Enumerable.Range(1, 9).Select(number => $"K{number}")))
        {
            root.Fault("kanonisk_forslag_slutning", "Kriteriene skal være K1 til K9, i rekkefølge.");
        }

        var tied = criteria.SelectMany(criterion => criterion.WordingIds).ToHashSet();
        var known = wordings.Select(wording => wording.Id).ToHashSet();
        foreach (var id in tied.Except(known))
        {
            root.Fault("kanonisk_forslag_slutning", $"«{id}» finnes ikke i noen av listene.");
        }

        foreach (var id in known.Except(tied))
        {
            root.Fault("lister", $"«{id}» hører ikke til noe felles kriterium. Knytt det til et av K1 til K9.");
        }

        if (known.Count != wordings.Count)
        {
            root.Fault("lister", "To kriterier har samme id.");
        }
    }

    private static void WarnOfDifferences(SourceNode root, List<CriterionWording> wordings, List<CriterionSource> criteria)
    {
        foreach (var criterion in criteria)
        {
            var covered = wordings.Where(wording => criterion.WordingIds.Contains(wording.Id)).Select(wording => wording.Municipality);
            foreach (var missing in Lists.Select(list => list.Municipality).Except(covered))
            {
                root.Warn(13, "kanonisk_forslag_slutning", $"{criterion.Id} ({criterion.Text}) finnes ikke i lista til {missing}.");
            }
        }

        foreach (var wording in wordings)
        {
            var merged = criteria.Where(criterion => criterion.WordingIds.Contains(wording.Id)).Select(criterion => criterion.Id).ToList();
            if (merged.Count > 1)
            {
                root.Warn(13, "kanonisk_forslag_slutning", $"{wording.Id} slår sammen {string.Join(" og ", merged)} i ett punkt.");
            }
        }
    }
}
