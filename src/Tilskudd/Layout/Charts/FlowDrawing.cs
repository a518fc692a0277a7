using static Tilskudd.Layout.Charts.FlowGrid;
using static Tilskudd.Layout.Charts.Svg;

namespace Tilskudd.Layout.Charts;

/// <summary>A flow as it is to be drawn.</summary>
/// <param name="Id">Unique on the page.</param>
/// <param name="Title">The drawing's name: which flow, and which step it stands at.</param>
/// <param name="Description">What it shows in words. The same steps stand in a list beside it.</param>
/// <param name="Lanes">Who does things, from the top; a line each.</param>
/// <param name="Nodes">The steps.</param>
/// <param name="Edges">The ways between them.</param>
internal sealed record Flow(
    string Id, string Title, string Description, IReadOnlyList<string> Lanes, IReadOnlyList<FlowNode> Nodes, IReadOnlyList<FlowEdge> Edges);

/// <summary>A step in the drawing.</summary>
/// <param name="Key">What edges call it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Lane">Which of the lanes, from 0.</param>
/// <param name="Order">Its place from the left, from 0. Each step has its own.</param>
/// <param name="State">Done, now (lit), late (lit too) or coming.</param>
/// <param name="Note">A short line under the name, most often a date; or null.</param>
internal sealed record FlowNode(string Key, string Name, int Lane, int Order, StepState State, string? Note = null);

/// <summary>A way from one step to another. One that leads back is drawn dashed.</summary>
/// <param name="From">A node's key.</param>
/// <param name="To">A node's key.</param>
/// <param name="IsTravelled">Whether the run has gone this way.</param>
/// <param name="Label">A few words on a way back, or null.</param>
internal sealed record FlowEdge(string From, string To, bool IsTravelled = false, string? Label = null);

/// <summary>
/// The flow as lanes: who, from the top; when, from the left, and a long flow in several rows. Drawn from the definition and the run, so it
/// cannot go stale. Ways keep to the gaps between the boxes and never cross one.
/// </summary>
internal static class FlowDrawing
{
    private const int LettersOnLine = 15;
    private const int LettersInLane = 18;
    private const int LinesInLane = 3;

    /// <exception cref="ArgumentException">Two steps share a place, a lane does not exist, or a way leads to no step.</exception>
    public static string Draw(Flow flow)
    {
        var nodes = Checked(flow);
        var grid = new FlowGrid(nodes.Values);
        return Svg.Image(flow.Id, "flow", $"0 0 {N(grid.Width)} {N(grid.Height)}", flow.Title, flow.Description, svg =>
        {
            Markers(svg, flow.Id);
            foreach (var row in grid.Rows)
            {
                Lanes(svg, row, flow.Lanes, grid.Width);
            }

            Ways(svg, flow, nodes, grid);
            foreach (var node in flow.Nodes)
            {
                Box(svg, node, grid);
            }
        });
    }

    private static Dictionary<string, FlowNode> Checked(Flow flow)
    {
        if (flow.Nodes.Count == 0 || flow.Nodes.Any(node => node.Lane < 0 || node.Lane >= flow.Lanes.Count)
            || flow.Nodes.DistinctBy(node => node.Order).Count() != flow.Nodes.Count)
        {
            throw new ArgumentException($"The flow '{flow.Id}' cannot be drawn: every step needs a lane that exists and a place of its own.", nameof(flow));
        }

        var nodes = flow.Nodes.ToDictionary(node => node.Key, StringComparer.Ordinal);
        foreach (var edge in flow.Edges.Where(edge => !nodes.ContainsKey(edge.From) || !nodes.ContainsKey(edge.To)))
        {
            throw new ArgumentException($"The flow '{flow.Id}' has a way from '{edge.From}' to '{edge.To}', and one of them is no step.", nameof(flow));
        }

        return nodes;
    }

    private static void Markers(Svg svg, string id)
    {
        svg.Add("<defs>");
        foreach (var kind in new[] { "", "--done", "--return" })
        {
            svg.Add($"<marker id=\"{id}-m{kind}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">");
            svg.Add($"<path class=\"f-head{kind}\" d=\"M0 0L8 4L0 8Z\"/></marker>");
        }

        svg.Add("</defs>");
    }

    private static void Lanes(Svg svg, FlowRow row, IReadOnlyList<string> lanes, double width)
    {
        for (var i = 0; i < row.Lanes.Count; i++)
        {
            var odd = i % 2 == 1 ? " f-lane--odd" : "";
            var top = row.Top + (i * LaneHeight);
            svg.Shape("rect", $"class=\"f-lane{odd}\" x=\"0\" y=\"{N(top)}\" width=\"{N(width)}\" height=\"{N(LaneHeight)}\" rx=\"6\"");
            var lines = Lines(lanes[row.Lanes[i]], LettersInLane, LinesInLane);
            for (var line = 0; line < lines.Count; line++)
            {
                var y = top + (LaneHeight / 2) + 5 + ((line - ((lines.Count - 1) / 2.0)) * 17);
                svg.Text("text", $"class=\"f-lane-name\" x=\"14\" y=\"{N(y)}\"", lines[line]);
            }
        }
    }

    private static void Ways(Svg svg, Flow flow, Dictionary<string, FlowNode> nodes, FlowGrid grid)
    {
        var labels = new List<(double X, double Y, string Text)>();
        for (var i = 0; i < flow.Edges.Count; i++)
        {
            var edge = flow.Edges[i];
            var (from, to) = (nodes[edge.From], nodes[edge.To]);
            var corners = grid.Corners(from, to, i);
            var path = "M" + string.Join('L', corners.Select(corner => $"{N(corner.X)} {N(corner.Y)}"));
            var kind = to.Order <= from.Order ? "--return" : edge.IsTravelled ? "--done" : "";
            var look = kind == "--return" ? "f-arrow--return" : $"f-arrow{(kind.Length > 0 ? " f-arrow" + kind : "")}";
            svg.Shape("path", $"class=\"{look}\" marker-end=\"url(#{flow.Id}-m{kind})\" d=\"{path}\"");
            if (edge.Label is not null)
            {
                var (x, y) = to.Order <= from.Order ? (corners[^1].X + 10, corners[^2].Y - 5) : (corners[0].X + 6, corners[0].Y - 6);
                labels.Add((x, y, edge.Label));
            }
        }

        // Last, so that no other way is drawn through the words.
        foreach (var label in labels)
        {
            svg.Text("text", $"class=\"f-return\" x=\"{N(label.X)}\" y=\"{N(label.Y)}\"", label.Text);
        }
    }

    private static void Box(Svg svg, FlowNode node, FlowGrid grid)
    {
        var (x, y) = (grid.CentreX(node) - (BoxWidth / 2), grid.CentreY(node) - (BoxHeight / 2));
        var lit = node.State is StepState.Now or StepState.Late;
        if (lit)
        {
            svg.Shape("rect", $"class=\"f-glow\" x=\"{N(x - 4)}\" y=\"{N(y - 4)}\" width=\"{N(BoxWidth + 8)}\" height=\"{N(BoxHeight + 8)}\" rx=\"11\"");
        }

        svg.Shape("rect", $"class=\"f-box f-box--{BoxClass(node.State)}\" x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(BoxWidth)}\" height=\"{N(BoxHeight)}\" rx=\"8\"");
        var lines = Lines(node.Name, LettersOnLine);
        var top = y + (BoxHeight / 2) + 5 - ((lines.Count - (node.Note is null ? 1 : 0)) * 8);
        var light = lit ? " f-light" : node.State == StepState.NotUsed ? " f-muted" : "";
        for (var line = 0; line < lines.Count; line++)
        {
            svg.Text("text", $"class=\"f-title{light}\" x=\"{N(grid.CentreX(node))}\" y=\"{N(top + (line * 16))}\" text-anchor=\"middle\"", lines[line]);
        }

        if (node.Note is not null)
        {
            var note = node.State == StepState.Done ? "✓ " + node.Note : node.Note;
            svg.Text("text", $"class=\"f-date{light}\" x=\"{N(grid.CentreX(node))}\" y=\"{N(top + (lines.Count * 16) + 1)}\" text-anchor=\"middle\"", note);
        }
    }

    /// <summary>A name on a few lines, broken between words; a word too long for its line is broken with a hyphen, the rest cut.</summary>
    internal static IReadOnlyList<string> Lines(string name, int letters, int most = 2)
    {
        if (name.Length <= letters)
        {
            return [name];
        }

        var space = name.LastIndexOf(' ', letters);
        var (first, rest) = space > 0 ? (name[..space], name[(space + 1)..]) : (name[..(letters - 1)] + "-", name[(letters - 1)..]);
        return most > 2 ? [first, .. Lines(rest, letters, most - 1)] : [first, rest.Length <= letters ? rest : rest[..(letters - 1)] + "…"];
    }

    private static string BoxClass(StepState state) => state switch
    {
        StepState.Done => "done",
        StepState.Now => "now",
        StepState.Late => "now",
        StepState.Coming => "coming",
        StepState.NotUsed => "unused",
    };
}
