using Tilskudd.Layout;

namespace Tilskudd.Runs;

/// <summary>The words of the messages a flow can send by itself.</summary>
internal static class FlowWords
{
    /// <summary>Subject on the first line, then the text.</summary>
    /// <param name="notice">A key from <see cref="Cycle.Steps.NoticeKeys"/>.</param>
    public static string Message(string notice, string language) => Texts.Of<RunWords>(Languages.Find(language) ?? Language.Nb, $"Message.{notice}");
}
