namespace Tilskudd.Year.Sources;

/// <summary>Reads Oslo's satsinger, bydeler and delprogram, from a page that is historical.</summary>
internal static class OsloImport
{
    public const string File = "oslo-delprogram.json";

    public static OsloSource Read(Import import)
    {
        var root = import.Open(File);
        root.Text("kommune");
        root.Leave("omraadepolitikk_aar");
        root.Place("bydeler_kilde");
        var initiatives = root.Items("satsinger").Select(Initiative).ToList();
        var districts = root.Items("bydeler").Select(node => new OsloDistrict(node.Text("navn"), node.Text("satsing_slutning"))).ToList();
        var subprogrammes = root.Items("delprogram").Select(node => Subprogramme(node, districts, initiatives)).ToList();
        Checked.Once(root, "satsinger", initiatives.Select(initiative => initiative.Name));
        Checked.Once(root, "delprogram", subprogrammes.Select(subprogramme => subprogramme.Name));
        CheckDistricts(root, districts, initiatives);
        Remarks.Warn(root, "avvik");
        return new(initiatives, districts, subprogrammes, root.Year("felles_maal_fra"), root.Place("kilde"));
    }

    private static OsloInitiative Initiative(SourceNode node)
    {
        node.PlaceIfAny("kilde2");
        return new(
            node.Text("navn"), node.TextOrNull("periode_i_kilde"), node.YearIfAny("fra"), node.YearIfAny("til"),
            PublicNote(node, "offentlig"), node.Place("kilde"));
    }

    private static string? PublicNote(SourceNode node, string name)
    {
        var part = node.PartIfAny(name);
        part?.Leave("url");
        return part?.Text("tekst");
    }

    private static OsloSubprogramme Subprogramme(SourceNode node, List<OsloDistrict> districts, List<OsloInitiative> initiatives)
    {
        node.Leave("metode", "tidshorisont");
        var subprogramme = new OsloSubprogramme(
            node.Whole("nr"),
            node.Text("navn"),
            node.Text("tema"),
            node.Text("hovedmaal_ordrett"),
            node.TextIfAny("maal_ordrett"),
            node.IsNull("bydeler") ? null : node.Texts("bydeler"),
            node.Text("styringsdokument_ordrett"),
            PublicNote(node, "offentlig_organisering"),
            node.Place("kilde"));
        foreach (var unknown in (subprogramme.Districts ?? []).Except(districts.Select(district => district.Name)))
        {
            node.Fault("bydeler", $"«{unknown}» er ikke blant bydelene i filen.");
        }

        WarnOfReach(node, subprogramme, initiatives);
        return subprogramme;
    }

    private static void WarnOfReach(SourceNode node, OsloSubprogramme subprogramme, List<OsloInitiative> initiatives)
    {
        var note = subprogramme.PublicNote ?? "";
        var wider = initiatives.Where(initiative => note.Contains(initiative.Name, StringComparison.Ordinal)).ToList();
        if (subprogramme.GoalVerbatim.Contains("Groruddalen", StringComparison.Ordinal) && wider.Count > 0)
        {
            var others = string.Join(" og ", wider.Select(initiative => initiative.Name));
            node.Warn(26, "hovedmaal_ordrett", $"Målet gjelder bare Groruddalen. En nyere offentlig kilde tar også med {others}.");
        }
    }

    private static void CheckDistricts(SourceNode root, List<OsloDistrict> districts, List<OsloInitiative> initiatives)
    {
        var written = root.Text("bydeler_ordrett").Replace(" og ", ", ", StringComparison.Ordinal).Split(", ");
        if (!written.SequenceEqual(districts.Select(district => district.Name)))
        {
            root.Fault("bydeler", "Bydelene er ikke de samme som i bydeler_ordrett.");
        }

        foreach (var district in districts.Where(district => initiatives.All(initiative => initiative.Name != district.InferredInitiative)))
        {
            root.Fault("bydeler", $"«{district.InferredInitiative}» for {district.Name} er ingen satsing i filen.");
        }
    }
}
