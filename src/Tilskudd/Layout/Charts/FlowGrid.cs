namespace Tilskudd.Layout.Charts;

/// <summary>
/// Where the steps of a flow stand in its drawing. A flow too long for the width of a page goes on in a row below, and each row has the lanes
/// its own steps are in, so that nothing is drawn where it is not seen.
/// </summary>
internal sealed class FlowGrid
{
    internal const double Left = 150;
    internal const double Column = 127;
    internal const double BoxWidth = 103;
    internal const double BoxHeight = 62;
    internal const double LaneHeight = 92;
    private const double BetweenRows = 30;
    private const double Track = 4;
    private const int LongestRow = 9;

    private readonly int _columns;
    private readonly List<FlowRow> _rows = [];

    public FlowGrid(IReadOnlyCollection<FlowNode> nodes)
    {
        // Rows of the same length, or nearly.
        var places = nodes.Max(node => node.Order) + 1;
        var rows = (places + LongestRow - 1) / LongestRow;
        _columns = (places + rows - 1) / rows;
        var top = 0.0;
        foreach (var row in nodes.GroupBy(Row).OrderBy(row => row.Key))
        {
            _rows.Add(new FlowRow([.. row.Select(node => node.Lane).Distinct().Order()], top));
            top = _rows[^1].Bottom + BetweenRows;
        }
    }

    public double Width => Left + (_columns * Column) + 2;

    public double Height => _rows[^1].Bottom;

    /// <summary>The rows, from the top.</summary>
    public IReadOnlyList<FlowRow> Rows => _rows;

    public double CentreX(FlowNode node) => Left + (node.Order % _columns * Column) + (Column / 2);

    public double CentreY(FlowNode node) => _rows[Row(node)].TopOf(node.Lane) + (LaneHeight / 2);

    /// <summary>The corners of a way. Tracks lie side by side where several ways share a gap.</summary>
    public IReadOnlyList<(double X, double Y)> Corners(FlowNode from, FlowNode to, int track)
    {
        var offset = track % 3 * Track;
        return Row(from) != Row(to) ? BetweenTheRows(from, to, offset) : to.Order <= from.Order ? Back(from, to, offset) : On(from, to, offset);
    }

    private int Row(FlowNode node) => node.Order / _columns;

    private static double Leave(double y, double towards) => towards > y ? y + (BoxHeight / 2) : y - (BoxHeight / 2);

    private double Before(FlowNode to) => CentreX(to) - (BoxWidth / 2) - (to.State is StepState.Now or StepState.Late ? 7 : 1);

    // Down into the gap under the lane, back along it, and into the earlier box from the gap's side.
    private List<(double X, double Y)> Back(FlowNode from, FlowNode to, double offset)
    {
        var (x, y, into) = (CentreX(from) - 8, CentreY(to), CentreX(to) - 14 - (2 * offset));
        var below = _rows[Row(from)].TopOf(from.Lane) + LaneHeight - 5 - offset;
        var edge = to.Lane <= from.Lane ? y + (BoxHeight / 2) + 1 : y - (BoxHeight / 2) - 1;
        return [(x, CentreY(from) + (BoxHeight / 2)), (x, below), (into, below), (into, edge)];
    }

    private List<(double X, double Y)> On(FlowNode from, FlowNode to, double offset)
    {
        var (x0, y0, y1, end) = (CentreX(from), CentreY(from), CentreY(to), Before(to));
        if (to.Order == from.Order + 1)
        {
            return from.Lane == to.Lane
                ? [(x0 + (BoxWidth / 2), y0), (end, y1)]
                : [(x0 + 8, Leave(y0, y1)), (x0 + 8, y1), (end, y1)];
        }

        // Past other columns: along the gap beside the target's lane, then through the gutter before it.
        var row = _rows[Row(from)];
        var along = to.Lane > from.Lane ? row.TopOf(to.Lane) + 8 - offset
            : to.Lane < from.Lane ? row.TopOf(to.Lane) + LaneHeight - 8 + offset
            : row.TopOf(from.Lane) + 8 - offset;
        var gutter = CentreX(to) - (BoxWidth / 2) - 14 - offset;
        return [(x0 + 22 + offset, Leave(y0, along)), (x0 + 22 + offset, along), (gutter, along), (gutter, y1), (end, y1)];
    }

    // A column has one box in a row, and the gutters lie below one another: up and down is free along both, sideways between the rows.
    private List<(double X, double Y)> BetweenTheRows(FlowNode from, FlowNode to, double offset)
    {
        var (x0, y0, y1) = (CentreX(from), CentreY(from), CentreY(to));
        var gutter = CentreX(to) - (BoxWidth / 2) - 14 - offset;
        if (to.Order > from.Order)
        {
            var under = _rows[Row(from)].Bottom + 8 + offset;
            return [(x0 + 22 + offset, y0 + (BoxHeight / 2)), (x0 + 22 + offset, under), (gutter, under), (gutter, y1), (Before(to), y1)];
        }

        var (over, into, edge) = (_rows[Row(from)].Top - 4 - offset, CentreX(to) - 14 - (2 * offset), y1 + (BoxHeight / 2) + 1);
        var below = _rows[Row(to) + 1].Top - 4 - offset;
        List<(double X, double Y)> up = [(x0 - 8, y0 - (BoxHeight / 2)), (x0 - 8, over)];
        return Row(to) + 1 == Row(from) ? [.. up, (into, over), (into, edge)] : [.. up, (gutter, over), (gutter, below), (into, below), (into, edge)];
    }
}

/// <summary>A row of the drawing.</summary>
/// <param name="Lanes">Which of the flow's lanes it has, from the top.</param>
/// <param name="Top">Where it begins.</param>
internal sealed record FlowRow(IReadOnlyList<int> Lanes, double Top)
{
    public double Bottom => Top + (Lanes.Count * FlowGrid.LaneHeight);

    public double TopOf(int lane) => Top + (Lanes.TakeWhile(known => known != lane).Count() * FlowGrid.LaneHeight);
}
