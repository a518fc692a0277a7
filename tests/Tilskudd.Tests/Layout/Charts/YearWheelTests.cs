using System.Globalization;
using System.Xml.Linq;
using NodaTime;
using Tilskudd.Layout;
using Tilskudd.Layout.Charts;

namespace Tilskudd.Tests.Layout.Charts;

public sealed class YearWheelTests
{
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(2, 1, 30)]
    [InlineData(4, 16, 105)]
    [InlineData(7, 1, 180)]
    [InlineData(12, 31, 359.032)]
    [InlineData(2, 29, 58.929)]
    public void Every_month_is_thirty_degrees_wide(int month, int day, double degrees) =>
        Assert.Equal(degrees, YearWheel.Angle(new AnnualDate(month, day)), 3);

    [Fact]
    public void A_phase_over_new_year_is_one_stretch()
    {
        var path = YearWheel.Sector(150, 186, 337.74, 399.64);

        Assert.StartsWith("M149.5 47.9A186 186 0 0 1 338.7 76.8L", path, StringComparison.Ordinal);
    }

    [Fact]
    public void Dots_closer_than_six_degrees_stand_on_different_circles()
    {
        // 1 and 5 November lie 4° apart, 8 November 3° from the second and 7° from the first, 20 November 12° on.
        var radii = YearWheel.Radii([Dot(1, 11, 1), Dot(2, 11, 5), Dot(3, 11, 8), Dot(4, 11, 20)]);

        Assert.Equal([200, 224, 200, 200], radii);
    }

    [Fact]
    public void Dots_around_new_year_are_close_too()
    {
        var radii = YearWheel.Radii([Dot(1, 12, 30), Dot(2, 1, 2), Dot(3, 1, 1)]);

        Assert.Equal([200, 224, 168], radii);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(10)]
    public void A_dot_that_stands_on_another_is_on_the_drawing_with_its_ring(int month)
    {
        // One dot of a day stands on the circle, the next one further out: at the top, the right, the bottom and the left that is nearest the edge.
        var day = new AnnualDate(month, 1);
        var drawing = XDocument.Parse(YearWheel.Draw(Wheel("Utkast") with { Dots = [new(1, day, StepState.Now), new(2, day, StepState.Now)] }));

        var box = drawing.Root!.Attribute("viewBox")!.Value.Split(' ').Select(side => double.Parse(side, CultureInfo.InvariantCulture)).ToArray();
        var rings = drawing.Descendants().Where(element => element.Attribute("class")?.Value == "p-now-ring").ToList();
        Assert.Equal(2, rings.Count);
        Assert.All(rings, ring =>
        {
            var reach = Number(ring, "r") + 1; // its line is two units wide
            Assert.InRange(Number(ring, "cx"), box[0] + reach, box[0] + box[2] - reach);
            Assert.InRange(Number(ring, "cy"), box[1] + reach, box[1] + box[3] - reach);
        });

        static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void The_wheel_is_the_same_in_every_culture_and_escapes_what_it_is_given()
    {
        var norwegian = In("nb-NO", () => YearWheel.Draw(Wheel("Utkast <& \"medvirkning\">")));
        var turkish = In("tr-TR", () => YearWheel.Draw(Wheel("Utkast <& \"medvirkning\">")));

        var drawing = XDocument.Parse(norwegian);
        Assert.Equal(norwegian, turkish);
        Assert.Contains("Utkast <& \"medvirkning\">", drawing.Root!.Value, StringComparison.Ordinal);
        Assert.Equal("img", drawing.Root.Attribute("role")!.Value);
        Assert.Equal("hjul-t hjul-b", drawing.Root.Attribute("aria-labelledby")!.Value);
        Assert.DoesNotContain(drawing.Descendants(), element => element.Attribute("style") is not null);
    }

    private static WheelDot Dot(int number, int month, int day) => new(number, new AnnualDate(month, day), StepState.Coming);

    private static YearWheelDrawing Wheel(string phase) => new(
        "hjul",
        "Årshjul",
        "Fristene i året",
        [new WheelPhase(phase, new AnnualDate(10, 1), new AnnualDate(11, 1), StepState.Now)],
        [],
        [Dot(1, 11, 26)],
        new LocalDate(2024, 11, 20),
        new WheelCentre("Neste frist", "26. nov", "om 6 dager"));

    private static string In(string culture, Func<string> draw)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return draw();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
