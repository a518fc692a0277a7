using Tilskudd.Layout;

namespace Tilskudd.Runs;

/// <summary>The words of the messages a flow can send by itself.</summary>
internal static class FlowWords
{
    /// <summary>Subject on the first line, then the text.</summary>
    /// <param name="notice">A key from <see cref="Cycle.Steps.NoticeKeys"/>.</param>
    /// <param name="about">Whose year it is, and of a letter or a report whose money: «Strømsø 2030, 2025, KDD».</param>
    public static string Message(string notice, string language, string about) => Texts.Of<RunWords>(Languages.Of(language), $"Message.{notice}", about);
}
