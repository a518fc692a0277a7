using Tilskudd.Cycle;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Layout;

namespace Tilskudd.Reporting;

/// <summary>What must be put right in a report, each with the field it is about.</summary>
internal static class RapportFaultText
{
    /// <summary>A report that is not ready has a fault for each thing missing; any other refusal is one.</summary>
    public static IReadOnlyList<FieldFault> Of(Refusal refusal) =>
        refusal is RapportRefusal.NotReady incomplete ? [.. incomplete.Faults.Select(Of)] : [RefusalText.Fault(refusal)];

    private static FieldFault Of(RapportFault fault) => fault.Kind switch
    {
        RapportFaultKind.NoSummary => new FieldFault("sammendrag", Texts.Of<RapportWords>("Fault.NoSummary")),
        RapportFaultKind.NoResult => new FieldFault(RapportForm.ResultField(fault.Number), Texts.Of<RapportWords>("Fault.NoResult", fault.Number, fault.Name)),
        RapportFaultKind.NoAmount => new FieldFault(RapportForm.SpentField(fault.Number), Texts.Of<RapportWords>("Fault.NoAmount", fault.Number, fault.Name)),
    };
}
