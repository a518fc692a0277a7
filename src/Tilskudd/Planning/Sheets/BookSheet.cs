using System.Globalization;

namespace Tilskudd.Planning.Sheets;

/// <summary>What a cell of a workbook holds.</summary>
internal enum CellKind
{
    Blank,
    Text,
    Number,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>What a formula that failed gives: #REF!, #DIV/0! …</summary>
    Error,

    /// <summary>A formula whose value was never worked out, since the file was not saved by a spreadsheet program.</summary>
    NotWorkedOut,
}

/// <summary>How a number in a cell is shown, as far as it changes what the number means.</summary>
internal enum CellFormat
{
    Plain,
    Percent,
    Date,
    Kroner,
    MillionKroner,
}

/// <summary>A cell as it was saved.</summary>
/// <param name="Row">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Text">What it says: a number in the Norwegian form ("11,5"), an error by its name.</param>
/// <param name="Number">The number, with the fifteen digits that spreadsheets vouch for; null where it is none.</param>
internal sealed record SheetCell(int Row, int Column, CellKind Kind, string Text, decimal? Number, CellFormat Format)
{
    /// <summary>"E7".</summary>
    public string Place => Letters(Column) + Row.ToString(CultureInfo.InvariantCulture);

    public bool IsBlank => Kind == CellKind.Blank || (Kind == CellKind.Text && string.IsNullOrWhiteSpace(Text));

    public static SheetCell Blank(int row, int column) => new(row, column, CellKind.Blank, "", null, CellFormat.Plain);

    /// <summary>A column as people call it: A, B … Z, AA.</summary>
    public static string Letters(int column)
    {
        var letters = "";
        for (var rest = column; rest > 0; rest = (rest - 1) / 26)
        {
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        }

        return letters;
    }
}

/// <summary>Cells that are merged into one, which has what the first of them holds.</summary>
internal readonly record struct MergedCells(int FirstRow, int FirstColumn, int LastRow, int LastColumn)
{
    public bool Has(int row, int column) => row >= FirstRow && row <= LastRow && column >= FirstColumn && column <= LastColumn;

    public bool IsTall => LastRow > FirstRow;

    public bool IsWide => LastColumn > FirstColumn;
}

/// <summary>One sheet of a workbook, with what of it is hidden.</summary>
internal sealed class BookSheet(string name, bool isHidden, IReadOnlyList<SheetCell> cells, IReadOnlyList<MergedCells> merged, IReadOnlySet<int> hiddenRows, IReadOnlySet<int> hiddenColumns)
{
    private readonly Dictionary<(int Row, int Column), SheetCell> _cells = cells.GroupBy(cell => (cell.Row, cell.Column)).ToDictionary(same => same.Key, same => same.Last());
    private readonly Dictionary<int, List<SheetCell>> _rows = cells.GroupBy(cell => (cell.Row, cell.Column)).Select(same => same.Last()).GroupBy(cell => cell.Row)
        .ToDictionary(row => row.Key, row => row.OrderBy(cell => cell.Column).ToList());

    private readonly ILookup<int, MergedCells> _merged = merged.SelectMany(range => Enumerable.Range(range.FirstRow, range.LastRow - range.FirstRow + 1).Select(row => (row, range))).ToLookup(pair => pair.row, pair => pair.range);

    public string Name => name;

    /// <summary>The sheet itself is hidden.</summary>
    public bool IsHidden => isHidden;

    /// <summary>The rows that hold something, from the top.</summary>
    public IEnumerable<int> Rows => _rows.Keys.Order();

    public bool IsRowHidden(int row) => hiddenRows.Contains(row);

    public bool IsColumnHidden(int column) => hiddenColumns.Contains(column);

    /// <summary>What is written in a row, from the left. Cells that a merged one lies over hold nothing of their own.</summary>
    public IReadOnlyList<SheetCell> Row(int row) => _rows.GetValueOrDefault(row) ?? [];

    /// <summary>The cell itself, blank where nothing is written in it.</summary>
    public SheetCell At(int row, int column) => _cells.GetValueOrDefault((row, column)) ?? SheetCell.Blank(row, column);

    /// <summary>The merged cell a place belongs to, or null.</summary>
    public MergedCells? MergedAt(int row, int column) => _merged[row].Where(range => range.Has(row, column)).Cast<MergedCells?>().FirstOrDefault();

    /// <summary>What a reader sees in the place: of a merged cell what its first one holds.</summary>
    public SheetCell Seen(int row, int column) => MergedAt(row, column) is { } range ? At(range.FirstRow, range.FirstColumn) : At(row, column);
}
