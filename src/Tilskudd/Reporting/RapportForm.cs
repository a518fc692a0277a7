using System.Globalization;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;

namespace Tilskudd.Reporting;

/// <summary>What the coordinator typed about the year's results and spending.</summary>
internal sealed record RapportForm(string Summary, IReadOnlyDictionary<TiltakId, (string Text, Money? Spent)> Results, int Revision)
{
    /// <summary>The field of a tiltak's result, as the domain's refusals name it.</summary>
    public static string ResultField(int number) => "resultat-" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The field of what was spent on a tiltak, as the domain's refusals name it.</summary>
    public static string SpentField(int number) => "brukt-" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads the form; what cannot be read is among the form's faults. A form without a revision is older than any.</summary>
    public static RapportForm Read(TypedForm form, IEnumerable<TiltakResult> results) => new(
        form.Text("sammendrag"),
        results.ToDictionary(result => result.TiltakId, result => (form.Text(ResultField(result.Number)), form.OptionalMoney(SpentField(result.Number)))),
        int.TryParse(form.Text("revisjon"), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : -1);
}
