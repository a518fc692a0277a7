namespace Tilskudd.Year.Sources;

/// <summary>
/// The discrepancies of which a file holds no figures, only a remark. The remark is recognised by its own words; one that is not known
/// here says nothing that another warning does not say already.
/// </summary>
internal static class Remarks
{
    private static readonly (string Words, int Discrepancy, string Text)[] Known =
    [
        ("fem pågående områdesatsinger", 22, "Kilden teller fem områder, men navngir fire. Antallet er telt i listen."),
        ("Ansvarlig byrådsavdeling er ulik over tid", 36, "Navnet på byrådsavdelingen er ulikt over tid. Det gjelder for kildens dato."),
        ("avviklet 1. april 2023", 27, "Nettstedet siden sto på, er nedlagt. Opplysningene er historiske."),
    ];

    public static void Warn(SourceNode root, string name)
    {
        foreach (var remark in root.Items(name).Select((node, index) => (Text: node.AsText(), Path: $"{name}[{index}]")))
        {
            foreach (var known in Known.Where(known => remark.Text.Contains(known.Words, StringComparison.Ordinal)))
            {
                root.Warn(known.Discrepancy, remark.Path, known.Text);
            }
        }
    }
}
