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
