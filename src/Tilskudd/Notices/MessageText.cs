namespace Tilskudd.Notices;

/// <summary>What a <see cref="NoticeKind.Message"/> says, in the reader's language.</summary>
/// <param name="Paragraphs">The text; line ends within one are kept.</param>
internal sealed record MessageText(string Subject, params IReadOnlyList<string> Paragraphs)
{
    /// <summary>As the notice keeps it: the subject on the first line, then the text.</summary>
    public override string ToString() => $"{Subject}\n{string.Join("\n\n", Paragraphs)}";
}
