using System.Xml.Linq;
using Tilskudd.Layout;
using Tilskudd.Layout.Charts;

namespace Tilskudd.Tests.Layout.Charts;

public sealed class FlowDrawingTests
{
    private static readonly FlowNode[] Steps =
    [
        new("a", "Ramme", 0, 0, StepState.Done, "17. sept"),
        new("b", "Utkast", 1, 1, StepState.Done, "31. okt"),
        new("c", "Gjennomgang", 0, 2, StepState.Done),
        new("d", "Politisk godkjenning", 2, 3, StepState.Now, "frist 26. nov"),
        new("e", "Innsending", 0, 4, StepState.Coming),
        new("f", "Registrert vedtak i møte", 1, 5, StepState.Coming),
    ];

    // Longer than a row, with steps of every lane on each.
    private static readonly FlowNode[] Long =
        [.. Enumerable.Range(0, 20).Select(order => new FlowNode($"{order}", $"Steg {order}", order * 3 % 5, order, order == 11 ? StepState.Now : StepState.Coming))];

    public static TheoryData<bool> Flows => [false, true];

    [Theory]
    [MemberData(nameof(Flows))]
    public void No_way_crosses_a_box(bool isLong)
    {
        var steps = isLong ? Long : Steps;
        var grid = new FlowGrid(steps);
        var ways =
            from source in steps
            from target in steps
            where source != target
            from track in Enumerable.Range(0, 3)
            select (source, target, corners: grid.Corners(source, target, track));

        Assert.All(ways, way =>
        {
            var others = steps.Where(step => step != way.source && step != way.target);
            Assert.DoesNotContain(others, box => way.corners.Zip(way.corners.Skip(1)).Any(line => Crosses(grid, line.First, line.Second, box)));
        });
    }

    [Theory]
    [MemberData(nameof(Flows))]
    public void Ways_run_straight_up_down_or_sideways(bool isLong)
    {
        var steps = isLong ? Long : Steps;
        var grid = new FlowGrid(steps);
        var lines = steps.SelectMany(from => steps.Where(to => to != from).Select(to => grid.Corners(from, to, 1)))
            .SelectMany(corners => corners.Zip(corners.Skip(1)));

        Assert.All(lines, line => Assert.True(Same(line.First.X, line.Second.X) || Same(line.First.Y, line.Second.Y)));
    }

    [Fact]
    public void A_long_flow_goes_on_in_rows_below_and_is_no_wider_than_a_page()
    {
        var grid = new FlowGrid(Long);

        Assert.Equal(3, grid.Rows.Count);
        Assert.InRange(grid.Width, 0, new FlowGrid(Steps).Width + FlowGrid.Column + 1);
        Assert.All(Long, step => Assert.InRange(grid.CentreX(step), FlowGrid.Left, grid.Width));
        Assert.Equal(Long.Length, Long.Select(step => (grid.CentreX(step), grid.CentreY(step))).Distinct().Count());
        var drawn = XDocument.Parse(FlowDrawing.Draw(new Flow("f", "Flyten", "Stegene", ["A", "B", "C", "D", "E"], Long, [new("0", "19"), new("19", "0")]))).Root!;
        Assert.Equal(Long.Length + 1, drawn.Descendants().Count(element => element.Attribute("class")?.Value.StartsWith("f-box", StringComparison.Ordinal) == true || element.Attribute("class")?.Value == "f-glow"));
    }

    [Fact]
    public void A_way_back_is_dashed_and_a_way_gone_is_marked()
    {
        var drawing = Draw(new("a", "b", IsTravelled: true), new("d", "b", Label: "Sendes tilbake"), new("d", "e"));

        var ways = drawing.Elements().Where(element => element.Name.LocalName == "path").Select(way => way.Attribute("class")!.Value);
        Assert.Equal(["f-arrow f-arrow--done", "f-arrow--return", "f-arrow"], ways);
        Assert.Contains("Sendes tilbake", drawing.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_step_the_run_stands_at_is_lit()
    {
        var drawing = Draw();

        Assert.Single(drawing.Descendants(), element => element.Attribute("class")?.Value == "f-glow");
        Assert.Single(drawing.Descendants(), element => element.Attribute("class")?.Value == "f-box f-box--now");
    }

    [Fact]
    public void A_step_without_a_place_of_its_own_cannot_be_drawn()
    {
        var flow = new Flow("f", "t", "b", ["Koordinator"], [Steps[0], Steps[0] with { Key = "z" }], []);

        Assert.Throws<ArgumentException>(() => FlowDrawing.Draw(flow));
    }

    [Theory]
    [InlineData("Utkast", new[] { "Utkast" })]
    [InlineData("Politisk godkjenning", new[] { "Politisk", "godkjenning" })]
    [InlineData("Tilskuddsbrevsammenligning", new[] { "Tilskuddsbrevs-", "ammenligning" })]
    [InlineData("Registrer vedtaket i kommunestyret", new[] { "Registrer", "vedtaket i kom…" })]
    public void A_name_takes_two_lines_at_most(string name, string[] lines) => Assert.Equal(lines, FlowDrawing.Lines(name, 15));

    private static XElement Draw(params FlowEdge[] edges) =>
        XDocument.Parse(FlowDrawing.Draw(new Flow("f", "Flyten", "Stegene", ["Programleder", "Koordinator", "Gruppe"], Steps, edges))).Root!;

    private static bool Same(double one, double other) => Math.Abs(one - other) < 0.001;

    private static bool Crosses(FlowGrid grid, (double X, double Y) start, (double X, double Y) end, FlowNode box)
    {
        var (x, y) = (grid.CentreX(box), grid.CentreY(box));
        return Math.Min(start.X, end.X) < x + (FlowGrid.BoxWidth / 2) && Math.Max(start.X, end.X) > x - (FlowGrid.BoxWidth / 2)
            && Math.Min(start.Y, end.Y) < y + (FlowGrid.BoxHeight / 2) && Math.Max(start.Y, end.Y) > y - (FlowGrid.BoxHeight / 2);
    }
}
