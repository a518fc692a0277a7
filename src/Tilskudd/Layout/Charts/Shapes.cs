using static Tilskudd.Layout.Charts.Svg;

namespace Tilskudd.Layout.Charts;

/// <summary>The shapes of a step's state, which tell it without colour: check, double ring, diamond, hollow circle, dash.</summary>
internal static class Shapes
{
    /// <summary>The content of a 28 by 28 drawing.</summary>
    public static string Step(StepState state) => state switch
    {
        StepState.Done => """<circle class="p-done" cx="14" cy="14" r="13"/><path class="p-tick" d="M8.5 14.5l3.8 3.8 7.4-8"/>""",
        StepState.Now => """<circle class="p-now-ring" cx="14" cy="14" r="12.6"/><circle class="p-now" cx="14" cy="14" r="8"/>""",
        StepState.Late => """
            <path class="p-late" d="M14 .8L27.2 14 14 27.2.8 14Z"/><rect class="p-bang" x="12.8" y="7.5" width="2.4" height="8.2" rx="1.2"/><circle class="p-bang" cx="14" cy="18.9" r="1.6"/>
            """,
        StepState.Coming => """<circle class="p-coming" cx="14" cy="14" r="11.5"/>""",
        StepState.NotUsed => """<line class="p-dash" x1="8" y1="14" x2="20" y2="14"/>""",
    };

    /// <summary>A numbered dot at a place, as on the wheel and in the list beside it.</summary>
    public static string Dot(StepState state, int number, double x, double y)
    {
        const double Radius = 10;
        var svg = new List<string>();
        if (state == StepState.Late)
        {
            const double Reach = Radius + 2.5;
            svg.Add($"<path class=\"p-late\" d=\"M{N(x)} {N(y - Reach)}L{N(x + Reach)} {N(y)}L{N(x)} {N(y + Reach)}L{N(x - Reach)} {N(y)}Z\"/>");
        }
        else
        {
            if (state == StepState.Now)
            {
                svg.Add($"<circle class=\"p-now-ring\" cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(Radius + 3.5)}\"/>");
            }

            svg.Add($"<circle class=\"{DotClass(state)}\" cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(Radius)}\"/>");
        }

        var dark = state is StepState.Coming or StepState.NotUsed ? " p-number--dark" : "";
        svg.Add($"<text class=\"p-number{dark}\" x=\"{N(x)}\" y=\"{N(y + 4)}\" text-anchor=\"middle\">{N(number)}</text>");
        return string.Concat(svg);
    }

    private static string DotClass(StepState state) => state switch
    {
        StepState.Done => "p-done",
        StepState.Now => "p-now",
        StepState.Late => "p-late",
        StepState.Coming => "p-coming",
        StepState.NotUsed => "p-coming",
    };
}
