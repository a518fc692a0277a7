using NodaTime;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Layout;

/// <summary>A posted form, read field by field. What cannot be read becomes a fault beside its field; what was typed is kept for the page to show again.</summary>
internal sealed class TypedForm(IFormCollection form)
{
    private readonly List<FieldFault> _faults = [];

    public IReadOnlyList<FieldFault> Faults => _faults;

    /// <summary>Every field as it was typed.</summary>
    public Typed Typed => new(form.Where(one => one.Key.Length > 0 && one.Key[0] != '_').ToDictionary(one => one.Key, one => one.Value.ToString(), StringComparer.Ordinal));

    /// <summary>A text without the spaces around it; empty when the field was not posted.</summary>
    public string Text(string field) => form[field].ToString().Trim();

    /// <summary>An amount that must be given, above nought or nought; zero, and a fault, when it cannot be read.</summary>
    public Money Money(string field) => Amount(field, isOptional: false) ?? Cycle.Year.Money.Zero;

    /// <summary>An amount that may be left out; null when it is, or when it cannot be read.</summary>
    public Money? OptionalMoney(string field) => Amount(field, isOptional: true);

    /// <summary>A date that must be given, as dd.mm.åååå or åååå-mm-dd; a fault when it is anything else, or no date a grant can have.</summary>
    public LocalDate Date(string field)
    {
        if (Text(field).Length == 0)
        {
            Fault(field, "Date.Empty");
        }
        else if (!Dates.TryParse(Text(field), out var date))
        {
            Fault(field, "Date.NotADate");
        }
        else if (date.Year is < GrantYear.Earliest or > GrantYear.Latest)
        {
            Fault(field, "Date.OutOfRange", GrantYear.Earliest, GrantYear.Latest);
        }
        else
        {
            return date;
        }

        return default;
    }

    /// <summary>Yes or no, with nothing chosen beforehand.</summary>
    public bool YesOrNo(string field)
    {
        if (Text(field) is not ("ja" or "nei"))
        {
            Fault(field, "Choice.Empty");
        }

        return Text(field) == "ja";
    }

    /// <summary>The fields <c>name-1</c>, <c>name-2</c> … of a list, each with what stands in the field beside it that says which line it is.</summary>
    public IEnumerable<(string Field, string Key)> Numbered(string name, string key)
    {
        for (var number = 1; form.ContainsKey($"{key}-{number}"); number++)
        {
            yield return ($"{name}-{number}", Text($"{key}-{number}"));
        }
    }

    private Money? Amount(string field, bool isOptional)
    {
        if (MoneyText.TryParse(form[field], out var amount, out var refusal))
        {
            return amount;
        }

        if (!(isOptional && refusal == MoneyRefusal.Empty))
        {
            Fault(field, $"Money.{refusal}", Cycle.Year.Money.Largest.InMillions(Languages.Current.Culture()));
        }

        return null;
    }

    private void Fault(string field, string key, params object[] arguments) => _faults.Add(new FieldFault(field, Texts.Of<TypedWords>(key, arguments)));
}

/// <summary>What a person typed in a form that comes back, by field; nothing where the form is shown for the first time.</summary>
public sealed record Typed(IReadOnlyDictionary<string, string> Fields)
{
    public static Typed Nothing { get; } = new(new Dictionary<string, string>());

    /// <summary>What was typed in a field, or null.</summary>
    public string? this[string name] => Fields.GetValueOrDefault(name);
}
