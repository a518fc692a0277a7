namespace Tilskudd.Year.Sources;

/// <summary>Reads the time plan; a vague date becomes an interval, never a date.</summary>
internal static class TimePlanImport
{
    public const string File = "timeplan-stromso.json";

    // In the order of DayOfWeek, which begins on Sunday.
    private static readonly string[] Weekdays = ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"];

    public static TimePlan Read(Import import)
    {
        var root = import.Open(File);
        root.Leave("overskrift", "merknad", "avvik");
        var steps = root.Items("steg").Select(Step).ToList();
        if (!steps.Select(step => step.Number).SequenceEqual(Enumerable.Range(1, steps.Count)))
        {
            root.Fault("steg", "Stegene skal være nummerert fra 1 og oppover.");
        }

        return new(root.Text("gjelder"), [.. root.Items("moter").Select(Meeting)], steps);
    }

    private static MeetingSource Meeting(SourceNode node)
    {
        node.Text("dato_ordrett");
        var meeting = new MeetingSource(
            node.Text("organ"), node.Date("dato"), node.Text("sak"), node.FlagIfAny("aar_er_slutning"), node.Place("kilde"));
        var weekday = Weekdays[(int)meeting.On.DayOfWeek];
        if (node.Text("ukedag") != weekday)
        {
            node.Fault("ukedag", $"{meeting.On:O} er en {weekday}.");
        }

        return meeting;
    }

    private static TimePlanStep Step(SourceNode node)
    {
        var when = new DateInterval(
            node.Date("fra_slutning"), node.Date("til_slutning"), Precision(node), node.Text("naar_ordrett"), !node.Flag("aar_i_kilde"));
        if (when.To < when.From)
        {
            node.Fault("til_slutning", "Siste dag er før første dag.");
        }

        if (when.Precision == DatePrecision.Day && when.From != when.To)
        {
            node.Fault("presisjon", "Presisjonen er en dag, men første og siste dag er ulike.");
        }

        if (when.YearIsInferred || when.Precision != DatePrecision.Day)
        {
            var year = when.YearIsInferred ? "Året er en slutning" : "Tiden er omtrentlig";
            node.Warn(20, "naar_ordrett", $"«{when.Verbatim}» er lest som {when.From:O} til {when.To:O}. {year}.");
        }

        return new(node.Whole("nr"), node.Text("tekst_ordrett"), when, node.Place("kilde"));
    }

    private static DatePrecision Precision(SourceNode node)
    {
        var word = node.Text("presisjon");
        switch (word)
        {
            case "dag": return DatePrecision.Day;
            case "maaned": return DatePrecision.Month;
            case "periode": return DatePrecision.Period;
            case "omtrentlig": return DatePrecision.Approximate;
            default:
                node.Fault("presisjon", $"«{word}» er ikke en presisjon. Skriv dag, maaned, periode eller omtrentlig.");
                return DatePrecision.Approximate;
        }
    }
}
