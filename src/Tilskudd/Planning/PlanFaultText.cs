using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;

namespace Tilskudd.Planning;

/// <summary>Says what keeps a plan from being sent, and leads to where it is put right.</summary>
internal static class PlanFaultText
{
    /// <summary>The fault as a whole sentence.</summary>
    public static string Of(PlanFault fault) =>
        RefusalText.Fill(
            Texts.Of<PlanWords>(fault is PlanFault.SectionMissing missing ? $"PlanFault.SectionMissing.{missing.Section}" : $"PlanFault.{fault.GetType().Name}"),
            fault, Languages.Current);

    /// <summary>The fault with a link to its place, from any page.</summary>
    public static FieldFault OnPlan(Handlingsplan plan, IReadOnlyList<FundingSource> sources, PlanFault fault)
    {
        var page = $"/plan/{plan.Id}";
        var path = fault switch
        {
            PlanFault.SectionMissing missing => $"{page}/del/{missing.Section.Slug()}?sjekk=1#tekst",
            PlanFault.NoTiltak => $"{page}/tiltak/ny",
            { Tiltak: { } tiltak } => $"{page}/tiltak/{tiltak}?sjekk=1#{Field(fault, sources)}",
            _ => $"{page}#budsjett",
        };
        var name = plan.Tiltak.FirstOrDefault(tiltak => tiltak.TiltakId == fault.Tiltak)?.Name;
        return new FieldFault("", name is null ? Of(fault) : Texts.Of<PlanWords>("Fault.On", name, Of(fault))) { Path = path };
    }

    /// <summary>The fault as the page of the tiltak shows it.</summary>
    public static FieldFault OnTiltak(IReadOnlyList<FundingSource> sources, PlanFault fault) => new(Field(fault, sources), Of(fault));

    /// <summary>The faults that concern a tiltak: its own, and the frames it takes money from.</summary>
    public static IEnumerable<PlanFault> Concerning(Tiltak tiltak, IEnumerable<PlanFault> faults) =>
        faults.Where(fault => fault.Tiltak == tiltak.TiltakId || (fault is PlanFault.OverFrame over && tiltak.From(over.Source) > Money.Zero));

    private static string Field(PlanFault fault, IReadOnlyList<FundingSource> sources) => fault switch
    {
        PlanFault.NoCriterion or PlanFault.UnknownCriterion or PlanFault.NoCriterionOfSource or PlanFault.OnlyOthersCriteria => "kriterier",
        PlanFault.NoDescription => "besk",
        PlanFault.NoTarget => "maal",
        PlanFault.NoBaseline => "utgangspunkt",
        PlanFault.NoResponsible => "ansv",
        PlanFault.OverFrame over => AmountField(sources.FirstOrDefault(source => source.Id == over.Source)),
        PlanFault.NoFrame unknown => AmountField(sources.FirstOrDefault(source => source.Id == unknown.Source)),
        PlanFault.NoBudget => AmountField(sources is [var first, ..] ? first : null),
        PlanFault.UnknownSource => "belop",
        _ => "",
    };

    private static string AmountField(FundingSource? source) => source is null ? "belop" : TiltakForm.AmountField(source.Number);
}
