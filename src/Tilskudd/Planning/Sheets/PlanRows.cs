using System.Text.RegularExpressions;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using static Tilskudd.Planning.Sheets.SheetText;

namespace Tilskudd.Planning.Sheets;

/// <summary>
/// Reads the rows below a sheet's headings from the top, since what is said above bears on what comes: tiltak, the headings of themes, and
/// sums, which are no tiltak but must agree with the lines.
/// </summary>
/// <param name="refused">Columns that were refused by their headings.</param>
internal sealed partial class PlanRows(
    BookSheet sheet, int headingRow, IReadOnlyList<PlanColumn> columns, HashSet<int> refused, PlanCells cells, IReadOnlyCollection<string> themes, SheetFindings found)
{
    private static readonly HashSet<string> SumWords = Keys(
        "Sum", "Sum totalt", "Sum i alt", "Sum alle tiltak", "Totalsum", "Total", "Totalt", "I alt", "Til sammen", "Til saman", "Delsum", "Samlet", "Samla");

    private static readonly HashSet<string> FrameWords = Keys(
        "Ramme", "Rammer", "Tildelt", "Tildeling", "Tilskudd", "Tilskot", "Differanse", "Avvik", "Rest", "Igjen", "Igjen av rammen", "Igjen av ramma",
        "Til fordeling", "Ufordelt", "Ikke fordelt", "Ikkje fordelt", "Disponibelt");

    private readonly List<TiltakLine> _lines = [];
    private readonly List<PlanColumn> _money = [.. columns.Where(column => column.Field is PlanField.Amount or PlanField.Sum)];
    private readonly int _name = columns.First(column => column.Field == PlanField.Name).Column;
    private readonly Dictionary<PlanColumn, Money> _all = [];
    private readonly Dictionary<PlanColumn, Money> _sinceSum = [];

    // Columns in which something could not be read: their sums say nothing, and the fault has been told.
    private readonly HashSet<PlanColumn> _uncertain = [];
    private string? _theme;
    private bool _isSummed;

    public IReadOnlyList<TiltakLine> Lines => _lines;

    /// <summary>How many rows of sums agreed with the lines.</summary>
    public int Sums { get; private set; }

    public void Read(IEnumerable<int> rows)
    {
        foreach (var row in rows)
        {
            // Only what is written in the row itself: a merged cell that reaches down into it makes it no tiltak.
            Read(row, sheet.Row(row));
        }
    }

    private void Read(int row, IReadOnlyList<SheetCell> written)
    {
        var name = sheet.At(row, _name);
        var label = name.IsBlank ? written.FirstOrDefault(cell => cell.Kind == CellKind.Text && !IsMoney(cell)) : name;
        if (sheet.IsRowHidden(row))
        {
            found.Fault($"Rad {row} («{Short(written[0].Text)}») er skjult. Vis raden, eller slett den.");
        }
        else if (label is not null && IsSum(label))
        {
            Compare(row, label);
        }
        else if (label is not null && FrameWords.Contains(Word(label)))
        {
            found.Note($"Rad {row} («{Short(label.Text)}») er ikke lest: den er ikke et tiltak.");
        }
        else if (label is not null && IsTheme(row, label, written))
        {
            _theme = OneLine(label.Text);
            found.Note($"Rad {row} («{Short(label.Text)}») er lest som overskrift for et tema, ikke som et tiltak.");
        }
        else if (_isSummed && label is not null && written.Count == 1)
        {
            found.Note($"Rad {row} («{Short(label.Text)}») er ikke lest: den står under summen og er bare tekst.");
        }
        else if (!IsRepeatedHeading(written))
        {
            Take(row, name, written);
        }
    }

    private bool IsMoney(SheetCell cell) => _money.Any(column => column.Column == cell.Column);

    private static string Word(SheetCell label) => Key(PlanColumns.UnitIn(OneLine(label.Text).TrimEnd(':', ' ')).Label);

    private static bool IsSum(SheetCell label) => SumWords.Contains(Word(label)) || SumOf().IsMatch(OneLine(label.Text));

    // A theme's own line: merged over the columns, or the name of a theme the draft has, and nothing else beside.
    private bool IsTheme(int row, SheetCell label, IReadOnlyList<SheetCell> written) =>
        written.Count == 1 && label.Kind == CellKind.Text
        && (sheet.MergedAt(row, label.Column) is { IsWide: true, IsTall: false } || themes.Any(theme => Key(theme) == Key(label.Text)));

    private bool IsRepeatedHeading(IReadOnlyList<SheetCell> written) =>
        written.Count > 1 && written.All(cell => cell.Text == sheet.Seen(headingRow, cell.Column).Text);

    private void Take(int row, SheetCell name, IReadOnlyList<SheetCell> written)
    {
        foreach (var cell in written.Where(cell => columns.All(column => column.Column != cell.Column) && refused.Add(cell.Column)))
        {
            found.Fault(cell, $"Kolonne {SheetCell.Letters(cell.Column)} har innhold, men ingen overskrift i rad {headingRow}. Skriv en overskrift, eller tøm kolonnen.");
        }

        if (written.All(cell => refused.Contains(cell.Column)))
        {
            return;
        }

        if (name.IsBlank)
        {
            found.Fault(name, sheet.MergedAt(row, _name) is { IsTall: true } range
                ? $"Navnet er slått sammen over rad {range.FirstRow} til {range.LastRow}. Del cellen, og skriv hvert tiltak på én rad."
                : "Raden har innhold, men navnet på tiltaket mangler. Skriv navnet, eller tøm raden.");
            return;
        }

        var line = cells.Line(row, name, _theme);
        var amounts = Amounts(row);
        if (line is not null)
        {
            _lines.Add(line with { Amounts = amounts });
        }
    }

    private Dictionary<FundingSourceId, Money> Amounts(int row)
    {
        var amounts = new Dictionary<FundingSourceId, Money>();
        foreach (var column in _money.Where(column => column.Source is not null))
        {
            if (Amount(row, column) is { } amount)
            {
                amounts.Add(column.Source!.Id, amount);
                Add(column, amount);
            }
        }

        if (_money.Find(column => column.Source is null) is { } sum && Amount(row, sum) is { } stated)
        {
            var together = amounts.Values.Aggregate(Money.Zero, (total, amount) => total + amount);
            Add(sum, stated);
            if (stated != together && _uncertain.Count == 0)
            {
                found.Fault(sheet.At(row, sum.Column), $"Summen er {Kroner(stated)}, men kildene på raden blir {Kroner(together)}. Rett summen eller kildene.");
            }
        }

        return amounts;
    }

    private Money? Amount(int row, PlanColumn column)
    {
        var cell = sheet.At(row, column.Column);
        if (sheet.MergedAt(row, column.Column) is { } range && sheet.Seen(row, column.Column) is { IsBlank: false } seen)
        {
            // Nobody knows how much of it is whose; told once, where it is written.
            found.Fault(seen, cell.IsBlank ? "" : $"Beløpet er slått sammen over flere {(range.IsTall ? "rader" : "kolonner")}. Del cellen, og skriv beløpet på hver rad og i hver kolonne.");
            _uncertain.Add(column);
            return null;
        }

        var (amount, fault) = BudgetCell.Read(cell, column.Unit);
        if (fault is not null)
        {
            found.Fault(cell, $"«{Short(cell.Text)}» kan ikke leses som beløp. {fault}");
            _uncertain.Add(column);
        }

        return amount;
    }

    private void Add(PlanColumn column, Money amount)
    {
        _all[column] = Of(_all, column) + amount;
        _sinceSum[column] = Of(_sinceSum, column) + amount;
    }

    // A sum is that of all the lines above it, or of those since the sum before.
    private void Compare(int row, SheetCell label)
    {
        var before = found.Faults.Count;
        foreach (var column in _money)
        {
            if (Amount(row, column) is { } stated && !_uncertain.Contains(column) && stated != Of(_all, column) && stated != Of(_sinceSum, column))
            {
                var since = Of(_sinceSum, column) == Of(_all, column) ? "" : $", og radene siden forrige sum {Kroner(Of(_sinceSum, column))}";
                found.Fault(sheet.At(row, column.Column), $"«{Short(label.Text)}» oppgir {Kroner(stated)}, men radene over blir {Kroner(Of(_all, column))}{since}. Rett summen eller radene.");
            }
        }

        _sinceSum.Clear();
        _isSummed = true;
        Sums += found.Faults.Count == before ? 1 : 0;
    }

    private static Money Of(Dictionary<PlanColumn, Money> sums, PlanColumn column) => sums.GetValueOrDefault(column, Money.Zero);

    private static string Kroner(Money amount) => amount.ToKroner(Language.Nb.Culture());

    [GeneratedRegex(@"^(?:delsum|sum)\s+\S", RegexOptions.IgnoreCase)]
    private static partial Regex SumOf();
}
