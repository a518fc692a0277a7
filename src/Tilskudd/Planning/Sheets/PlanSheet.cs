using System.Text.RegularExpressions;
using Tilskudd.Cycle.Year;
using Tilskudd.Verbs;
using static Tilskudd.Planning.Sheets.SheetText;

namespace Tilskudd.Planning.Sheets;

/// <summary>Finds the sheet and the headings of a plan in a workbook, and reads what stands below them.</summary>
internal sealed partial class PlanSheet
{
    /// <summary>Rows that are looked at for the headings.</summary>
    private const int MostAbove = 60;

    /// <summary>Rows below the headings: far more than a plan has.</summary>
    private const int MostRows = 2_000;

    private readonly BookSheet _sheet;
    private readonly PlanColumns _columns;
    private readonly SheetFindings _found;

    // Those whose headings say something that is no column of a plan; what stands below has been told of there.
    private readonly HashSet<int> _refused = [];

    private PlanSheet(BookSheet sheet, PlanColumns columns) => (_sheet, _columns, _found) = (sheet, columns, new SheetFindings(sheet.Name));

    /// <param name="only">The name of the sheet to read; null for the first that can be seen and has the headings.</param>
    /// <param name="criteria">Those that hold in the year, in order; a plan can have no others.</param>
    /// <param name="themes">The themes the draft has, by which a line that is only a theme's heading is known.</param>
    public static PlanTable Read(IReadOnlyList<BookSheet> sheets, string? only, PlanColumns columns, IReadOnlyList<Criterion> criteria, IReadOnlyCollection<string> themes)
    {
        var asked = sheets.Where(sheet => only is null ? !sheet.IsHidden : string.Equals(sheet.Name.Trim(), only.Trim(), StringComparison.OrdinalIgnoreCase)).ToList();
        if (asked.Count == 0)
        {
            return Refused(only is null
                ? "Alle arkene i fila er skjult. Vis arket med planen, eller oppgi det med «--sheet»."
                : $"Fila har ikke noe ark «{only}».{Nearest.Question(only, sheets.Select(sheet => sheet.Name))} Arkene er {Listed(sheets.Select(sheet => sheet.Name))}.");
        }

        foreach (var reading in asked.Select(sheet => new PlanSheet(sheet, columns)))
        {
            if (reading.HeadingRow() is { } top)
            {
                return reading.Read(top, reading.GoesOn(top) ? top + 1 : top, criteria, themes);
            }
        }

        return Refused($"Fant ingen overskriftsrad i {(asked.Count == 1 ? "arket" : "arkene")} {Listed(asked.Select(sheet => sheet.Name))}. "
            + $"En rad må ha overskriften «Tiltak» og minst én til: {string.Join(", ", PlanColumns.Words.Skip(1))} eller en kilde ({string.Join(", ", columns.Codes)}).");
    }

    private static PlanTable Refused(string fault) => new("", [], [], 0, [], [fault]);

    // The name's heading and one more that is known; a title above the table has at most the first.
    private int? HeadingRow() => _sheet.Rows.Take(MostAbove).Cast<int?>().FirstOrDefault(row =>
    {
        var fields = Headings(row!.Value, row.Value).Select(heading => _columns.Read(heading.Cell, heading.Column).Column).OfType<PlanColumn>().Select(column => (column.Field, column.Source)).Distinct().ToList();
        return fields.Count > 1 && fields.Any(field => field.Field == PlanField.Name);
    });

    // «Budsjett 2025» with the sources in the row below it, and nothing below the name.
    private bool GoesOn(int top)
    {
        var below = _sheet.Row(top + 1);
        return below.Count > 0 && below.All(cell => cell.Kind == CellKind.Text && _columns.Read(_sheet.Seen(top, cell.Column), cell.Column).Column?.Field is null or PlanField.Sum)
            && below.Any(cell => _columns.Read(cell, cell.Column).Column?.Source is not null);
    }

    // What stands lowest of the headings' rows, also where it is merged with what is above or beside it.
    private IEnumerable<(SheetCell Cell, int Column)> Headings(int top, int bottom)
    {
        var last = _sheet.Rows.Where(one => one <= bottom).SelectMany(_sheet.Row).Select(cell => cell.Column).DefaultIfEmpty(0).Max();
        return Enumerable.Range(1, last).Select(column => (Cell: _sheet.Seen(bottom, column) is { IsBlank: false } cell ? cell : _sheet.Seen(top, column), Column: column)).Where(heading => !heading.Cell.IsBlank);
    }

    private PlanTable Read(int top, int headingRow, IReadOnlyList<Criterion> criteria, IReadOnlyCollection<string> themes)
    {
        var rows = _sheet.Rows.Where(row => row > headingRow).ToList();
        if (rows.Count > MostRows)
        {
            return Refused($"Ark «{_sheet.Name}» har {rows.Count} rader under overskriftene. En plan kan ha høyst {MostRows}. Ta bort det som ikke hører til planen.");
        }

        var known = Columns(top, headingRow);
        var read = known.Any(column => column.Field == PlanField.Name)
            ? new PlanRows(_sheet, headingRow, known, _refused, new PlanCells(_sheet, known, criteria, _found), themes, _found) : null;
        read?.Read(rows);
        var lines = read?.Lines ?? [];
        FindDoubles(lines);
        if (_found.Faults.Count == 0 && lines.Count == 0)
        {
            _found.Fault($"Det er ingen tiltak under overskriftene i rad {headingRow}.");
        }

        return new PlanTable(_sheet.Name, lines, [.. known.Select(column => column.Source).OfType<FundingSource>()], read?.Sums ?? 0, _found.Notes, _found.Faults);
    }

    private List<PlanColumn> Columns(int top, int row)
    {
        var unit = UnitAbove(row);
        var known = new List<PlanColumn>();
        foreach (var (cell, place) in Headings(top, row))
        {
            var (column, fault) = _columns.Read(cell, place);
            if (column is not null && _sheet.IsColumnHidden(place))
            {
                _found.Fault($"Kolonne {SheetCell.Letters(place)} («{Short(cell.Text)}») er skjult. Vis den, eller slett den.");
            }

            if (column is null)
            {
                _found.Fault(cell, fault);
                _ = fault.Length > 0 && _refused.Add(place);
            }
            else if (known.Find(other => other.Field == column.Field && other.Source == column.Source && column.Field != PlanField.Note) is { } same)
            {
                _found.Fault(cell, $"«{Short(cell.Text)}» er det samme som «{Short(same.Heading.Text)}» i celle {same.Heading.Place}. La én av kolonnene stå.");
                _refused.Add(place);
            }
            else
            {
                known.Add(column.Unit == SheetUnit.Unstated ? column with { Unit = unit } : column);
            }
        }

        foreach (var note in known.Where(column => column.Field == PlanField.Note))
        {
            _found.Note($"Kolonnen «{Short(note.Heading.Text)}» er ikke lest: planen har ikke noe sted for den.");
        }

        return known;
    }

    // «Alle beløp i 1 000 kr», or the unit in a heading that lies over those of the sources.
    private SheetUnit UnitAbove(int row)
    {
        var found = _sheet.Rows.Where(one => one < row).SelectMany(_sheet.Row).Where(cell => cell.Kind == CellKind.Text)
            .Select(cell => (Cell: cell, Read: PlanColumns.UnitIn(cell.Text)))
            .Where(above => above.Read.Unit != SheetUnit.Unstated && OfAmounts().IsMatch(above.Read.Label)).ToList();
        if (found.Find(above => above.Read.Unit != found[0].Read.Unit) is { Cell: { } other })
        {
            _found.Fault(other, $"Celle {found[0].Cell.Place} oppgir en annen enhet. La én stå, eller skriv enheten i overskriften til hver kilde.");
        }

        return found.Count == 0 ? SheetUnit.Unstated : found[0].Read.Unit;
    }

    private void FindDoubles(IReadOnlyList<TiltakLine> lines)
    {
        foreach (var same in lines.GroupBy(line => SameName(line.Name.Text)).Where(same => same.Count() > 1))
        {
            var last = same.Last().Name;
            _found.Fault(last.Cell, $"«{Short(last.Text)}» står mer enn én gang, også i celle {string.Join(", ", same.SkipLast(1).Select(line => line.Name.Cell.Place))}. Gi tiltakene ulike navn, eller slå dem sammen til ett.");
        }

        foreach (var same in lines.Where(line => line.Id is not null).GroupBy(line => line.Id).Where(same => same.Count() > 1))
        {
            _found.Fault(same.Last().Name.Cell, $"Tiltaket har samme id som det i celle {same.First().Name.Cell.Place}. En id er ett tiltaks for livet.");
        }
    }

    [GeneratedRegex(@"^\s*\z|beløp|summar|\btall\b|\btal\b|budsjett|ramme|oppgitt|oppgjeve", RegexOptions.IgnoreCase)]
    private static partial Regex OfAmounts();
}
