namespace Tilskudd.Year.Sources;

/// <summary>Reads Bergen's areas, and says where the presentation and the web page differ.</summary>
internal static class BergenImport
{
    public const string File = "bergen-areas.json";

    public static BergenSource Read(Import import)
    {
        var root = import.Open(File);
        root.Text("kommune");
        root.Leave(
            "koordinatorfunksjonen", "koordinatorfunksjonen_kilde", "medvirkningsformer", "medvirkningsformer_kilde",
            "hovedpilarer", "hovedpilarer_kilde", "delprogram_nevnt", "offentlige_kilder");
        var organisation = root.Part("organisering");
        organisation.Leave("finansiering", "samarbeidspart", "roller");
        organisation.Place("kilde");
        var basis = root.Part("grunnlag");
        basis.Place("vedtak_kilde");
        basis.Place("kilde");
        Remarks.Warn(root, "avvik");
        var areas = root.Items("omraader").Select(Area).ToList();
        Checked.Once(root, "omraader", areas.Select(area => area.Name));
        return new(
            areas,
            [.. root.Items("avsluttede_omraader_offentlig").Select(Ended)],
            organisation.Text("eier_ordrett"),
            organisation.Text("intern_styringsgruppe"),
            organisation.Texts("politisk_forankring"),
            basis.Whole("levekaarssoner"),
            basis.Text("vedtak_ordrett"));
    }

    private static EndedArea Ended(SourceNode node)
    {
        node.Leave("kilde");
        return new(node.Text("navn"), node.Year("til"));
    }

    private static BergenArea Area(SourceNode node)
    {
        node.Place("nettside_kilde");
        var merge = node.PartIfAny("hendelse");
        merge?.Leave("type", "tekst");
        var area = new BergenArea(
            node.Text("navn"),
            node.TextsIfAny("delomraader"),
            node.Text("periode_ordrett"),
            node.YearOrNull("fra"),
            node.YearOrNull("til"),
            IsPreliminary(node),
            merge?.Year("aar"),
            node.Text("nettside_status"),
            Baseline(node.PartIfAny("indikator")),
            node.Place("kilde"));
        if (area.From > area.To)
        {
            node.Fault("til", $"Området slutter i {area.To}, før det begynner i {area.From}.");
        }

        WarnOfDifferences(node, area);
        return area;
    }

    private static bool IsPreliminary(SourceNode node)
    {
        var phase = node.TextIfAny("fase");
        if (phase is not (null or "forprosjekt"))
        {
            node.Fault("fase", $"«{phase}» er ikke en kjent fase. Skriv forprosjekt, eller la feltet være.");
        }

        return phase is not null;
    }

    private static BaselineSource? Baseline(SourceNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var percent = node.Number("verdi_pst");
        if (percent is < 0 or > 100)
        {
            node.Fault("verdi_pst", "En andel ligger mellom 0 og 100 prosent.");
        }

        return new(node.Text("navn"), percent, node.Text("kilde_i_kilde"), node.Place("kilde"));
    }

    private static void WarnOfDifferences(SourceNode node, BergenArea area)
    {
        var pageSaysSo = area.From is { } from && area.WebPageStatus.Contains(from.ToString(), StringComparison.Ordinal);
        if (area.From is not null && !area.IsPreliminaryProject && !pageSaysSo)
        {
            node.Warn(23, "fra", $"Presentasjonen sier «{area.PeriodVerbatim}», nettsiden «{area.WebPageStatus}».");
        }

        if (area.IsPreliminaryProject)
        {
            node.Warn(24, "fase", $"Presentasjonen kaller {area.Name} et forprosjekt, nettsiden sier «{area.WebPageStatus}».");
        }

        if (area.MergedIn is { } year)
        {
            node.Warn(25, "hendelse", $"{string.Join(" og ", area.Parts)} ble til {area.Name} i {year}.");
        }
    }
}
