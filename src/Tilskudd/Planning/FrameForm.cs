using System.Globalization;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;

namespace Tilskudd.Planning;

/// <summary>One source on the page of the frame: what is typed, or what stands.</summary>
public sealed record FrameField(int Number, string Name, string AsReceived, string Amount, string Basis)
{
    public string AmountName => TiltakForm.AmountField(Number);

    public string BasisName => "grunnlag-" + Number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Reads and shows the form in which the frame is set.</summary>
internal static class FrameForm
{
    /// <summary>Characters in the words for where an amount stands: a sentence out of a letter has room.</summary>
    internal const int LongestBasis = 500;

    public static IReadOnlyList<FrameField> Saved(PlanChoices known, PlanUnitId unit) =>
        [.. StateSources(known).Select(source => Field(
            source, SetFrame.Standing(source, unit) is { } standing ? (TiltakForm.AmountText(standing.Amount), standing.Basis) : ("", "")))];

    public static IReadOnlyList<FrameField> Typed(PlanChoices known, IFormCollection form) =>
        [.. StateSources(known).Select(source => Field(source, ("", "")))
            .Select(field => field with { Amount = form[field.AmountName].ToString(), Basis = form[field.BasisName].ToString() })];

    /// <summary>What is to be registered, or what is wrong with it as typed.</summary>
    public static (IReadOnlyList<ProposedAmount> Amounts, IReadOnlyList<FieldFault> Faults) Parse(PlanChoices known, IReadOnlyList<FrameField> fields)
    {
        var amounts = new List<ProposedAmount>();
        var faults = new List<FieldFault>();
        foreach (var field in fields)
        {
            var source = known.Sources.Single(source => source.Number == field.Number);
            if (!MoneyText.TryParse(field.Amount, out var amount, out var refusal))
            {
                faults.Add(new FieldFault(field.AmountName, TiltakForm.AmountFault(refusal!.Value)));
            }

            var length = Prose.Length(Prose.Of(field.Basis));
            if (Prose.IsBlank(field.Basis))
            {
                faults.Add(new FieldFault(field.BasisName, ShowPlan.Text("Frame.Basis.Missing")));
            }
            else if (length > LongestBasis)
            {
                faults.Add(new FieldFault(field.BasisName, RefusalText.Of(new PlanRefusal.TextTooLong(field.BasisName, length, LongestBasis))));
            }

            amounts.Add(new ProposedAmount(source.Id, amount, field.Basis));
        }

        return (amounts, faults);
    }

    private static IEnumerable<FundingSource> StateSources(PlanChoices known) => known.Sources.Where(source => !source.IsOwnShare);

    private static FrameField Field(FundingSource source, (string Amount, string Basis) typed) =>
        new(source.Number, ShowTiltak.Name(source), source.AsReceived, typed.Amount, typed.Basis);
}
