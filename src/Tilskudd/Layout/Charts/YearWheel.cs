using NodaTime;
using static Tilskudd.Layout.Charts.Svg;

namespace Tilskudd.Layout.Charts;

/// <summary>What the year wheel shows.</summary>
/// <param name="Id">Unique on the page; begins the ids inside.</param>
/// <param name="Title">The name of the drawing for those who do not see it.</param>
/// <param name="Description">What it shows in words. All deadlines stand in a list beside it.</param>
/// <param name="Outer">The work on next year's plan, as phases around the year.</param>
/// <param name="Inner">The work under this year's plan.</param>
/// <param name="Dots">The deadlines, numbered as in the list.</param>
/// <param name="Today">Where the hand points.</param>
/// <param name="Centre">What stands in the middle, most often the next deadline.</param>
internal sealed record YearWheelDrawing(
    string Id,
    string Title,
    string Description,
    IReadOnlyList<WheelPhase> Outer,
    IReadOnlyList<WheelPhase> Inner,
    IReadOnlyList<WheelDot> Dots,
    LocalDate Today,
    WheelCentre? Centre);

/// <summary>A stretch of the year, from the first date up to the second. It may run over New Year.</summary>
/// <param name="Name">Its name along the ring, or empty for a quiet stretch.</param>
/// <param name="From">First day.</param>
/// <param name="To">The day after the last.</param>
/// <param name="State">Done, now or coming; <see cref="StepState.NotUsed"/> for a quiet stretch.</param>
internal sealed record WheelPhase(string Name, AnnualDate From, AnnualDate To, StepState State);

/// <summary>A deadline on the wheel.</summary>
internal sealed record WheelDot(int Number, AnnualDate On, StepState State);

/// <summary>Three lines: what it is, the large one, and how far away. "Neste frist", "26. nov", "om 6 dager".</summary>
internal sealed record WheelCentre(string Caption, string Large, string Below);

/// <summary>
/// The year as a wheel: January at the top, clockwise, thirty degrees to every month. The outer ring is next year's plan, the inner
/// one this year's; deadlines are dots outside, and a hand shows today.
/// </summary>
internal static class YearWheel
{
    private const double Centre = 220;
    private const double DotRadius = 200;
    private const double Collision = 6;
    private const double Outwards = 24;

    // Dots and their rings must stay on the drawing, whose edge is 240 from the centre; further out there is no room for a second step.
    private const double Inwards = 168;
    private static readonly int[] DaysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    public static string Draw(YearWheelDrawing wheel) =>
        Svg.Image(wheel.Id, "wheel", "-20 -20 480 480", wheel.Title, wheel.Description, svg =>
        {
            Ring(svg, wheel.Outer, 150, 186, wheel.Id + "-y");
            Ring(svg, wheel.Inner, 112, 146, wheel.Id + "-i");
            Months(svg, wheel.Today.Month);
            Names(svg, wheel.Outer, wheel.Id + "-y");
            Names(svg, wheel.Inner, wheel.Id + "-i");
            Hand(svg, Angle(new AnnualDate(wheel.Today.Month, wheel.Today.Day)));
            Dots(svg, wheel.Dots);
            Middle(svg, wheel.Centre);
        });

    /// <summary>The angle of a day in degrees from the top, clockwise. Every month is 30° wide, so that all are as easy to read.</summary>
    public static double Angle(AnnualDate day) =>
        ((day.Month - 1) * 30) + (Math.Min(day.Day - 1, DaysIn[day.Month - 1] - 1) * 30.0 / DaysIn[day.Month - 1]);

    /// <summary>How far out each dot stands. One less than 6° from a dot on the same circle moves one circle out, else one in.</summary>
    public static IReadOnlyList<double> Radii(IReadOnlyList<WheelDot> dots)
    {
        double[] circles = [DotRadius, DotRadius + Outwards, Inwards];
        var placed = new List<(double Angle, double Radius)>();
        foreach (var angle in dots.Select(dot => Angle(dot.On)))
        {
            var free = circles.Where(circle => placed.All(other => other.Radius != circle || Apart(other.Angle, angle) >= Collision));
            placed.Add((angle, free.Append(DotRadius).First()));
        }

        return placed.ConvertAll(dot => dot.Radius);
    }

    private static double Apart(double one, double other)
    {
        var apart = Math.Abs(one - other) % 360;
        return Math.Min(apart, 360 - apart);
    }

    private static (double X, double Y) At(double radius, double angle) =>
        (Centre + (radius * Math.Sin(angle * Math.PI / 180)), Centre - (radius * Math.Cos(angle * Math.PI / 180)));

    private static void Ring(Svg svg, IReadOnlyList<WheelPhase> phases, double inner, double outer, string id)
    {
        for (var i = 0; i < phases.Count; i++)
        {
            var (from, to) = Span(phases[i]);
            svg.Shape("path", $"class=\"w-phase w-phase--{PhaseClass(phases[i].State)}\" d=\"{Sector(inner, outer, from, to)}\"");
            svg.Shape("path", $"id=\"{id}{i}\" d=\"{NamePath((inner + outer) / 2, from, to)}\" fill=\"none\"");
        }
    }

    private static (double From, double To) Span(WheelPhase phase)
    {
        var from = Angle(phase.From);
        var to = Angle(phase.To);
        return (from, to <= from ? to + 360 : to);
    }

    /// <summary>The outline of a stretch of a ring, angles in degrees.</summary>
    internal static string Sector(double inner, double outer, double from, double to)
    {
        var large = to - from > 180 ? 1 : 0;
        var (a, b, c, d) = (At(outer, from), At(outer, to), At(inner, to), At(inner, from));
        return $"M{N(a.X)} {N(a.Y)}A{N(outer)} {N(outer)} 0 {N(large)} 1 {N(b.X)} {N(b.Y)}"
            + $"L{N(c.X)} {N(c.Y)}A{N(inner)} {N(inner)} 0 {N(large)} 0 {N(d.X)} {N(d.Y)}Z";
    }

    // The line a name is written along. In the lower half it runs the other way, so that no name stands on its head.
    private static string NamePath(double radius, double from, double to)
    {
        var middle = (from + to) / 2 % 360;
        var below = middle is > 95 and < 265;
        var line = below ? radius + 4.5 : radius - 4.5;
        var (start, end) = below ? (At(line, to), At(line, from)) : (At(line, from), At(line, to));
        return $"M{N(start.X)} {N(start.Y)}A{N(line)} {N(line)} 0 {(to - from > 180 ? "1" : "0")} {(below ? "0" : "1")} {N(end.X)} {N(end.Y)}";
    }

    private static void Months(Svg svg, int now)
    {
        for (var month = 1; month <= 12; month++)
        {
            var (start, end, text) = (At(100, (month - 1) * 30), At(108, (month - 1) * 30), At(92, (month * 30) - 15));
            svg.Shape("line", $"class=\"w-tick\" x1=\"{N(start.X)}\" y1=\"{N(start.Y)}\" x2=\"{N(end.X)}\" y2=\"{N(end.Y)}\"");
            var look = month == now ? "w-month w-month--now" : "w-month";
            svg.Text("text", $"class=\"{look}\" x=\"{N(text.X)}\" y=\"{N(text.Y + 4.5)}\" text-anchor=\"middle\"", Dates.ShortMonth(month));
        }
    }

    private static void Names(Svg svg, IReadOnlyList<WheelPhase> phases, string id)
    {
        for (var i = 0; i < phases.Count; i++)
        {
            if (phases[i].Name.Length > 0)
            {
                svg.TextAlong($"{id}{i}", phases[i].State == StepState.Now ? "w-name w-name--now w-halo" : "w-name", phases[i].Name);
            }
        }
    }

    private static void Hand(Svg svg, double angle)
    {
        var (start, end, text) = (At(108, angle), At(206, angle), At(212, angle));
        svg.Shape("line", $"class=\"w-hand\" x1=\"{N(start.X)}\" y1=\"{N(start.Y)}\" x2=\"{N(end.X)}\" y2=\"{N(end.Y)}\"");
        svg.Shape("circle", $"class=\"w-hand-knob\" cx=\"{N(end.X)}\" cy=\"{N(end.Y)}\" r=\"4\"");

        // Away from the middle on both axes, so that the words stay clear of the hand and inside the drawing.
        var left = angle > 180;
        var down = angle is > 90 and < 270 ? 12 : -2;
        svg.Text(
            "text",
            $"class=\"w-today\" x=\"{N(text.X + (left ? -2 : 2))}\" y=\"{N(text.Y + down)}\" text-anchor=\"{(left ? "end" : "start")}\"",
            Texts.Of<WheelWords>("Today"));
    }

    private static void Dots(Svg svg, IReadOnlyList<WheelDot> dots)
    {
        var radii = Radii(dots);
        for (var i = 0; i < dots.Count; i++)
        {
            var (x, y) = At(radii[i], Angle(dots[i].On));
            svg.Add(Shapes.Dot(dots[i].State, dots[i].Number, x, y));
        }
    }

    private static void Middle(Svg svg, WheelCentre? centre)
    {
        if (centre is not null)
        {
            svg.Text("text", $"class=\"w-centre w-centre-muted\" x=\"220\" y=\"192\" text-anchor=\"middle\"", centre.Caption);
            svg.Text("text", $"class=\"w-centre-large\" x=\"220\" y=\"226\" text-anchor=\"middle\"", centre.Large);
            svg.Text("text", $"class=\"w-centre\" x=\"220\" y=\"250\" text-anchor=\"middle\"", centre.Below);
        }
    }

    private static string PhaseClass(StepState state) => state switch
    {
        StepState.Done => "done",
        StepState.Now => "now",
        StepState.Late => "now",
        StepState.Coming => "coming",
        StepState.NotUsed => "quiet",
    };
}
