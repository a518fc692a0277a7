using Tilskudd.Cycle.Year;

namespace Tilskudd.Year.Sources;

/// <summary>Holds the files against each other: what two of them say must be one and the same.</summary>
internal static class Consistency
{
    private const string Stromso = "drammen";

    public static void Check(
        Import import,
        IReadOnlyList<ProgrammeSource> programmes,
        FundingTable funding,
        TiltakList tiltak,
        TimePlan timePlan,
        OsloSource oslo,
        BergenSource bergen)
    {
        CheckStromso(import, programmes.FirstOrDefault(programme => programme.Slug == Stromso), funding, tiltak);
        if (!timePlan.Meetings.Any(meeting => meeting.On == tiltak.MeetingOn && meeting.Body == tiltak.Body))
        {
            import.Fault(TimePlanImport.File, "$.moter", $"Møtet {tiltak.MeetingOn:O} i {TiltakImport.File} står ikke her.");
        }

        CheckUnits(import, programmes, "oslo", PlanUnitKind.Delprogram, [.. oslo.Subprogrammes.Select(subprogramme => subprogramme.Name)]);
        CheckUnits(import, programmes, "oslo", PlanUnitKind.Bydel, [.. oslo.Districts.Select(district => district.Name)]);
        CheckUnits(import, programmes, "bergen", PlanUnitKind.Area, [.. bergen.Areas.Select(area => area.Name)]);
    }

    private static void CheckStromso(Import import, ProgrammeSource? programme, FundingTable funding, TiltakList tiltak)
    {
        if (programme is null)
        {
            import.Fault(ProgrammesImport.File, "$.programmer", "Programmet «drammen» mangler.");
            return;
        }

        if (programme.Name != funding.Programme || programme.Name != tiltak.Programme || programme.Municipality != funding.Municipality)
        {
            import.Fault(FundingImport.File, "$.program",
                $"Programmet heter «{programme.Name}» i {ProgrammesImport.File}. Det skal hete det samme her og i {TiltakImport.File}.");
        }

        if (funding.Year != tiltak.Year)
        {
            import.Fault(FundingImport.File, "$.plan_aar", $"Pengene gjelder {funding.Year}, men tiltakene {tiltak.Year}.");
        }

        foreach (var row in funding.Rows.Where(row => programme.Frame2025.Amounts.GetValueOrDefault(row.Ministry) != row.Amount.Amount))
        {
            import.Fault(FundingImport.File, "$.poster",
                $"{row.Ministry} gir {row.Amount.Verbatim} her, men noe annet i {ProgrammesImport.File}.");
        }
    }

    private static void CheckUnits(
        Import import, IReadOnlyList<ProgrammeSource> programmes, string slug, PlanUnitKind kind, IReadOnlyList<string> names)
    {
        var units = programmes
            .Where(programme => programme.Slug == slug)
            .SelectMany(programme => programme.PlanUnits)
            .Where(unit => unit.Kind == kind);
        if (!units.Select(unit => unit.Name).Order(StringComparer.Ordinal).SequenceEqual(names.Order(StringComparer.Ordinal)))
        {
            import.Fault(ProgrammesImport.File, "$.programmer",
                $"Planenhetene for «{slug}» er ikke de samme som i filen om {slug}: {string.Join(", ", names)}.");
        }
    }
}
