using Tilskudd.Cycle.Year;

namespace Tilskudd.Year.Sources;

/// <summary>Reads the fourteen programmes and holds their amounts against the budget table.</summary>
internal static class ProgrammesImport
{
    public const string File = "programmes.json";

    public static IReadOnlyList<ProgrammeSource> Read(Import import, BudgetTable budget)
    {
        var root = import.Open(File);
        root.Leave("merknad");
        var codes = budget.Ministries.Select(ministry => ministry.Code).ToList();
        var programmes = root.Items("programmer").Select(node => Programme(node, codes, budget)).ToList();
        CheckUnique(root, "programmer", programmes.Select(programme => programme.Slug));
        CheckSum(root, "sum_2024_kr", programmes.Select(programme => programme.Grant2024));
        CheckSum(root, "sum_ramme_2025_kr", programmes.Select(programme => programme.Frame2025.Sum));
        var paid = budget.Shares.Select(share => share.Municipality).Distinct();
        foreach (var missing in paid.Except(programmes.Select(programme => programme.Municipality)))
        {
            root.Fault("programmer", $"{missing} får penger i {BudgetImport.File}, men har ikke noe program her.");
        }

        return programmes;
    }

    private static ProgrammeSource Programme(SourceNode node, List<string> codes, BudgetTable budget)
    {
        var sources = node.Items("kilder");
        var programme = new ProgrammeSource(
            Slug(node, "id"),
            node.Text("kommune"),
            node.TextOrNull("program"),
            node.Texts("omraader"),
            Period(node),
            node.Text("avtaletype"),
            node.Kroner("tilskudd_2024_kr"),
            Frame(node.Part("ramme_2025"), codes),
            [.. node.Items("planenheter").Select(PlanUnit)],
            node.Text("planenheter_slutning"),
            [.. sources.Select(source => source.PlaceIfAny("dokument")).OfType<SourcePlace>()],
            [.. sources.Select(source => source.TextIfAny("url")).OfType<string>()],
            node.TextOrNull("merknad"));
        CheckPlanUnits(node, programme);
        CheckGrant(node, programme, budget);
        return programme;
    }

    private static AgreementPeriod Period(SourceNode node)
    {
        var period = new AgreementPeriod(node.YearOrNull("fra"), node.YearOrNull("til"), node.Text("periode_kilde"));
        if (period.From > period.To)
        {
            node.Fault("til", $"Avtalen slutter i {period.To}, før den begynner i {period.From}.");
        }

        return period;
    }

    private static FrameSource Frame(SourceNode node, List<string> codes)
    {
        node.Leave("se");
        node.PlaceIfAny("kilde");
        node.PlaceIfAny("forbehold_kilde");
        var amounts = node.Part("belop_kr");
        var frame = new FrameSource(
            codes.ToDictionary(code => code, amounts.KronerOrNull),
            node.Kroner("sum_kr"),
            node.Flag("forelopig"),
            node.Text("grunnlag"),
            node.TextIfAny("forbehold"),
            node.Flag("belop_er_slutning"),
            node.FlagIfAny("avledet_av_samlerad"));
        var sum = Checked.Sum(frame.Amounts.Values.Select(amount => amount ?? Money.Zero));
        if (sum != frame.Sum)
        {
            node.Fault("sum_kr", $"Summen er oppgitt til {frame.Sum}, men departementene blir {sum}.");
        }

        return frame;
    }

    private static PlanUnitSource PlanUnit(SourceNode node) => new(
        Slug(node, "slug"), node.Text("navn"), Kind(node), node.TextIfAny("overordnet"),
        node.FlagIfAny("navn_er_slutning"), node.PlaceIfAny("kilde"));

    private static PlanUnitKind Kind(SourceNode node)
    {
        var word = node.Text("slag");
        switch (word)
        {
            case "program": return PlanUnitKind.Programme;
            case "område": return PlanUnitKind.Area;
            case "delprogram": return PlanUnitKind.Delprogram;
            case "bydel": return PlanUnitKind.Bydel;
            default:
                node.Fault("slag", $"«{word}» er ikke et slag planenhet. Skriv program, område, delprogram eller bydel.");
                return PlanUnitKind.Programme;
        }
    }

    private static void CheckPlanUnits(SourceNode node, ProgrammeSource programme)
    {
        if (programme.PlanUnits.Count == 0)
        {
            node.Fault("planenheter", "Programmet har ingen planenhet. Minst én må lage en plan.");
        }

        CheckUnique(node, "planenheter", programme.PlanUnits.Select(unit => unit.Slug));
        foreach (var unit in programme.PlanUnits.Where(unit => unit.ParentSlug is not null))
        {
            if (programme.PlanUnits.All(parent => parent.Slug != unit.ParentSlug || parent == unit))
            {
                node.Fault("planenheter", $"«{unit.Slug}» hører under «{unit.ParentSlug}», som ikke finnes.");
            }
        }
    }

    private static void CheckGrant(SourceNode node, ProgrammeSource programme, BudgetTable budget)
    {
        var budgeted = budget.GrantTo(programme.Municipality);
        if (programme.Grant2024 != budgeted)
        {
            node.Fault("tilskudd_2024_kr",
                $"{programme.Municipality} står med {programme.Grant2024}, men budsjettabellen gir {budgeted}.");
        }

        if (!programme.Frame2025.IsProvisional)
        {
            return;
        }

        foreach (var (ministry, amount) in programme.Frame2025.Amounts)
        {
            if (amount != budget.Share(programme.Municipality, ministry))
            {
                node.Fault($"ramme_2025.belop_kr.{ministry}", "En foreløpig ramme skal være som budsjettabellen for 2024.");
            }
        }
    }

    private static void CheckSum(SourceNode root, string name, IEnumerable<Money> amounts)
    {
        var sum = Checked.Sum(amounts);
        if (root.Kroner(name) != sum)
        {
            root.Fault(name, $"Summen er oppgitt til {root.Kroner(name)}, men programmene blir {sum}.");
        }
    }

    private static void CheckUnique(SourceNode node, string name, IEnumerable<string> slugs)
    {
        foreach (var twice in slugs.GroupBy(slug => slug).Where(group => group.Count() > 1))
        {
            node.Fault(name, $"«{twice.Key}» er brukt {twice.Count()} ganger. Hver må ha sitt eget ord.");
        }
    }

    private static string Slug(SourceNode node, string name)
    {
        var slug = node.Text(name);
        if (!slug.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign == '-'))
        {
            node.Fault(name, $"«{slug}» skal stå i adresser. Bruk bare a–z, tall og bindestrek.");
        }

        return slug;
    }
}
