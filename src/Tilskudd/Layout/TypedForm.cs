using System.Globalization;
using NodaTime;
using Tilskudd.Cycle;
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

    /// <summary>A date that may be left out; null when it is, or when it cannot be read.</summary>
    public LocalDate? OptionalDate(string field) => Text(field).Length == 0 ? null : Date(field);

    /// <summary>A clock time that must be given; midnight, and a fault, when it cannot be read.</summary>
    public LocalTime Time(string field)
    {
        if (Text(field).Length == 0)
        {
            Fault(field, "Time.Empty");
        }

        return OptionalTime(field) ?? default;
    }

    /// <summary>A clock time that may be left out; null when it is, or when it cannot be read.</summary>
    public LocalTime? OptionalTime(string field)
    {
        if (Text(field).Length == 0)
        {
            return null;
        }

        if (Dates.TryParseTime(Text(field), out var time))
        {
            return time;
        }

        Fault(field, "Time.NotATime");
        return null;
    }

    /// <summary>A text on one line that must be given.</summary>
    public string Line(string field, int longest)
    {
        if (Prose.IsBlank(Text(field)))
        {
            Fault(field, "Text.Empty");
            return "";
        }

        return OptionalLine(field, longest);
    }

    /// <summary>A text on one line; empty when it is not given, or when it cannot be used.</summary>
    public string OptionalLine(string field, int longest)
    {
        var line = OptionalText(field, longest);
        if (line.Any(char.IsControl))
        {
            Fault(field, "Text.OneLine");
            return "";
        }

        return line;
    }

    /// <summary>A text of any lines; empty when it is not given, or when it is too long.</summary>
    public string OptionalText(string field, int longest)
    {
        var text = Prose.Of(Text(field)).Trim();
        if (Prose.Length(text) > longest)
        {
            Fault(field, "Text.TooLong", Prose.Length(text), longest);
            return "";
        }

        return text;
    }

    /// <summary>A whole number that may be left out; null when it is, or when it cannot be read.</summary>
    public int? OptionalNumber(string field, int least, int most)
    {
        var text = Text(field);
        if (text.Length == 0)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Fault(field, "Number.Wrong", $"{least}", $"{most}");
        return null;
    }

    /// <summary>A share from nought to a hundred, with at most two decimals, that may be left out; null when it is, or when it cannot be read.</summary>
    public decimal? OptionalPercent(string field)
    {
        var text = Text(field).TrimEnd('%', ' ').Replace('.', ',');
        if (text.Length == 0)
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.GetCultureInfo("nb-NO"), out var share) && share <= 100 && decimal.Round(share, 2) == share)
        {
            return share;
        }

        Fault(field, "Percent.Wrong");
        return null;
    }

    /// <summary>One of the answers the field offers; the first, and a fault, when it is none of them.</summary>
    public T Choice<T>(string field) where T : struct, Enum
    {
        var text = Text(field);
        if (Enum.GetNames<T>().Contains(text, StringComparer.Ordinal))
        {
            return Enum.Parse<T>(text);
        }

        Fault(field, "Choice.None");
        return default;
    }

    /// <summary>One of the words the field offers; null, and a fault, when it is none of them.</summary>
    public string? Choice(string field, IEnumerable<string> offered)
    {
        var text = Text(field);
        if (offered.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        Fault(field, "Choice.None");
        return null;
    }

    /// <summary>Those of the words the field offers that are ticked; a fault when something else is.</summary>
    public IReadOnlyList<string> Several(string field, IReadOnlyCollection<string> offered)
    {
        var ticked = form[field].OfType<string>().Distinct().ToList();
        if (ticked.All(offered.Contains))
        {
            return ticked;
        }

        Fault(field, "Choice.None");
        return [];
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

    private void Fault(string field, string key, params object[] arguments) => _faults.Add(new FieldFault(field, Texts.Of<TypedWords>(key, arguments)) { IsGeneral = true });
}

/// <summary>What a person typed in a form that comes back, by field; nothing where the form is shown for the first time.</summary>
public sealed record Typed(IReadOnlyDictionary<string, string> Fields)
{
    public static Typed Nothing { get; } = new(new Dictionary<string, string>());

    /// <summary>What was typed in a field, or null.</summary>
    public string? this[string name] => Fields.GetValueOrDefault(name);
}
