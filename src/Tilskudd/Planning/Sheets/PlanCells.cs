using System.Globalization;
using System.Text.RegularExpressions;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Verbs;
using static Tilskudd.Planning.Sheets.SheetText;

namespace Tilskudd.Planning.Sheets;

/// <summary>Reads what a sheet says of one tiltak, but for its money.</summary>
/// <param name="criteria">Those that hold in the year, in order; a plan can have no others.</param>
internal sealed partial class PlanCells(BookSheet sheet, IReadOnlyList<PlanColumn> columns, IReadOnlyList<Criterion> criteria, SheetFindings found)
{
    private static readonly HashSet<string> NotKnown = Keys(
        "Ikke kjent", "Ikkje kjend", "Ikkje kjent", "Ukjent", "Ukjend", "Ikke målt", "Ikkje målt", "Ikke tilgjengelig", "Ikkje tilgjengeleg", "Utgangspunktet er ikke kjent", "Utgangspunktet er ikkje kjent");

    private static readonly Dictionary<string, TiltakStatus> Statuses = Words("Status", new Dictionary<string, TiltakStatus>
    {
        ["Oppstart"] = TiltakStatus.Starting,
        ["Starter"] = TiltakStatus.Starting,
        ["Startar"] = TiltakStatus.Starting,
        ["Pågår"] = TiltakStatus.Running,
        ["Igangsatt"] = TiltakStatus.Running,
        ["Utvikles"] = TiltakStatus.Developing,
        ["Ordinær drift"] = TiltakStatus.TowardsOrdinaryOperation,
        ["Avsluttet"] = TiltakStatus.Ending,
        ["Avslutta"] = TiltakStatus.Ending,
        ["Slått sammen"] = TiltakStatus.Merged,
        ["Slått saman"] = TiltakStatus.Merged,
    });

    private static readonly Dictionary<string, TiltakChange> Changes = Words("Change", new Dictionary<string, TiltakChange>
    {
        ["Ny"] = TiltakChange.New,
        ["Uendret"] = TiltakChange.Continued,
        ["Uendra"] = TiltakChange.Continued,
        ["Videreføres"] = TiltakChange.Continued,
        ["Blir vidareført"] = TiltakChange.Continued,
        ["Økes"] = TiltakChange.Increased,
        ["Blir auka"] = TiltakChange.Increased,
        ["Reduseres"] = TiltakChange.Reduced,
        ["Blir redusert"] = TiltakChange.Reduced,
        ["Avsluttet"] = TiltakChange.Ending,
        ["Avslutta"] = TiltakChange.Ending,
    });

    /// <summary>The tiltak of a row, without its money; null where its name cannot be read.</summary>
    /// <param name="heading">The theme it stands under, where it has none of its own.</param>
    public TiltakLine? Line(int row, SheetCell name, string? heading)
    {
        var title = Text(PlanField.Name, row, Handlingsplan.LongestName, isLine: true);
        var baseline = Text(PlanField.Baseline, row, Handlingsplan.LongestText);
        var isNotKnown = baseline is not null && NotKnown.Contains(Key(baseline));
        var line = new TiltakLine(new PlacedText(title ?? "", name))
        {
            Number = Number(row),
            Id = Id(row),
            Theme = Text(PlanField.Theme, row, Handlingsplan.LongestName, isLine: true) ?? heading,
            SubTheme = Text(PlanField.SubTheme, row, Handlingsplan.LongestName, isLine: true),
            Criteria = Criteria(row),
            Description = Text(PlanField.Description, row, Handlingsplan.LongestText),
            Target = Text(PlanField.Target, row, Handlingsplan.LongestText),
            Baseline = isNotKnown ? null : baseline,
            HasNoBaseline = isNotKnown,
            Responsible = Text(PlanField.Responsible, row, Handlingsplan.LongestName, isLine: true),
            Status = Word(PlanField.Status, row, Statuses, "Status"),
            Change = Word(PlanField.Change, row, Changes, "Change"),
        };
        return title is null ? null : line;
    }

    private SheetCell? Cell(PlanField field, int row) =>
        columns.FirstOrDefault(column => column.Field == field) is { } column && sheet.Seen(row, column.Column) is { IsBlank: false } cell && !IsFaulty(cell) ? cell : null;

    private bool IsFaulty(SheetCell cell)
    {
        var fault = cell.Kind switch
        {
            CellKind.Error => $"Formelen ga feilen {Short(cell.Text)}. Rett formelen, eller skriv teksten.",
            CellKind.NotWorkedOut => "Formelen har ingen utregnet verdi. Åpne fila i et regnearkprogram og lagre den, eller skriv teksten.",
            CellKind.Blank or CellKind.Text or CellKind.Number or CellKind.Truth => "",
        };
        found.Fault(cell, fault);
        return fault.Length > 0;
    }

    private string? Text(PlanField field, int row, int longest, bool isLine = false)
    {
        if (Cell(field, row) is not { } cell)
        {
            return null;
        }

        var text = isLine ? OneLine(cell.Text) : Prose.Of(cell.Text).Trim();
        if (Prose.Length(text) <= longest)
        {
            return text;
        }

        found.Fault(cell, $"Teksten er på {Prose.Length(text)} tegn. Feltet tar høyst {longest}. Kort den ned.");
        return null;
    }

    // «Tiltak 3», «3.» and «3» are all the third; anything else is only somebody's own mark.
    private int? Number(int row) => Cell(PlanField.Number, row) is { } cell && Numbered().Match(cell.Text) is { Success: true } match
        ? int.Parse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    private TiltakId? Id(int row)
    {
        if (Cell(PlanField.Id, row) is not { } cell)
        {
            return null;
        }

        if (Guid.TryParse(cell.Text.Trim(), out var id) && id != Guid.Empty)
        {
            return new TiltakId(id);
        }

        found.Fault(cell, $"«{Short(cell.Text)}» er ingen id. Den står i adressen til tiltakets side, som 01936f2e-7c40-7a52-9d0b-3f6a5c1e8b77. La cellen stå tom om tiltaket er nytt.");
        return null;
    }

    private T? Word<T>(PlanField field, int row, Dictionary<string, T> words, string kind) where T : struct, Enum
    {
        if (Cell(field, row) is not { } cell)
        {
            return null;
        }

        if (words.TryGetValue(Key(cell.Text), out var value))
        {
            return value;
        }

        var allowed = Enum.GetValues<T>().Select(one => Texts.Of<PlanWords>(Language.Nb, $"{kind}.{one}")).ToList();
        found.Fault(cell, $"«{Short(cell.Text)}» er ukjent.{Nearest.Question(cell.Text.Trim(), allowed)} Skriv {string.Join(", ", allowed)}.");
        return null;
    }

    private List<string>? Criteria(int row)
    {
        if (Cell(PlanField.Criteria, row) is not { } cell)
        {
            return null;
        }

        // Between them a semicolon or a new line; a comma too, but only where the text is no criterion with its commas.
        var parts = Split(cell.Text, ';', '\n').SelectMany(part => Criterion(part) is null ? Split(part, ',') : [part]);
        string[] written = Criterion(cell.Text) is null ? [.. parts] : [cell.Text];
        foreach (var unknown in written.Where(one => Criterion(one) is null))
        {
            found.Fault(cell, criteria.Count == 0
                ? $"«{Short(unknown)}» er ukjent: programmet har ingen kriterier i året. Tøm cellen, eller registrer kriteriene først."
                : $"«{Short(unknown)}» er ikke et kriterium i året.{Nearest.Question(unknown, criteria.Select(one => one.Id))} Kriteriene er {string.Join(", ", criteria.Select(one => $"{one.Id} ({Short(one.Text)})"))}.");
        }

        return [.. written.Select(Criterion).OfType<string>().Distinct()];
    }

    private static string[] Split(string text, params char[] between) => text.Split(between, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // By its id, its place in the programme's list, or its words.
    private string? Criterion(string text)
    {
        var key = Key(text);
        return criteria.FirstOrDefault(one => Key(one.Id) == key || Key(one.Text) == key || one.Number.ToString(CultureInfo.InvariantCulture) == key)?.Id;
    }

    // The words of the form in both written forms, and those that plans use beside them.
    private static Dictionary<string, T> Words<T>(string kind, Dictionary<string, T> more) where T : struct, Enum
    {
        var words = more.ToDictionary(word => Key(word.Key), word => word.Value);
        foreach (var (value, language) in Enum.GetValues<T>().SelectMany(value => new[] { Language.Nb, Language.Nn }.Select(language => (value, language))))
        {
            words[Key(Texts.Of<PlanWords>(language, $"{kind}.{value}"))] = value;
        }

        return words;
    }

    [GeneratedRegex(@"^[^0-9]*(?<number>[0-9]{1,6})\.?\s*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Numbered();
}
