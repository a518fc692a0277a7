namespace Tilskudd.Layout;

/// <summary>The colours with a meaning. Never the only sign of it: a word or a shape always stands beside.</summary>
public enum Tone
{
    Accent,
    Neutral,
    Info,
    Success,
    Warning,
    Danger,
}

/// <summary>How much a button asks for attention.</summary>
public enum Weight
{
    /// <summary>The one thing most people come to do.</summary>
    Primary,
    Secondary,
    Tertiary,
}

/// <summary>Where a step or a deadline stands, as its shape, its word and its colour tell it.</summary>
public enum StepState
{
    Done,
    Now,
    Late,
    Coming,

    /// <summary>Does not concern this programme.</summary>
    NotUsed,
}

internal static class Look
{
    /// <summary>As in <c>data-color</c>.</summary>
    public static string Code(this Tone tone) => tone switch
    {
        Tone.Accent => "accent",
        Tone.Neutral => "neutral",
        Tone.Info => "info",
        Tone.Success => "success",
        Tone.Warning => "warning",
        Tone.Danger => "danger",
    };

    /// <summary>As in <c>data-variant</c>.</summary>
    public static string Code(this Weight weight) => weight switch
    {
        Weight.Primary => "primary",
        Weight.Secondary => "secondary",
        Weight.Tertiary => "tertiary",
    };

    /// <summary>As in the classes of <c>tilskudd.css</c>.</summary>
    public static string Code(this StepState state) => state switch
    {
        StepState.Done => "done",
        StepState.Now => "now",
        StepState.Late => "late",
        StepState.Coming => "coming",
        StepState.NotUsed => "unused",
    };
}
