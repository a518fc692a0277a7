using System.Text.RegularExpressions;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Year.Sources;

/// <summary>Reads who pays for Strømsø's plan for 2025, and holds it against the budget of the year before.</summary>
internal static partial class FundingImport
{
    public const string File = "funding-stromso-2025.json";
    private const string OwnName = "Områdesatsing i byer";

    public static FundingTable Read(Import import, BudgetTable budget, CriteriaSource criteria)
    {
        var root = import.Open(File);
        root.Leave("overskriftsrad_ordrett", "kontroll", "avvik");
        root.Place("kilde");
        var codes = budget.Ministries.Select(ministry => ministry.Code).ToHashSet();
        var rows = root.Items("poster").Select(node => Row(node, codes)).ToList();
        var funding = new FundingTable(
            root.Text("program"), root.Text("kommune"), root.Year("plan_aar"), root.Date("dokumentdato"),
            rows, Total(root.Part("sum")), criteria.ReservationVerbatim);
        CheckTotal(root, funding);
        WarnOfLastYear(root, funding, budget);
        return funding;
    }

    private static FundingSourceRow Row(SourceNode node, HashSet<string> codes)
    {
        var cells = node.Texts("celler_ordrett");
        var row = new FundingSourceRow(
            node.Text("finansieringskilde_ordrett"),
            node.Text("departement_kode"),
            node.TextIfAny("tidligere_departement_kode"),
            node.Text("kapittel_post_ordrett"),
            node.Whole("kapittel"),
            node.Whole("post"),
            node.Text("postnavn_ordrett"),
            Checked.Cell(node, "belop_ordrett", AmountUnit.Unstated, node.NumberOrNull("belop_mill_kr"), node.KronerOrNull("belop_kr")),
            node.Text("vilkaar_ordrett"),
            node.Text("vilkaar"),
            Administrator(node),
            node.Place("kilde"));
        node.Place("vilkaar_kilde");
        if (!cells.SequenceEqual([row.FunderVerbatim, row.ChapterAndPostVerbatim, row.Amount.Verbatim])
            || node.Text("rad_ordrett") != row.FunderVerbatim)
        {
            node.Fault("celler_ordrett",
                "Cellene er ikke de samme som finansieringskilde_ordrett, kapittel_post_ordrett og belop_ordrett.");
        }

        if (row.Amount.IsBlank)
        {
            node.Fault("belop_ordrett", "Beløpet mangler. En finansieringskilde må ha et beløp.");
        }

        if (!codes.Contains(row.Ministry))
        {
            node.Fault("departement_kode", $"«{row.Ministry}» er ikke blant departementene i {BudgetImport.File}.");
        }

        CheckChapter(node, row);
        WarnOfRow(node, row);
        return row;
    }

    private static string? Administrator(SourceNode node)
    {
        var part = node.PartIfAny("forvalter_offentlig_kilde");
        part?.Leave("kilde");
        return part?.Text("verdi");
    }

    private static void CheckChapter(SourceNode node, FundingSourceRow row)
    {
        if (row.ChapterAndPostVerbatim != $"Kapittel {row.Chapter}, post {row.Post}: {row.PostNameVerbatim}")
        {
            node.Fault("kapittel_post_ordrett",
                $"Teksten sier ikke kapittel {row.Chapter}, post {row.Post} og «{row.PostNameVerbatim}».");
        }
    }

    private static void WarnOfRow(SourceNode node, FundingSourceRow row)
    {
        if (row.FunderVerbatim.EndsWith('*'))
        {
            node.Warn(9, "finansieringskilde_ordrett", $"Stjernen i «{row.FunderVerbatim}» viser til en fotnote som ikke finnes. Teksten er beholdt.");
        }

        if (row.FormerMinistry is not null)
        {
            node.Warn(10, "kapittel",
                $"Kapittel {row.Chapter} hørte til {row.FormerMinistry}, men {row.Ministry} betaler. " +
                "Sjekk kapittelet mot tilskuddsbrevet.");
        }

        if (SingularMillion().IsMatch(row.Amount.Verbatim) || row.PostNameVerbatim.Contains("innvandrer tiltak", StringComparison.Ordinal))
        {
            node.Warn(11, "belop_ordrett",
                $"Skrivemåten «{row.Amount.Verbatim}» og «{row.PostNameVerbatim}» er beholdt. " +
                "Beløpet er lest likevel.");
        }

        if (row is { Chapter: 590, Post: 65 } && row.PostNameVerbatim != OwnName)
        {
            node.Warn(38, "postnavn_ordrett", $"Departementet selv kaller posten «{OwnName}». Begge navn gjelder samme post.");
        }
    }

    private static AmountCell Total(SourceNode node)
    {
        node.Place("kilde");
        var total = Checked.Cell(node, "ordrett", AmountUnit.Unstated, node.NumberOrNull("belop_mill_kr"), node.KronerOrNull("belop_kr"));
        var cells = node.Items("celler_ordrett").Select(cell => cell.AsCell()).ToList();
        if (!cells.SequenceEqual([node.Text("rad_ordrett"), "", total.Verbatim]))
        {
            node.Fault("celler_ordrett", "Cellene er ikke de samme som rad_ordrett og ordrett.");
        }

        return total;
    }

    private static void CheckTotal(SourceNode root, FundingTable funding)
    {
        var sum = Checked.Sum(funding.Rows.Select(row => row.Amount.Amount ?? Money.Zero));
        if (funding.Total.Amount != sum)
        {
            root.Fault("sum.ordrett", $"Totalen er oppgitt til {funding.Total.Verbatim}, men kildene blir {sum}.");
        }
    }

    private static void WarnOfLastYear(SourceNode root, FundingTable funding, BudgetTable budget)
    {
        var same = funding.Rows.All(row => row.Amount.Amount == budget.Share(funding.Municipality, row.Ministry));
        if (same && funding.DocumentOn.Year < funding.Year.Number)
        {
            root.Warn(12, "poster",
                $"Beløpene for {funding.Year} er de samme som for {budget.Year}, og er oppgitt før Stortinget vedtok budsjettet. " +
                "De gjelder med forbehold.");
        }
    }

    // "1,1 million kroner": the singular behind a number that is not one.
    [GeneratedRegex(@"^(?!1 )[0-9,]+ million kroner\z", RegexOptions.CultureInvariant)]
    private static partial Regex SingularMillion();
}
