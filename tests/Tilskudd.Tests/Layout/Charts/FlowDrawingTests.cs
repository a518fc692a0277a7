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

    [Fact]
    public void No_way_crosses_a_box()
    {
        var ways =
            from source in Steps
            from target in Steps
            where source != target
            from track in Enumerable.Range(0, 3)
            select (source, target, corners: FlowDrawing.Corners(source, target, track));

        Assert.All(ways, way =>
        {
            var others = Steps.Where(step => step != way.source && step != way.target);
            Assert.DoesNotContain(others, box => way.corners.Zip(way.corners.Skip(1)).Any(line => Crosses(line.First, line.Second, box)));
        });
    }

    [Fact]
    public void Ways_run_straight_up_down_or_sideways()
    {
        var lines = Steps.SelectMany(from => Steps.Where(to => to != from).Select(to => FlowDrawing.Corners(from, to, 1)))
            .SelectMany(corners => corners.Zip(corners.Skip(1)));

        Assert.All(lines, line => Assert.True(Same(line.First.X, line.Second.X) || Same(line.First.Y, line.Second.Y)));
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

    private static bool Crosses((double X, double Y) start, (double X, double Y) end, FlowNode box)
    {
        var (x, y) = (FlowDrawing.CentreX(box), FlowDrawing.CentreY(box));
        return Math.Min(start.X, end.X) < x + (FlowDrawing.BoxWidth / 2) && Math.Max(start.X, end.X) > x - (FlowDrawing.BoxWidth / 2)
            && Math.Min(start.Y, end.Y) < y + (FlowDrawing.BoxHeight / 2) && Math.Max(start.Y, end.Y) > y - (FlowDrawing.BoxHeight / 2);
    }
}
