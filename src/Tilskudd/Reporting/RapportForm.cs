using System.Globalization;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;

namespace Tilskudd.Reporting;

/// <summary>What the coordinator typed about the year's results and spending.</summary>
internal sealed record RapportForm(string Summary, IReadOnlyDictionary<TiltakId, (string Text, Money? Spent)> Results, int Revision)
{
    private const string Tiltak = "tiltak-";

    /// <summary>The field of a tiltak's result, as the domain's refusals name it.</summary>
    public static string ResultField(int number) => "resultat-" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The field of what was spent on a tiltak, as the domain's refusals name it.</summary>
    public static string SpentField(int number) => "brukt-" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The field that says which tiltak the fields of a number are about.</summary>
    public static string TiltakField(int number) => Tiltak + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// What was typed about a tiltak in a form that comes back, or null. The lines may have been laid anew since the form was opened, and then what
    /// was typed follows its tiltak, not its number.
    /// </summary>
    /// <param name="field">The field of a number.</param>
    public static string? TypedOf(Typed typed, Guid tiltak, Func<int, string> field) => NumberOf(typed, tiltak, 0) is var number and > 0 ? typed[field(number)] : null;

    // The number a tiltak had in the form; where the form does not say, the one given.
    private static int NumberOf(Typed typed, Guid tiltak, int otherwise) => typed.Fields
        .Where(one => one.Key.StartsWith(Tiltak, StringComparison.Ordinal) && one.Value == tiltak.ToString())
        .Select(one => int.TryParse(one.Key.AsSpan(Tiltak.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise)
        .FirstOrDefault(otherwise);

    /// <summary>Reads the form; what cannot be read is among the form's faults. A form without a revision is older than any.</summary>
    public static RapportForm Read(TypedForm form, IEnumerable<TiltakResult> results) => new(
        form.Text("sammendrag"),
        results.ToDictionary(result => result.TiltakId, result => NumberOf(form.Typed, result.TiltakId.Value, result.Number) is var number
            ? (form.Text(ResultField(number)), form.OptionalMoney(SpentField(number))) : default),
        RevisionOf(form));

    /// <summary>The revision the form was opened on; older than any where it does not say.</summary>
    public static int RevisionOf(TypedForm form) => int.TryParse(form.Text("revisjon"), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : -1;
}
