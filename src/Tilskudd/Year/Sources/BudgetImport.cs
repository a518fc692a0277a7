using Tilskudd.Cycle.Year;

namespace Tilskudd.Year.Sources;

/// <summary>
/// Reads the budget table: every amount out of the verbatim cell, with the file's own numbers and the table's own sums as the check.
/// </summary>
internal static class BudgetImport
{
    public const string File = "budget-2024.json";
    private const string SumColumn = "SUM";

    public static BudgetTable Read(Import import)
    {
        var root = import.Open(File);
        root.Leave("desimaltegn_i_kilde", "kolonneoverskrift_forste", "kontroll", "merknader");
        var ministries = Ministries(root);
        var codes = ministries.Select(ministry => ministry.Code).ToList();
        CheckHeadings(root, ministries);
        var unit = Unit(root);
        var rows = root.Items("rader").Select(row => Row(row, codes, unit)).ToList();
        var total = Row(root.Part("sum_rad"), codes, unit);
        CheckColumns(root, codes, rows, total);
        var shares = rows.SelectMany(Split).ToList();
        CheckShares(root, shares);
        var table = new BudgetTable(
            root.Year("budsjettaar"), root.Text("tittel_i_kilde"), ministries, rows, total,
            Outside(root, codes), root.Text("utenfor_tabellen_ordrett"), shares);
        root.Place("kilde");
        root.Place("utenfor_tabellen_kilde");
        WarnOfTheTable(root, table);
        return table;
    }

    private static List<MinistrySource> Ministries(SourceNode root) =>
        [.. root.Items("departementer").Select(node =>
            new MinistrySource(node.Text("kode"), node.Text("formaal"), node.Text("navn_slutning")))];

    private static void CheckHeadings(SourceNode root, List<MinistrySource> ministries)
    {
        var headings = root.Items("overskriftsrader_ordrett")
            .Select(row => (Node: row, Cells: row.Items("celler").Select(cell => cell.AsCell()).ToList()))
            .ToList();
        foreach (var (node, _) in headings)
        {
            node.Place("kilde");
        }

        if (headings.Count != 2)
        {
            root.Fault("overskriftsrader_ordrett", "Tabellen skal ha to overskriftsrader: koder og formål.");
            return;
        }

        if (!headings[0].Cells.Skip(1).SequenceEqual([.. ministries.Select(ministry => ministry.Code), SumColumn]))
        {
            headings[0].Node.Fault("celler", "Kolonnene er ikke de samme som i «departementer», med SUM til slutt.");
        }

        if (!headings[1].Cells.Skip(1).SkipLast(1).SequenceEqual(ministries.Select(ministry => ministry.PurposeVerbatim)))
        {
            headings[1].Node.Fault("celler", "Formålene er ikke de samme som i «departementer».");
        }
    }

    private static AmountUnit Unit(SourceNode root)
    {
        if (root.Text("enhet_i_kilde") != "mill. kr")
        {
            root.Fault("enhet_i_kilde", "Tabellen leses i «mill. kr». Er enheten en annen, må beløpene tolkes på nytt.");
        }

        return AmountUnit.MillionKroner;
    }

    private static BudgetRow Row(SourceNode node, List<string> codes, AmountUnit unit)
    {
        var verbatim = node.Part("celler_ordrett");
        var millions = node.Part("belop_mill_kr");
        var kroner = node.Part("belop_kr");
        var cells = codes.ToDictionary(
            code => code,
            code => Checked.Cell(verbatim, code, unit, millions.NumberOrNull(code), kroner.KronerOrNull(code)));
        var sum = Checked.Cell(verbatim, SumColumn, unit, node.Number("sum_mill_kr"), node.Kroner("sum_kr"));
        var row = new BudgetRow(
            node.Text("rad_ordrett"), node.TextsIfAny("kommuner"), cells, sum, PerMunicipality(node, unit), node.Place("kilde"));
        CheckRow(node, row);
        return row;
    }

    private static Money? PerMunicipality(SourceNode node, AmountUnit unit)
    {
        var each = node.PartIfAny("kontroll_per_kommune");
        each?.Leave("kommuner", "produkt_mill_kr", "stemmer");
        return node.TextIfAny("sum_celle_tekst") is not null && node.NumberOrNull("per_kommune_mill_kr") is { } number
            ? Checked.Exact(node, "per_kommune_mill_kr", number, unit)
            : null;
    }

    private static void CheckRow(SourceNode node, BudgetRow row)
    {
        var sum = Checked.Sum(row.Cells.Values.Select(cell => cell.Amount ?? Money.Zero));
        if (row.Sum.Amount is { } stated && stated != sum)
        {
            node.Fault("celler_ordrett.SUM",
                $"Raden «{row.LabelVerbatim}» oppgir {row.Sum.Verbatim}, men cellene blir {sum}. Rett cellen eller summen.");
        }

        if (row.Municipalities.Count == 0)
        {
            return;
        }

        if (node.Text("rad_tekst") != row.LabelVerbatim || row.LabelVerbatim != string.Join(", ", row.Municipalities))
        {
            node.Fault("kommuner", $"Kommunene svarer ikke til radens tekst «{row.LabelVerbatim}».");
        }

        if (node.Text("sum_celle_tekst") != row.Sum.Verbatim)
        {
            node.Fault("sum_celle_tekst", $"Teksten er ikke den samme som i celler_ordrett.SUM: «{row.Sum.Verbatim}».");
        }

        CheckGroup(node, row);
    }

    private static void CheckGroup(SourceNode node, BudgetRow row)
    {
        var isGroup = row.Municipalities.Count > 1;
        if (node.Flag("er_samlerad") != isGroup)
        {
            node.Fault("er_samlerad", $"Raden nevner {row.Municipalities.Count} kommuner.");
        }

        if (!isGroup)
        {
            return;
        }

        var shared = Checked.Sum(row.Municipalities.Select(_ => row.PerMunicipality ?? Money.Zero));
        if (row.Sum.Amount != shared || row.Sum.Note is null)
        {
            node.Fault("per_kommune_mill_kr",
                $"{row.Municipalities.Count} kommuner skal til sammen ha {row.Sum.Verbatim}, men delene blir {shared}.");
        }

        if (row.Cells.Values.Count(cell => !cell.IsBlank) != 1)
        {
            node.Fault("celler_ordrett", "En samlerad kan bare deles når ett departement betaler den.");
        }

        node.Warn(1, "celler_ordrett.SUM",
            $"Sumcellen «{row.Sum.Verbatim}» har tekst i tillegg til tallet. " +
            "Tallet er lest, og teksten er tatt vare på.");
        node.Warn(2, "kommuner",
            $"Én rad gjelder {row.Municipalities.Count} kommuner. Den er delt likt på dem, med raden som kilde.");
    }

    private static void CheckColumns(SourceNode root, List<string> codes, List<BudgetRow> rows, BudgetRow total)
    {
        foreach (var code in codes)
        {
            var sum = Checked.Sum(rows.Select(row => row.Cells[code].Amount ?? Money.Zero));
            if (total.Cells[code].Amount != sum)
            {
                root.Fault($"sum_rad.celler_ordrett.{code}",
                    $"Sumraden oppgir {total.Cells[code].Verbatim} for {code}, men radene blir {sum}.");
            }
        }

        var all = Checked.Sum(rows.Select(row => row.Sum.Amount ?? Money.Zero));
        if (total.Sum.Amount != all)
        {
            root.Fault("sum_rad.celler_ordrett.SUM", $"Totalsummen er oppgitt til {total.Sum.Verbatim}, men radene blir {all}.");
        }
    }

    private static IEnumerable<BudgetShare> Split(BudgetRow row) =>
        from municipality in row.Municipalities
        from cell in row.Cells
        where cell.Value.Amount is not null
        let isGroup = row.Municipalities.Count > 1
        let amount = isGroup ? row.PerMunicipality ?? Money.Zero : cell.Value.Amount!.Value
        select new BudgetShare(municipality, cell.Key, amount, isGroup, row.LabelVerbatim);

    private static void CheckShares(SourceNode root, List<BudgetShare> shares)
    {
        var year = root.Year("budsjettaar");
        var stated = root.Items("flat_tabell_kr").Select(node =>
        {
            if (node.Year("budsjettaar") != year)
            {
                node.Fault("budsjettaar", $"Raden gjelder et annet år enn tabellen ({year}).");
            }

            var share = (node.Text("kommune"), node.Text("departement"), node.Kroner("belop_kr"), node.Flag("avledet_av_samlerad"));
            return (Node: node, Share: share);
        }).ToList();
        var derived = shares.Select(share => (share.Municipality, share.Ministry, share.Amount, share.FromGroupRow)).ToHashSet();
        foreach (var (node, share) in stated.Where(row => !derived.Contains(row.Share)))
        {
            node.Fault($"{share.Item1} og {share.Item2} med {share.Item3} finnes ikke i tabellens rader.");
        }

        if (stated.Count != derived.Count)
        {
            root.Fault("flat_tabell_kr", $"Listen har {stated.Count} rader, men tabellen gir {derived.Count}.");
        }
    }

    private static List<AmountOutsideTable> Outside(SourceNode root, List<string> codes) =>
        [.. root.Items("utenfor_tabellen").Select(node =>
        {
            var amount = Checked.Exact(node, "belop_mill_kr", node.Number("belop_mill_kr"), AmountUnit.MillionKroner);
            if (amount != node.Kroner("belop_kr"))
            {
                node.Fault("belop_kr", $"Beløpet er ikke det samme som i belop_mill_kr: {amount}.");
            }

            var ministry = node.TextOrNull("departement");
            if (ministry is null)
            {
                node.Warn(4, "departement", "Kilden sier ikke hvilket departement som betaler. Betaleren står som ukjent.");
            }
            else if (!codes.Contains(ministry))
            {
                node.Fault("departement", $"«{ministry}» er ikke blant departementene i tabellen.");
            }

            return new AmountOutsideTable(node.Text("mottaker"), amount, node.Text("beskrivelse"), ministry);
        })];

    private static void WarnOfTheTable(SourceNode root, BudgetTable table)
    {
        if (table.OutsideTable.Count > 0)
        {
            var outside = Checked.Sum(table.OutsideTable.Select(amount => amount.Amount));
            root.Warn(3, "utenfor_tabellen", $"{outside} står utenfor tabellen og er ikke med i noen sum.");
        }

        if (!table.Rows.Any(row => row.LabelVerbatim.Any(char.IsDigit)))
        {
            root.Warn(5, "overskriftsrader_ordrett[0]",
                "Overskriften lover programperiode, men ingen rad har det. " +
                "Perioden er hentet andre steder eller står tom.");
        }

        const string MoreThanOneThing = "Områdesatsing og bolig";
        if (table.Ministries.Any(ministry => ministry.PurposeVerbatim.StartsWith(MoreThanOneThing, StringComparison.Ordinal)))
        {
            root.Warn(6, "departementer",
                "KDD-kolonnen dekker mer enn områdesatsing. Den er ikke det samme som kapittel 590 post 65.");
        }

        var blank = table.Rows.Sum(row => row.Cells.Values.Count(cell => cell.IsBlank));
        if (blank > 0)
        {
            root.Warn(7, "rader", $"{blank} celler er tomme. De er lest som ikke oppgitt, ikke som 0.");
        }

        if (table.TitleVerbatim.StartsWith("Statbudsjettet", StringComparison.Ordinal))
        {
            root.Warn(8, "tittel_i_kilde", "Kilden skriver «Statbudsjettet». Skrivemåten er beholdt.");
        }
    }
}
